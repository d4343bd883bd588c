"""Parses XML feeds in a single pass over their tags, even if they are malformed.

An XML parser stops at the first error, and one in four feeds has some; lenient parsers can take minutes for maliciously
slow markup. Here every tag is read once, so the time is proportional to the length.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urljoin

_TOKEN = re.compile(
    r"<!\[CDATA\[(?P<raw>.*?)(?:\]\]>|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|<\?[^<>]*>?"
    r"|<!(?!\[CDATA\[|--)[^<>]*>?"
    r"|<(?P<close>/?)(?P<name>[A-Za-z_][\w:.-]*+)(?P<rest>(?>[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+|[^<>]*+)(?:>|(?=</?\w))",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{2,32});")
_MOST_ATTRIBUTES = 40
_SHORTEST_ATTRIBUTE = len(" a=b")
_LONGEST_VALUE = 20_000
"""Characters of an element that are used."""
_MOST_ELEMENTS = 200
"""Per entry."""
MOST_ITEMS = 5_000
_MOST_TAGS = 250_000

_PLAIN = re.compile(
    r"https?://(?:purl\.org/rss/1\.0|my\.netscape\.com/rdf/simple/0\.9|channel\.netscape\.com/rdf/simple/0\.9"
    r"|(?:www\.)?w3\.org/2005/atom|purl\.org/atom/.*|backend\.userland\.com/.*|blogs\.law\.harvard\.edu/.*"
    r"|my\.netscape\.com/publish/.*|www\.rssboard\.org/rss-specification)[/#]?",
    re.IGNORECASE,
)
"""Namespaces whose elements get no prefix here, whatever prefix a feed uses."""
_PREFIXES = {
    "http://purl.org/dc/elements/1.": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
}

_ENTRIES = frozenset({"item", "entry"})
_FRAMES = frozenset({"feed", "rss", "channel", "rdf:rdf"})
_RECORDS = frozenset(
    {"author", "contributor", "dc:creator", "source", "image", "textinput", "media:group", "media:content"}
)
"""Elements whose children do not describe the entry itself."""
_TEXTS = frozenset({"title", "summary", "description", "content", "content:encoded", "body", "xhtml:body", "div"})
"""Elements that may contain markup."""
_ENDS_A_TEXT = frozenset({"link", "guid", "id", "pubdate", "published", "updated", "dc:date"})
"""If one of these begins inside a text, the end tag of the text is missing."""
_ENDS_A_RECORD = frozenset({"guid", "pubdate", "dc:date", "description"})


@dataclass(slots=True)
class Element:
    """An element of a feed or an entry."""

    name: str
    """In lowercase; with a prefix unless its namespace is a standard one."""
    attributes: dict[str, str]
    base: str
    """The base address of links in it."""
    value: str = ""
    """Its text with references resolved once, or its markup if it contains elements."""


@dataclass(slots=True)
class Item:
    """The elements of a feed or an entry."""

    base: str
    attributes: dict[str, str]
    elements: list[Element] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the elements with these names, in the order of the names."""
        for name in names:
            yield from (element for element in self.elements if element.name == name)


def items_of(text: str, url: str) -> tuple[Item, list[Item]]:
    """Return the feed-level item of a feed found at `url`, and its entries in order."""
    scanner = _Scanner(url)
    scanner.read(text)
    return scanner.head, scanner.items


