"""The list of people: its first page, and the one that is 10,000 pages further on."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.models.people.people import Person
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.keyset import COUNTED, page_at
from app.queries.paging import PAGE
from app.queries.people import people
from app.queries.people.filters import PersonFilter
from app.queries.people.sorting import COUNTRY, NAME, RECORDED, TOWN, order_of
from benchmarks import Case
from benchmarks.crowd import Crowd
from benchmarks.people_cases.search import OWN, organizer
from benchmarks.timing import milliseconds

_FAR = 10_000
_TIMES = 31


def cases(crowd: Crowd, quick: bool) -> list[Case]:
    """Measure pages in turn, so that those that are compared are measured under the same conditions."""
    far = min(_FAR, crowd.size // PAGE // 2)
    times = 3 if quick else _TIMES
    found = []
    for name in (NAME, f"-{NAME}", COUNTRY, TOWN, RECORDED):
        first, other = _medians([_page(name), _page(name, _position(name, far))], times)
        of = f"of {crowd.size:,} people sorted by {name}"
        found.append(Case(f"page {far:,} {of}, compared with page 1 ({first:.1f} ms)", other / first, 1.3, "times"))
    spanish, english = _medians([_page(NAME, language=language) for language in ("es", "en")], times)
    found.append(Case("page 1 in English, compared with Spanish", english / spanish, 1.3, "times"))
    enter_scope(organizer()[0])
    [own] = _medians([_page(NAME)], times)
    enter_scope(EVERYTHING)
    return [*found, Case(f"page 1 by an organizer who sees {OWN} of them, median", own, 60.0, "ms")]


def _page(sorting: str, at: str = "", language: str = "es") -> Callable[[], Any]:
    def opened() -> Any:
        db.session.expunge_all()
        return people.find(PersonFilter(), sorting, at, language=language)

    return opened


def _position(sorting: str, far: int) -> str:
    """Return the position behind so many pages."""
    order = order_of(Person, sorting, language="es", count=COUNTED + 1)
    return page_at(select(Person.id), order, "", COUNTED + 1, size=(far - 1) * PAGE).next or ""


def _medians(acts: Sequence[Callable[[], Any]], times: int) -> list[float]:
    """Return the median milliseconds of acts that are done in turn."""
    rounds = [[milliseconds(act) for act in acts] for _ in range(times + 1)][1:]  # the first one compiles
    return [median(found) for found in zip(*rounds, strict=True)]
