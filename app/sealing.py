"""Sensitive text, encrypted before it is stored: AES-256-GCM (NIST SP 800-38D) under keys that are not in the database.

A sealed text is base64 of a version byte, four bytes that name the key, twelve random bytes, and the ciphertext with its
tag. The place that it belongs to (`people.nationality`) is authenticated, so it cannot be read as that of another column.
Each key is only used to derive others (HKDF, RFC 5869): one that encrypts, one for the digests by which equal values are
found, and a private one (X25519) whose public one is left in the memory of processes while the house is locked. With that,
they can encrypt what arrives meanwhile, such as a call for help, but decrypt nothing.
"""

import base64
import hmac
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.keyed_digests import KeyedDigest

VERSION, BOXED = 1, 2
"""The first byte of a sealed text: under a key, or to a public key."""
KEY_BYTES: Final = 32
_NAME_BYTES, _NONCE_BYTES, _DIGEST_BYTES, _SHARE_BYTES = 4, 12, 16, 32
_ONCE = bytes(_NONCE_BYTES)
"""The nonce of a key that encrypts one text only."""
_DIGEST_MARK: Final = "#"


class SealError(ValueError):
    """A text cannot be decrypted, or keys do not look like keys."""


@dataclass(frozen=True, slots=True)
class _Key:
    name: bytes
    cipher: AESGCM
    digests: KeyedDigest
    private: X25519PrivateKey


class Keyring:
    """The keys of a house; the first one encrypts, all of them decrypt."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._keys = {key.name: key for key in map(_derived, keys)}
        self._current = next(iter(self._keys.values()), None)

    def __bool__(self) -> bool:
        """Whether there is a key."""
        return self._current is not None

    @property
    def box(self) -> str:
        """What encrypts to the current key without it; see Box."""
        key = self._first()
        return base64.b64encode(key.name + key.private.public_key().public_bytes_raw()).decode()

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
        if content[:1] not in (bytes([VERSION]), bytes([BOXED])) or key is None:
            raise SealError("A sealed text was encrypted with a key that is not there.")
        rest = content[1 + _NAME_BYTES :]
        try:
            if content[0] == BOXED:
                share = rest[:_SHARE_BYTES]
                secret = key.private.exchange(X25519PublicKey.from_public_bytes(share))
                cipher = _cipher_of(secret, share, key.private.public_key())
                return cipher.decrypt(_ONCE, rest[_SHARE_BYTES:], place.encode()).decode()
            return key.cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], place.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SealError("A sealed text was changed, or belongs elsewhere.") from error

    def digest(self, text: str, place: str) -> str:
        """Return a digest by which equal texts of a place are found; one that is a digest already stays what it is."""
        if is_digest(text):
            return text
        digest = self._first().digests.of(f"{place}:{text}".encode())[:_DIGEST_BYTES]
        return _DIGEST_MARK + base64.b64encode(digest).decode()

    def _first(self) -> _Key:
        if self._current is None:
            raise SealError("There is no key for sensitive fields.")
        return self._current


class Box:
    """What is left of the keys while the house is locked: it encrypts to the current one, and decrypts nothing."""

    def __init__(self, text: str) -> None:
        content = base64.b64decode(text)
        self._name, self._public = content[:_NAME_BYTES], X25519PublicKey.from_public_bytes(content[_NAME_BYTES:])

    def seal(self, text: str, place: str) -> str:
        """Encrypt a text that belongs to a place."""
        own = X25519PrivateKey.generate()
        share = own.public_key().public_bytes_raw()
        cipher = _cipher_of(own.exchange(self._public), share, self._public)
        content = cipher.encrypt(_ONCE, text.encode(), place.encode())
        return base64.b64encode(bytes([BOXED]) + self._name + share + content).decode()

    def open(self, _sealed: str, _place: str) -> None:
        """Return None for every text where that was allowed (`blind`). Raises SealError anywhere else."""
        if not _blind.get():
            raise SealError("The house is locked, and its key is withdrawn.")

    def digest(self, text: str, _place: str) -> str:
        """Return what is a digest already. Raises SealError."""
        if is_digest(text):
            return text
        raise SealError("The house is locked, and its key is withdrawn.")


_blind: ContextVar[bool] = ContextVar("blind", default=False)


@contextmanager
def blind() -> Iterator[None]:
    """Let sealed texts read as None in this context while the house is locked, for what works on other columns."""
    token = _blind.set(True)
    try:
        yield
    finally:
        _blind.reset(token)


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
    name, cipher, digests, private = (
        HKDF(SHA256(), length, None, f"encuentro {use}".encode()).derive(key)
        for use, length in (("name", _NAME_BYTES), ("fields", KEY_BYTES), ("digests", KEY_BYTES), ("box", KEY_BYTES))
    )
    return _Key(name, AESGCM(cipher), KeyedDigest(digests, "sha256"), X25519PrivateKey.from_private_bytes(private))


def _cipher_of(secret: bytes, share: bytes, public: X25519PublicKey) -> AESGCM:
    """Return the cipher of one text that is encrypted to a public key."""
    salt = share + public.public_bytes_raw()
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, b"encuentro boxed text").derive(secret))
