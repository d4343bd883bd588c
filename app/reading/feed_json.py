"""Reads a JSON feed into the same elements as XML."""

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
"""Fields that contain no markup."""


def items_of(text: str, url: str) -> tuple[Item, list[Item]]:
    """Return the feed-level item of a JSON feed found at `url`, and its entries. Raises ValueError if it is not a feed."""
    feed = json.loads(text, strict=False)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ValueError("no feed")  # noqa: TRY004  the same error that json.loads raises for invalid JSON
    head = Item(url, {"xml:lang": str(feed.get("language") or "")}, list(_elements(feed, url, only="title")))
    return head, [_item(entry, url) for entry in feed["items"][:MOST_ITEMS] if isinstance(entry, dict)]


def _item(entry: dict[str, Any], url: str) -> Item:
    item = Item(url, {"xml:lang": str(entry.get("language") or "")}, list(_elements(entry, url)))
    authors = entry.get("authors") if isinstance(entry.get("authors"), list) else [entry.get("author")]
    for author in authors or ():
        if isinstance(author, dict) and isinstance(author.get("name"), str):
            item.elements.append(Element("author", {}, url, html.escape(author["name"])))
    return item


def _elements(fields: dict[str, Any], url: str, *, only: str = "") -> Iterator[Element]:
    for key, name in {**_NAMES, "content_text": "description"}.items():
        value = fields.get(key)
        if isinstance(value, str | int) and (not only or key == only):
            yield Element(name, {}, url, html.escape(str(value)) if key in _PLAIN else str(value))
