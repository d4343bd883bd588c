"""The type of the content, and the charset that its server states."""

import codecs
import re

from app.fetching.answer import Failed, Failure

_READABLE = frozenset(
    {"text/html", "text/xml", "text/plain", "application/json", "application/feed+json", "application/pdf"}
)
_READABLE_APPLICATION = re.compile(r"application/([\w.-]+\+)?xml(-dtd)?")
"""XHTML, RSS, Atom, RDF, JSON Feed and XML without a type of its own."""

_UNSAID = re.compile(
    r"|(application|binary)/(octet-stream|(x-)?(gzip|download|force-download|unknown))|(x-)?unknown/(x-)?unknown"
    r"|application/(x-)?(rss|atom|rdf|feed)|text/(x-)?(rss|atom|rdf|feed|xml)(\+xml)?"
)
"""Types that mean nothing, or are often wrong; the type is then recognized from the content."""
_BEGINNINGS = (
    (re.compile(rb"<!doctype html|<html\b|<head\b|<body\b", re.IGNORECASE), "text/html"),
    (re.compile(rb"<\?xml\b|<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE), "application/xml"),
    (re.compile(rb"\{\s*\"|\{\s*\}"), "application/json"),
    (re.compile(rb"%PDF-"), "application/pdf"),
)

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_DECLARED_IN = 1024
"""Bytes; the standard promises a declaration within these."""

_PARAMETER = re.compile(r""";\s*charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def media_type(header: str) -> str:
    """Return the media type of a Content-Type header in lowercase, without parameters; empty if there is none."""
    return header.partition(";")[0].partition(",")[0].strip().lower()


def check(kind: str) -> None:
    """Raise Failed with `wrong_type` for anything that is not a page, feed, text or PDF. Unknown types are checked later."""
    if not (kind in _READABLE or _UNSAID.fullmatch(kind) or _READABLE_APPLICATION.fullmatch(kind)):
        raise Failed(Failure.WRONG_TYPE, f"{kind[:80]!r} is neither page nor feed nor text nor PDF")


def may_be(kind: str, start: bytes) -> bool:
    """Return whether content with this beginning may be of its kind: of JSON, only an object may be a feed."""
    start = start.removeprefix(codecs.BOM_UTF8).lstrip()
    return not kind.endswith("json") or not start or start.startswith(b"{")


def settled(kind: str, content: bytes) -> str:
    """Return the kind, from the start of the content if it was not stated."""
    if kind in _READABLE or not _UNSAID.fullmatch(kind):
        return kind
    start = _without_mark(content)[:_DECLARED_IN].lstrip()
    for beginning, found in _BEGINNINGS:
        if beginning.match(start):
            return found
    raise Failed(Failure.WRONG_TYPE, "nothing says what it is")


def charset_of(header: str) -> str:
    """Return the charset that a Content-Type header states, in lowercase; empty if it states none."""
    said = _PARAMETER.search(header)
    return said[1].lower() if said else ""


def _without_mark(content: bytes) -> bytes:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content[: 2 * _DECLARED_IN].decode(codec, "ignore").lstrip("\ufeff").encode()
    return content
