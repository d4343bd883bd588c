"""What a host organization fills in to propose a mobilization."""

from typing import Any

from flask_babel import lazy_gettext as _

from app.domain.mobilizing import proposals
from app.domain.mobilizing.sign_ups import SignUpValues
from app.forms import fields
from app.forms.mobilizing.placing import Described, Placed
from app.forms.mobilizing.sign_ups import SignUpForm
from app.models.mobilizing.days_of_action import DayOfAction


class ProposalForm(SignUpForm, Placed, Described):
    """A mobilization that an organization wants to host on a day of action."""

    organization_name = fields.line(_("Union or organization"), required=True, autocomplete="organization")

    def __init__(self, consent_text: str = "", day: DayOfAction | None = None, **values: Any) -> None:
        super().__init__(consent_text, **values)
        self._day = day or DayOfAction()
        self.place.description = _("If it is not found, enter the nearest city, and the place itself below.")

    def values(self, locale: str) -> SignUpValues:
        """Return what was filled in; where the host is follows from the mobilization."""
        values, place = super().values(locale), self.place.data
        values["country"], values["locality"] = place.country, place.name
        return values

    def details(self) -> dict[str, Any]:
        """Return the mobilization that is proposed."""
        return proposals.details_of(self._day, self.described(), self.placed())
