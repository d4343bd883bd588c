"""Sending email: digests to many members against Postfix's `smtp-source`, on every database that this machine can run.

`ENCUENTRO_BENCH_MAIL` is another number of members. Needs `smtp-sink` and `smtp-source`, which Postfix brings.
"""

import os
from dataclasses import replace

from benchmarks import Case, databases, ground
from benchmarks.mail_cases import idle, members, planning, slow_relays, throughput, urgent, wire, workers

SIZE = 100_000
MANY = 5_000_000
"""Members for whom a digest is only queued."""
LARGE = 1_000_000
"""Members of the digest that shows how much memory a worker needs."""


_FEW = 5_000
"""Members where a server is slow."""


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little that the figures are meaningless."""
    if not wire.is_there():
        raise RuntimeError("smtp-sink and smtp-source are needed; they belong to Postfix")
    size = 500 if quick else int(os.environ.get("ENCUENTRO_BENCH_MAIL", SIZE))
    many, large, few = (1_000, 1_000, 100) if quick else (MANY * size // SIZE, LARGE * size // SIZE, _FEW)
    found = []
    for kind in databases.kinds():
        with ground.house(kind) as app:
            campaign = members.campaign_of(size)
            bytes_each = members.bytes_of(members.draft(campaign))
            cases = throughput.cases(campaign, kind, bytes_each, runs=1 if quick else 5)
            cases += urgent.cases(app, campaign)
        with ground.house(kind) as app:
            campaign = members.campaign_of(few)
            cases += slow_relays.cases(campaign, bytes_each)
            if kind == "postgresql":
                cases += workers.cases(app, campaign)
        with ground.house(kind):
            cases += planning.cases(members.campaign_of(many), kind)
        found += [replace(case, name=f"{case.name}, {kind}") for case in cases]
    return found + workers.memory_cases(size, large) + idle.cases(5.0 if quick else 120.0)
