"""Signatures of emails by the domain of their sender (DKIM: RFC 6376, and RFC 8463 for Ed25519).

Both headers and body are signed in their relaxed form, so that a server may change white space. What can be named more than
once in a false copy (sender, subject, how to unsubscribe) is signed once more than it occurs, so none can be added. Doubled
dots belong to SMTP, not to the email.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

from app import clock
from app.config import DKIM_FILES, Config
from app.mailer.message import envelope_sender

RSA_FILE, ED25519_FILE = DKIM_FILES
_BITS = 2048
_SIGNED = (
    b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"mime-version", b"content-type", b"auto-submitted",
    b"list-id", b"list-unsubscribe", b"list-unsubscribe-post", b"feedback-id", b"references", b"in-reply-to",
)  # fmt: skip
_ONCE_MORE = frozenset((b"from", b"subject", b"to", b"reply-to", b"list-unsubscribe", b"list-unsubscribe-post"))
_LINE = re.compile(rb"\r\n(?![ \t])")
_WIDTH = 72
_MARK = 80
"""Bytes by which lines in common are found."""
_MOST_VARIANTS = 200


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, and under which name its public part is published."""

    selector: str
    algorithm: str
    sign: Callable[[bytes], bytes]
    record: str
    """The text of the DNS record at `<selector>._domainkey.<domain>`."""


def make_key(path: Path) -> bytes:
    """Return a new private key for a file of this name."""
    new = rsa.generate_private_key(65537, _BITS) if path.name == RSA_FILE else ed25519.Ed25519PrivateKey.generate()
    form = serialization.PrivateFormat.PKCS8
    return new.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def keys_of(settings: Config) -> list[SigningKey]:
    """Return the keys that are in VAR_DIR."""
    named = ((RSA_FILE, settings.mail_dkim_selector), (ED25519_FILE, f"{settings.mail_dkim_selector}-ed25519"))
    paths = [(settings.var_dir / file, selector) for file, selector in named]
    return [_key(path, selector, path.stat().st_mtime_ns) for path, selector in paths if path.exists()]


def sender_domain(settings: Config) -> str:
    """Return the domain of MAIL_FROM."""
    return envelope_sender(settings.mail_from).rpartition("@")[2]


def domain_of(settings: Config) -> str:
    """Return the domain that signs: that of MAIL_FROM, so that both agree, unless another one is set."""
    given = settings.mail_dkim_domain
    return envelope_sender(f"x@{given}").rpartition("@")[2] if given else sender_domain(settings)


@lru_cache
def _key(path: Path, selector: str, _changed: int) -> SigningKey:
    """Read a key, and again if its file has changed."""
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if isinstance(key, rsa.RSAPrivateKey):
        way, digest, rsa_key = padding.PKCS1v15(), hashes.SHA256(), key
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return SigningKey(
            selector, "rsa-sha256", lambda data: rsa_key.sign(data, way, digest), f"v=DKIM1; k=rsa; p={_base64(public)}"
        )
    if isinstance(key, ed25519.Ed25519PrivateKey):
        ed_key = key
        public = key.public_key().public_bytes_raw()
        return SigningKey(
            selector, "ed25519-sha256", lambda data: ed_key.sign(hashlib.sha256(data).digest()),
            f"v=DKIM1; k=ed25519; p={_base64(public)}",
        )  # fmt: skip
    raise TypeError(type(key))


class Signer:
    """Signs emails with each key; without a key, it leaves them as they are."""

    def __init__(self, domain: str, keys: list[SigningKey]) -> None:
        self._domain, self._keys = domain.encode(), keys
        self._variants: dict[Hashable, _Variant] = {}

    @classmethod
    def of(cls, settings: Config) -> "Signer":
        """Return the signer of the settings."""
        return cls(domain_of(settings), keys_of(settings))

    def signed(self, content: bytes, variant: Hashable = None) -> list[bytes]:
        """Return an email with its signatures in front; both with doubled dots.

        `variant` is the same for emails that have most of their body in common: the sum of what they begin with is kept.
        """
        if not self._keys:
            return [content]
        end = content.find(b"\r\n\r\n") + 2
        head, body = content[:end], content[end + 2 :]
        body_hash = _base64(self._body_sum(body, variant)).encode()
        lines, names = _headers(head)
        now = int(clock.now().timestamp())
        signatures = []
        for key in self._keys:
            unsigned = b"v=1; a=%b; c=relaxed/relaxed; d=%b; s=%b;\r\n\tt=%d; h=%b;\r\n\tbh=%b;\r\n\tb=" % (
                key.algorithm.encode(),
                self._domain,
                key.selector.encode(),
                now,
                names,
                body_hash,
            )
            signature = _base64(key.sign(lines + b"dkim-signature:" + _relaxed_value(unsigned)))
            folded = "\r\n\t".join(signature[at : at + _WIDTH] for at in range(0, len(signature), _WIDTH)).encode()
            signatures.append(b"DKIM-Signature: " + unsigned + folded + b"\r\n")
        return [*signatures, content]

    def _body_sum(self, body: bytes, variant: Hashable) -> bytes:
        if variant is None:
            return _sum_of(_relaxed_body(body))
        known = self._variants.get(variant)
        if known is None:
            if len(self._variants) >= _MOST_VARIANTS:
                self._variants.clear()
            self._variants[variant] = _Variant(body)
            return _sum_of(_relaxed_body(body))
        return known.sum_of(body)


