"""What kind of thing was sent, and in which letters."""

import codecs
import re

from charset_normalizer import from_bytes

from app.fetching.answer import Failed, Failure

_READABLE = frozenset({"text/html", "text/xml", "text/plain", "application/json", "application/feed+json"})
_READABLE_APPLICATION = re.compile(r"application/([\w.-]+\+)?xml(-dtd)?")
"""XHTML, RSS, Atom, RDF, JSON Feed and XML without a name of its own."""

_UNSAID = re.compile(
    r"|(application|binary)/(octet-stream|(x-)?(gzip|download|force-download|unknown))|(x-)?unknown/(x-)?unknown"
    r"|application/(x-)?(rss|atom|rdf|feed)|text/(x-)?(rss|atom|rdf|feed|xml)(\+xml)?"
)
"""Types that say nothing, or not what they mean; what they are is seen from the content."""
_BEGINNINGS = (
    (re.compile(rb"<!doctype html|<html\b|<head\b|<body\b", re.IGNORECASE), "text/html"),
    (re.compile(rb"<\?xml\b|<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE), "application/xml"),
    (re.compile(rb"\{\s*\"|\{\s*\}"), "application/json"),
)

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
"""What browsers read where something narrower is declared, as pages were written to look right in browsers."""

_KNOWN = frozenset({
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp866", "cp874", "cp932", "cp949", "mac-roman", "mac-cyrillic", "koi8-r",
    "koi8-u", "gb18030", "big5", "big5hkscs", "euc_jp", "iso2022_jp",
    *(f"cp{number}" for number in range(1250, 1259)), *(f"iso8859-{number}" for number in range(2, 17)),
})  # fmt: skip
"""Python knows more codecs, among them some that are no letters at all."""

_LIKELY = ["cp1252", "cp1251", "koi8_r", "cp1253", "cp932", "euc_jp", "gb18030", "big5", "cp949"]
"""To choose from where nothing is declared. Among more candidates Spanish and French are taken for Polish."""

_DECLARED_IN = 1024
"""Bytes; the standard promises a declaration within these."""

_SAMPLE = 65536
_ASCII = bytes(range(128))
_TELLING = 20
"""So many bytes beyond ASCII tell something; a few accents do not."""

_XML = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]+)""")
_META = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_PARAMETER = re.compile(r""";\s*charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def media_type(header: str) -> str:
    """Return what a Content-Type header says in small letters, without parameters; nothing where it says nothing."""
    return header.partition(";")[0].partition(",")[0].strip().lower()


def check(kind: str) -> None:
    """Raise Failed with `wrong_type` for anything that is no page, feed or text. What is unsaid is seen later."""
    if not (kind in _READABLE or _UNSAID.fullmatch(kind) or _READABLE_APPLICATION.fullmatch(kind)):
        raise Failed(Failure.WRONG_TYPE, f"{kind[:80]!r} is neither page nor feed nor text")


def may_be(kind: str, start: bytes) -> bool:
    """Whether what begins so may be of its kind: there is much JSON, and only an object may be a feed."""
    start = start.removeprefix(codecs.BOM_UTF8).lstrip()
    return not kind.endswith("json") or not start or start.startswith(b"{")


def settled(kind: str, content: bytes) -> str:
    """Return the kind, from the first letters of the content where it was left unsaid."""
    if kind in _READABLE or not _UNSAID.fullmatch(kind):
        return kind
    start = _without_mark(content)[:_DECLARED_IN].lstrip()
    for beginning, found in _BEGINNINGS:
        if beginning.match(start):
            return found
    raise Failed(Failure.WRONG_TYPE, "nothing says what it is")


def charset_of(header: str, content: bytes) -> str:
    """Return the codec of a content: by its mark, its header, its own declaration, or its looks."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return codec
    named = _PARAMETER.search(header)
    if named and (codec := _codec(named[1])):
        return codec
    start = content[:_DECLARED_IN]
    written = _XML.match(start.lstrip()) or _META.search(start)
    if written and (codec := _codec(written[1].decode("ascii", "ignore"))):
        # It could be read, so it is not written in units of two bytes, whatever it says.
        return "utf-8" if codec.startswith("utf-16") else codec
    return _guessed(content)


def _without_mark(content: bytes) -> bytes:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content[: 2 * _DECLARED_IN].decode(codec, "ignore").lstrip("\ufeff").encode()
    return content


def _codec(label: str) -> str:
    """Return Python's name for a declared charset, or nothing for one that it does not know or that is no charset."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = _MEANT.get(name, name)
    return name if name in _KNOWN else ""


def _guessed(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        sample = content[:_SAMPLE]
        if len(sample.translate(None, _ASCII)) < _TELLING:
            return "cp1252"
        best = from_bytes(sample, cp_isolation=_LIKELY).best()
        return codecs.lookup(best.encoding).name if best else "cp1252"
    return "utf-8"
