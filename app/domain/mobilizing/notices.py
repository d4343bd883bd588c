"""Emails to everybody who signed up for a mobilization, when it is moved or canceled, or takes place after all."""

from datetime import timedelta

from app import clock
from app.domain.mail import deliveries
from app.models.mail.deliveries import DeliveryKind
from app.models.mobilizing.mobilizations import Mobilization
from app.queries.mobilizing import sign_ups

WAITS = timedelta(minutes=10)
"""What is changed again meanwhile is told once."""


def tell(mobilization: Mobilization) -> int:
    """Queue an email about the current state to each person who attends and has an address; return their number."""
    ids = sign_ups.attending(mobilization.id)
    occasion = f"mobilization:{mobilization.id}:{mobilization.sequence}"
    deliveries.queue_sign_ups(ids, DeliveryKind.MOBILIZATION_CHANGED, clock.now() + WAITS, occasion)
    return len(ids)
