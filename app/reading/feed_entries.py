"""Interprets the elements of a feed entry, independent of the feed's format."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

from app.reading.addresses import cleaned
from app.reading.feed_markup import Element, Item

LONGEST_ADDRESS = 2_000
_PLAIN = re.compile(r"https?://[a-z\d-]+(?:\.[a-z\d-]+)+/[\w./~+-]*", re.ASCII)
"""An address in which there is nothing to resolve or to mend, as most are."""
_DROPPED = re.compile(r"[\t\n\r\x00\u200b-\u200d\u2060\ufeff]")
_SPACE = re.compile(r"\s")
_SCHEME = re.compile(r"(https?)\s*:\s*[/\\]+\s*", re.IGNORECASE)
_HOST = re.compile(r"(?<=://)[^/?#]*")
_WITHOUT_SCHEME = re.compile(r"www\.[\w-]+\.", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\s*https?:", re.IGNORECASE)
_LINK = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"'](https?://[^\"'<>]{1,2000})[\"']", re.IGNORECASE)
_NAME = re.compile(r"<(?:\w+:)?name\b[^<>]*>([^<>]*)<", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_CONTENTS = (
    "summary",
    "description",
    "content",
    "content:encoded",
    "body",
    "xhtml:body",
    "itunes:summary",
    "media:description",
)
_AUTHORS = ("author", "dc:creator", "itunes:author")
DATES = (
    "published", "pubdate", "issued", "dc:date", "dcterms:issued", "dcterms:created", "created", "updated", "modified",
    "dcterms:modified",
)  # fmt: skip
"""Elements with a date, those for publication first."""


def joined(base: str, link: str) -> str | None:
    """Return the absolute web address of a link, resolved as browsers do, or None if it is not one."""
    if _PLAIN.fullmatch(link) and len(link) <= LONGEST_ADDRESS:
        return link
    link = _SCHEME.sub(r"\1://", _DROPPED.sub("", link).strip(), count=1) if link else ""
    if _WITHOUT_SCHEME.match(link):
        link = f"//{link}"
    try:
        link = _HOST.sub(lambda host: host[0].strip(), link, count=1)
        address = _SPACE.sub(lambda space: quote(space[0]), urljoin(base, link))
        parts = urlsplit(address)
    except ValueError:
        return None
    usable = link and parts.scheme in ("http", "https") and parts.hostname and len(address) <= LONGEST_ADDRESS
    return address if usable and "%" not in (parts.hostname or "") else None


def id_of(item: Item) -> str | None:
    """Return the feed's own id for an entry."""
    ids = (element.value.strip() for element in item.all("id", "guid"))
    return next((text for text in (*ids, item.attributes.get("rdf:about", "").strip()) if text), None)


def address_of(item: Item) -> str | None:
    """Return the address of an entry's page: its link, an id that is an address, or the best other candidate."""
    return next((cleaned(address) for base, link in _candidates(item) if (address := joined(base, link))), None)


def title_of(item: Item) -> str:
    """Return the markup of the title, or an empty string."""
    titles = item.all("title", "dc:title", "media:title", "itunes:title")
    return next((element.value for element in titles if element.value.strip()), "")


def content_of(item: Item) -> str:
    """Return the markup of the summary, or else of the content."""
    return next((element.value for element in item.all(*_CONTENTS) if element.value.strip()), "")


def bylines_of(item: Item) -> list[str]:
    """Return the bylines, as markup."""
    found: list[str] = []
    for name in _AUTHORS:
        for element in item.all(name):
            names = _NAME.findall(element.value)
            in_brackets = _IN_BRACKETS.search(element.value) if "@" in element.value else None
            found += names or [in_brackets[1] if in_brackets else element.value]
        if any(text.strip() for text in found):
            break
    return found


def declared_language(item: Item) -> str:
    """Return the language that an entry or feed declares, or an empty string."""
    titled = (element.attributes.get("xml:lang", "") for element in item.all("title"))
    named = (element.value for element in item.all("language", "dc:language"))
    return next((code.strip() for code in (*titled, item.attributes.get("xml:lang", ""), *named) if code.strip()), "")


def _candidates(item: Item) -> Iterator[tuple[str, str]]:
    """Yield candidates for the entry's address, best first, each with its base address."""
    yield from _targets(
        item.all("feedburner:origlink", "pheedo:origlink")
    )  # the original address, saved by a click counter
    links = [(_relation(link), link) for link in item.all("link")]
    pages = [link for relation, link in links if relation == "alternate"]
    yield from _targets(link for link in pages if link.attributes.get("type", "text/html") in ("text/html", ""))
    yield from _targets(pages)
    yield from ((name.base, name.value) for name in item.all("id", "guid") if _is_address(name))
    yield item.base, item.attributes.get("rdf:about", "")
    yield from _targets(link for relation, link in links if relation in ("related", "via", "canonical", "shorturl"))
    yield from ((element.base, element.value) for element in item.all("related", "comments"))
    yield from _only_link(item)
    yield from _targets(link for relation, link in links if relation == "enclosure")
    yield from ((element.base, element.attributes.get("url", "")) for element in item.all("enclosure", "media:content"))
    yield from _targets(link for relation, link in links if relation == "self")


def _targets(links: "Iterator[Element] | list[Element]") -> Iterator[tuple[str, str]]:
    yield from ((link.base, link.attributes.get("href") or link.value) for link in links)


def _relation(link: Element) -> str:
    return link.attributes.get("rel", "").strip().lower().rpartition("/")[2] or "alternate"


def _is_address(name: Element) -> bool:
    """Return whether an id is an address: absolute, or a path in an RSS guid that is declared a permanent link."""
    permanent = name.name == "guid" and name.attributes.get("ispermalink", "true").strip().lower() != "false"
    return bool(_ABSOLUTE.match(name.value)) or (permanent and name.value.strip().startswith("/"))


def _only_link(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the address in the text, if it contains only one link."""
    found = {link for element in item.all(*_CONTENTS) for link in _LINK.findall(element.value)}
    if len(found) == 1:
        yield item.base, found.pop()
