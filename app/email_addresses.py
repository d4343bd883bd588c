"""Email addresses: their normalized form, what is wrong with one, and their form for sending."""

import re
import unicodedata
from urllib.parse import unquote

import idna
from email_validator import EmailNotValidError, validate_email

from app.domain_errors import DomainError
from app.text import N_

MALFORMED = N_("Enter an email address like name@example.org.")
NO_MAILBOX = N_("The part before the @ is not valid. Check it for spaces, dots and unusual characters.")
NO_DOMAIN = N_("The part after the @ is not a valid domain. Check it for typos.")

_LONGEST = 254
_JOINERS = "\u200c\u200d"
"""Invisible too, but required in some domain names."""
_IN_BRACKETS = re.compile(r"<([^<>]*@[^<>]*)>")
_MAILTO = re.compile(r"mailto:([^?]*).*", re.IGNORECASE | re.DOTALL)
_BEFORE = " \t\r\n\xa0" + _JOINERS + '<(["“”„‟«»‹›‘’‚,;:¿¡'
_AFTER = _BEFORE + ".>)]}'`!?"
_AT_SIGNS = str.maketrans("＠﹫", "@@")


def normalized(typed: str) -> str:
    """Return an address in the form in which it is stored and compared: lowercase, the domain in Unicode.

    Characters often copied along with an address are removed: invisible characters, `mailto:`, a name with angle
    brackets, quotation marks, a final period or comma. Text that is not an address is cleaned in the same way.
    """
    text = _visible(typed).translate(_AT_SIGNS)
    inside = _IN_BRACKETS.findall(text)
    text = _bare(inside[-1] if inside else text)
    linked = _MAILTO.fullmatch(text)
    text = _bare(_visible(unquote(linked[1]))) if linked else text
    local, at, domain = text.rpartition("@")
    return unicodedata.normalize("NFC", local.strip().lower()) + at + _readable(domain.strip())


def checked(typed: str) -> str:
    """Return an address in the form in which it is stored; raises DomainError on `email` if no mail server accepts it."""
    address = normalized(typed)
    sentence = what_no_server_takes(address)
    if sentence:
        raise DomainError("email", sentence)
    return address


def fault(address: str) -> str | None:
    """Return a message that says what is wrong with a normalized address, or None if it can be used."""
    unsendable = what_no_server_takes(address)
    if unsendable:
        return unsendable
    return None if _is_valid(f"name@{address.rpartition('@')[2]}") else NO_DOMAIN


def what_no_server_takes(address: str) -> str | None:
    """Return a message that says why no mail server accepts an address, or None; a name without a dot may be local."""
    local, _at, domain = address.rpartition("@")
    if not local or not domain or len(address) > _LONGEST:
        return MALFORMED
    if not _is_valid(f"{local}@example.org"):
        return NO_MAILBOX
    return None if re.fullmatch(r"[a-z0-9.-]+", _ascii(domain)) else NO_DOMAIN


def on_the_wire(address: str) -> str:
    """Return an address with its domain in ASCII, which every mail server accepts."""
    local, at, domain = normalized(address).rpartition("@")
    return local + at + _ascii(domain)


def _visible(text: str) -> str:
    """Return text without control and format characters, except joiners."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(one for one in composed if unicodedata.category(one) not in ("Cf", "Cc") or one in _JOINERS)


def _bare(text: str) -> str:
    """Return text without the characters around an address; an apostrophe may also be its first character."""
    quoted = text.strip(" \xa0").startswith("'") and text.rstrip(_AFTER.replace("'", "")).endswith("'")
    return text.lstrip(_BEFORE + "'" if quoted else _BEFORE).rstrip(_AFTER)


def _readable(domain: str) -> str:
    """Return a domain in lowercase Unicode, decoded from punycode if necessary; unchanged if it is not a domain."""
    try:
        return idna.decode(idna.encode(domain, uts46=True))
    except (idna.IDNAError, UnicodeError):
        return domain.lower()


def _ascii(domain: str) -> str:
    try:
        return idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return domain


def _is_valid(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=False, strict=True)
    except EmailNotValidError:
        return False
    return True
