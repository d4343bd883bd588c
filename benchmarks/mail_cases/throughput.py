"""A digest to all members, from its approval until every result is recorded, against `smtp-source` in the same minutes."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from app.mailer.dkim import ED25519_FILE, RSA_FILE, make_key
from app.models.campaigns.campaigns import Campaign
from benchmarks import Case
from benchmarks.mail_cases import members, wire
from benchmarks.mail_cases.wire import Sent

_RUNS = 5
_RATE = {"sqlite": 1.2, "postgresql": 1.0}
_CPU = 1.3
_SIGNED = 0.5


def cases(campaign: Campaign, kind: str, size: int, runs: int = _RUNS) -> list[Case]:
    """Measure plain and signed digests, each the median of some runs, between which `smtp-source` sends as many."""
    with wire.sink() as port:
        members.hand_over_to(f"smtp://127.0.0.1:{port}")
        pairs = [_both(campaign, port, size) for _run in range(runs)]
        rate = statistics.median(ours.rate for ours, _theirs in pairs)
        each = statistics.median(ours.cpu / ours.emails for ours, _theirs in pairs) * 1e6
        name = (
            f"digest to all members ({rate:.0f} emails a second, {each:.0f} µs of processor each), rate to smtp-source"
        )
        found = [Case(name, _rate(pairs), _RATE[kind], "times", at_least=True)]
        if kind == "sqlite":  # the server of PostgreSQL is another process
            cpu = statistics.median((ours.cpu / ours.emails) / (theirs.cpu / theirs.emails) for ours, theirs in pairs)
            found.append(Case("processor time to smtp-source", cpu, _CPU, "times"))
        for file in (ED25519_FILE, RSA_FILE):
            with _signing(file):
                signed = _rate([_both(campaign, port, size) for _run in range(max(1, runs // 2))])
                found.append(
                    Case(
                        f"the same signed ({file.split('-')[1].split('.')[0]})", signed, _SIGNED, "times", at_least=True
                    )
                )
    return found


def _both(campaign: Campaign, port: int, size: int) -> tuple[Sent, Sent]:
    ours = members.send(members.draft(campaign))
    return ours, wire.source(port, ours.emails, size)


def _rate(pairs: list[tuple[Sent, Sent]]) -> float:
    return statistics.median(ours.rate / theirs.rate for ours, theirs in pairs)


@contextmanager
def _signing(file: str) -> Iterator[None]:
    path: Path = current_app.config["SETTINGS"].var_dir / file
    path.write_bytes(make_key(path))
    try:
        yield
    finally:
        path.unlink()
