"""The publication date of an article, in its publisher's time zone.

Many systems write times in UTC, and an evening in the Americas is the next day in UTC. A UTC time is therefore
converted if the page reveals another time zone: by a time with a local offset, or by a date in a field or in the
address that was the local date somewhere at that time.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any

from app.later import htmldate, lxml_html
from app.reading.dates import dates_in, find_date, find_month
from app.reading.fields import first, words
from app.reading.heading import belongs_to_others
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
_LONGEST_LABEL = 30
_LABEL = re.compile(
    r"(?P<updated>actuali[tsz]\w*|atualiz\w*|updat\w*|modifi\w*|mis à jour|màj|aktualis\w*|aggiorn\w*|bijgewerkt|обновлен\w*|last)"
    r"|public\w*|publié\w*|publi[sk]\w*|posted|veröffentlicht|pubblicat\w*|gepubliceerd|created|creado|опубликован\w*",
    re.IGNORECASE,
)
_DAY_FIRST = frozenset({"en-gb", "en-au", "en-nz", "en-ie", "en-za", "en-in"})
_WEST_OF_UTC = tuple(timedelta(hours=-hours) for hours in range(1, 11))
_EAST_OF_UTC = tuple(timedelta(hours=hours) for hours in range(1, 13))
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
    tree: "lxml_html.HtmlElement",
    articles: list[dict[str, Any]],
    metas: dict[str, list[str]],
    url: str,
    heading: "lxml_html.HtmlElement | None",
) -> date | datetime | None:
    """Return the date from the page's markup, else from its address, else as htmldate finds it on the visible page.

    `heading` is the element that shows the headline.
    """
    fields = _moments(_fields(tree, articles, metas))
    shown = _moments(_times(tree, heading))
    in_address = list(_days_in(url))
    moment = next(iter([*fields, *shown, *in_address]), None)
    if isinstance(moment, datetime) and moment.utcoffset() == timedelta(0):
        modified = _moments([*words([one.get("dateModified") for one in articles[:3]]), *first(metas, *_MODIFIED)])
        at_home = _at_home(moment, [*fields, *shown, *modified], [*fields, *in_address])
        return _as_shown(moment, heading) if at_home is moment else at_home
    return moment or _shown_day(heading) or _labelled_day(tree, heading) or _guessed(tree)


def _times(tree: "lxml_html.HtmlElement", heading: "lxml_html.HtmlElement | None") -> list[str]:
    """Return the first time in the article's markup that is not about another article or a comment."""
    times = islice(tree.xpath("//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime]"), 8)
    return [time.get("datetime") for time in times if not belongs_to_others(time, heading)][:1]


def _shown_day(heading: "lxml_html.HtmlElement | None") -> date | None:
    """Return the day of publication in a short line near the headline; the day of an update if there is no other."""
    found = list(_days_near(heading))
    return next((day for day, updated in found if not updated), found[0][0] if found else None)


def _days_near(heading: "lxml_html.HtmlElement | None", most: int = _NEAR) -> Iterator[tuple[date, bool]]:
    """Yield the days in short lines near the headline, and whether each is called the day of an update."""
    if heading is None:
        return
    day_first = _writes_day_first(heading)
    near = heading.xpath(f"following::text()[position() <= {most}]")
    near += heading.xpath(f"preceding::text()[position() <= {most // 4}]")[::-1]
    before = ""
    for line in (" ".join(str(text).split()) for text in near):
        if len(line) <= _LONGEST_LINE:
            for start, day in dates_in(line, day_first=day_first):
                labels = list(_LABEL.finditer(f"{before} {line[:start]}"))
                yield day, bool(labels) and labels[-1]["updated"] is not None
        before = line[-_LONGEST_LABEL:] or before


def _labelled_day(tree: "lxml_html.HtmlElement", heading: "lxml_html.HtmlElement | None") -> date | None:
    """Return the day in a short line anywhere on the page that says "published"."""
    day_first = _writes_day_first(tree)
    for text in tree.xpath("//text()[not(parent::script or parent::style)]"):
        line = " ".join(str(text).split()) if len(text) <= 2 * _LONGEST_LINE else ""
        label = _LABEL.search(line) if line and len(line) <= _LONGEST_LINE else None
        if label and not label["updated"] and (days := list(dates_in(line[label.start() :], day_first=day_first))):
            parent = text.getparent()
            if parent is not None and not belongs_to_others(parent, heading):
                return days[0][1]
    return None


def _writes_day_first(element: "lxml_html.HtmlElement") -> bool | None:
    """Return whether the page's language writes 3/5/2026 for May 3; None if that is not known."""
    declared = (element.getroottree().getroot().get("lang") or "").lower()
    return True if declared and (not declared.startswith("en") or declared in _DAY_FIRST) else None


def _as_shown(moment: datetime, heading: "lxml_html.HtmlElement | None") -> date | datetime:
    """Return the day beside the headline, if it was the local date at a UTC time somewhere and no other day stands there."""
    days = {day for day, updated in _days_near(heading, _NEAR // 2) if not updated}
    if len(days) != 1:
        return moment
    day = days.pop()
    where = _WEST_OF_UTC if day < moment.date() else _EAST_OF_UTC
    return day if day != moment.date() and day in {(moment + offset).date() for offset in where} else moment


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
