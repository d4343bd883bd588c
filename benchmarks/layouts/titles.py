"""Ways in which systems put a headline into the visible page, the title, Open Graph and linked data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Titled:
    """Where a headline stands; what a system leaves out is None."""

    title: str
    og: str | None = "{text}"
    linked: str | None = None
    shown: str = "<h1>{text}</h1>"
    """The markup of the visible headline."""
    headline: str = "{text}"
    """What readers see above the text, and what has to be read; `{text}` means it everywhere else."""


TITLES: dict[str, Titled] = {
    "the same everywhere": Titled("{text} | {site}", linked="{text}"),
    "site at the end of both titles": Titled("{text} – {site}", "{text} – {site}", None, "<h1 class=entry-title>{text}</h1>"),
    "site and colon in front": Titled("{site}: {text}", "{site}: {text}"),
    "site and guillemet in front": Titled("{site} » {text}", None),
    "site and dash in front": Titled("{site} - {text}", "{site} - {text}"),
    "search title outside linked data": Titled("{other} | {site}", "{other}", "{text}"),
    "search title in linked data": Titled("{other} | {site}", "{text}", "{other}"),
    "search title everywhere but on the page": Titled("{other} - {site}", "{other}", "{other}", "<h1 class=headline>{text}</h1>"),
    "guillemets at the end": Titled("{text} | {site}", linked="{text}", headline="{text} : «{other}»"),
    "guillemets at both ends": Titled("{text} - {site}", headline="« {text} »"),
    "guillemets and no site": Titled("{text}", None, headline="{text}: «{other}»"),
    "a colon of its own": Titled("{text} – {site}", headline="Valmar: {text}"),
    "a dash of its own": Titled("{text} | {site}", None, "{text}", headline="{text} – {other}"),
    "a bar of its own": Titled("{text} - {site}", linked="{text}", headline="Opinión | {text}"),
    "headline of the second order": Titled("{text} - {site}", shown="<h2 class=title>{text}</h2>"),
    "the logo as a headline": Titled("{text} | {site}", shown="<h1 class=logo><a href='/'>{site}</a></h1><h2 class=entry-title>{text}</h2>"),
    "section and site": Titled("{text} - Economía - {site}", None),
    "shortened for networks": Titled("{short} | {site}", "{short}"),
    "another headline below": Titled("{text} | {site}", shown="<h1>{text}</h1><div class=next><h1>{other}</h1></div>"),
    "escaped twice": Titled("{twice} | {site}", "{twice}", headline="“{text}” & más"),
    "title without a headline": Titled("{text} · {site}", None, shown="<div class=tit>{text}</div>"),
    "site and slogan": Titled("{text} | {site} - Noticias del puerto", shown="<div class=tit>{text}</div>"),
    "a question": Titled("{text} - {site}", "{text} - {site}", "{text}", headline="¿{text}?"),
    "the site as headline in linked data": Titled("{text} | {site}", linked="{site} - Noticias del puerto"),
    "capitals on the page": Titled("{text} | {site}", shown="<h1>{capitals}</h1>"),
    "blog and colon in front": Titled("Blog de {site}: {text}", "Blog de {site}: {text}"),
    "blog with a headline of the third order": Titled("{site}: {text}", shown="<h3 class=post-title>{text}</h3>"),
    "a kicker above": Titled("{text} :: {site}", linked="{other}", shown="<p class=kicker>{other}</p><h1><span>{text}</span></h1><h2>{other}</h2>"),
}  # fmt: skip
"""The templates of each way."""


def titled(name: str, headline: str, other: str, site: str) -> Titled:
    """Put a headline where the way of this name puts it; `other` is the headline that the system made for search engines."""
    way = TITLES[name]
    text = way.headline.format(text=headline, other=other)
    places = {
        "text": text, "other": other, "site": site, "capitals": text.upper(), "short": f"{text[:40].rsplit(' ', 1)[0]}…",
        "twice": text.replace("&", "&amp;amp;").replace("“", "&amp;quot;").replace("”", "&amp;quot;"),
    }  # fmt: skip
    og, linked = (None if template is None else template.format(**places) for template in (way.og, way.linked))
    return Titled(way.title.format(**places), og, linked, way.shown.format(**places), text)
