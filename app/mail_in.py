"""Signed tokens in the addresses to which accounts email articles."""

import hmac
from base64 import b32decode, b32encode

_NUMBER_BYTES, _SEAL_BYTES = 5, 10
"""Together 24 characters in base32, without padding."""


def sign_mail_in(secret_key: str, user_id: int) -> str:
    """Return the token in the address to which an account emails articles: lowercase letters and digits."""
    number = user_id.to_bytes(_NUMBER_BYTES, "big")
    return b32encode(number + _mail_in_seal(secret_key, number)).decode().lower()


def read_mail_in(secret_key: str, token: str) -> int | None:
    """Return the account's id, or None if the token is invalid; ignores case, which mail servers may change."""
    try:
        content = b32decode(token, casefold=True)
    except ValueError:
        return None
    number, seal = content[:_NUMBER_BYTES], content[_NUMBER_BYTES:]
    return int.from_bytes(number, "big") if hmac.compare_digest(seal, _mail_in_seal(secret_key, number)) else None


def _mail_in_seal(secret_key: str, number: bytes) -> bytes:
    return hmac.digest(secret_key.encode(), b"mail in:" + number, "sha256")[:_SEAL_BYTES]
