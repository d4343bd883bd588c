"""Scores the ways found in situations whose answers were written down first; see benchmarks/situations/README.md."""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import update

from app import clock
from app.domain.travel import gazetteer, routes
from app.extensions import db
from app.models.travel.places import Crossing
from app.queries.travel import network, splits
from app.queries.travel.ways import RouteConstraints, find_for
from benchmarks import Case, ground
from benchmarks.travel_cases import declaring, expectations
from benchmarks.travel_cases.expectations import Score, Verdict

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "benchmarks" / "situations"
HALVES = ("tuning", "held_out")
ROUTES = Path(os.environ.get("ENCUENTRO_SHARED", ROOT.parent / "shared")) / "data" / "air-routes"
"""Observed routes, which are not part of the project."""
AS_OF = date(2026, 8, 19)
"""The date of the observed routes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A situation, the ways found, described in a line each, their score, and the seconds it took."""

    situation: dict[str, Any]
    ways: tuple[str, ...]
    score: Score
    seconds: float


@cache
def read(half: str) -> tuple[dict[str, Any], ...]:
    """Return the situations of one half."""
    return tuple(json.loads((FOLDER / f"{half}.json").read_text(encoding="utf-8")))


def load() -> None:
    """Fill the database with the world: its places, the observed routes, and all crossings verified."""
    gazetteer.load()
    routes.read_routes(ROUTES / "routes.csv.gz", ROUTES / "airlines.csv.gz", AS_OF)
    db.session.execute(update(Crossing).values(verified_at=ground.NOW))
    db.session.commit()


def answers(situations: Sequence[dict[str, Any]]) -> Iterator[Answer]:
    """Ask for the ways in each situation as its page does, and score them. Leaves nothing in the database."""
    network.world()
    for situation in situations:
        try:
            yield _answer(situation)
        finally:
            db.session.rollback()


def _answer(situation: dict[str, Any]) -> Answer:
    at = declaring.departure(situation)
    with clock.travel(at):
        try:
            congress = declaring.congress(situation)
            party = declaring.delegation(congress, situation)
            declaring.declare(congress, situation)
        except declaring.UnknownNameError as error:
            return Answer(situation, (), Score(Verdict.MISSING, f"{type(error).__name__}: {error}"), 0.0)
        constraints = RouteConstraints(starts_at=at, avoid_countries=frozenset(situation["avoid"]))
        started = time.perf_counter()
        ways = find_for(congress, [party], constraints)[party.id]
        parts = splits.of(congress, party, constraints, ways)
        seconds = time.perf_counter() - started
    shown = [*ways, *(way for part in parts for way in part.ways)]
    lines = tuple(expectations.described(way) for way in shown)
    return Answer(situation, lines, expectations.of_party(situation["expects"], ways, parts), seconds)


def summary(found: Sequence[Answer]) -> dict[Verdict, int]:
    """Return how many answers have each verdict."""
    counted = Counter(one.score.verdict for one in found)
    return {verdict: counted[verdict] for verdict in Verdict}


def share(found: Sequence[Answer], verdict: Verdict) -> float:
    """Return the percentage of answers with a verdict."""
    return 100.0 * summary(found)[verdict] / len(found)


def cases(quick: bool) -> list[Case]:
    """Score both halves in a database that `load` has filled; with `quick`, only a few situations."""
    halves = {half: list(answers(read(half)[: 5 if quick else None])) for half in HALVES}
    everything = [one for found in halves.values() for one in found]
    return [
        *(case for half, found in halves.items() for case in _cases(half.replace("_", " "), found)),
        Case("ways in a situation, slowest", max(one.seconds for one in everything), 1.0, "s"),
    ]


def _cases(half: str, found: Sequence[Answer]) -> list[Case]:
    counted = ", ".join(f"{count} {verdict}" for verdict, count in summary(found).items())
    return [
        Case(f"situations, {half}, right ({counted})", share(found, Verdict.RIGHT), 90.0, "%", at_least=True),
        Case(f"situations, {half}, a wrong way first", share(found, Verdict.WRONG), 2.0, "%"),
    ]
