"""The form for a pasted list of delegations."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, SelectField
from wtforms.validators import AnyOf, DataRequired

from app.domain.congress.delegation_lists import Answers, DelegationList, Line
from app.forms import fields
from app.forms.congress.delegate_lists import likely, who
from app.forms.previewing import PreviewForm
from app.models.congress.delegations import LEAST_SEATS, MOST_SEATS
from app.models.people.organizations import Classification
from app.wording.labels import country_name, label


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
    seats = fields.number(
        _("Seats if a line has no number"),
        least=LEAST_SEATS,
        most=MOST_SEATS,
        default=1,
        help=_("The number of people that the delegation may send."),
    )
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
                asked[f"person-{line.number}"] = (who(line.head), likely(line.head))
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
