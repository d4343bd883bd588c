"""The publication date of an article, in its publisher's time zone.

Many systems write times in UTC, and an evening in the Americas is the next day in UTC. A UTC time is therefore
converted if the page reveals another time zone: by a time with a local offset, or by a date in a field or in the
address that was the local date somewhere at that time.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from app.later import htmldate, lxml_html
from app.reading.dates import find_date, find_month
from app.reading.fields import first, words
from app.reading.markup import is_ordinary

_IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?P<between>[/-]?)(?P<month>[01]\d|[a-z]{3,9})(?P=between)(?P<day>[0-3]\d)(?=[/_.-]|$)",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "pubdate", "publish-date", "publishdate", "date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified")
_NEAR = 40
"""The number of text fragments after the headline, and a quarter of that before it, that are searched for a date."""

_LONGEST_LINE = 80
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
"""The offsets farthest from UTC."""


def moment_of(text: str) -> date | datetime | None:
    """Return a time with its own offset, a date if there is no offset, or None if the text is neither. Never raises."""
    text = text.strip()[:60]
    try:
        moment = datetime.fromisoformat(text) if _DAY.match(text) else parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return find_date(text)
    return (moment if moment.tzinfo and len(text) > 10 else moment.date()) if moment.year >= 1800 else None


def published(
    tree: "lxml_html.HtmlElement", articles: list[dict[str, Any]], metas: dict[str, list[str]], url: str
) -> date | datetime | None:
    """Return the date from the page's markup, else from its address, else as htmldate finds it on the visible page."""
    fields = _moments(_fields(tree, articles, metas))
    shown = _moments(tree.xpath("(//article//time | //main//time | //header//time)/@datetime")[:1])
    in_address = list(_days_in(url))
    moment = next(iter([*fields, *shown, *in_address]), None)
    if isinstance(moment, datetime) and moment.utcoffset() == timedelta(0):
        modified = _moments([*words([one.get("dateModified") for one in articles[:3]]), *first(metas, *_MODIFIED)])
        return _at_home(moment, [*fields, *shown, *modified], [*fields, *in_address])
    return moment or _shown_day(tree) or _guessed(tree)


def _shown_day(tree: "lxml_html.HtmlElement") -> date | None:
    """Return the date in a short line near the headline."""
    for headline in list(tree.iter("h1"))[:1]:
        near = headline.xpath(f"following::text()[position() <= {_NEAR}]")
        near += headline.xpath(f"preceding::text()[position() <= {_NEAR // 4}]")
        lines = (" ".join(str(text).split()) for text in near)
        return next((day for line in lines if len(line) <= _LONGEST_LINE and (day := find_date(line))), None)
    return None


def _guessed(tree: "lxml_html.HtmlElement") -> date | None:
    """Return the date that htmldate finds. January 1 is ignored, because it is made from a year alone."""
    guessed = htmldate.find_date(tree, original_date=True, extensive_search=is_ordinary(tree), outputformat="%Y-%m-%d")
    day = date.fromisoformat(guessed) if guessed else None
    return None if day is not None and (day.month, day.day) == (1, 1) else day


def _at_home(moment: datetime, moments: list[date | datetime], days: list[date | datetime]) -> date | datetime:
    """Return a UTC time in the publisher's time zone, taken from another time or a date on the page.

    If another time with an offset shows the same hour, the first one was local time without its offset.
    """
    for other in moments:
        if isinstance(other, datetime) and other.utcoffset() and abs(other - moment) <= timedelta(days=1):
            return other if other.replace(tzinfo=UTC) == moment else moment.astimezone(other.tzinfo)
    somewhere = {(moment + offset).date() for offset in (_WEST, timedelta(0), _EAST)}
    return next(
        (day for day in days if not isinstance(day, datetime) and day != moment.date() and day in somewhere), moment
    )


def _fields(tree: "lxml_html.HtmlElement", articles: list[dict[str, Any]], metas: dict[str, list[str]]) -> list[str]:
    """Return the values that the page gives as the publication time, most trusted first."""
    texts = [text for article in articles[:3] for text in words(article.get("datePublished"))]
    texts += first(metas, *_PUBLISHED)
    marked = tree.xpath("//time[@pubdate or @itemprop='datePublished' or contains(@class,'publish')]/@datetime")
    return texts + [*marked, *tree.xpath("//*[@itemprop='datePublished']/@content")][:3]


def _moments(texts: list[Any]) -> list[date | datetime]:
    return [moment for text in texts if (moment := moment_of(str(text))) is not None]


def _days_in(url: str) -> Iterator[date]:
    """Yield the dates in an address, such as /2026/05/03/, /2026/may/03/ or /20260503."""
    for match in _IN_ADDRESS.finditer(url):
        month = match["month"]
        try:
            yield date(int(match["year"]), int(month) if month.isdigit() else find_month(month) or 0, int(match["day"]))
        except ValueError:
            continue
