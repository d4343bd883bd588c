"""Asks a relay whether it encrypts, without sending anything."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime

from app.mailer.relay import Relay, own_name

_PATIENCE = 10
"""Seconds for each step."""


@dataclass(frozen=True, slots=True)
class Encryption:
    """How a connection is encrypted."""

    version: str
    """Such as `TLSv1.3`; empty if it is not."""
    ends_at: datetime | None = None
    """When the certificate ends."""


def encryption_of(relay: Relay) -> Encryption:
    """Return how connections to a relay are encrypted. Raises ssl.SSLCertVerificationError, or OSError if it cannot be asked."""
    context = ssl.create_default_context()
    try:
        with _connected(relay, context) as server:
            server.ehlo()
            if not relay.is_encrypted_at_once:
                if not server.has_extn("starttls"):
                    return Encryption("")
                server.starttls(context=context)
            encrypted = server.sock
            if not isinstance(encrypted, ssl.SSLSocket):
                return Encryption("")
            ends = (encrypted.getpeercert() or {}).get("notAfter")
            ends_at = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC) if ends else None
            return Encryption(encrypted.version() or "", ends_at)
    except smtplib.SMTPException as error:
        raise OSError(str(error)) from error


def _connected(relay: Relay, context: ssl.SSLContext) -> smtplib.SMTP:
    if relay.is_encrypted_at_once:
        return smtplib.SMTP_SSL(relay.host, relay.port, own_name(), timeout=_PATIENCE, context=context)
    return smtplib.SMTP(relay.host, relay.port, own_name(), timeout=_PATIENCE)
