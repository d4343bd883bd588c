"""What the links of daily letters are called, in all member languages."""

from datetime import datetime

from flask_babel import gettext

from app.domain.actions.steps import Step, moved_to, zone_of
from app.models.actions.follow_ups import FollowUp
from app.text import N_
from app.wording.formats import at

_NAMES = {
    Step.DONE: N_("Done"),
    Step.TOMORROW: N_("Tomorrow"),
    Step.NEXT_WEEK: N_("Next week"),
    Step.HAND_BACK: N_("Hand back"),
}


def step_name(step: Step) -> str:
    """Return the words of a link."""
    return str(gettext(_NAMES[step]))


def step_button(follow_up: FollowUp, step: Step) -> str:
    """Return the words of the button to which a link leads, with the date to which it moves an action."""
    if step is Step.DONE:
        return str(gettext("It is done"))
    if step is Step.HAND_BACK:
        return str(gettext("Hand it back"))
    return str(gettext("Move it to %(when)s", when=at(moved_to(follow_up, step), zone_of(follow_up))))


def step_taken(step: Step, due_at: datetime, zone: str) -> str:
    """Return what the page says after a button was pressed."""
    if step is Step.DONE:
        return str(gettext("Thank you! It is marked as done."))
    return str(gettext("Moved. It is now due %(when)s.", when=at(due_at, zone)))
