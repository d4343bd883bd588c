"""A newspaper for tests: its pages and its feed as bytes."""

from tests.fetching.webserver import answer

SENTENCES = {
    "en": "The delegations reached the bridge before noon and {} drivers carried their luggage to the buses. ",
    "es": "Las delegaciones llegaron al puente antes del mediodía y {} choferes llevaron su equipaje a los autobuses. ",
}


def text(language="en"):
    """Return the text of an article, in paragraphs."""
    return "\n\n".join(SENTENCES[language].format(number) * 3 for number in range(11, 19))


def page(language="en", headline="Drivers carry the delegations", *, head="", **headers):
    """Return the page of an article."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text(language).split("\n\n"))
    body = (
        f'<!doctype html><html><head><title>{headline} | El Muelle</title><meta property="og:title" content="{headline}">'
        f'<meta property="og:site_name" content="El Muelle"><meta property="article:published_time" content="2025-12-02T09:00:00-04:00">'
        f"{head}</head><body><article><h1>{headline}</h1>{paragraphs}</article></body></html>"
    )
    return answer(body.encode(), kind="text/html; charset=utf-8", **headers)


def item(number, *, link=None, day=None):
    """Return an entry of a feed; `day` is a day of November 2026."""
    published = f"<pubDate>{day:02} Nov 2026 10:00:00 +0000</pubDate>" if day else ""
    return (
        f'<item><title>Paro número {number} en el puerto</title><guid isPermaLink="false">g{number}</guid>'
        f"<link>{link or f'https://diario.example.org/{number}'}</link>{published}"
        "<description>Los estibadores abandonaron el trabajo el lunes por las horas extra.</description></item>"
    )


def feed(*items, title="El Muelle", **headers):
    """Return a feed of entries."""
    body = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><language>es</language>{''.join(items)}</channel></rss>"
    )
    return answer(body.encode(), kind="application/rss+xml", **headers)
