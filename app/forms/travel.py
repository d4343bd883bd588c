"""Legs and places."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.forms.picking import PickField
from app.labels import label
from app.models.travel import Direction, LegStatus, Mode, PlaceKind


class LegForm(Form):
    """One leg; each time as the clocks at its own place show it."""

    direction = fields.one_of(_("Direction"), Direction, label, default=Direction.OUT)
    mode = fields.one_of(_("How"), Mode, label, default=Mode.AIR)
    origin = PickField(_("From"), required=True, help=_("A place or its code, such as BOG."))
    departs = fields.moment(_("Departs"), required=True, help=_("Local time there."))
    destination = PickField(_("To"), required=True)
    arrives = fields.moment(_("Arrives"), required=True, help=_("Local time there."))
    carrier = fields.line(_("Carrier"), longest=80, list="carriers", autocomplete="off")
    number = fields.line(_("Number"), longest=80, help=_("Of the flight, bus or boat."))
    status = fields.one_of(_("Status"), LegStatus, label, default=LegStatus.PLANNED)


class PlaceForm(Form):
    """A place that is not known yet."""

    name = fields.line(_("Name"), required=True)
    kind = fields.one_of(_("Kind"), PlaceKind, label, default=PlaceKind.CITY)
    code = fields.line(_("Code"), longest=10, help=_("IATA code of an airport, UN/LOCODE of a port."))
    country = fields.select(_("Country"), required=True)
    timezone = fields.zone(_("Time zone"))
