"""Titles, bylines and days of generated pages in two halves, compared with plain trafilatura.

Nothing that one half is made of is in the other: kinds of bylines (bylines.json), systems, ways to put a headline and ways to state the
day are divided by the SHA-256 of their names, as layouts are. Rules are tuned on one half; of the other, only the figures are looked at.
"""

import json
import random
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import trafilatura

from app.reading.articles import from_page
from benchmarks import Case
from benchmarks.bodies import HALVES
from benchmarks.layouts import is_held_out
from benchmarks.layouts.credits import SYSTEMS, Head, page
from benchmarks.layouts.days import DAYS, written
from benchmarks.layouts.other_languages import TOLD
from benchmarks.layouts.stories import LANGUAGES, story
from benchmarks.layouts.titles import TITLES, titled

BYLINES = Path(__file__).parent / "bylines.json"
SITES = {
    "es": ("El Muelle", "Puente Noticias", "La Voz Obrera"), "en": ("The Harbor", "Night Shift News", "Valmar Observer"),
    "pt": ("O Cais", "Ponte Aberta", "Porto Livre"), "fr": ("Le Quai", "La Passerelle", "Port Libre"),
}  # fmt: skip
PAGES = 240
"""Pages in each half."""
_FIRST, _DAYS = date(2024, 1, 2), 900


@dataclass(frozen=True, slots=True)
class Made:
    """A page and what has to be read from it."""

    name: str
    html: str
    url: str
    headline: str
    authors: list[str]
    day: date


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from a page."""

    headline: str
    authors: list[str]
    day: date | None


def cases(quick: bool) -> list[Case]:
    """Read the pages of both halves."""
    return [
        case for held_out, half in HALVES.items() for case in _half(list(pages(held_out))[:: 8 if quick else 1], half)
    ]


def _half(made: list[Made], half: str) -> list[Case]:
    ours, plain = [read(one) for one in made], [read_plainly(one) for one in made]
    measures: list[tuple[str, Callable[[Made, Read], bool], float, bool]] = [
        ("titles exact", has_title, 85.0, True),
        ("bylines exact", has_authors, 90.0, True),
        ("bylines with a wrong name", has_wrong_author, 2.0, False),
        ("days exact", has_day, 98.0, True),
    ]
    return [
        Case(
            f"{name}, {len(made)} own pages {half} (plain trafilatura {_share(made, plain, holds):.1f})",
            _share(made, ours, holds),
            target,
            "%",
            at_least=at_least,
        )
        for name, holds, target, at_least in measures
    ]


def _share(made: list[Made], found: list[Read], holds: Callable[[Made, Read], bool]) -> float:
    return 100 * statistics.mean(holds(one, its) for one, its in zip(made, found, strict=True))


def has_title(made: Made, found: Read) -> bool:
    """Return whether the title is exact, except for capitals and spaces."""
    return _bare(found.headline) == _bare(made.headline)


def has_authors(made: Made, found: Read) -> bool:
    """Return whether exactly the authors were found."""
    return sorted(map(_bare, found.authors)) == sorted(map(_bare, made.authors))


def has_wrong_author(made: Made, found: Read) -> bool:
    """Return whether somebody or something was found that is not an author."""
    return bool({_bare(name) for name in found.authors} - {_bare(name) for name in made.authors})


def has_day(made: Made, found: Read) -> bool:
    """Return whether the day is exact."""
    return found.day == made.day


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


def read(made: Made) -> Read:
    """Read a page as the application does."""
    reading = from_page(made.html.encode(), made.url)
    if reading is None:
        return Read("", [], None)
    return Read(
        reading["headline"],
        (reading["authors"] or "").split(", ") if reading["authors"] else [],
        reading["date_published"],
    )


def read_plainly(made: Made) -> Read:
    """Read a page with trafilatura alone."""
    found = trafilatura.extract_metadata(made.html, default_url=made.url)
    day = date.fromisoformat(found.date) if found.date else None
    return Read(found.title or "", (found.author or "").split("; ") if found.author else [], day)


def pages(held_out: bool) -> Iterator[Made]:
    """Generate the pages of one half."""
    kinds = json.loads(BYLINES.read_text(encoding="utf-8"))
    forms = [(kind, form) for kind, every in kinds.items() if is_held_out(kind) == held_out for form in every]
    systems, titles, days = (
        [name for name in every if is_held_out(name) == held_out] for every in (SYSTEMS, TITLES, DAYS)
    )
    for number in range(PAGES):
        kind, form = forms[number % len(forms)]
        chance = random.Random(f"{held_out} {number}")  # noqa: S311  not for secrets
        dated, style = days[number % len(days)], titles[number % len(titles)]
        day = _FIRST + timedelta(days=chance.randrange(_DAYS))
        head = _head(form, day, dated, style, chance)
        usual = systems[number % len(systems) :] + systems[: number % len(systems)]
        system = next(name for name in usual if _states(page(head, name), form, head))
        site = "".join(letter for letter in head.site.lower() if letter.isalpha() and letter.isascii())
        url = f"https://www.{site}.example{head.dated.path}/nota-{number}"
        yield Made(
            f"{kind} / {system} / {style} / {dated}",
            page(head, system),
            url,
            head.titled.headline,
            form["authors"],
            day,
        )


def _head(form: dict[str, Any], day: date, dated: str, style: str, chance: random.Random) -> Head:
    language = form["language"]
    headlines, paragraphs = _told(language, chance)
    site = form.get("site") or chance.choice(SITES.get(language, SITES["en"]))
    persons = [{"@type": "Person", "name": name} for name in form["authors"]]
    return Head(
        language=language,
        site=site,
        titled=titled(style, headlines[0], headlines[1], site),
        dated=DAYS[dated](day, language),
        shown=form["shown"].replace("{day}", written(day, language)),
        authors=form["authors"],
        linked=form.get("linked", persons or None),
        meta=form.get("meta", ", ".join(form["authors"]) or None),
        paragraphs=paragraphs,
        teasers=headlines[2:],
    )


def _told(language: str, chance: random.Random) -> tuple[list[str], tuple[str, ...]]:
    """Return six headlines and the paragraphs that belong to the first."""
    if language in TOLD:
        headlines, paragraphs = TOLD[language]
        return [*chance.sample(headlines, 2), *headlines * 2], paragraphs
    seed = chance.randrange(10_000)
    told = next(one for step in range(len(LANGUAGES)) if (one := story("head", seed + step)).language == language)
    return [told.headline, *(told.title() for _ in range(5))], told.paragraphs


def _states(html: str, form: dict[str, Any], head: Head) -> bool:
    """Return whether a system's page says who the authors are."""
    if form.get("only_linked"):
        return '"givenName"' in html
    return all(name.split()[-1].casefold() in html.casefold() for name in head.authors)
