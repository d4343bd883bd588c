"""Impact of problems compared with plain SQL, and the page of a problem."""

import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from app import clock
from app.domain.accounts import accounts, removals, sessions
from app.domain.travel import gazetteer
from app.extensions import db
from app.models import removing
from app.models.accounts.accounts import Role
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.scoping import EVERYTHING, enter_scope
from app.models.travel.problems import EntityKind, InformedEntity
from app.queries.congress import delegations
from app.queries.travel import hits
from benchmarks import Case, databases, ground, statements
from benchmarks.travel_cases.timing import timed

_PLAIN = {"unscoped": "compared with plain SQL"}


def cases(app: Flask, quick: bool) -> list[Case]:
    """Measure the impact of problems; with `quick`, on so little data that the figures are meaningless."""
    congress = db.session.scalars(select(Congress)).one()
    ground.legs(congress.id, *((100, 5) if quick else (2_000, 10)))
    ground.problems(congress.id, 30 if quick else 500)
    times = 3 if quick else 7
    return [
        _alone(congress.id, times),
        _all(congress.id, times),
        *_wall(congress.id, times),
        *_pages(app, congress.id, times),
        *_wall_with_one_removed(congress.id, times),
    ]


def page_cases(app: Flask, quick: bool) -> list[Case]:
    """Measure the page of a problem alone, on the database of the application."""
    gazetteer.load()
    congress = ground.congress()
    ground.legs(congress.id, *((100, 5) if quick else (2_000, 10)))
    ground.problems(congress.id, 30 if quick else 500)
    databases.gather_statistics()
    return _pages(app, congress.id, 3 if quick else 7)


def _alone(congress_id: int, times: int) -> Case:
    """Measure finding the legs that one problem of each kind affects, compared with plain SQL, in total."""
    plain = ours = 0.0
    for problem_id in range(1, 7):
        kind = db.session.scalars(select(InformedEntity.kind).where(InformedEntity.problem_id == problem_id)).one()
        bare = text(statements.hits(kind.value)).execution_options(**_PLAIN)
        named = {"congress": congress_id, "problem": problem_id}
        seconds, rows = timed(lambda bare=bare, named=named: db.session.execute(bare, named).all(), times)
        plain += seconds
        seconds, found = timed(lambda problem_id=problem_id: hits.leg_ids(congress_id, problem_id), times)
        ours += seconds
        _same({(problem_id, leg_id) for leg_id in found}, rows)
    return Case("legs affected by one new problem of each kind, compared with plain SQL", ours / plain, 3.0, "times")


def _all(congress_id: int, times: int) -> Case:
    """Measure the complete impact of all problems, with delegations and travelers, compared with one statement."""
    bare = text(statements.hits()).execution_options(**_PLAIN)
    plain, rows = timed(lambda: db.session.execute(bare, {"congress": congress_id}).all(), times)
    ours, (_, impacts) = timed(lambda: hits.survey(congress_id), times)
    _same({(hit.problem_id, hit.leg_id) for impact in impacts.values() for hit in impact.hits}, rows)
    return Case(f"impact of all problems ({len(rows)} hits), compared with one statement", ours / plain, 1.5, "times")


def _wall(congress_id: int, times: int, removed: str = "nothing") -> list[Case]:
    """Measure two lists with the condition that hides removed delegations, against the same lists without it."""

    def board() -> None:
        delegations.board(congress_id, hits.impact(congress_id))

    looks = {"all hits": lambda: hits.survey(congress_id), "the list of delegations": board}
    return [
        Case(
            f"{name}, with what hides removed rows, against without ({removed} removed)",
            _ratio(look, times),
            1.15,
            "times",
        )
        for name, look in looks.items()
    ]


def _wall_with_one_removed(congress_id: int, times: int) -> list[Case]:
    """Measure the same after one delegation has been removed: then every statement has the condition."""
    removals.remove(db.session.scalars(select(Delegation).limit(1)).one(), by=None)
    db.session.commit()
    return _wall(congress_id, times, "one delegation")


def _ratio(look: Callable[[], Any], times: int) -> float:
    """Return how much longer it takes with the condition: both in turn, so that both meet the same machine."""
    hidden, bare = [], []
    for _ in range(times):
        hidden.append(timed(look, 1)[0])
        event.remove(Session, "do_orm_execute", removing.hide)
        bare.append(timed(look, 1)[0])
        event.listen(Session, "do_orm_execute", removing.hide)
    return median(hidden[1:] or hidden) / median(bare[1:] or bare)


def _same(ours: set[tuple[int, int]], rows: Sequence[Any]) -> None:
    theirs = {(problem_id, leg_id) for problem_id, leg_id in rows}
    if ours != theirs:
        raise RuntimeError(f"{len(ours - theirs)} hits are only ours, {len(theirs - ours)} only the statement's")


def _pages(app: Flask, congress_id: int, times: int) -> list[Case]:
    """Measure the pages of a closed airspace and of a closed country, minus the time of an empty page."""
    kinds = (EntityKind.COUNTRY_AIRSPACE, EntityKind.COUNTRY)
    listed = select(InformedEntity.kind, InformedEntity.problem_id).where(InformedEntity.kind.in_(kinds))
    first = dict(reversed(db.session.execute(listed.order_by(InformedEntity.id)).all()))
    user = accounts.create_user(
        email="bench@example.org", name="Bench", locale="en", timezone="UTC", password=None, invited=False
    )
    accounts.grant(user, Role.ADMIN, by=None)
    _session, key = sessions.begin(user, "")
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session.update({"_user_id": key, "_fresh": True, "locale": "en"})
    paths = ["/congresses", *(f"/congresses/{congress_id}/problems/{first[kind]}" for kind in kinds)]
    with clock.travel(ground.NOW):
        empty, *full = (_processor(client, path, times + 2) for path in paths)
    db.session.remove()  # the requests have made it read-only
    enter_scope(EVERYTHING)
    called = [f"{what} on {db.engine.dialect.name}" for what in ("a closed airspace", "a closed country")]
    return [
        Case(f"the page of {name}, minus an empty page", (seconds - empty) * 1000, 50.0, "ms")
        for name, seconds in zip(called, full, strict=True)
    ]


def _processor(client: Any, path: str, times: int) -> float:
    """Return the median seconds of processor that a page takes, here and in the server of the database."""
    _get(client, path)  # the first time, statements and templates are compiled
    with db.engine.connect() as one:
        before = databases.server_nanoseconds(one)
    spent, started = [], time.process_time()
    for _ in range(times):
        _get(client, path)
        spent.append(time.process_time() - started)
        started = time.process_time()
    with db.engine.connect() as one:
        server = (databases.server_nanoseconds(one) - before) / 1e9
    return median(spent) + server / times


def _get(client: Any, path: str) -> None:
    answer = client.get(path, follow_redirects=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
