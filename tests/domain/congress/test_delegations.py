"""Delegations: changes, their audit trail, and what is rejected."""

import pytest

from app.domain.congress import delegations
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.congress.delegations import DelegationStatus
from tests.databases import ONE_DATABASE

pytestmark = ONE_DATABASE


@pytest.fixture
def congress(make):
    return make.congress()


@pytest.fixture
def delegation(make, congress):
    return make.delegation(congress)


def values_of(delegation, **changes):
    names = ("organization", "country", "origin", "seats", "status", "reason")
    return {name: getattr(delegation, name) for name in names} | {"problem": None} | changes


def test_a_change_is_recorded_with_the_previous_values(make, congress, delegation):
    body = make.organization("Another")
    problem = make.problem(congress)
    changes = {
        "organization": body, "country": "CO", "seats": 7, "status": DelegationStatus.UNABLE_TO_ATTEND,
        "reason": "The border is closed", "problem": problem,
    }  # fmt: skip
    delegations.update(delegation, values_of(delegation, **changes))
    assert {name: getattr(delegation, name) for name in changes if name != "problem"} | {"problem": problem} == changes
    entry = db.session.query(AuditEntry).filter_by(verb="changed", subject="delegations").one()
    kept = ("country", "seats", "status", "reason", "problem_id")
    assert [entry.before.get(name) for name in kept] == ["MX", 3, "accepted", None, None]
    assert [entry.after.get(name) for name in kept] == ["CO", 7, "unable_to_attend", "The border is closed", problem.id]


@pytest.mark.parametrize("seats", [1, 5000])
def test_a_delegation_has_between_one_and_several_thousand_seats(delegation, seats):
    delegations.update(delegation, values_of(delegation, seats=seats))
    assert delegation.seats == seats


@pytest.mark.parametrize("seats", [0, 5001])
def test_too_many_seats_and_no_seats_are_rejected(delegation, seats):
    with pytest.raises(DomainError) as refused:
        delegations.update(delegation, values_of(delegation, seats=seats))
    assert refused.value.field == "seats"


def test_a_place_of_departure_is_in_the_country_that_the_delegation_travels_from(make, delegation):
    with pytest.raises(DomainError) as refused:
        delegations.update(delegation, values_of(delegation, origin=make.place("BOG")))
    assert refused.value.field == "origin"
    delegations.update(delegation, values_of(delegation, origin=make.place("MEX")))
    assert delegation.origin.code == "MEX"
