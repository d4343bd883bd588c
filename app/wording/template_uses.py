"""Templates of actions in words: distances from a date, and what moves with it."""

from flask_babel import gettext, ngettext

from app.domain.actions.template_uses import Moved
from app.models.actions.templates import Anchor, TemplateUse
from app.wording.formats import day


def distance(days: int) -> str:
    """Return how far an action is from the date: `14 days before`."""
    if days == 0:
        return str(gettext("on the day itself"))
    if days < 0:
        return str(ngettext("%(num)d day before", "%(num)d days before", -days))
    return str(ngettext("%(num)d day after", "%(num)d days after", days))


def distance_in_use(use: TemplateUse, days: int) -> str:
    """Return how far an action is from the date of its template: `14 days before (first day, December 9, 2025)`."""
    on = day(use.anchored_on)
    match use.anchor:
        case Anchor.START:
            on = gettext("first day, %(day)s", day=on)
        case Anchor.END:
            on = gettext("last day, %(day)s", day=on)
    return f"{distance(days)} ({on})"


def saved_with(moved: Moved) -> str:
    """Return the message after the days of a congress or campaign were saved, with what became of its actions."""
    said = [gettext("Saved.")]
    if moved.moved:
        said.append(
            ngettext(
                "%(num)d action has moved with the date.", "%(num)d actions have moved with the date.", moved.moved
            )
        )
    if moved.kept:
        said.append(
            ngettext(
                "%(num)d action stays, because someone has changed its due date.",
                "%(num)d actions stay, because someone has changed their due dates.",
                moved.kept,
            )
        )
    return " ".join(said)
