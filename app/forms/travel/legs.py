"""Legs."""

from datetime import datetime

from flask_babel import lazy_gettext as _

from app.domain.travel import arrivals, legs
from app.domain.travel.legs import LegValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField
from app.forms.presence import Where
from app.models.congress.delegations import LEAST_SEATS, MOST_SEATS
from app.models.travel.journeys import Direction, Journey, LegStatus
from app.models.travel.places import Mode, Place
from app.wording.labels import label

CURRENCIES = (
    "USD",
    "EUR",
    "VES",
    "COP",
    "BRL",
    "MXN",
    "CUP",
    "PEN",
    "BOB",
    "ARS",
    "CLP",
    "UYU",
    "PYG",
    "DOP",
    "GTQ",
    "HNL",
    "NIO",
    "CRC",
    "PAB",
    "CAD",
    "GBP",
    "TRY",
    "ZAR",
    "INR",
    "CNY",
)


class LegForm(Form):
    """One leg; each time is local to its place."""

    journey = fields.select(
        _("Journey"), help=_("The journey of the whole delegation, or a separate itinerary for some of its people.")
    )
    mode = fields.one_of(_("Mode of travel"), Mode, label, default=Mode.AIR)
    origin = PickField(_("From"), required=True, help=_("A place or its code, for example BOG."))
    departs = fields.moment(_("Departs"), required=True, help=_("Local time at the origin."))
    destination = PickField(_("To"), required=True)
    arrives = fields.moment(
        _("Arrives"), help=_("Local time at the destination. Leave blank to have it estimated from the distance.")
    )
    carrier = fields.line(_("Carrier"), longest=80, list="carriers", autocomplete="off")
    number = fields.line(_("Number"), longest=80, help=_("The number of the flight, train, bus or boat."))
    crossing = PickField(_("Border crossing"), help=_("Only if the leg crosses a land border."))
    status = fields.one_of(_("Status"), LegStatus, label, default=LegStatus.PLANNED)
    booking_reference = fields.line(_("Booking reference"), longest=80, autocomplete="off")
    seats = fields.number(_("Seats booked"), least=LEAST_SEATS, most=MOST_SEATS, required=False)
    cost = fields.money(_("Total cost of all seats"))
    currency = fields.line(
        _("Currency"),
        longest=3,
        required=Where("cost", says=_("Enter the currency.")),
        help=_("Three-letter code, for example USD."),
        list="currencies",
        autocapitalize="characters",
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(self._times, "origin", "destination", "departs", "arrives", "mode")

    @staticmethod
    def _times(origin: Place, destination: Place, departs: datetime, arrives: datetime | None, mode: Mode) -> None:
        legs.times(origin, destination, departs, arrives or arrivals.estimated(origin, destination, departs, mode))

    def values(self, party: Journey | None) -> LegValues:
        """Return the leg as it was typed; `party` is the chosen journey, if it is not a shared one."""
        return LegValues(
            direction=party.direction if party else Direction(self.journey.data),
            journey=party,
            mode=self.mode.data,
            carrier=given(self.carrier),
            number=given(self.number),
            origin=self.origin.picked(),
            destination=self.destination.picked(),
            crossing=self.crossing.data,
            departs=given(self.departs),
            arrives=self.arrives.data,
            status=self.status.data,
            booking_reference=given(self.booking_reference),
            seats=self.seats.data,
            cost=self.cost.data,
            currency=(given(self.currency) or "").upper() or None,
        )
