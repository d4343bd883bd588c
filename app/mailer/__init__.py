"""The only package that sends and receives email."""

from app.mailer.conversation import Envelope
from app.mailer.outcome import Outcome, Refused, Unreachable, Verdict
from app.mailer.pump import Pump, Result
from app.mailer.relay import Relay

__all__ = ["Envelope", "Outcome", "Pump", "Refused", "Relay", "Result", "Unreachable", "Verdict"]
