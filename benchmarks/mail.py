"""Sending email: digests to many members against Postfix's `smtp-source`, on every database that this machine can run.

`ENCUENTRO_BENCH_MAIL` is another number of members. Needs `smtp-sink` and `smtp-source`, which Postfix brings.
"""

import os
from dataclasses import replace

from benchmarks import Case, databases, ground
from benchmarks.mail_cases import members, memory, planning, throughput, urgent, wire

SIZE = 100_000
MANY = 5_000_000
"""Members for whom a digest is only queued."""
LARGE = 1_000_000
"""Members of the digest that shows how much memory a worker needs."""


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little that the figures are meaningless."""
    if not wire.is_there():
        raise RuntimeError("smtp-sink and smtp-source are needed; they belong to Postfix")
    size = 500 if quick else int(os.environ.get("ENCUENTRO_BENCH_MAIL", SIZE))
    many, large = (1_000, 1_000) if quick else (MANY * size // SIZE, LARGE * size // SIZE)
    found = []
    for kind in databases.kinds():
        with ground.house(kind) as app:
            campaign = members.campaign_of(size)
            bytes_each = members.bytes_of(members.draft(campaign))
            cases = throughput.cases(campaign, kind, bytes_each, runs=1 if quick else 5)
            cases += urgent.cases(app, campaign)
        with ground.house(kind):
            cases += planning.cases(members.campaign_of(many), kind)
        found += [replace(case, name=f"{case.name}, {kind}") for case in cases]
    return found + memory.cases(size, large)
