"""Travel: alternative routes compared with Yen's k shortest paths, impact compared with plain SQL, the problem page, and memory."""

import itertools
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
import numpy as np
from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from app import clock
from app.domain.accounts import accounts, removals, sessions
from app.extensions import db
from app.models import removing
from app.models.accounts.accounts import Role
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.scoping import EVERYTHING, enter_scope
from app.models.travel.places import Place
from app.models.travel.problems import EntityKind, InformedEntity
from app.queries.congress import delegations
from app.queries.travel import hits, network
from app.routing.closures import Closure, Period
from app.routing.network import Network
from app.routing.search import Alternative, find
from app.routing.trees import open_edges, weights
from app.routing.wishes import Preference, Wish
from benchmarks import Case, ground, statements

PATHS = 200
"""The number of Yen's paths that are examined for one delegation."""
ROOT = Path(__file__).resolve().parent.parent
LONGEST = 15.0
"""The time limit in seconds for Yen's algorithm for one delegation; after it, the algorithm counts as finished."""
_PLAIN = {"unscoped": "compared with plain SQL"}


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the figures are meaningless."""
    with ground.house() as app:
        return [*_ways(quick), *_hits(app, quick), _memory()]


def _ways(quick: bool) -> list[Case]:
    hubs = ground.world(*((400, 4_000) if quick else (3_600, 45_000)))
    congress = ground.congress()
    db.session.commit()
    origins = _origins(hubs, 20 if quick else 150)
    net, goal = network.of_congress(congress, [place.id for place in origins])
    if goal is None:
        raise RuntimeError("Caracas is not in the gazetteer")
    closed = [Closure("country_airspace", (Period(ground.NOW - timedelta(days=1)),), country="VE")]
    wishes = [Wish(place.id, ground.NOW, preference=Preference.FASTEST) for place in origins]
    seconds, found = _timed(lambda: find(net, goal.id, wishes, closed), 1 if quick else 3)
    whole, _ = _timed(lambda: _from_tables(congress, wishes, closed), 1 if quick else 3)
    sample = list(zip(wishes, found, strict=True))[:: max(1, len(wishes) // (1 if quick else 4))][: 1 if quick else 4]
    yen = sum(_yen(net, goal.id, wish, closed, len(ways)) for wish, ways in sample) / len(sample)
    return [
        Case("alternative routes for all delegations after one closure", whole, 1.0, "s"),
        Case(
            "the same, speed compared with Yen's k shortest paths",
            yen * len(wishes) / seconds,
            50.0,
            "times",
            at_least=True,
        ),
        Case("corridors, for the delegation with the fewest", _corridors(found), 3.0, "routes", at_least=True),
        _through_closed(net, goal.id, wishes, 20 if quick else 200),
    ]


def _origins(hubs: Sequence[Place], count: int) -> list[Place]:
    """Return where the delegations start: the hubs abroad in turn, repeatedly."""
    abroad = [hub for hub in hubs if hub.country != "VE"]
    return list(itertools.islice(itertools.cycle(abroad[:75]), count))


def _from_tables(congress: Congress, wishes: Sequence[Wish], closed: Sequence[Closure]) -> None:
    """Search for all routes as a page does, with the congress's additions to the world's network."""
    net, goal = network.of_congress(congress, [wish.origin_id for wish in wishes])
    find(net, goal.id if goal else 0, wishes, closed)


def _timed(act: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Return the median seconds of several runs, and the result of the last one."""
    seconds, answer = [], None
    for _ in range(times):
        started = time.perf_counter()
        answer = act()
        seconds.append(time.perf_counter() - started)
    return median(seconds), answer


def _yen(net: Network, goal_id: int, wish: Wish, closed: Sequence[Closure], wanted: int) -> float:
    """Return the seconds until Yen's algorithm has found as many corridors, or has examined enough paths."""
    goal = net.index[goal_id]
    weight = weights(net, Preference.FASTEST)
    graph = nx.DiGraph()
    for edge in np.flatnonzero(open_edges(net, goal, wish, closed)):
        tail, head, heavy = int(net.tail[edge]), int(net.head[edge]), float(weight[edge])
        if not graph.has_edge(tail, head) or graph[tail][head]["weight"] > heavy:
            graph.add_edge(tail, head, weight=heavy)
    entries: set[tuple[int, int]] = set()
    started = time.perf_counter()
    for path in itertools.islice(nx.shortest_simple_paths(graph, net.index[wish.origin_id], goal, "weight"), PATHS):
        over = [pair for pair in itertools.pairwise(path) if net.country[pair[0]] != net.country[pair[1]]]
        entries.add(over[-1])
        if len(entries) >= wanted or time.perf_counter() - started > LONGEST:
            break
    return time.perf_counter() - started


def _corridors(found: Sequence[Sequence[Alternative]]) -> float:
    """Return the smallest number of corridors of any delegation."""
    return float(min(len({way.corridor for way in ways}) for ways in found))


