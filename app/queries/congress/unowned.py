"""Problems that affect delegations and have no open action."""

from dataclasses import dataclass

from app.models.congress.congresses import Congress
from app.models.travel.problems import RouteProblem
from app.queries.actions import follow_ups
from app.queries.travel import hits, problems


@dataclass(frozen=True, slots=True)
class Unowned:
    """A problem with the number of affected delegations, and of those without an open action for it."""

    congress: Congress
    problem: RouteProblem
    hit: int
    without_action: int


def of_congress(congress: Congress) -> list[Unowned]:
    """Return the problems of a congress that affect delegations without an open action for them."""
    listed = problems.listing(congress.id)
    if not listed:
        return []
    impacts = hits.survey(congress.id)[1]
    owned = follow_ups.owned_delegations(congress.id)
    found = []
    for problem in listed:
        hit = impacts[problem.id].delegation_ids if problem.id in impacts else set()
        missing = {one for one in hit if (problem.id, one) not in owned}
        if missing and not problems.is_over(problem):
            found.append(Unowned(congress, problem, len(hit), len(missing)))
    return found
