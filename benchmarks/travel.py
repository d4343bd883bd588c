"""Travel: alternative routes, impact, the problem page, and memory; each module in `travel_cases` measures one part."""

from benchmarks import Case, ground
from benchmarks.travel_cases import alternative_routes, impact, memory, town_names


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the figures are meaningless."""
    with ground.house() as app:
        return [*alternative_routes.cases(quick), *impact.cases(app, quick), memory.case(), *town_names.cases(quick)]
