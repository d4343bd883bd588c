"""Places."""

from decimal import Decimal
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _

from app.domain.travel import place_edits, places
from app.domain.travel.places import PlaceValues
from app.forms import fields
from app.forms.base import Form, Part
from app.forms.fields import given
from app.forms.picking import ZoneField
from app.forms.presence import Where
from app.models.travel.places import Place, PlaceKind
from app.wording.labels import label


class _Place:
    """The fields of a place."""

    name: Any = fields.line(_("Name"), required=True)
    kind = fields.one_of(_("Kind"), PlaceKind, label, default=PlaceKind.CITY)
    code = fields.line(_("Code"), longest=10, help=_("The IATA code of an airport or the UN/LOCODE of a port."))
    country = fields.select(_("Country"), required=True)
    timezone = ZoneField(_("Time zone"), help=_("If left blank, it is derived from the location."))
    latitude = fields.degrees(
        _("Latitude"),
        90,
        required=Where("longitude", says=_("Enter both, or leave both blank.")),
        help=_("In degrees, negative for south. Used to show the place on the map."),
    )
    longitude = fields.degrees(
        _("Longitude"),
        180,
        required=Where("latitude", says=_("Enter both, or leave both blank.")),
        help=_("In degrees, negative for west."),
    )

    def values_of(self, name: str) -> PlaceValues:
        """Return the place with this name and the other submitted values."""
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
    """A place whose name is typed in another field."""

    name = None


class PlaceForm(_Place, Form):
    """A place, new or known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        place: Place | None = kwargs.get("obj")
        if place is None:
            self.check(places.check_code, "name", "country", "kind", "code")
        else:
            self.check(partial(place_edits.check_identity, place), "name", "country", "kind", "code")
            self.check(partial(place_edits.check_country, place), "country")

    def values(self) -> PlaceValues:
        """Return the place as it was typed."""
        return self.values_of(str(given(self.name)))


def _degrees(typed: Decimal | None) -> float | None:
    return None if typed is None else float(typed)
