"""People: what organizers do all day, in tables of five million, on every database that this machine can run.

`ENCUENTRO_BENCH_PEOPLE` is another number of people, for a machine or a moment that has not the time for so many.
Each module in `people_cases` measures one kind of work.
"""

import os
from dataclasses import replace

from benchmarks import Case, databases, ground
from benchmarks.crowd import Crowd
from benchmarks.people_cases import duplicates, lists, nightly, search, segments

SIZE = 5_000_000
_PARTS = (search.cases, duplicates.cases, lists.cases, segments.cases)
"""What is measured among the same people, on each database. A part may add rows that the others do not read."""


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the figures are meaningless."""
    size = 2_000 if quick else int(os.environ.get("ENCUENTRO_BENCH_PEOPLE", SIZE))
    found = []
    for kind in databases.kinds():
        with ground.house(kind):
            crowd = Crowd(size)
            crowd.record()
            cases = [case for part in _PARTS for case in part(crowd, quick)]
        cases += nightly.cases(kind, quick)
        found += [replace(case, name=f"{case.name}, {kind}") for case in cases]
    return found
