"""Encryption in the format of age (age-encryption.org/v1), so that the tools `age` and `rage` can open a backup, too.

A file is encrypted to a passphrase (scrypt) or to the owner of a key (X25519). It is written and read in pieces of
64 KiB, each authenticated (ChaCha20-Poly1305) with its number and whether it is the last one, so a file that is altered,
cut off or put together differently is noticed.
"""

import hmac
import os
import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.backups import bech32

FIRST_LINE = b"age-encryption.org/v1"
PIECE = 64 * 1024
WORK_FACTOR = 18
"""The exponent of the work that a passphrase takes, as age has it: about a second and 256 MB, for every guess."""
_MOST_WORK = 22
_TAG = 16
_FILE_KEY = 16
_LONGEST_HEADER = 64 * 1024
_ZERO = bytes(12)
_X25519 = b"age-encryption.org/v1/X25519"
_SCRYPT = b"age-encryption.org/v1/scrypt"
_STANZA = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)")


class Unreadable(Exception):
    """The file cannot be decrypted; the message says why."""


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A secret that both sides know."""

    words: str
    work_factor: int = WORK_FACTOR

    def wrap(self, file_key: bytes) -> bytes:
        """Return the stanza that keeps the key of a file for whoever knows the passphrase."""
        salt = os.urandom(16)
        body = ChaCha20Poly1305(self._key(salt, self.work_factor)).encrypt(_ZERO, file_key, None)
        return b"-> scrypt " + _written(salt) + b" %d\n" % self.work_factor + _written(body) + b"\n"

    def unwrap(self, stanzas: "list[Stanza]") -> bytes | None:
        """Return the key of a file, or None."""
        (stanza,) = stanzas if len(stanzas) == 1 else (None,)
        if stanza is None or stanza.kind != b"scrypt" or len(stanza.arguments) != 2:
            return None
        salt, work = _read(stanza.arguments[0]), stanza.arguments[1]
        if len(salt) != 16 or not re.fullmatch(rb"[1-9][0-9]?", work) or int(work) > _MOST_WORK:
            raise Unreadable("The header of the file is damaged.")
        return _opened(self._key(salt, int(work)), stanza.body)

    def _key(self, salt: bytes, work_factor: int) -> bytes:
        return Scrypt(salt=_SCRYPT + salt, length=32, n=1 << work_factor, r=8, p=1).derive(self.words.encode())


@dataclass(frozen=True, slots=True)
class Recipient:
    """A public key: whoever has it can encrypt, and only the owner of its identity can decrypt."""

    text: str

    def __post_init__(self) -> None:
        """Check the key; raises ValueError."""
        if len(bech32.decode("age", self.text)) != 32:
            raise ValueError("wrong length")

    def wrap(self, file_key: bytes) -> bytes:
        """Return the stanza that keeps the key of a file for the owner of the identity."""
        theirs, own = bech32.decode("age", self.text), X25519PrivateKey.generate()
        share = own.public_key().public_bytes_raw()
        key = _derived(own.exchange(X25519PublicKey.from_public_bytes(theirs)), share + theirs, _X25519)
        body = ChaCha20Poly1305(key).encrypt(_ZERO, file_key, None)
        return b"-> X25519 " + _written(share) + b"\n" + _written(body) + b"\n"


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A private key."""

    key: bytes

    @classmethod
    def new(cls) -> "Identity":
        """Return a new one."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_text(cls, text: str) -> "Identity":
        """Return the identity in the text of a file, in which lines with # are comments. Raises ValueError."""
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        if len(lines) != 1:
            raise ValueError("not one line")
        return cls(bech32.decode("age-secret-key-", lines[0]))

    @property
    def text(self) -> str:
        """The identity as it is stored in a file."""
        return bech32.encode("age-secret-key-", self.key).upper()

    @property
    def recipient(self) -> Recipient:
        """The public key."""
        return Recipient(bech32.encode("age", self._own().public_key().public_bytes_raw()))

    def unwrap(self, stanzas: "list[Stanza]") -> bytes | None:
        """Return the key of a file, or None if it is for others."""
        for stanza in stanzas:
            if stanza.kind == b"X25519" and len(stanza.arguments) == 1:
                share = _read(stanza.arguments[0])
                if len(share) != 32:
                    raise Unreadable("The header of the file is damaged.")
                try:
                    secret = self._own().exchange(X25519PublicKey.from_public_bytes(share))
                except ValueError as error:
                    raise Unreadable("The header of the file is damaged.") from error
                key = _derived(secret, share + self._own().public_key().public_bytes_raw(), _X25519)
                if (file_key := _opened(key, stanza.body)) is not None:
                    return file_key
        return None

    def _own(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.key)


