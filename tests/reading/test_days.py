"""The publication date in the publisher's time zone, if the page gives the time in UTC."""

from datetime import date

import pytest

from app.reading.pages import read_page

BARE = "https://elmuelle.example.org/huelga"
TEXT = "Los estibadores del puerto de Valmar abandonaron el trabajo el lunes después de que la operadora se negara a pagar. "


def day_of(head: str = "", top: str = "", url: str = BARE) -> date | None:
    text = "".join(f"<p>{TEXT}</p>" for _ in range(4))
    html = f"<html><head>{head}</head><body><article><h1>Huelga en el puerto</h1>{top}{text}</article></body></html>"
    return read_page(html, url).day


def published(moment: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{moment}"}}</script>'


def modified(moment: str) -> str:
    return f"<meta property=article:modified_time content={moment}>"


EVENING = published("2026-05-04T01:30:00Z")
MORNING = published("2026-05-03T22:30:00+00:00")


@pytest.mark.parametrize(
    ("head", "top", "url", "day"),
    [
        (EVENING, "<time datetime=2026-05-03T21:30:00-04:00>3 de mayo</time>", BARE, date(2026, 5, 3)),
        (EVENING + "<meta name=date content=2026-05-03T21:30:00-04:00>", "", BARE, date(2026, 5, 3)),
        (EVENING + modified("2026-05-03T23:10:00-04:00"), "", BARE, date(2026, 5, 3)),
        (MORNING, "<time datetime=2026-05-04T06:30:00+08:00>4 May</time>", BARE, date(2026, 5, 4)),
        (EVENING, "", "https://elmuelle.example.org/2026/05/03/huelga", date(2026, 5, 3)),
        (EVENING, "", "https://elmuelle.example.org/2026-05-03/huelga", date(2026, 5, 3)),
        (EVENING, "", "https://elmuelle.example.org/2026/may/03/huelga", date(2026, 5, 3)),
        (EVENING, "", "https://elmuelle.example.org/20260503/huelga", date(2026, 5, 3)),
        (MORNING, "", "https://elmuelle.example.org/2026/05/04/huelga", date(2026, 5, 4)),
        (EVENING + "<meta name=date content=2026-05-03>", "", BARE, date(2026, 5, 3)),
        (EVENING + "<meta name=date content='2026-05-03 21:30:00'>", "", BARE, date(2026, 5, 3)),
    ],
)
def test_a_utc_time_is_dated_by_the_day_in_the_page_or_its_address(head, top, url, day):
    assert day_of(head, top, url) == day


@pytest.mark.parametrize(
    ("head", "top", "url", "day"),
    [
        # drafted on the third, published on the fourth: at 15:00 UTC it was the third nowhere
        (published("2026-05-04T15:00:00Z"), "", "https://elmuelle.example.org/2026/05/03/huelga", date(2026, 5, 4)),
        (published("2026-05-04T03:00:00Z"), "", "https://elmuelle.example.org/2026/05/05/huelga", date(2026, 5, 4)),
        (EVENING, "", "https://elmuelle.example.org/2025/01/01/huelga", date(2026, 5, 4)),
        # a local time with an offset takes precedence over the address
        (published("2026-05-04T01:30:00-04:00"), "", "https://elmuelle.example.org/2026/05/03/huelga", date(2026, 5, 4)),
        # modified the next morning: the offset counts, not the date
        (published("2026-05-04T15:00:00Z") + modified("2026-05-05T08:00:00-04:00"), "", BARE, date(2026, 5, 4)),
        # modified a month later, perhaps in another place
        (EVENING + modified("2026-06-04T01:30:00-04:00"), "", BARE, date(2026, 5, 4)),
        # local time marked as UTC: both show the same hour
        (published("2026-05-04T00:30:00Z"), "<time datetime=2026-05-04T00:30:00-04:00>4 de mayo</time>", BARE, date(2026, 5, 4)),
        # the date of another article
        (EVENING, "<time datetime=2026-04-20>20 de abril</time>", BARE, date(2026, 5, 4)),
        (EVENING, "", "https://elmuelle.example.org/2026/13/45/huelga", date(2026, 5, 4)),
        (EVENING, "", BARE, date(2026, 5, 4)),
    ],
)  # fmt: skip
def test_a_utc_time_is_unchanged_if_nothing_shows_another_local_day(head, top, url, day):
    assert day_of(head, top, url) == day


@pytest.mark.parametrize(
    "shown",
    ["<p>Domingo, 3 de mayo de 2026</p>", "<div>Publicado el 3 de mayo de 2026</div>", "<span>May 3, 2026</span>"],
)
def test_a_date_in_the_visible_text_only_is_found(shown):
    assert day_of(top=shown) == date(2026, 5, 3)
