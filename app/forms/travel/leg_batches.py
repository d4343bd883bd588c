"""Forms that copy several legs or set their status."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import InputRequired

from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.presence import Where
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Leg, LegStatus
from app.wording.labels import label


class _LegsForm(Form):
    """Some of the legs of one delegation."""

    legs = fields.ChooseManyField(_("Legs"), coerce=int, validators=[InputRequired(_("Choose at least one leg."))])

    def chosen_legs(self, offered: Iterable[Leg]) -> list[Leg]:
        """Return those of the offered legs that were chosen."""
        return [leg for leg in offered if leg.id in (self.legs.data or [])]


class CopyLegsForm(_LegsForm):
    """Which legs are copied, and to which delegations."""

    everyone = BooleanField(_("To all delegations of the congress"))
    delegations = fields.ChooseManyField(
        _("To these delegations"),
        coerce=int,
        validators=[Where("everyone", False, says=_("Choose at least one delegation."))],
    )

    def chosen_delegations(self, offered: Iterable[Delegation]) -> list[Delegation]:
        """Return those of the offered delegations that were chosen."""
        ticked = self.delegations.data or []
        return [one for one in offered if self.everyone.data or one.id in ticked]


class LegStatusesForm(_LegsForm):
    """One status for several legs."""

    status = fields.one_of(_("Status"), LegStatus, label, default=LegStatus.BOOKED)
    booking_reference = fields.line(
        _("Booking reference"), longest=80, autocomplete="off", help=_("If left blank, each leg keeps its own.")
    )

    def reference(self) -> str | None:
        """Return the reference that was typed."""
        reference: str | None = given(self.booking_reference)
        return reference
