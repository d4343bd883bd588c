"""Unowned problems, and tallies of absences."""

import pytest

from app.models.congress.delegations import DelegationStatus
from app.models.travel.problems import Cause
from app.queries.congress.unowned import of_congress
from app.queries.travel import absences
from tests.databases import ONE_DATABASE
from tests.factories import utc

pytestmark = ONE_DATABASE


@pytest.fixture
def congress(make, at):
    at(utc("2025-12-05 12:00"))
    return make.congress()


def found(congress):
    return [(one.problem.id, one.hit, one.without_action) for one in of_congress(congress)]


def test_a_problem_is_unowned_until_each_affected_delegation_has_an_action_for_it(make, congress, at):
    alice = make.user()
    affected = [make.delegation(congress) for _ in range(3)]
    for delegation in affected:
        make.leg(delegation)
    problem = make.problem(congress)
    make.problem(congress, country="ES")
    make.follow_up(congress, alice, problem=problem, delegation=affected[0])
    make.follow_up(congress, alice, problem=problem)
    make.follow_up(congress, alice, delegation=affected[1])
    assert found(congress) == [(problem.id, 3, 2)]
    for delegation in affected[1:]:
        make.follow_up(congress, alice, problem=problem, delegation=delegation)
    assert found(congress) == []


def test_a_problem_that_is_over_needs_no_action(make, congress, at):
    make.leg(make.delegation(congress))
    problem = make.problem(congress)
    assert found(congress) == [(problem.id, 1, 1)]
    at(utc("2025-12-20 00:00"))
    assert found(congress) == []


def test_absences_are_tallied_by_most_seats_lost_first(make, congress):
    problem = make.problem(congress)
    kept_away = {"status": DelegationStatus.UNABLE_TO_ATTEND, "reason": "No way"}
    make.delegation(congress, "CO", seats=2, delegates=1, **kept_away)
    make.delegation(congress, "MX", seats=4, delegates=2, problem=problem, **kept_away)
    make.delegation(congress, "ES", seats=5, delegates=0, problem=problem, **kept_away)
    make.delegation(congress, "VE", seats=9)
    listed = absences.of_congress(congress, "en")
    by_cause = absences.tallied(listed, lambda absence: absence.cause)
    assert [(cause, tally.delegations, tally.seats, tally.delegates) for cause, tally in by_cause] == [
        (Cause.AIRSPACE_CLOSED, 2, 9, 2), (None, 1, 2, 1),
    ]  # fmt: skip
