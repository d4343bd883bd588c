"""Legs, their travelers, and places."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _

from app.domain.travel import travel
from app.domain.travel.places import PlaceValues
from app.domain.travel.travel import LegValues
from app.forms import fields
from app.forms.base import Form, Part
from app.forms.fields import given
from app.forms.picking import PickField, ZoneField
from app.forms.presence import Where
from app.models.travel.places import Mode, PlaceKind
from app.models.travel.travel import Direction, Journey, LegStatus
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
        _("Itinerary"), help=_("The delegation’s shared itinerary, or a separate one for some of its people.")
    )
    mode = fields.one_of(_("How"), Mode, label, default=Mode.AIR)
    origin = PickField(_("From"), required=True, help=_("A place or its code, for example BOG."))
    departs = fields.moment(_("Departs"), required=True, help=_("Local time at the origin."))
    destination = PickField(_("To"), required=True)
    arrives = fields.moment(_("Arrives"), required=True, help=_("Local time at the destination."))
    carrier = fields.line(_("Carrier"), longest=80, list="carriers", autocomplete="off")
    number = fields.line(_("Number"), longest=80, help=_("The number of the flight, bus or boat."))
    crossing = PickField(_("Border crossing"), help=_("If it crosses a land border."))
    status = fields.one_of(_("Status"), LegStatus, label, default=LegStatus.PLANNED)
    booking_reference = fields.line(_("Booking reference"), longest=80, autocomplete="off")
    seats = fields.number(_("Seats booked"), least=1, most=5000, required=False)
    cost = fields.money(_("Total cost of all seats"))
    currency = fields.line(
        _("Currency"),
        longest=3,
        required=Where("cost", says=_("Enter the currency.")),
        help=_("Its code, for example USD."),
        list="currencies",
        autocapitalize="characters",
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(travel.times, "origin", "destination", "departs", "arrives")

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
            arrives=given(self.arrives),
            status=self.status.data,
            booking_reference=given(self.booking_reference),
            seats=self.seats.data,
            cost=self.cost.data,
            currency=(given(self.currency) or "").upper() or None,
        )


class PartyForm(Form):
    """The people of a delegation who have a separate itinerary."""

    direction = fields.one_of(_("Direction"), Direction, label, default=Direction.OUT)
    delegates = fields.choose_many(_("Travelers on this leg"), required=_("Choose who is traveling on this leg."))


class _Place:
    """What is recorded of a place."""

    name: Any = fields.line(_("Name"), required=True)
    kind = fields.one_of(_("Kind"), PlaceKind, label, default=PlaceKind.CITY)
    code = fields.line(_("Code"), longest=10, help=_("IATA code of an airport, UN/LOCODE of a port."))
    country = fields.select(_("Country"), required=True)
    timezone = ZoneField(_("Time zone"), help=_("If left empty, it is derived from the location."))
    latitude = fields.degrees(
        _("Latitude"),
        90,
        required=Where("longitude", says=_("Enter both, or neither.")),
        help=_("In degrees, negative for south. Used to show the place on the map."),
    )
    longitude = fields.degrees(
        _("Longitude"),
        180,
        required=Where("latitude", says=_("Enter both, or neither.")),
        help=_("In degrees, negative for west."),
    )

    def values_of(self, name: str) -> PlaceValues:
        """Return a place of a name, with the rest as it was typed."""
        return PlaceValues(
            name=name,
            kind=self.kind.data,
            code=given(self.code),
            country=self.country.data,
            timezone=given(self.timezone),
            latitude=_degrees(self.latitude.data),
            longitude=_degrees(self.longitude.data),
        )


class PlacePart(_Place, Part):
    """A place whose name is typed elsewhere."""

    name = None


class PlaceForm(_Place, Form):
    """A place that is not known yet."""

    def values(self) -> PlaceValues:
        """Return the place as it was typed."""
        return self.values_of(str(given(self.name)))


def _degrees(typed: Decimal | None) -> float | None:
    return None if typed is None else float(typed)