class Stanza(NamedTuple):
    """A part of the header, which keeps the key of the file for one reader."""

    kind: bytes
    arguments: list[bytes]
    body: bytes


class Writer:
    """A file that is encrypted while it is written; it is complete only when it has been closed without an error."""

    def __init__(self, file: IO[bytes], to: Passphrase | Recipient) -> None:
        file_key, nonce = os.urandom(_FILE_KEY), os.urandom(16)
        header = FIRST_LINE + b"\n" + to.wrap(file_key) + b"---"
        file.write(header + b" " + _written(_mac(file_key, header)) + b"\n" + nonce)
        self._file, self._held, self._number = file, bytearray(), 0
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))

    def write(self, data: bytes) -> int:
        """Encrypt data; what does not fill a piece is kept until the next time."""
        self._held += data
        while len(self._held) > PIECE:  # the last piece is not known before the end
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._held), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


def pieces(file: IO[bytes], by: Passphrase | Identity) -> Iterator[bytes]:
    """Yield the decrypted pieces of a file; what was yielded counts only when the end is reached. Raises Unreadable."""
    stanzas, header, mac = _header_of(file)
    file_key = by.unwrap(stanzas)
    if file_key is None:
        kinds = {stanza.kind for stanza in stanzas}
        raise Unreadable(_why_not(kinds, by))
    if not hmac.compare_digest(mac, _mac(file_key, header)):
        raise Unreadable("The header of the file was altered.")
    nonce = file.read(16)
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    number, piece = 0, file.read(PIECE + _TAG)
    while True:
        following = file.read(PIECE + _TAG)
        try:
            content = cipher.decrypt(_nonce(number, last=not following), piece, None)
        except InvalidTag as error:
            raise Unreadable("The file is damaged: a part of it is missing or was altered.") from error
        if number and not content:
            raise Unreadable("The file is damaged: it has an empty end.")
        yield content
        if not following:
            return
        number, piece = number + 1, following


def _why_not(kinds: set[bytes], by: Passphrase | Identity) -> str:
    if isinstance(by, Passphrase):
        if b"scrypt" in kinds:
            return "The passphrase is wrong."
        return "The file is encrypted to a public key, not to a passphrase: name the file of its private key."
    if b"scrypt" in kinds:
        return "The file is encrypted to a passphrase, not to a public key."
    return "The file is encrypted to another key than this one."


def _header_of(file: IO[bytes]) -> tuple[list[Stanza], bytes, bytes]:
    """Return the stanzas, the authenticated part of the header, and its authentication."""
    if file.readline(len(FIRST_LINE) + 1) != FIRST_LINE + b"\n":
        raise Unreadable("This is not a backup of Encuentro, nor any file of age.")
    header, stanzas = FIRST_LINE + b"\n", list[Stanza]()
    while (line := _line(file)).startswith(b"-> "):
        found = _STANZA.fullmatch(line)
        if found is None or len(header) > _LONGEST_HEADER:
            raise Unreadable("The header of the file is damaged.")
        header, (kind, *arguments), body = header + line + b"\n", found[1].split(b" "), b""
        while len(part := _line(file)) == 64:
            header, body = header + part + b"\n", body + _read(part)
        if len(part) > 64:
            raise Unreadable("The header of the file is damaged.")
        header, body = header + part + b"\n", body + _read(part)
        stanzas.append(Stanza(kind, arguments, body))
    if not line.startswith(b"--- ") or not stanzas:
        raise Unreadable("The header of the file is damaged.")
    return stanzas, header + b"---", _read(line[4:])


def _line(file: IO[bytes]) -> bytes:
    line = file.readline(_LONGEST_HEADER)
    if not line.endswith(b"\n"):
        raise Unreadable("The file is damaged: it ends within its header.")
    return line[:-1]


def _written(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _read(text: bytes) -> bytes:
    """Return the data of a text that is written in exactly one way."""
    try:
        data = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except NotBase64 as error:
        raise Unreadable("The header of the file is damaged.") from error
    if _written(data) != text:
        raise Unreadable("The header of the file is damaged.")
    return data


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")


def _opened(key: bytes, body: bytes) -> bytes | None:
    if len(body) != _FILE_KEY + _TAG:
        raise Unreadable("The header of the file is damaged.")
    try:
        return ChaCha20Poly1305(key).decrypt(_ZERO, body, None)
    except InvalidTag:
        return None


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