class _Variant:
    """The bodies of emails that differ in few lines: what they have in common is relaxed once, and its beginning summed up."""

    def __init__(self, first: bytes) -> None:
        self._first: bytes | None = first
        self._begin = b""
        self._sum = hashlib.sha256()
        self._common: list[tuple[bytes, bytes, bytes]] = []
        """Further lines in common, in order: what finds them, what they are, and their relaxed form."""

    def sum_of(self, body: bytes) -> bytes:
        """Return the sum of a body."""
        if self._first is not None:
            self._learn(self._first.splitlines(keepends=True), body.splitlines(keepends=True))
            self._first = None
        at = len(self._begin)
        if not self._common or not body.startswith(self._begin):
            return _sum_of(_relaxed_body(body))
        total = self._sum.copy()
        for mark, lines, relaxed in self._common:
            found = body.find(mark, at - 2) + 2
            if found < at or not body.startswith(lines, found):
                return _sum_of(_relaxed_body(body))
            total.update(_relaxed(body[at:found]))
            total.update(relaxed)
            at = found + len(lines)
        return total.digest() if at == len(body) else _sum_of(_relaxed_body(body))

    def _learn(self, first: list[bytes], second: list[bytes]) -> None:
        """Compare two bodies by lines. Nothing counts as common if they begin or end differently, or with empty lines."""
        blocks = [one for one in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks() if one.size]
        if len(blocks) < 2 or blocks[0].a or blocks[0].b or not first[-1].strip():
            return
        last = blocks[-1]
        if last.a + last.size < len(first) or last.b + last.size < len(second):
            return
        begin, *further = [b"".join(first[one.a : one.a + one.size]) for one in blocks]
        self._begin, self._sum = begin, hashlib.sha256(_relaxed(begin))
        self._common = [
            (b"\r\n" + lines[:_MARK], lines, _relaxed(lines))
            for number, lines in enumerate(further, 1)
            if len(lines) > _MARK or number == len(further)
        ]


def _headers(head: bytes) -> tuple[bytes, bytes]:
    """Return the signed headers in their relaxed form, the last of each name first, and the names that are signed."""
    folded = b"\r\n " in head or b"\r\n\t" in head
    found: dict[bytes, list[bytes]] = {}
    for line in _LINE.split(head) if folded else head.split(b"\r\n"):
        name, relaxed = _relaxed_line(line)
        if name in found:
            found[name].insert(0, relaxed)
        else:
            found[name] = [relaxed]
    present = tuple(name for name in _SIGNED for _ in found.get(name, ()))
    return b"".join([line for name in _SIGNED if name in found for line in found[name]]), _names(present)


@lru_cache
def _names(present: tuple[bytes, ...]) -> bytes:
    """Return what is signed if these headers are present."""
    return b":".join(name for name in _SIGNED for _ in range(present.count(name) + (name in _ONCE_MORE)))


@lru_cache(1024)
def _relaxed_line(line: bytes) -> tuple[bytes, bytes]:
    """Return the name of a header and its relaxed form. Most headers are the same in many emails."""
    name, _colon, value = line.partition(b":")
    return name.lower(), b"%b:%b\r\n" % (name.lower(), _relaxed_value(value))


def _relaxed_value(value: bytes) -> bytes:
    """Return a header's value unfolded, with single spaces and none around it."""
    return b" ".join(value.split())


def _relaxed_body(body: bytes) -> bytes:
    """Return a whole body in its relaxed form: without empty lines at its end."""
    relaxed = _relaxed(body).rstrip(b"\r\n")
    return relaxed + b"\r\n" if relaxed else b""


def _relaxed(lines: bytes) -> bytes:
    """Return whole lines in their relaxed form: with single spaces and none at their ends, and without doubled dots."""
    if b"\t" in lines:
        lines = lines.replace(b"\t", b" ")
    while b"  " in lines:
        lines = lines.replace(b"  ", b" ")
    if b" \r\n" in lines:
        lines = lines.replace(b" \r\n", b"\r\n")
    return (b"\r\n" + lines).replace(b"\r\n..", b"\r\n.")[2:]


def _sum_of(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
