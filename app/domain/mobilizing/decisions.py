"""What organizers decide about sign-ups that need their consent: to host a mobilization, or to join a brigade."""

from datetime import timedelta

from app import clock
from app.domain.mail import deliveries
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.mail.deliveries import DeliveryKind
from app.models.mobilizing.sign_ups import Decision, SignUp
from app.text import N_

WAITS = timedelta(minutes=10)
"""Whoever has decided by mistake can decide anew before the email about it is sent."""


def decide(sign_up: SignUp, decision: Decision, reason: str | None, *, by: User) -> None:
    """Record a decision; it may be changed until somebody is told, and after."""
    if not sign_up.is_confirmed:
        raise DomainError(None, N_("It has been withdrawn meanwhile."))
    sign_up.decision, sign_up.decided_at, sign_up.decided_by = decision, clock.now(), by
    sign_up.decision_reason = reason
    db.session.flush()


def tell(sign_up: SignUp) -> None:
    """Queue the email about the current decision to whoever has an address."""
    if sign_up.email:
        occasion = f"decision:{clock.now():%Y-%m-%dT%H:%M:%S}"
        deliveries.queue_sign_ups([sign_up.id], DeliveryKind.SIGN_UP_DECIDED, clock.now() + WAITS, occasion)


def check_reason(reason: str | None) -> None:
    """Raise DomainError if it is not said why something is declined."""
    if not reason:
        raise DomainError("reason", N_("Say why. The person is told."))
