"""Follow-up actions."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.domain.actions.follow_ups import FollowUpValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField
from app.forms.presence import Where
from app.forms.selecting import SelectedForm
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import Priority
from app.models.congress.delegations import Delegation
from app.models.people.people import Person
from app.times import to_instant
from app.wording.labels import label

NO_ACCOUNT = 0
"""The choice, among the accounts, of a person without one."""


class FollowUpForm(Form):
    """Who does what by when; the due date is in the zone of the person who types it."""

    title = fields.line(_("Action"), required=True)
    assignee_id = fields.select(_("Assignee"), coerce=lambda sent: int(sent or NO_ACCOUNT))
    assignee_person = PickField(
        _("Person without an account"),
        required=Where("assignee_id", NO_ACCOUNT),
        help=_("Only if chosen above. This person gets emails with a personal link to this one action."),
    )
    due = fields.moment(_("Due"), required=True)
    remind_before_hours = fields.number(
        _("Reminder (hours before the due time)"),
        least=0,
        most=720,
        default=24,
        help=_(
            "Enter 0 to start on the due day. The daily letter also mentions the action on that day and while it is "
            "overdue."
        ),
    )
    priority = fields.one_of(_("Priority"), Priority, label, default=Priority.NORMAL)
    note = fields.lines(_("Note"), help=_("The note is shown only in Encuentro. Emails contain only the title."))

    def values(self, assignee: User | Person, timezone: str) -> FollowUpValues:
        """Return the action as it was typed, due in the local time of `timezone`; `assignee` is the chosen one.

        Raises DomainError if the clocks skip the due time.
        """
        return FollowUpValues(
            title=given(self.title),
            note=given(self.note),
            assignee=assignee,
            due_at=to_instant(given(self.due), timezone, "due"),
            remind_before_hours=given(self.remind_before_hours),
            priority=self.priority.data,
        )


class Scope(StrEnum):
    """Which actions of a series are changed."""

    ONE = "one"
    FOLLOWING = "following"


class FollowUpOfSeriesForm(FollowUpForm):
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
