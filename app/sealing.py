"""Sensitive text, encrypted before it is stored: AES-256-GCM (NIST SP 800-38D) under keys that are not in the database.

A sealed text is base64 of a version byte, four bytes that name the key, twelve random bytes, and the ciphertext with its
tag. The place that it belongs to (`people.nationality`) is authenticated, so it cannot be read as that of another column.
Each key is only used to derive two others (HKDF, RFC 5869): one that encrypts, and one for the digests by which equal
values are found.
"""

import base64
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION: Final = 1
KEY_BYTES: Final = 32
_NAME_BYTES, _NONCE_BYTES, _DIGEST_BYTES = 4, 12, 16
_DIGEST_MARK: Final = "#"


class SealError(ValueError):
    """A text cannot be decrypted, or keys do not look like keys."""


@dataclass(frozen=True, slots=True)
class _Key:
    name: bytes
    cipher: AESGCM
    digests: bytes


class Keyring:
    """The keys of a house; the first one encrypts, all of them decrypt."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._keys = {key.name: key for key in map(_derived, keys)}
        self._current = next(iter(self._keys.values()), None)

    @classmethod
    def from_text(cls, text: str) -> "Keyring":
        """Return the keys in a text, separated by commas, the current one first. Raises SealError."""
        return cls(_decoded(one.strip()) for one in text.split(",") if one.strip())

    @classmethod
    def following_from(cls, secret: str) -> "Keyring":
        """Return a key that follows from a secret of the house."""
        return cls([hmac.digest(secret.encode(), b"encuentro digests of addresses", "sha256")])

    def seal(self, text: str, place: str) -> str:
        """Encrypt a text that belongs to a place."""
        key, nonce = self._first(), secrets.token_bytes(_NONCE_BYTES)
        content = key.cipher.encrypt(nonce, text.encode(), place.encode())
        return base64.b64encode(bytes([VERSION]) + key.name + nonce + content).decode()

    def open(self, sealed: str, place: str) -> str:
        """Decrypt a text that belongs to a place. Raises SealError."""
        try:
            content = base64.b64decode(sealed, validate=True)
        except ValueError as error:
            raise SealError("A sealed text is damaged.") from error
        key = self._keys.get(content[1 : 1 + _NAME_BYTES])
        if content[:1] != bytes([VERSION]) or key is None:
            raise SealError("A sealed text was encrypted with a key that is not there.")
        nonce, rest = content[1 + _NAME_BYTES :][:_NONCE_BYTES], content[1 + _NAME_BYTES + _NONCE_BYTES :]
        try:
            return key.cipher.decrypt(nonce, rest, place.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SealError("A sealed text was changed, or belongs elsewhere.") from error

    def digest(self, text: str, place: str) -> str:
        """Return a digest by which equal texts of a place are found; one that is a digest already stays what it is."""
        if is_digest(text):
            return text
        digest = hmac.digest(self._first().digests, f"{place}:{text}".encode(), "sha256")[:_DIGEST_BYTES]
        return _DIGEST_MARK + base64.b64encode(digest).decode()

    def _first(self) -> _Key:
        if self._current is None:
            raise SealError("There is no key for sensitive fields.")
        return self._current


def new_key() -> str:
    """Return a new random key as text."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def is_digest(text: str) -> bool:
    """Return whether a text is a digest of a value, and not a value."""
    return text.startswith(_DIGEST_MARK) and len(text) == len(_DIGEST_MARK) + 4 * -(-_DIGEST_BYTES // 3)


def _decoded(text: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SealError(f"A key is {KEY_BYTES} random bytes in base64.")
    return key


def _derived(key: bytes) -> _Key:
    name, cipher, digests = (
        HKDF(SHA256(), length, None, f"encuentro {use}".encode()).derive(key)
        for use, length in (("name", _NAME_BYTES), ("fields", KEY_BYTES), ("digests", KEY_BYTES))
    )
    return _Key(name, AESGCM(cipher), digests)
