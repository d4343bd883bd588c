"""Decodes and parses markup safely: limits its size, and removes what is never text."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from app.later import etree, lxml_html
from app.reading.charsets import decoded
from app.reading.letters import encoded_once, without_invisible

LARGEST = 2_000_000
"""Characters that are read; the largest of 181 measured pages has 1.5 million."""

_RECEIVED = 5_000_000
"""Bytes or characters of which code and embedded pictures are removed, if a page is larger than LARGEST."""

_MOST_ELEMENTS = 12_000
_ORDINARY_ELEMENTS = 6_000
"""The largest of 181 measured pages has 1,510 elements that are not code."""

_ORDINARY_TEXT = 150_000
"""Characters of text; the largest of 181 measured pages has 91,000."""

_SHOWN = "//text()[not(parent::script or parent::style)]"
_MOST_ATTRIBUTES = 500
_MOST_DATA = 400_000
_MOST_NODES = 2_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_BULKY = re.compile(r"<(script|style|svg)\b|(?<=[\"'=(])data:[\w/+.-]{3,60}[;,]", re.IGNORECASE)
"""The beginning of code, of a drawing, or of an embedded picture."""
_LONGEST_TYPE = 300
_END_OF_VALUE = re.compile(r"[\"'>)\s]")
_NEVER_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "embed",
    "canvas",
    "select",
    "option",
    "input",
)


class _Count:
    """Checks every tag before the tree is built, because building a tag with thousands of attributes takes minutes."""

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        """Raise ValueError for a tag that no article has."""
        if len(attributes) > _MOST_ATTRIBUTES:
            raise ValueError("a tag with too many attributes")

    def close(self) -> None:
        """Do nothing at the end; lxml requires this method."""


def tree_of(html: bytes | str, charset: str = "") -> "lxml_html.HtmlElement | None":
    """Return the page as a tree, or None if it is not markup; `charset` is the one that its server declares.

    Raises ValueError for a page designed to be slow, and lxml's errors for what it cannot parse.
    """
    text = html[:_RECEIVED] if isinstance(html, str) else decoded(html[:_RECEIVED], charset, markup=True)
    text = without_invisible(encoded_once(_within_the_limit(text)))
    text = _DECLARATION.sub("", text.replace("\x00", ""))
    if "<" not in text:
        return None
    data = text.encode("utf-8", "replace")
    etree.fromstring(data, parser=etree.HTMLParser(target=_Count(), encoding="utf-8"))
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    return _cut(lxml_html.document_fromstring(data, parser=parser))


def _within_the_limit(text: str) -> str:
    """Return up to LARGEST characters; of a larger page, code, drawings and embedded pictures do not count."""
    if len(text) <= LARGEST:
        return text
    pieces, length, place = [], 0, 0
    while length < LARGEST and (found := _BULKY.search(text, place)):
        end = _end_of(text, found)
        kept = text[place : found.start()]
        if found[1] and "json" in text[found.end() : min(end, found.end() + _LONGEST_TYPE)].partition(">")[0].lower():
            kept = text[place:end]
        pieces.append(kept)
        length += len(kept)
        place = end
    return "".join([*pieces, text[place:]])[:LARGEST]


def _end_of(text: str, found: re.Match[str]) -> int:
    """Return where an element or the value of an attribute ends; the end of the text if it does not end."""
    ending = re.compile(f"</{found[1]}", re.IGNORECASE) if found[1] else _END_OF_VALUE
    end = ending.search(text, found.end())
    return end.start() if end else len(text)


def is_ordinary(tree: "lxml_html.HtmlElement") -> bool:
    """Return whether a page has the size of an article, so that slow methods are safe to use."""
    return tree.xpath("count(//*)") <= _ORDINARY_ELEMENTS and sum(map(len, _shown()(tree))) <= _ORDINARY_TEXT


@cache
def _shown() -> "etree.XPath":
    return etree.XPath(_SHOWN, smart_strings=False)


def without_code(tree: "lxml_html.HtmlElement") -> "lxml_html.HtmlElement":
    """Remove scripts, styles and form controls from a tree."""
    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    return tree


def linked_data(tree: "lxml_html.HtmlElement") -> list[dict[str, Any]]:
    """Return the objects of the page's JSON-LD, outer ones first; invalid ones are skipped."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        kind = (script.get("type") or "").lower()
        if "ld+json" in kind and script.text and len(script.text) <= _MOST_DATA:
            found += islice(_objects(_loaded(script.text), 8), _MOST_NODES)
    return found[:_MOST_NODES]


def _cut(tree: "lxml_html.HtmlElement") -> "lxml_html.HtmlElement":
    """Remove everything beyond a number of elements that no article has."""
    for element in reversed(list(islice(tree.iter(), _MOST_ELEMENTS, None))):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return tree


def _loaded(text: str) -> Any:
    """Return the parsed JSON, correcting the most common errors: comments around it, trailing commas."""
    mended = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>)\s*;?\s*$", "", text)
    for attempt in (text, mended, re.sub(r",\s*([}\]])", r"\1", mended)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth <= 0:
        return
    if isinstance(value, dict):
        yield value
        for child in value.values():
            if isinstance(child, dict | list):
                yield from _objects(child, depth - 1)
    elif isinstance(value, list):
        for child in value:
            yield from _objects(child, depth - 1)
