"""Where an email returns to if it cannot be delivered: an envelope sender that names its delivery and is signed (VERP).

It also has a mark of the address that the email was sent to, so that a bounce from an old address of somebody is never
taken for one from the address that they have now.
"""

import hmac
import re
from base64 import b32decode, b32encode
from collections.abc import Iterator
from dataclasses import dataclass

from app.config import Config
from app.keyed_digests import KeyedDigest
from app.mailer.message import envelope_sender

_NUMBER_BYTES, _MARK_BYTES, _SEAL_BYTES = 5, 5, 10
TOKEN = 32
"""Letters and digits of a token: all of these bytes in base32, without padding."""
LONGEST_LOCAL = 64
"""Octets before the @ (RFC 5321, section 4.5.3.1.1)."""


@dataclass(frozen=True, slots=True)
class Named:
    """The delivery that a return address names."""

    delivery_id: int
    mark: bytes


class ReturnAddresses:
    """Signs and reads return addresses: variants of one address, or that address itself if variants are not wanted."""

    def __init__(self, address: str, secret_key: str, *, has_variants: bool) -> None:
        self._address = address
        self._local, _at, self._domain = address.rpartition("@")
        self._digests = KeyedDigest(hmac.digest(secret_key.encode(), b"return addresses", "sha256"), "sha256")
        self._has_variants = has_variants
        self._variants = re.compile(
            rf"{re.escape(self._local)}\+([a-z2-7]{{{TOKEN}}})@{re.escape(self._domain)}(?![\w-]|\.\w)", re.IGNORECASE
        )

    @classmethod
    def of(cls, settings: Config) -> "ReturnAddresses":
        """Return those of the settings: variants of MAIL_BOUNCE_ADDRESS, or else the address of MAIL_FROM."""
        address = envelope_sender(settings.mail_bounce_address or settings.mail_from)
        return cls(address, settings.secret_key, has_variants=bool(settings.mail_bounce_address))

    def naming(self, delivery_id: int, recipient: str) -> str:
        """Return the envelope sender of an email to a normalized address."""
        if not self._has_variants:
            return self._address
        number = delivery_id.to_bytes(_NUMBER_BYTES, "big")
        content = number + self._mark(number, recipient)
        token = b32encode(content + self._seal(content)).decode().lower()
        return f"{self._local}+{token}@{self._domain}"

    def named_in(self, text: str) -> Iterator[Named]:
        """Yield the deliveries that return addresses in a text name; what was not signed here names none."""
        for token in self._variants.findall(text):
            raw = b32decode(token, casefold=True)
            content, seal = raw[:-_SEAL_BYTES], raw[-_SEAL_BYTES:]
            if hmac.compare_digest(seal, self._seal(content)):
                yield Named(int.from_bytes(content[:_NUMBER_BYTES], "big"), content[_NUMBER_BYTES:])

    def was_sent_to(self, named: Named, recipient: str) -> bool:
        """Return whether the email was sent to this normalized address."""
        number = named.delivery_id.to_bytes(_NUMBER_BYTES, "big")
        return hmac.compare_digest(named.mark, self._mark(number, recipient))

    def _mark(self, number: bytes, recipient: str) -> bytes:
        return self._digests.of(b"to:" + number + recipient.encode())[:_MARK_BYTES]

    def _seal(self, content: bytes) -> bytes:
        return self._digests.of(b"of:" + content)[:_SEAL_BYTES]
