"""Forms for delegations and delegates."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.domain.congress.delegations import DelegationValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.people.people import PersonForm
from app.forms.picking import PickField
from app.forms.presence import Where
from app.models.congress.delegations import LEAST_SEATS, MOST_SEATS, Capacity, DelegationStatus
from app.models.travel.problems import RouteProblem
from app.wording.labels import label


class DelegationForm(Form):
    """A delegation."""

    organization = PickField(_("Organization"), required=True, help=_("Start typing, then choose."))
    country = fields.select(_("Traveling from"), required=True)
    origin = PickField(
        _("Place of departure"), help=_("The town or airport, if you know it. Routes are searched from there.")
    )
    seats = fields.number(
        _("Seats"), least=LEAST_SEATS, most=MOST_SEATS, help=_("The number of people that the delegation may send.")
    )
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
            origin=self.origin.picked(),
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
