"""Reminders of shifts: an email on the day before, at the same hour where the shift is."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app import clock
from app.domain.mail import deliveries
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mobilizing.brigades import Channel
from app.models.mobilizing.shifts import PlaceStatus, Shift

HOUR = 10
"""The local hour of a reminder."""
REMINDED = (PlaceStatus.APPROVED, PlaceStatus.GIVING_BACK)
"""The places whose members are reminded."""


def plan_reminders(shift: Shift) -> None:
    """Withdraw the reminders of a shift that are not sent, and plan those of everyone who has a place in it now.

    The occasion includes the time of the shift: who was reminded of a shift that then moved is reminded again.
    """
    now, due_at = clock.now(), reminded_at(shift)
    deliveries.withdraw_about(Delivery.shift_place_id, [place.id for place in shift.places], at=now)
    for place in shift.places:
        if place.status in REMINDED and place.member.channel is Channel.EMAIL and due_at > now:
            deliveries.queue(
                DeliveryKind.SHIFT_REMINDER,
                person=place.member.person,
                occasion=f"shift:{place.id}:{shift.starts_at:%Y-%m-%dT%H:%M}",
                due_at=due_at,
                shift_place_id=place.id,
            )


def reminded_at(shift: Shift) -> datetime:
    """Return when the members of a shift are reminded."""
    zone = ZoneInfo(shift.timezone)
    day = shift.starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(day, time(HOUR), zone).astimezone(UTC)
