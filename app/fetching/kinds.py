"""What kind of thing was sent, and in which charset its server says."""

import codecs
import re

from app.fetching.answer import Failed, Word

_READABLE = frozenset({"text/html", "text/xml", "text/plain"})
_READABLE_APPLICATION = re.compile(r"application/([\w.-]+\+)?xml(-dtd)?")
"""XHTML, RSS, Atom, RDF and XML without a name of its own."""

_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_BEGINNINGS = (
    (re.compile(rb"<!doctype html|<html\b|<head\b|<body\b", re.IGNORECASE), "text/html"),
    (re.compile(rb"<\?xml\b|<rss\b|<feed\b|<rdf:", re.IGNORECASE), "application/xml"),
)

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_DECLARED_IN = 1024
"""Bytes; the standard promises a declaration within these."""

_PARAMETER = re.compile(r""";\s*charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def media_type(header: str) -> str:
    """Return what a Content-Type header says in small letters, without parameters; nothing where it says nothing."""
    return header.partition(";")[0].partition(",")[0].strip().lower()


def check(kind: str) -> None:
    """Raise Failed with `wrong_type` for anything that is no page, feed or text. What is unsaid is seen later."""
    if kind not in _READABLE | _UNSAID and not _READABLE_APPLICATION.fullmatch(kind):
        raise Failed(Word.WRONG_TYPE, f"{kind[:80]!r} is neither page nor feed nor text")


def settled(kind: str, content: bytes) -> str:
    """Return the kind, from the first letters of the content where it was left unsaid."""
    if kind not in _UNSAID:
        return kind
    start = _without_mark(content)[:_DECLARED_IN].lstrip()
    for beginning, found in _BEGINNINGS:
        if beginning.match(start):
            return found
    raise Failed(Word.WRONG_TYPE, "nothing says what it is")


def charset_of(header: str) -> str:
    """Return the charset that a Content-Type header names in small letters; nothing where it names none."""
    said = _PARAMETER.search(header)
    return said[1].lower() if said else ""


def _without_mark(content: bytes) -> bytes:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content[: 2 * _DECLARED_IN].decode(codec, "ignore").lstrip("\ufeff").encode()
    return content
