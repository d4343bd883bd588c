"""Feeds of invented articles in many formats, with the faults of real ones. Every kind belongs to one half, by its name."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape

from benchmarks.layouts import is_held_out
from benchmarks.layouts.days import written
from benchmarks.layouts.stories import Story, story

HOST = "https://elmuelle.example"
ENTRIES = 12
LARGE = 1_950_000
"""Bytes of a large feed."""
_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
)


@dataclass(frozen=True, slots=True)
class Item:
    """An article of a feed, and what has to be read."""

    headline: str
    path: str
    day: date
    story: Story

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"{HOST}{self.path}"

    @property
    def text(self) -> str:
        """Its text as markup."""
        return "".join(f"<p>{paragraph}</p>" for paragraph in self.story.paragraphs)


@dataclass(frozen=True, slots=True)
class Written:
    """A feed as bytes, and its entries: headline, address, day (None if the feed does not say it)."""

    name: str
    data: bytes
    entries: list[tuple[str, str, date | None]]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Way:
    """How a feed writes its parts; the defaults are those of a sound RSS feed."""

    link: Callable[[Item], str] = lambda item: f"<link>{item.address}</link>"
    title: Callable[[Item], str] = lambda item: f"<title>{escape(item.headline)}</title>"
    day: Callable[[Item], str] = lambda item: f"<pubDate>{item.day:%d} {item.day:%b %Y} 10:00:00 +0000</pubDate>"
    body: Callable[[Item], str] = lambda item: f"<description>{escape(item.story.paragraphs[0])}</description>"
    entry: Callable[[str], str] = lambda inside: f"<item>{inside}</item>"
    whole: Callable[[str], str] = lambda items: (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {_NAMESPACES}><channel><title>El Muelle</title><link>{HOST}/</link>{items}</channel></rss>'
    )
    encoded: Callable[[str], bytes] = lambda text: text.encode()
    path: str = "/nota-{number}"
    dated: bool = True
    large: bool = False


def _atom(items: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>El Muelle</title><link href="{HOST}/"/>{items}</feed>'


def _rdf(items: str) -> str:
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{HOST}"><title>El Muelle</title></channel>{items}</rdf:RDF>'
    )


def _in_atom(item: Item) -> str:
    return f'<link rel="alternate" href="{item.address}"/><id>tag:elmuelle.example,2026:{item.path}</id>'


def _latin(declared: str) -> Callable[[str], bytes]:
    return lambda text: text.replace('encoding="UTF-8"', declared).encode("cp1252", "xmlcharrefreplace")


def _cut(items: str) -> str:
    whole = Way().whole(items)
    return whole[: whole.rindex("</item>") + len("</item>")]


_ATOM = Way(
    entry=lambda inside: f"<entry>{inside}</entry>",
    whole=_atom,
    link=_in_atom,
    day=lambda item: f"<updated>{item.day}T10:00:00Z</updated>",
)
_LATE = replace(
    _ATOM,
    day=lambda item: (
        f"<updated>{item.day + timedelta(days=9)}T01:00:00Z</updated><published>{item.day}T10:00:00+02:00</published>"
    ),
)

WAYS: dict[str, Way] = {
    "RSS": Way(),
    "RSS with CDATA": Way(title=lambda item: f"<title><![CDATA[{item.headline}]]></title>", body=lambda item: f"<description><![CDATA[{item.text}]]></description>"),
    "RSS with Dublin Core": Way(day=lambda item: f"<dc:date>{item.day}T21:30:00-03:00</dc:date>"),
    "RSS with a weekday": Way(day=lambda item: f"<pubDate>{item.day:%a}, {item.day:%d %b %y} 10:00 GMT</pubDate>"),
    "RSS with a Spanish day": Way(day=lambda item: f"<pubDate>{written(item.day, 'es', weekday=True)}</pubDate>"),
    "RSS with a day of a database": Way(day=lambda item: f"<pubDate>{item.day} 10:00:00</pubDate>"),
    "RSS without days": Way(day=lambda _item: "", dated=False),
    "RDF": Way(entry=lambda inside: f"<item>{inside}</item>", whole=_rdf, day=lambda item: f"<dc:date>{item.day}</dc:date>"),
    "RDF by its about": Way(link=lambda _item: "", whole=_rdf, day=lambda item: f"<dc:date>{item.day}</dc:date>", entry=lambda inside: inside + "</item>", title=lambda item: f'<item rdf:about="{item.address}"><title>{escape(item.headline)}</title>'),
    "Atom": _ATOM,
    "Atom with XHTML": replace(_ATOM, body=lambda item: f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{item.text}</div></content>'),
    "Atom with published": _LATE,
    "Atom with a prefix": Way(entry=lambda inside: f"<a:entry>{inside}</a:entry>", whole=lambda items: f'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>El Muelle</a:title>{items}</a:feed>', link=lambda item: f'<a:link href="{item.address}"/>', title=lambda item: f"<a:title>{escape(item.headline)}</a:title>", day=lambda item: f"<a:updated>{item.day}T10:00:00Z</a:updated>", body=lambda _item: ""),
    "spaces in the path": Way(path="/nota del puerto {number}"),
    "spaces in the host": Way(link=lambda item: f"<link>https:// elmuelle.example{item.path}</link>"),
    "a space after the host": Way(link=lambda item: f"<link>{HOST} {item.path}</link>"),
    "a space in the scheme": Way(link=lambda item: f"<link>https: //elmuelle.example{item.path}</link>"),
    "lines around the address": Way(link=lambda item: f"<link>\n\t\t{item.address}\n\t</link>"),
    "a line within the address": Way(link=lambda item: f"<link>{HOST}\n{item.path}</link>"),
    "invisible spaces": Way(link=lambda item: f"<link>\u200b{item.address}\ufeff</link>"),
    "hard spaces": Way(link=lambda item: f"<link>&#160;{item.address}&nbsp;</link>"),
    "relative addresses": Way(link=lambda item: f"<link>{item.path}</link>"),
    "addresses without a scheme": Way(link=lambda item: f"<link>//elmuelle.example{item.path}</link>"),
    "addresses that begin with www": Way(link=lambda item: f"<link>www.elmuelle.example{item.path}</link>"),
    "addresses in CDATA": Way(link=lambda item: f"<link><![CDATA[ {item.address} ]]></link>"),
    "bare ampersands": Way(path="/nota.php?id={number}&lang=es"),
    "escaped ampersands": Way(path="/nota.php?id={number}&lang=es", link=lambda item: f"<link>{escape(item.address)}</link>"),
    "only ids": Way(link=lambda item: f"<guid>{item.address}</guid>"),
    "links as attributes": Way(link=lambda item: f'<atom:link href="{item.address}" rel="alternate"/>'),
    "markup in titles": Way(title=lambda item: f"<title>&lt;b&gt;{escape(item.headline)}&lt;/b&gt;</title>"),
    "entities of HTML": Way(title=lambda item: f"<title>{item.headline.replace('é', '&eacute;').replace('ó', '&oacute;').replace(', ', ',&nbsp;')}</title>"),
    "titles escaped twice": Way(title=lambda item: f"<title>{escape(escape(item.headline + ' & más'))}</title>"),
    "latin-1 that says so": Way(encoded=_latin('encoding="ISO-8859-1"')),
    "latin-1 that says nothing": Way(encoded=_latin("")),
    "latin-1 that says UTF-8": Way(encoded=_latin('encoding="UTF-8"')),
    "UTF-16": Way(encoded=lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16")),
    "a stray byte": Way(encoded=lambda text: text.encode().replace(b"</channel>", b"<copyright>\xa9 El Muelle</copyright></channel>")),
    "a mark and empty lines": Way(encoded=lambda text: b"\xef\xbb\xbf\r\n\r\n" + text.encode()),
    "a warning in front": Way(whole=lambda items: f"<br />\n<b>Warning</b>: Undefined index in <b>/var/www/feed.php</b> on line <b>9</b><br />\n{Way().whole(items)}"),
    "cut off after an entry": Way(whole=_cut),
    "unclosed items": Way(entry=lambda inside: f"<item>{inside}"),
    "unclosed paragraphs": Way(body=lambda item: f"<description><p>{escape(item.story.paragraphs[0])}<br></description>"),
    "capital tags": Way(entry=lambda inside: f"<ITEM>{inside}</ITEM>", link=lambda item: f"<LINK>{item.address}</LINK>", title=lambda item: f"<TITLE>{escape(item.headline)}</TITLE>"),
    "control characters": Way(body=lambda item: f"<description>{item.story.paragraphs[0][:40]}\x0b\x00\x1f</description>"),
    "large, many entries": Way(large=True),
    "large, long entries": Way(body=lambda item: f"<content:encoded><![CDATA[{item.text * 4}]]></content:encoded>", large=True),
    "large, escaped markup": Way(body=lambda item: f"<description>{escape(item.text)}</description>", large=True),
    "large, marked up within words": Way(body=lambda item: "<description><![CDATA[" + "".join(f"<p>{p.replace(' ', ' <b>', 9).replace('.', '</b>.')}</p>" for p in item.story.paragraphs) + "]]></description>", large=True),
    "large, short with links": Way(body=lambda item: f"<description><![CDATA[<a href='{item.address}'>{item.headline}</a> <img src='/f.jpg'>{item.story.paragraphs[0]}]]></description>", large=True),
    "large Atom": replace(_ATOM, body=lambda item: f'<content type="html">{escape(item.text)}</content><author><name>{item.story.name()}</name></author>', large=True),
    "large Atom with XHTML": replace(_ATOM, body=lambda item: f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{item.text}</div></content>', large=True),
    "large, many references": Way(body=lambda item: f"<description>{''.join(f'&#{ord(one)};' for one in item.story.paragraphs[0])}</description>", large=True),
    "large, many categories": Way(body=lambda item: "".join(f"<category><![CDATA[{word}]]></category>" for word in item.story.paragraphs[0].split()), large=True),
    "large, credits": Way(body=lambda item: f"<dc:creator>Por {item.story.name()} y {item.story.name()}, EFE</dc:creator><description>{escape(item.story.paragraphs[0])}</description>", large=True),
}  # fmt: skip


def feeds() -> Iterator[Written]:
    """Write the feeds of all kinds, each in two languages, and two JSON feeds."""
    for name, way in WAYS.items():
        for seed in range(2):
            items = list(_items(name, way, seed))
            yield Written(
                f"{name} {seed}", _written(way, items), [_expected(name, way, one) for one in items], is_held_out(name)
            )
    for name in ("JSON Feed", "JSON Feed, large"):
        items = list(_items(name, Way(body=lambda item: item.text, large="large" in name), 0))
        yield Written(name, _json(items), [(one.headline, one.address, one.day) for one in items], is_held_out(name))


def _items(name: str, way: Way, seed: int) -> Iterator[Item]:
    told = [story(name, 31 * seed + 4 * number) for number in range(ENTRIES)]
    first, size, number = date(2026, 6, 20), 0, 0
    while number < ENTRIES or (way.large and size < LARGE):
        one = told[number % ENTRIES]
        headline = f"{one.headline} {number}" if number >= ENTRIES else one.headline
        item = Item(headline, way.path.format(number=number), first - timedelta(days=number // 3), one)
        size += len(_entry(way, item).encode()) if way.large else 0
        number += 1
        yield item


def _expected(name: str, way: Way, item: Item) -> tuple[str, str, date | None]:
    headline = f"{item.headline} & más" if name == "titles escaped twice" else item.headline
    address = item.address.replace("//elm", "//www.elm") if "www" in name else item.address.replace(" ", "%20")
    return headline, address, item.day if way.dated else None


def _entry(way: Way, item: Item) -> str:
    return way.entry(f"{way.title(item)}{way.link(item)}{way.day(item)}{way.body(item)}")


def _written(way: Way, items: list[Item]) -> bytes:
    return way.encoded(way.whole("\n".join(_entry(way, item) for item in items)))


def _json(items: list[Item]) -> bytes:
    entries = [
        {
            "id": item.path,
            "url": item.address,
            "title": item.headline,
            "content_html": item.text,
            "date_published": f"{item.day}T10:00:00Z",
        }
        for item in items
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "El Muelle", "items": entries}).encode()
