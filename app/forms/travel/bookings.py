"""Choosing an alternative route, and recording its bookings."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.forms import fields
from app.forms.base import Form

_REFERENCE = "reference_"
"""The prefix of the field names for booking references; the id of the leg follows."""


class ChooseWayForm(Form):
    """The actions for the bookings that an alternative route replaces."""

    cancel = BooleanField(_("Create an action: cancel the booking that is no longer used"), default=True)
    refund = BooleanField(_("Create an action: request a refund"), default=True)


class BookingForm(Form):
    """Which legs are booked, and their references."""

    booked = fields.choose_many(_("Booked legs"))

    @classmethod
    def of(cls, legs: Iterable[tuple[int, str]]) -> "BookingForm":
        """Return a form for legs, each with its id and description; all are checked."""
        offered = list(legs)
        references = {
            _reference(number): fields.line(_("Booking reference, %(leg)s", leg=way), longest=80)
            for number, way in offered
        }
        form: BookingForm = type("BookingForm", (cls,), references)(booked=[number for number, _way in offered])
        form.booked.offer(offered)
        return form

    @property
    def shown(self) -> list[str]:
        """The names of the fields, in their order on the page."""
        return ["booked", *(field.name for field in self if field.name.startswith(_REFERENCE))]

    def references(self) -> dict[int, str | None]:
        """Return the reference of each booked leg, by its id."""
        return {number: fields.given(self[_reference(number)]) for number in self.booked.data or []}


def _reference(number: int) -> str:
    return f"{_REFERENCE}{number}"
