"""Systems that publish articles, each with its own place for the author: in data, beside the headline, in the text, among others."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.layouts.days import Dated
from benchmarks.layouts.markup import each, links
from benchmarks.layouts.titles import Titled

OTHERS = ("Berta Iglesias", "Hugo Llanos", "Pilar Otero", "Simón Cano")
"""People whose articles the page only points to."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says about its article, and the surrounding texts."""

    language: str
    site: str
    titled: Titled
    dated: Dated
    shown: str
    """The byline as readers see it; may be empty."""
    authors: list[str]
    linked: Any
    """The author in linked data, or None."""
    meta: str | None
    paragraphs: tuple[str, ...]
    teasers: list[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a system adds to the page."""

    near: str = ""
    """Below the headline."""
    above: str = ""
    below: str = ""
    beside: str = ""
    metas: str = ""
    author: Any = None
    """The author in linked data."""
    more: list[dict[str, Any]] = field(default_factory=list)
    """Other things in linked data."""
    first: str = ""
    """At the beginning of the text."""
    last: str = ""
    """At the end of the text."""


def page(head: Head, system: str) -> str:
    """Return the page of a system."""
    parts = SYSTEMS[system](head)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "publisher": {"@type": "Organization", "name": head.site},
    }
    data |= ({"headline": head.titled.linked} if head.titled.linked else {}) | head.dated.linked
    data |= {"author": parts.author} if parts.author else {}
    linked = [data, *parts.more] if len(data) > 3 or parts.more else []  # a type and a publisher alone say nothing
    scripts = "".join(
        f"<script type='application/ld+json'>{json.dumps(one, ensure_ascii=False)}</script>" for one in linked
    )
    og = f'<meta property=og:title content="{head.titled.og}">' if head.titled.og else ""
    site = "" if head.titled.og is None else f"<meta property=og:site_name content='{head.site}'>"
    top = f"<head><meta charset=utf-8><title>{head.titled.title}</title>{og}{site}{parts.metas}{head.dated.metas}{scripts}</head>"
    body = f"<div class=content>{parts.first}{each('p', head.paragraphs)}{parts.last}</div>"
    return (
        f"<!doctype html><html lang={head.language}>{top}<body><header><div class=logo>{head.site}</div><nav><ul>"
        f"{links(head.teasers[:3])}</ul></nav></header>{parts.above}<main><article>{head.dated.above}{head.titled.shown}"
        f"{parts.near}{head.dated.shown}{body}{parts.below}</article></main>{head.dated.beside}"
        f"<aside class=sidebar>{parts.beside}<ul>{links(head.teasers)}</ul></aside><footer><p>© 2031 {head.site}</p></footer></body></html>"
    )


def _meta(name: str, value: str | None) -> str:
    return f'<meta name={name} content="{value}">' if value else ""


def _graph(head: Head) -> Parts:
    if not isinstance(head.linked, list) or len(head.linked) != 1:
        return Parts(
            author=head.linked, near=f"<span class=byline>{head.shown}</span>", metas=_meta("author", head.meta)
        )
    graph = {
        "@context": "https://schema.org",
        "@graph": [{"@id": "#/person/1", **head.linked[0]}, {"@type": "WebSite", "name": head.site}],
    }
    return Parts(author={"@id": "#/person/1"}, more=[graph], metas=_meta("author", head.meta))


def _teaser_bylines(head: Head) -> str:
    return "".join(
        f"<div class=card><h3><a href='/c{n}'>{text}</a></h3><span class=author>{name}</span></div>"
        for n, (text, name) in enumerate(zip(head.teasers, OTHERS, strict=False))
    )


def _bio(head: Head) -> str:
    return f"<p class=bio>{head.authors[0]} escribe desde el puerto.</p>" if head.authors else ""


def _other_articles(head: Head) -> list[dict[str, Any]]:
    return [
        {
            "@type": "NewsArticle",
            "headline": text,
            "author": {"@type": "Person", "name": name},
            "datePublished": "2024-02-01",
        }
        for text, name in zip(head.teasers, OTHERS[:2], strict=False)
    ]


SYSTEMS: dict[str, Callable[[Head], Parts]] = {
    "graph": _graph,
    "byline class": lambda head: Parts(f"<p class=byline>{head.shown}</p>"),
    "linked list": lambda head: Parts(f"<div class=article__meta>{head.shown}</div>", author=head.linked),
    "field of a node": lambda head: Parts(
        f"<div class=node__meta><span class='field field--name-field-author'>{head.shown}</span></div>", metas=_meta("dcterms.creator", head.meta)
    ),
    "blog card": lambda head: Parts(f"<span class='post-author vcard'><span class=fn itemprop=author>{head.shown}</span></span>"),
    "created by": lambda head: Parts(f"<dl class=article-info><dd class=createdby><span itemprop=name>{head.shown}</span></dd></dl>"),
    "publication line": lambda head: Parts(f"<p class=info-publi><span class='vcard author'>{head.shown}</span></p>"),
    "author card": lambda head: Parts(
        below=f"<section class=author-card><h4 class=author-name>{', '.join(head.authors)}</h4>{_bio(head)}</section>", author=head.linked
    ),
    "letter of news": lambda head: Parts(f"<div class=byline-wrapper><a class=profile href='/@x'>{head.shown}</a></div>", author=head.linked),
    "author link": lambda head: Parts(f"<a rel=author href='/a'>{head.shown}</a>", metas=_meta("author", head.meta)),
    "microdata": lambda head: Parts(
        "".join(f"<span itemprop=author itemscope itemtype='https://schema.org/Person'><span itemprop=name>{name}</span></span>" for name in head.authors)
    ),
    "line without a class": lambda head: Parts(f"<div class=x1>{head.shown}</div>"),
    "bold first line": lambda head: Parts(first=f"<p><strong>{head.shown}</strong></p>"),
    "signature class at the end": lambda head: Parts(last=f"<p class=firma>{head.shown}</p>"),
    "analytics": lambda head: Parts(f"<div class=credits>{head.shown}</div>", metas=_meta("parsely-author", head.meta)),
    "citation": lambda head: Parts(metas="".join(_meta("citation_author", name) for name in head.authors)),
    "list of facts": lambda head: Parts(f"<ul class=datos><li class=autor>{head.shown}</li></ul>"),
    "columnists beside": lambda head: Parts(f"<div class=firma>{head.shown}</div>", beside=_teaser_bylines(head)),
    "columnists beside linked data": lambda head: Parts(author=head.linked, beside=_teaser_bylines(head)),
    "columnists beside nothing": lambda head: Parts(f"<p>{head.shown}</p>", beside=_teaser_bylines(head)),
    "teasers above": lambda head: Parts(f"<span class=author>{head.shown}</span>", above=_teaser_bylines(head)),
    "teasers in the article": lambda head: Parts(f"<p class=autor>{head.shown}</p>", below=f"<div class=related>{_teaser_bylines(head)}</div>"),
    "posted by": lambda head: Parts(f"<div class=entry-meta><span class='author vcard'>{head.shown}</span></div>", metas=_meta("author", head.meta)),
    "address": lambda head: Parts(f"<address class=author>{head.shown}</address>", author=head.linked),
    "linked data of others": lambda head: Parts(f"<div class=signature>{head.shown}</div>", author=head.linked, more=_other_articles(head)),
    "letters below": lambda head: Parts(
        f"<span class=byline>{head.shown}</span>",
        below="".join(f"<div class=comment><cite class=comment-author>{name}</cite><p>…</p></div>" for name in OTHERS),
    ),
    "cells": lambda head: Parts(f"<table><tr><td><font size=2>{head.shown}</font></td></tr></table>"),
    "site as author of all": lambda head: Parts(f"<p class=byline>{head.shown}</p>", metas=_meta("author", head.site)),
    "maker of the site as author": lambda head: Parts(f"<p class=byline>{head.shown}</p>", metas=_meta("author", "Webfactory")),
    "names in boxes": lambda head: Parts(f"<div class=c-author><div class=c-author__name>{head.shown}</div></div>", author=head.linked),
}  # fmt: skip
"""For each system, what it adds to a page."""
