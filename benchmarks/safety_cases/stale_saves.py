"""Two browsers that save the same record at the same moment: of what was acknowledged, nothing is lost in silence."""

import html
import sqlite3
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import httpx

from benchmarks import Case
from benchmarks.safety_cases.visitors import House, Visitor, house

_PATH = "/people/1/edit"
_FIELDS = ("given_name", "locality")


def cases(quick: bool) -> list[Case]:
    """Measure how many of the saves are lost."""
    rounds = 3 if quick else 50
    with house("web") as place:
        visitors = [Visitor(place.port) for _ in range(2)]
        for visitor, email in zip(visitors, ("admin@example.org", "bob@example.org"), strict=True):
            visitor.sign_in(email)
        new = visitors[0].sheet("/people/new", given_name="Ana")
        visitors[0].send("/people/new", new)
        lost = sum(_lost(place, visitors, number) for number in range(rounds))
    return [Case(f"2 browsers × {rounds} saves of the same record: lost in silence", lost, 0, "saves")]


def _lost(place: House, visitors: list[Visitor], number: int) -> int:
    """Let both open the form, then both save it, in even rounds the same field; return how many saves are lost."""
    fields = [_FIELDS[0], _FIELDS[number % 2]]
    typed = [f"{visitor} {number}" for visitor in ("Alicia", "Roberto")]
    sheets = [visitor.sheet(_PATH, **{name: text}) for visitor, name, text in zip(visitors, fields, typed, strict=True)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one[0].send(_PATH, one[1]), zip(visitors, sheets, strict=True)))
    stored = _stored(place)
    return sum(
        not _is_kept(answer, stored, name, text) for answer, name, text in zip(answers, fields, typed, strict=True)
    )


def _is_kept(answer: httpx.Response, stored: Mapping[str, Any], name: str, text: str) -> bool:
    """Whether what was typed is stored, or given back beside the version of the other one."""
    if answer.status_code == httpx.codes.FOUND:
        return bool(stored[name] == text)
    page = html.unescape(answer.text)
    return text in page and stored[name] in page


def _stored(place: House) -> dict[str, Any]:
    with closing(sqlite3.connect(place.database)) as connection:
        row = connection.execute(f"SELECT {', '.join(_FIELDS)} FROM people WHERE id = 1").fetchone()  # noqa: S608
    return dict(zip(_FIELDS, row, strict=True))
