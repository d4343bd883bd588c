"""Delegations and delegates."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, RadioField
from wtforms.validators import AnyOf

from app.domain.congress.delegations import DelegationValues
from app.domain.congress.rosters import Candidate, Entry, Roster
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.people.people import PersonForm
from app.forms.picking import PickField
from app.forms.presence import Where
from app.forms.previewing import PreviewForm
from app.models.congress.delegations import Capacity, DelegationStatus
from app.models.travel.problems import RouteProblem
from app.wording.labels import label


class DelegationForm(Form):
    """A delegation."""

    organization = PickField(_("Organization"), required=True, help=_("Start typing, then choose."))
    country = fields.select(_("Traveling from"), required=True)
    seats = fields.number(_("Seats"), least=1, most=5000)
    status = fields.one_of(_("Status"), DelegationStatus, label, default=DelegationStatus.INVITED)
    reason = fields.line(
        _("Why it is unable to attend"),
        required=Where(
            "status",
            DelegationStatus.UNABLE_TO_ATTEND,
            says=_("Enter why it cannot attend. The congress will refer to it later."),
        ),
        help=_("Only if it is."),
    )
    problem = fields.select(
        _("Route problem that prevents it"), coerce=fields.number_or_none, help=_("Only if it is unable to attend.")
    )

    def values(self, problem: RouteProblem | None) -> DelegationValues:
        """Return the delegation as it was typed; `problem` is the chosen one."""
        return DelegationValues(
            organization=self.organization.picked(),
            country=self.country.data,
            seats=given(self.seats),
            status=self.status.data,
            reason=given(self.reason),
            problem=problem,
        )


class DelegateForm(Form):
    """A delegate who already has a person record."""

    person = PickField(_("Person"), required=True, help=_("A person who is already recorded."))
    capacity = fields.one_of(_("Capacity"), Capacity, label, default=Capacity.DELEGATE)
    is_head = BooleanField(_("Head of delegation"))


class NewDelegateForm(PersonForm):
    """A delegate who gets a new person record."""

    capacity = fields.one_of(_("Capacity"), Capacity, label, default=Capacity.DELEGATE)
    is_head = BooleanField(_("Head of delegation"))


class RosterForm(PreviewForm):
    """A pasted list of people; if a person may already be recorded, the preview asks who is meant."""

    people = fields.lines(
        _("People"),
        longest=40_000,
        required=True,
        rows=10,
        help=_(
            "One person on each line: “Ana Ruiz” or “Ruiz, Ana”. After the name there may be an email address, a phone number, a post, an "
            "organization or “observer”, with commas, semicolons or tabs between."
        ),
    )

    def fields_for(self, draft: Roster) -> dict[str, tuple[Field, object]]:
        """Return a choice for each line whose person may already be recorded."""
        return {self.name_of(entry): (_who(entry), _likely(entry)) for entry in draft.new if entry.candidates}

    @staticmethod
    def name_of(entry: Entry) -> str:
        """Return the name of the field that chooses the person of a line."""
        return f"person-{entry.line}"

    def chosen(self, roster: Roster) -> dict[int, int | None]:
        """Return the chosen person of each line where one was chosen; None for a new person."""
        asked = [entry for entry in roster.new if entry.candidates]
        return {entry.line: fields.number_or_none(self[self.name_of(entry)].data) for entry in asked}


def _who(entry: Entry) -> Field:
    recorded = {str(one.person_id): _described(one) for one in entry.candidates}
    offered = recorded | {"": gettext("a new person")}
    return RadioField(
        gettext("Line %(line)d", line=entry.line),
        choices=offered,
        validate_choice=False,
        validators=[AnyOf(list(offered), message=gettext("Choose who is meant."))],
    )


def _described(one: Candidate) -> str:
    name = f"{one.name} ({one.organization})" if one.organization else one.name
    return str(gettext("%(name)s, recorded already", name=name))


def _likely(entry: Entry) -> str | None:
    """Return the most likely person; None if only the user can decide."""
    likely = [one for one in entry.candidates if one.is_likely]
    return str(likely[0].person_id) if len(likely) == 1 else None