class _Scanner:
    """Processes tokens and tracks the current entry and element."""

    def __init__(self, url: str) -> None:
        self.head = Item(url, {})
        self.items: list[Item] = []
        self._item = self.head
        self._element: Element | None = None
        self._depth = 0
        self._pieces: list[tuple[str, bool]] = []
        """The content of the open element, and whether its references still have to be resolved."""
        self._length = 0
        self._inline = False
        self._prefixes = dict.fromkeys(("atom", "rss", "a10"), "")
        self._begun = False
        self._is_page = False

    def read(self, text: str) -> None:
        """Read a whole feed. An element still open at the end is dropped: half an address would lead elsewhere."""
        at = 0
        for token in islice(_TOKEN.finditer(text), _MOST_TAGS):
            if self._element is not None and token.start() > at:
                self._add(text[at : min(token.start(), at + _LONGEST_VALUE)], written=True)
            at = token.end()
            if token["name"]:
                self._tag(token)
            elif self._element is not None and token["raw"]:
                self._add(token["raw"][:_LONGEST_VALUE], written=False)
            if self._is_page or len(self.items) > MOST_ITEMS:
                break

    def _tag(self, token: re.Match[str]) -> None:
        rest = token["rest"]
        if "xmlns" in rest:
            self._learn(_attributes(rest))
        name = self._name(token["name"])
        if token["close"]:
            self._end(name, token[0])
        else:
            self._start(name, token, empty=rest.endswith("/"))

    def _start(self, name: str, token: re.Match[str], *, empty: bool) -> None:
        if name in _ENTRIES:
            self._close()
            self._begun = True
            attributes = _attributes(token["rest"])
            self._item = Item(_base(self.head.base, attributes), attributes)
            self.items.append(self._item)
            if empty:
                self._item = self.head
        elif name in _FRAMES and self._item is self.head:
            self._close()
            self._begun = True
            attributes = _attributes(token["rest"])
            self.head.base = _base(self.head.base, attributes)
            self.head.attributes = attributes | self.head.attributes
        elif self._element is not None and self._holds(name):
            if name == self._element.name and not empty:
                self._depth += 1
            self._inline = True
            self._add(token[0], written=False)
        elif self._begun:
            self._close()
            if len(self._item.elements) < _MOST_ELEMENTS:
                self._open(name, token)
            if empty:
                self._close()
        else:
            self._is_page = name == "html"

    def _holds(self, name: str) -> bool:
        """Return whether a new element is a child of the open one."""
        element = self._element
        if element is None or element.attributes.get("type") in ("xhtml", "application/xhtml+xml"):
            return element is not None
        if element.name in _TEXTS:
            return name not in _ENDS_A_TEXT
        if element.name.startswith("media:"):
            return name.startswith("media:")
        return element.name in _RECORDS and name not in _ENDS_A_RECORD

    def _open(self, name: str, token: re.Match[str]) -> None:
        attributes = _attributes(token["rest"])
        self._element = Element(name, attributes, _base(self._item.base, attributes))
        self._depth, self._length, self._inline = 0, 0, False
        self._pieces = []

    def _end(self, name: str, tag: str) -> None:
        if self._element is not None and name == self._element.name:
            if self._depth == 0:
                return self._close()
            self._depth -= 1
        if name in _ENTRIES or name in _FRAMES:
            self._close()
            self._item = self.head
        elif self._element is not None:
            self._add(tag, written=False)
        return None

    def _close(self) -> None:
        """Finish the open element."""
        element, self._element = self._element, None
        if element is None:
            return
        element.value = "".join(
            _resolved(text) if written and not self._inline else text for text, written in self._pieces
        )
        self._item.elements.append(element)

    def _add(self, text: str, *, written: bool) -> None:
        if self._length < _LONGEST_VALUE:
            self._pieces.append((text, written))
            self._length += len(text)

    def _learn(self, attributes: dict[str, str]) -> None:
        """Register the namespace prefixes."""
        for name, address in attributes.items():
            prefix = name.removeprefix("xmlns:")
            if prefix != name and len(self._prefixes) < _MOST_ATTRIBUTES:
                known = (short for start, short in _PREFIXES.items() if address.lower().startswith(start))
                self._prefixes[prefix] = "" if _PLAIN.fullmatch(address.strip()) else next(known, prefix)

    def _name(self, written: str) -> str:
        prefix, colon, local = written.lower().rpartition(":")
        prefix = self._prefixes.get(prefix, prefix)
        return f"{prefix}:{local}" if colon and prefix else local


def _resolved(text: str) -> str:
    """Return text with references resolved; only those that end in a semicolon, because of `?a=1&copy=2`."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _attributes(rest: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    if len(rest) < _SHORTEST_ATTRIBUTE:
        return attributes
    for found in _ATTRIBUTE.finditer(rest):
        name, value = found[1].lower(), found[2] or found[3] or found[4] or ""
        attributes.setdefault(name, _resolved(value))
        if len(attributes) == _MOST_ATTRIBUTES:
            break
    return attributes


def _base(base: str, attributes: dict[str, str]) -> str:
    """Return the base address of an element's links, which it may declare itself; it must be a web address."""
    declared = attributes.get("xml:base", "").strip()
    if not declared:
        return base
    try:
        joined = urljoin(base, declared)
    except ValueError:
        return base
    return joined if joined.lower().startswith(("http://", "https://")) else base
