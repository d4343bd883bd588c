"""Delegations and delegates."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms.validators import AnyOf, DataRequired

from app.domain.congress.delegation_lists import MOST_SEATS, Answers, DelegationList, Line
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
from app.models.people.organizations import Classification
from app.models.travel.problems import RouteProblem
from app.wording.labels import country_name, label


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
            says=_("Enter why it cannot attend. The reason is kept for the congress’s records."),
        ),
        help=_("Only if the delegation is unable to attend."),
    )
    problem = fields.select(
        _("Route problem that prevents it"),
        coerce=fields.number_or_none,
        help=_("Only if the delegation is unable to attend."),
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

    person = PickField(_("Person"), required=True, help=_("Someone who is already recorded."))
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
            "One person per line: “Ana Ruiz” or “Ruiz, Ana”. After the name you can add an email address, a phone number, a "
            "position, an organization or “observer”, separated by commas, semicolons or tabs."
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


class DelegationListForm(PreviewForm):
    """A pasted list of delegations; the preview asks for what a line leaves open. The view passes in `countries`."""

    delegations = fields.lines(
        _("Delegations"),
        longest=40_000,
        required=True,
        rows=10,
        help=_(
            "One delegation per line: “Union of Dockers, Chile, 5, Ana Ruiz”. The number of seats and the head of "
            "delegation are optional. Separate the parts with commas, semicolons or tabs."
        ),
    )
    seats = fields.number(_("Seats if a line has no number"), least=1, most=MOST_SEATS, default=1)
    classification = fields.one_of(
        _("Type of organizations that are not recorded yet"), Classification, label, default=Classification.UNION
    )

    def __init__(self, countries: Sequence[tuple[str, str]] = ()) -> None:
        self.countries = countries
        super().__init__()

    def fields_for(self, draft: DelegationList) -> dict[str, tuple[Field, object]]:
        """Return a choice for each country, organization and head that a line leaves open."""
        asked: dict[str, tuple[Field, object]] = {}
        for line in draft.new:
            if line.asks_organization:
                asked[f"organization-{line.number}"] = (_which(line), None)
            if line.asks_country:
                asked[f"country-{line.number}"] = (self._where(), "")
            if line.head and line.head.candidates:
                asked[f"person-{line.number}"] = (_who(line.head), _likely(line.head))
        return asked

    def answers(self, draft: DelegationList) -> dict[int, Answers]:
        """Return what was chosen, by the number of the line."""
        return {
            line.number: Answers(
                organization_id=fields.number_or_none(self._answer("organization", line)),
                country=self._answer("country", line) or None,
                person_id=fields.number_or_none(self._answer("person", line)),
            )
            for line in draft.new
        }

    def _answer(self, name: str, line: Line) -> str | None:
        field = self._fields.get(f"{name}-{line.number}")
        return field.data if field else None

    def _where(self) -> Field:
        return SelectField(
            gettext("Traveling from"), choices=dict(self.countries), validators=[DataRequired(gettext("Choose one."))]
        )


def _which(line: Line) -> Field:
    recorded = {
        str(one.organization_id): gettext(
            "%(name)s (already recorded)", name=f"{one.name} ({country_name(one.country)})"
        )
        for one in line.candidates
    }
    offered = recorded | {"": gettext("a new organization")}
    return RadioField(
        gettext("Line %(line)d", line=line.number),
        choices=offered,
        validate_choice=False,
        validators=[AnyOf(list(offered), message=gettext("Choose the organization you mean."))],
    )


def _who(entry: Entry) -> Field:
    recorded = {str(one.person_id): _described(one) for one in entry.candidates}
    offered = recorded | {"": gettext("a new person")}
    return RadioField(
        gettext("Line %(line)d", line=entry.line),
        choices=offered,
        validate_choice=False,
        validators=[AnyOf(list(offered), message=gettext("Choose the person you mean."))],
    )


def _described(one: Candidate) -> str:
    name = f"{one.name} ({one.organization})" if one.organization else one.name
    return str(gettext("%(name)s (already recorded)", name=name))


def _likely(entry: Entry) -> str | None:
    """Return the most likely person; None if only the user can decide."""
    likely = [one for one in entry.candidates if one.is_likely]
    return str(likely[0].person_id) if len(likely) == 1 else None
