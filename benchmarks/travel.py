"""Travel: alternative routes, impact, the problem page, memory, names, the observed world; a module in `travel_cases` for each part."""

from benchmarks import Case, databases, ground
from benchmarks.travel_cases import alternative_routes, impact, memory, notams, observed, town_names


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the figures are meaningless."""
    with ground.house() as app:
        found = [*alternative_routes.cases(quick), *impact.cases(app, quick), memory.case(), *town_names.cases(quick)]
    for kind in databases.kinds()[1:]:
        with ground.house(kind) as app:
            found += impact.page_cases(app, quick)
    return [*found, *observed.cases(quick), *notams.cases()]
