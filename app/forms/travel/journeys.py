"""Editing several legs at once: the return journey, copies for other delegations, one status."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field
from wtforms.validators import InputRequired

from app.domain.travel.ways_back import WayBack
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.presence import Where
from app.forms.previewing import PreviewForm
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Leg, LegStatus
from app.wording.labels import label


class WayBackForm(PreviewForm):
    """The journey to reverse, and when the return begins; the preview has the times of each leg."""

    journey = fields.select(_("Journey to the congress"), coerce=fields.number_or_none)
    departs = fields.moment(_("Departs for home"), required=True, help=_("Local time at the end of the journey."))

    def fields_for(self, draft: WayBack) -> dict[str, tuple[Field, object]]:
        """Return a departure and an arrival for each leg."""
        asked: dict[str, tuple[Field, object]] = {}
        for position, leg in enumerate(draft.legs):
            departs = gettext("Departs from %(place)s", place=leg.origin.name)
            arrives = gettext("Arrives in %(place)s", place=leg.destination.name)
            asked[f"departs-{position}"] = (fields.moment(departs, required=True), leg.departs)
            asked[f"arrives-{position}"] = (fields.moment(arrives, required=True), leg.arrives)
        return asked

    def begins(self) -> datetime:
        """Return the departure, in the local time of the place where the outbound journey ended."""
        departs: datetime = given(self.departs)
        return departs

    def times(self, draft: WayBack) -> list[tuple[datetime, datetime]]:
        """Return the departure and arrival of each leg as they were typed."""
        return [
            (self[f"departs-{position}"].data, self[f"arrives-{position}"].data) for position in range(len(draft.legs))
        ]


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
