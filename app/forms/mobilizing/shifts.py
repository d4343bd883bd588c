"""Forms for shifts and the places in them."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.domain.mobilizing import shifts
from app.domain.mobilizing.shifts import ShiftValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField, ZoneField
from app.models.mobilizing.brigades import LEAST_NEEDED, MOST_NEEDED, Brigade
from app.models.mobilizing.shifts import Shift
from app.times import to_typed


class ShiftForm(Form):
    """A shift of a brigade."""

    role = fields.select(_("Role"), coerce=fields.number_or_none)
    needed = fields.number(_("People needed"), least=LEAST_NEEDED, most=MOST_NEEDED, default=1)
    venue = fields.line(_("Place"), required=True, help=_("Where people meet, with the town."))
    starts = fields.moment(_("Begins"), required=True)
    ends = fields.moment(_("Ends"), required=True)
    timezone = ZoneField(_("Time zone"), required=True)
    language = PickField(_("Language"), help=_("Only if those who come have to speak it."))
    note = fields.lines(_("Note"), longest=1000, help=_("Members see it, for example what to bring."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check(shifts.check_times, "starts", "ends", "timezone")

    def values(self, brigade: Brigade) -> ShiftValues:
        """Return the shift as it was typed."""
        return ShiftValues(
            role=next((role for role in brigade.roles if role.id == self.role.data), None),
            language=given(self.language),
            venue=given(self.venue),
            starts=given(self.starts),
            ends=given(self.ends),
            timezone=given(self.timezone),
            needed=given(self.needed),
            note=given(self.note),
        )


class NewShiftForm(ShiftForm):
    """A shift, or one on each of several days in a row."""

    days = fields.number(
        _("Days in a row"),
        least=1,
        most=shifts.MOST_DAYS,
        default=1,
        help=_("The same shift every day, at the same time."),
    )


class PlaceForm(Form):
    """Who is asked for a shift, or has it."""

    member = fields.select(_("Who"), coerce=fields.number_or_none, required=True)
    certain = BooleanField(_("Agreed already: give this person the place"))


def filled_shift(shift: Shift) -> dict[str, Any]:
    """Return what a form shows of a shift besides its columns: its role, and its times in its zone."""
    zone = shift.timezone
    return {"role": shift.role_id, "starts": to_typed(shift.starts_at, zone), "ends": to_typed(shift.ends_at, zone)}