def _through_closed(net: Network, goal_id: int, wishes: Sequence[Wish], count: int) -> Case:
    """Count proposed steps that use something while it is closed, in many random closures; only the ends are checked."""
    chance = random.Random(3)  # noqa: S311 -- made-up closures, the same each time
    wrong = 0
    for _ in range(count):
        code = chance.choice(["VE", "CO", "BR", "PA", "US", "MX", "ES", "GY", "PE", "TR"])
        kind = chance.choice(["country_airspace", "country", "border"])
        starts = ground.NOW + timedelta(hours=chance.randint(-48, 48))
        ends = chance.choice([None, starts + timedelta(hours=chance.randint(6, 200))])
        closure = Closure(kind, (Period(starts, ends),), country=code)
        asked = chance.sample(list(wishes), 3)
        for ways in find(net, goal_id, asked, [closure]):
            wrong += sum(_is_closed(net, step, kind, code, (starts, ends)) for way in ways for step in way.steps)
    return Case(f"steps through a closure, in {count} random closures", float(wrong), 0.0, "steps")


def _is_closed(net: Network, step: Any, kind: str, code: str, period: tuple[Any, Any]) -> bool:
    starts, ends = period
    if step.arrives_at <= starts or (ends is not None and step.departs_at >= ends):
        return False
    here, there = (net.nodes[node].country for node in (net.tail[step.edge], net.head[step.edge]))
    by_air = net.way[step.edge] == 0
    if kind == "border":
        return here != there and code in (here, there) and net.way[step.edge] in (1, 2, 4, 5)
    return code in (here, there) and (by_air or kind == "country")


def _hits(app: Flask, quick: bool) -> list[Case]:
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


def _alone(congress_id: int, times: int) -> Case:
    """Measure finding the legs that one problem of each kind affects, compared with plain SQL, in total."""
    plain = ours = 0.0
    for problem_id in range(1, 7):
        kind = db.session.scalars(select(InformedEntity.kind).where(InformedEntity.problem_id == problem_id)).one()
        bare = text(statements.hits(kind.value)).execution_options(**_PLAIN)
        named = {"congress": congress_id, "problem": problem_id}
        seconds, rows = _timed(lambda bare=bare, named=named: db.session.execute(bare, named).all(), times)
        plain += seconds
        seconds, found = _timed(lambda problem_id=problem_id: hits.leg_ids(congress_id, problem_id), times)
        ours += seconds
        _same({(problem_id, leg_id) for leg_id in found}, rows)
    return Case("legs affected by one new problem of each kind, compared with plain SQL", ours / plain, 3.0, "times")


def _all(congress_id: int, times: int) -> Case:
    """Measure the complete impact of all problems, with delegations and travelers, compared with one statement."""
    bare = text(statements.hits()).execution_options(**_PLAIN)
    plain, rows = _timed(lambda: db.session.execute(bare, {"congress": congress_id}).all(), times)
    ours, (_, impacts) = _timed(lambda: hits.survey(congress_id), times)
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
        hidden.append(_timed(look, 1)[0])
        event.remove(Session, "do_orm_execute", removing.hide)
        bare.append(_timed(look, 1)[0])
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
        empty, *full = (_timed(lambda path=path: _get(client, path), times + 2)[0] for path in paths)
    db.session.remove()  # the requests have made it read-only
    enter_scope(EVERYTHING)
    called = ("a closed airspace", "a closed country")
    return [
        Case(f"the page of {name}, minus an empty page", (seconds - empty) * 1000, 50.0, "ms")
        for name, seconds in zip(called, full, strict=True)
    ]


def _get(client: Any, path: str) -> None:
    answer = client.get(path, follow_redirects=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")


_GROWTH = """
import resource
from app import create_app
from app.config import Config
from app.models.scoping import EVERYTHING, enter_scope
from app.extensions import db
from app.queries.travel import network, places
from sqlalchemy import select, text
from pathlib import Path
app = create_app(Config(var_dir=Path({folder!r}), database_url={url!r}, broker_url="filesystem://localhost",
                        base_url="http://encuentro.test", secret_key="for benchmarks only"))
with app.app_context():
    enter_scope(EVERYTHING)
    network.edition()
    before = int(Path("/proc/self/statm").read_text().split()[1])
    net = network.world()
    db.session.remove()
    print((int(Path("/proc/self/statm").read_text().split()[1]) - before) * resource.getpagesize() / 2**20)
"""


def _memory() -> Case:
    """Measure the memory growth of a new process when it loads the world's network."""
    db.session.rollback()  # SQLite lets one write at a time
    url = str(db.engine.url)
    script = _GROWTH.format(url=url, folder=str(Path(url.removeprefix("sqlite:///")).parent))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603 -- our own script
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Case("memory of the world's network", float(done.stdout.split()[-1]), 150.0, "MB")
