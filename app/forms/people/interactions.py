"""The forms for an interaction and its next step."""

from flask_babel import lazy_gettext as _

from app.domain.actions.follow_ups import FollowUpValues
from app.domain.people.interactions import InteractionValues
from app.forms import fields
from app.forms.base import Fold, Form, Question
from app.forms.fields import given
from app.forms.picking import PickField
from app.forms.presence import Where
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import Priority
from app.models.people.interactions import Initiative, InteractionKind
from app.models.people.organizations import Organization
from app.times import to_instant
from app.wording.labels import label


class InteractionForm(Form):
    """What was said, when, and with whom; the time is in the zone of the person who types it."""

    organization = PickField(_("Organization"), help=_("The organization that you were in contact with."))
    kind = fields.one_of(_("Kind"), InteractionKind, label, default=InteractionKind.CALL)
    initiative = fields.one_of(_("Who got in touch"), Initiative, label, empty=_("– not recorded –"))
    occurred = fields.moment(_("When"), required=True)
    about = fields.select(
        _("Congress or campaign"),
        help=_("What it was about. Without a person, only those who work on it can see this interaction."),
    )
    subject = fields.line(_("Subject"), required=True, help=_("In a few words, for lists."))
    body = fields.lines(_("What was said"), longest=20_000, rows=6)

    def values(
        self, timezone: str, congress_id: int | None, campaign_id: int | None, organization: Organization | None
    ) -> InteractionValues:
        """Return the interaction as it was typed, in the local time of `timezone`.

        Raises DomainError if the clocks skip that time.
        """
        return InteractionValues(
            organization=organization,
            kind=self.kind.data,
            initiative=self.initiative.data,
            occurred_at=to_instant(given(self.occurred), timezone, "occurred"),
            subject=given(self.subject),
            body=given(self.body),
            congress_id=congress_id,
            campaign_id=campaign_id,
        )


class InteractionSearchForm(Question):
    """Search for interactions. Invalid values are left out, with an error at their field; the view passes in the options."""

    q = fields.words(
        _("Words"), help=_("Searches the subject, what was said, and the names of people and organizations.")
    )
    kind = fields.one_of(_("Kind"), InteractionKind, label, empty=_("– any –"))
    by = fields.select(_("Recorded by"), coerce=fields.number_or_none)
    about = fields.select(_("Congress or campaign"))
    since = fields.day(_("From"))
    until = fields.day(_("Until"))


class NewInteractionForm(InteractionForm):
    """An interaction, with whom, and its next step if there is one: who does what by when."""

    person = PickField(
        _("Person"), help=_("Start typing, then choose. Whoever can see this person can see this interaction.")
    )
    step_title = fields.line(
        _("Action"), required=Where("step_due"), help=_("Everyone who works on the congress or campaign can see it.")
    )
    step_due = fields.moment(_("Due"), required=Where("step_title"))
    step_assignee_id = fields.select(_("Assignee"), coerce=int)

    def step(self, assignee: User, timezone: str) -> FollowUpValues:
        """Return the action as it was typed, due in the local time of `timezone`.

        Raises DomainError if the clocks skip the due time.
        """
        return FollowUpValues(
            title=given(self.step_title),
            note=None,
            assignee=assignee,
            due_at=to_instant(given(self.step_due), timezone, "step_due"),
            remind_before_hours=24,
            priority=Priority.NORMAL,
            escalate_to=None,
            escalate_after_hours=None,
        )


NEXT_STEP = Fold(_("Next step"), ("step_title", ("step_due", "step_assignee_id")))
"""How the page lays out the next step."""
