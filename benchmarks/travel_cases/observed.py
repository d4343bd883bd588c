"""The cases in the observed world, which are left out where the observed routes are missing."""

from benchmarks import Case, ground
from benchmarks.travel_cases import hurried, situations, soundness


def cases(quick: bool) -> list[Case]:
    """Score the situations and check random ones; with `quick`, only a few of each."""
    if not situations.ROUTES.is_dir():
        return []
    with ground.house():
        situations.load()
        return [*situations.cases(quick), hurried.case(quick, "observed routes"), *soundness.cases(quick)]
