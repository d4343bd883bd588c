"""Whether an email was refused because of its recipient: judged by the codes and the words of a server.

If in doubt, it was not: an address that is wrongly given up gets nothing any more, and one that is wrongly written to
answers again.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.reading.refusal_words import FULL, POLICY, UNKNOWN

_LONGEST = 2_000
_SHOWN = 200
_CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\d|\.\d)")
_REPLY = re.compile(r"(?<![\d.-])([45]\d\d)(?=[ \-#]|$)")
_ADDRESS = re.compile(r"""[^\s<>()\[\]"',;:|]+(?:@|%40|=40)[^\s<>()\[\]"',;:|]+""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SENDER = {"1.7", "1.8"}
_NO_MAILBOX = {"1.1", "1.2", "1.3", "1.6", "1.10", "2.1"}
_ABOUT_EMAIL = {"2.3", "3.4"}
"""It is larger than the recipient may receive."""
_FULL = "2.2"
_NO_ANSWER = "4.1"
"""Exchange says so of unknown recipients, with these words: recipient address rejected."""


class Cause(StrEnum):
    """Why an email was not delivered; the values are those of BounceKind."""

    HARD = "hard"
    SOFT = "soft"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a server said, and what follows for the address."""

    cause: Cause
    code: str | None
    """The enhanced status code."""
    words: str
    """Its words without addresses."""


def refusal(words: str, *, status: str = "", address: str = "") -> Refusal:
    """Judge the words of a server; `status` is the code beside them, and `address` must not be in what is returned."""
    words = " ".join(_CONTROL.sub(" ", words[:_LONGEST]).split())
    code = _code(words, status)
    return Refusal(_cause(words.lower(), code), code, without_addresses(words, address)[:_SHOWN])


def without_addresses(words: str, address: str = "") -> str:
    """Return words without email addresses, and without the name before the @ of one address."""
    words = _ADDRESS.sub("…", words)
    local = address.rpartition("@")[0]
    return re.sub(rf"(?<!\w){re.escape(local)}(?!\w)", "…", words, flags=re.IGNORECASE) if len(local) > 1 else words


def _code(words: str, status: str) -> str | None:
    """Return the most specific of the codes: those that end with .0.0 say nothing."""
    found = [".".join(one) for one in _CODE.findall(f"{status} {words}")]
    failed = [one for one in found if not one.startswith("2")]
    return next((one for one in failed if not one.endswith(".0.0")), failed[0] if failed else None)


def _cause(words: str, code: str | None) -> Cause:
    reply = _REPLY.search(words)
    is_final = (code or (reply[1] if reply else "5"))[0] == "5"
    is_unknown, is_policy = _has(words, UNKNOWN), _has(words, POLICY)
    detail = code[2:] if code else ""
    if is_final and detail == _NO_ANSWER and "recipient address rejected" in words:
        return Cause.HARD
    if detail == _FULL:
        return Cause.SOFT
    if is_policy and (not is_unknown or detail.startswith("7.")):
        return Cause.REFUSED
    if _has(words, FULL):
        return Cause.SOFT
    if detail in _SENDER | _ABOUT_EMAIL:
        return Cause.REFUSED
    if not is_final:
        return Cause.REFUSED if detail.startswith("7.") else Cause.SOFT
    if is_unknown or detail in _NO_MAILBOX:
        return Cause.HARD
    return _uncertain(detail, reply[1] if reply else "")


def _uncertain(detail: str, reply: str) -> Cause:
    """Return the cause of a final refusal whose words are not known."""
    if detail and detail != "0.0":
        return Cause.SOFT if detail[0] in "124" else Cause.REFUSED
    if reply in ("521", "551", "556"):
        return Cause.HARD
    return Cause.SOFT if reply in ("", "550", "552", "553") else Cause.REFUSED


def _has(words: str, phrases: tuple[str, ...]) -> bool:
    return any(one in words for one in phrases)
