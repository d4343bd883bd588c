"""One-time codes by time (TOTP, RFC 6238), and recovery codes."""

import base64
import hashlib
import hmac
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS, DIGITS = 30, 6
DRIFT = 1
"""How many steps the clock of a phone may be early or late."""
RECOVERY_CODES = 10
_ISSUER = "Encuentro"


def secret_of(secret_key: str, nonce: str) -> bytes:
    """Return the secret that a phone and the application share. It is derived, so that the database alone does not reveal it."""
    return hmac.digest(secret_key.encode(), f"one-time codes:{nonce}".encode(), "sha256")[:20]


def in_letters(secret: bytes) -> str:
    """Return a secret as it is typed into a phone."""
    return base64.b32encode(secret).decode()


def address_for(secret: bytes, account: str) -> str:
    """Return the address that a QR code contains for applications that make the codes."""
    query = urlencode({"secret": in_letters(secret), "issuer": _ISSUER})
    return f"otpauth://totp/{_ISSUER}:{quote(account, safe='')}?{query}"


def code_at(secret: bytes, step: int, digits: int = DIGITS, hashed_by: str = "sha1") -> str:
    """Return the code of a step (RFC 4226, section 5.3)."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashed_by).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_at(instant: datetime) -> int:
    """Return the number of the step at an instant."""
    return int(instant.timestamp()) // STEP_SECONDS


def matching_step(secret: bytes, typed: str, instant: datetime) -> int | None:
    """Return the step whose code was typed, or None if it is none of the current ones."""
    now = step_at(instant)
    steps = range(now - DRIFT, now + DRIFT + 1)
    return next((step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), typed.encode())), None)


def recovery_code(secret: bytes, number: int) -> str:
    """Return one of the recovery codes, such as `k7qd-2mfa-x3bw`; each is 60 bits of the derived secret."""
    digest = hmac.digest(secret, f"recovery:{number}".encode(), hashlib.sha256)
    letters = base64.b32encode(digest).decode().lower()[:12]
    return "-".join(letters[start : start + 4] for start in range(0, 12, 4))


def matching_recovery(secret: bytes, typed: str) -> int | None:
    """Return the number of the recovery code that was typed, or None."""
    letters = "".join(one for one in typed.lower() if one.isalnum())
    codes = (recovery_code(secret, number).replace("-", "") for number in range(RECOVERY_CODES))
    return next(
        (number for number, code in enumerate(codes) if hmac.compare_digest(code.encode(), letters.encode())), None
    )
