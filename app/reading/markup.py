"""Markup made safe to look at: decoded, cut to a size, parsed, and freed of what is never text."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from app.reading.charsets import decoded

LARGEST = 2_000_000
"""Characters that are looked at; the largest of 181 pages measured has 1.5 million."""

_MOST_ELEMENTS = 12_000
_ORDINARY_ELEMENTS = 6_000
"""Of 181 pages measured the largest has 1,510 that are no code."""

_ORDINARY_TEXT = 150_000
"""Characters that may be read; of 181 pages measured the largest has 91,000."""

_SHOWN = etree.XPath("//text()[not(parent::script or parent::style)]", smart_strings=False)
_MOST_ATTRIBUTES = 500
_MOST_DATA = 400_000
_MOST_NODES = 2_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
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
    """Sees every tag of a page before its tree is built, because a tag of many thousand attributes takes minutes to build."""

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        """Refuse a tag that no article has."""
        if len(attributes) > _MOST_ATTRIBUTES:
            raise ValueError("a tag with too many attributes")

    def close(self) -> None:
        """Have seen all."""


def tree_of(html: bytes | str, charset: str = "") -> HtmlElement | None:
    """Return the page as a tree, or None where it holds no markup; `charset` is what its server says of its bytes.

    Raises ValueError for a page made to be slow, and lxml's errors for what it cannot parse.
    """
    text = html[:LARGEST] if isinstance(html, str) else decoded(html[:LARGEST], charset, markup=True)
    text = _DECLARATION.sub("", text.replace("\x00", ""))
    if "<" not in text:
        return None
    data = text.encode("utf-8", "replace")
    etree.fromstring(data, parser=etree.HTMLParser(target=_Count(), encoding="utf-8"))
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    return _cut(document_fromstring(data, parser=parser))


def is_ordinary(tree: HtmlElement) -> bool:
    """Say whether a page has a size that articles have, so that slow ways to read it may be tried."""
    return tree.xpath("count(//*)") <= _ORDINARY_ELEMENTS and sum(map(len, _SHOWN(tree))) <= _ORDINARY_TEXT


def without_code(tree: HtmlElement) -> HtmlElement:
    """Take scripts, styles and controls out of a tree."""
    etree.strip_elements(tree, *_NEVER_TEXT, with_tail=False)
    return tree


def linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """Return the objects of the page's JSON-LD, outer ones first; what cannot be read is passed over."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        kind = (script.get("type") or "").lower()
        if "ld+json" in kind and script.text and len(script.text) <= _MOST_DATA:
            found += islice(_objects(_loaded(script.text), 8), _MOST_NODES)
    return found[:_MOST_NODES]


def _cut(tree: HtmlElement) -> HtmlElement:
    """Take out what goes beyond a number of elements that no article has."""
    for element in reversed(list(islice(tree.iter(), _MOST_ELEMENTS, None))):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return tree


def _loaded(text: str) -> Any:
    """Return what JSON says, mending what publishers do wrong most often: comments around it, commas before a bracket."""
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
