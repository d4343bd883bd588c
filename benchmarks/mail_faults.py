"""`encuentro bench mail_faults`: a digest through a mail server that fails, while processes are killed at random.

What is lost, what is repeated, and who gets something in spite of having left the list is counted where the emails
arrive. `docs/reliability.md` has a table of it.
"""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from app import create_app
from app.config import Config
from app.extensions import db
from app.migrating import upgrade
from app.sealing import new_key
from benchmarks import Case, databases
from benchmarks.mail_faults_cases import digest
from benchmarks.mail_faults_cases.place import REDIS, Place, environment, on_servers
from benchmarks.mail_faults_cases.proxy import Fault, Proxy
from benchmarks.mail_faults_cases.trial import Counted, Lengths, Trial

SHARE = 0.09
"""Of the emails, and of the connections, that get a fault."""
_REFUSED = {"sqlite": 60, "postgresql": 20}
"""Seconds without connections."""
_PATIENCE = 900
"""Seconds for the kills at most; on a busy machine with 2 cores they take ten minutes."""
_LEASE = {"DELIVERY_LEASE_SECONDS": "5"}
"""So that what a killed worker had claimed is taken over soon."""


def run(quick: bool) -> list[Case]:
    """Send a digest to 20,000 members with 100 kills on each database; with `quick`, to 300 with 3."""
    members, kills = (300, 3) if quick else (20_000, 100)
    return [case for kind in databases.kinds() for case in _cases(kind, members, kills, quick)]


def _cases(kind: str, members: int, kills: int, quick: bool) -> list[Case]:
    lengths = Lengths(2, 2, 60) if quick else Lengths(60, 5, _PATIENCE)
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    with ExitStack() as last:
        last.callback(shutil.rmtree, folder, ignore_errors=True)
        proxy = last.enter_context(Proxy(SHARE, seconds_refused=2 if quick else _REFUSED[kind]))
        folder.chmod(0o755)  # for the user of PostgreSQL
        key, mail = new_key(), {"MAIL_URL": proxy.url}
        if kind == "sqlite":
            place = Place(folder, environment(folder, key, **mail, **_LEASE))
        else:
            place = on_servers(folder, key, **mail, **_LEASE)
            last.callback(place.server.cleanup)
        last.callback(place.end)
        if place.redis_port:
            place.start(REDIS)
        app = create_app(Config.from_env(place.env))
        with digest.opened(app):
            upgrade()
        counted = Trial(place, app, proxy, members=members, kills=kills, lengths=lengths).run()
        with app.app_context():
            db.engine.dispose()
    return table(f"{kind}, {members} members", proxy, counted)


def table(name: str, proxy: Proxy, counted: Counted) -> list[Case]:
    """Return what was injected and what was counted."""
    zeros = {
        "emails lost": counted.lost,
        "emails neither sent nor withdrawn at the end": counted.unfinished,
        "recorded as sent without a 250": counted.without_answer,
        "repeats beyond what was on its way or not recorded at a kill": counted.beyond,
        "recipients of two Message-IDs": counted.other_ids,
        f"emails to {counted.withdrawn} members who had left the list": counted.reached,
    }
    told = {
        **{f"injected: {fault.value}": proxy.injected[fault] for fault in Fault},
        **{f"killed: {process}": times for process, times in sorted(counted.kills.items())},
        "database locked": counted.locked,
        "disk full": counted.full,
        "clock set by an hour": counted.clock_set,
        **{f"ended by itself: {process}": times for process, times in sorted(counted.ended.items())},
        "repeats in all, each with the same Message-ID": counted.repeated,
        "repeats of emails whose 250 a fault had kept back": counted.repeated_unheard,
        "most repeats after one kill": counted.most_after_one,
        "times it paused itself because too many failed": counted.paused,
        "seconds": round(counted.seconds),
    }
    return [
        *(Case(f"{name}: {what}", count, 0, "") for what, count in zeros.items()),
        *(Case(f"{name}: {what}", count, 0, "", at_least=True) for what, count in told.items()),
    ]
