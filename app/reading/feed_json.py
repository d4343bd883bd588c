"""JSON Feed, read as if it were XML."""

import html
import json
from collections.abc import Iterator
from typing import Any

from app.reading.feed_markup import MOST_ITEMS, Element, Item

_NAMES = {
    "url": "link", "external_url": "related", "id": "id", "title": "title", "content_html": "content", "summary": "summary",
    "date_published": "published", "date_modified": "updated",
}  # fmt: skip
_PLAIN = frozenset({"title", "summary", "content_text"})
"""What holds no markup."""


def items_of(text: str, url: str) -> tuple[Item, list[Item]]:
    """Return what a JSON feed found at `url` says of itself, and its entries. Raises ValueError for what is none."""
    read = json.loads(text, strict=False)
    if not isinstance(read, dict) or not isinstance(read.get("items"), list):
        raise ValueError("no feed")  # noqa: TRY004  as json.loads for what is no JSON
    head = Item(url, {"xml:lang": str(read.get("language") or "")}, list(_elements(read, url, only="title")))
    return head, [_item(entry, url) for entry in read["items"][:MOST_ITEMS] if isinstance(entry, dict)]


def _item(entry: dict[str, Any], url: str) -> Item:
    item = Item(url, {"xml:lang": str(entry.get("language") or "")}, list(_elements(entry, url)))
    authors = entry.get("authors") if isinstance(entry.get("authors"), list) else [entry.get("author")]
    for author in authors or ():
        if isinstance(author, dict) and isinstance(author.get("name"), str):
            item.elements.append(Element("author", {}, url, html.escape(author["name"])))
    return item


def _elements(read: dict[str, Any], url: str, *, only: str = "") -> Iterator[Element]:
    for key, name in {**_NAMES, "content_text": "description"}.items():
        value = read.get(key)
        if isinstance(value, str | int) and (not only or key == only):
            yield Element(name, {}, url, html.escape(str(value)) if key in _PLAIN else str(value))
