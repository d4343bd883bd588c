"""Follow-up actions."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.domain.actions.escalations import MOST_HOURS
from app.domain.actions.follow_ups import FollowUpValues
from app.domain.actions.order import Order
from app.domain.actions.telling import Assignee
from app.forms import fields
from app.forms.base import Fold, Form
from app.forms.fields import given
from app.forms.picking import PickField
from app.forms.presence import Where
from app.forms.selecting import SelectedForm
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import Priority
from app.models.congress.delegations import Delegation
from app.times import to_instant
from app.wording.labels import label

NO_ACCOUNT, KEPT = 0, -1
"""The choices, among the accounts, of a person without one, and of whoever has the action and could not be chosen."""
_BRIGADE = "brigade:"
"""What stands before the number of a brigade among the assignees."""


def brigade_choice(brigade_id: int) -> str:
    """Return the choice of a brigade among the accounts."""
    return f"{_BRIGADE}{brigade_id}"


def brigade_in(choice: int | str) -> int | None:
    """Return the id of the brigade that was chosen among the accounts, or None if it was none."""
    return int(choice.removeprefix(_BRIGADE)) if isinstance(choice, str) else None


def assignee_choice(sent: object) -> int | str:
    """Return what was chosen: the id of an account, NO_ACCOUNT, KEPT, or the choice of a brigade."""
    text = str(sent or NO_ACCOUNT)
    return brigade_choice(int(text.removeprefix(_BRIGADE))) if text.startswith(_BRIGADE) else int(text)


class FollowUpForm(Form):
    """Who does what by when; the due date is in the zone of the person who types it."""

    title = fields.line(_("Action"), required=True)
    assignee_id = fields.select(_("Assignee"), coerce=assignee_choice)
    assignee_person = PickField(
        _("Person without an account"),
        required=Where("assignee_id", NO_ACCOUNT),
        help=_("Only if chosen above. This person gets emails with a personal link to this one action."),
    )
    due = fields.moment(_("Due"), required=True)
    remind_before_hours = fields.number(
        _("First mention in the daily letter (hours before)"),
        least=0,
        most=720,
        default=24,
        help=_(
            "Enter 0 to start on the due day. The daily letter also mentions the action on that day and while it is "
            "overdue."
        ),
    )
    escalate_to_id = fields.select(
        _("Escalate to"), coerce=fields.number_or_none, help=_("Gets one email if the action stays open for too long.")
    )
    escalate_after_hours = fields.number(
        _("If it is overdue by (hours)"), least=1, most=MOST_HOURS, required=Where("escalate_to_id")
    )
    priority = fields.one_of(_("Priority"), Priority, label, default=Priority.NORMAL)
    note = fields.lines(_("Note"), help=_("The note is shown only in Encuentro. Emails contain only the title."))

    def values(self, assignee: Assignee | None, timezone: str, escalate_to: User | None) -> FollowUpValues:
        """Return the action as it was typed, due in the local time of `timezone`; the accounts are the chosen ones.

        Raises DomainError if the clocks skip the due time.
        """
        return FollowUpValues(
            title=given(self.title),
            note=given(self.note),
            assignee=assignee,
            due_at=to_instant(given(self.due), timezone, "due"),
            remind_before_hours=given(self.remind_before_hours),
            priority=self.priority.data,
            escalate_to=escalate_to,
            escalate_after_hours=self.escalate_after_hours.data if escalate_to else None,
        )


ESCALATION = Fold(_("Escalation"), (("escalate_to_id", "escalate_after_hours"),))
"""How the page lays out the escalation."""


class Scope(StrEnum):
    """Which actions of a series are changed."""

    ONE = "one"
    FOLLOWING = "following"


class EditFollowUpForm(FollowUpForm):
    """An action that is recorded, with its place in the order of actions."""

    parent = PickField(
        _("Part of"), help=_("Another open action of the same congress or campaign, if it is a part of one.")
    )
    after = PickField(
        _("Waits for"),
        help=_(
            "An open action that has to be done first. Until then, no letter mentions this one, and it is not late."
        ),
    )

    def order(self) -> Order:
        """Return the actions that it is part of and waits for."""
        return Order(self.parent.data, self.after.data)


class FollowUpOfSeriesForm(EditFollowUpForm):
    """An action of a series, alone or with those that follow."""

    scope = fields.select(
        _("Change"), coerce=Scope, default=Scope.ONE, help=_("Actions that are already done stay as they are.")
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.scope.offer(
            [
                (Scope.ONE.value, gettext("only this action")),
                (Scope.FOLLOWING.value, gettext("this action and all that follow")),
            ]
        )


class Whom(StrEnum):
    """For which of the offered delegations an action is assigned."""

    TICKED = "ticked"
    ALL = "all"


class PlacedForm(FollowUpForm):
    """A new action, and where it belongs."""

    place = fields.select(
        _("Congress or campaign"),
        help=_("Its team can see the action, but only those who can see a person see the name."),
    )


class AssignForm(PlacedForm):
    """The same action for each of several delegations."""

    whom = fields.select(_("For which delegations"), coerce=Whom, default=Whom.TICKED)
    delegations = fields.choose_many(
        _("Delegations"), help=_("One action is assigned for each. If you choose none, one general action is assigned.")
    )

    def offer_delegations(self, offered: Sequence[tuple[int, str]], everyone: str) -> None:
        """Offer delegations by name; `everyone` is the label for all of them."""
        self.delegations.offer(offered)
        self.whom.offer([(Whom.TICKED.value, gettext("the ones selected below")), (Whom.ALL.value, everyone)])

    def chosen(self, offered: Iterable[Delegation]) -> list[Delegation]:
        """Return the chosen delegations."""
        ticked = self.delegations.data or []
        return [one for one in offered if self.whom.data is Whom.ALL or one.id in ticked]


class AssignSelectedForm(SelectedForm, PlacedForm):
    """The same action about each of several people."""


class RespondForm(AssignForm):
    """The actions that a problem calls for; a chosen kind needs no title."""

    title = fields.line(
        _("Action title"), required=Where("kind", ""), help=_("If left blank, the suggested action is used.")
    )
    kind = fields.select(
        _("Suggested action"),
        help=_("The action is canceled automatically when the delegation is no longer affected."),
    )
