"""Separate itineraries for some people of a delegation."""

import pytest

from app.domain.congress import arrivals, delegations
from app.domain.travel import legs, parties
from app.domain_errors import DomainError
from app.extensions import db
from app.models.travel.hits import HitRecord
from app.models.travel.journeys import Direction, Journey, LegStatus
from app.queries.travel import hits
from app.queries.travel import parties as party_queries


@pytest.fixture
def congress(make):
    return make.congress()


@pytest.fixture
def delegation(make, congress):
    return make.delegation(congress, seats=5, delegates=3)


@pytest.fixture
def people(delegation):
    return delegation.delegates


def journey_of(leg):
    db.session.refresh(leg)
    return leg.journey_id, leg.journey.delegation_id, leg.journey.direction


def aboard(leg):
    key = journey_of(leg)
    return party_queries.of(leg.congress_id, {key[1]}).aboard(*key)


def seats(leg):
    key = journey_of(leg)
    return party_queries.of(leg.congress_id, {key[1]}).seats(*key)


def numbers(*delegates):
    return {one.id for one in delegates}


def test_without_separate_itineraries_everyone_takes_the_shared_journey(make, delegation, people):
    leg = make.leg(delegation)
    assert (aboard(leg), seats(leg)) == (numbers(*people), 5)


def test_a_separate_itinerary_leaves_the_shared_journey_to_the_others_in_its_direction_only(make, delegation, people):
    party = make.party(delegation, people[0])
    own = make.leg(delegation, journey=party)
    common = make.leg(delegation)
    home = make.leg(delegation, "CCS", "BOG", "2025-12-14 10:00", "2025-12-14 12:00", direction=Direction.BACK)
    assert own.journey_id != common.journey_id
    assert (aboard(own), seats(own)) == ({people[0].id}, 1)
    assert (aboard(common), seats(common)) == (numbers(*people[1:]), 4)
    assert (aboard(home), seats(home)) == (numbers(*people), 5)


def test_joining_another_separate_itinerary_leaves_the_first(make, delegation, people):
    first, second = make.party(delegation, people[0], people[1]), make.party(delegation, people[2])
    own, others = make.leg(delegation, journey=first), make.leg(delegation, journey=second)
    parties.set_party(second, people[1:])
    db.session.expire_all()
    assert (aboard(own), aboard(others)) == ({people[0].id}, numbers(*people[1:]))


def test_an_itinerary_without_travelers_is_not_assigned_to_anyone_else(make, congress, delegation, people):
    first, second = make.party(delegation, people[0]), make.party(delegation, people[1])
    abandoned, common = make.leg(delegation, journey=first), make.leg(delegation)
    parties.set_party(second, people[:2])
    db.session.expire_all()
    assert abandoned.status is LegStatus.CANCELLED
    assert [leg.id for leg in arrivals.ways(people[2])] == [common.id]
    assert hits.impact(delegation.congress_id, make.problem(congress).id).seats == 3


def test_the_itinerary_of_a_removed_delegate_is_not_assigned_to_the_others(make, delegation, people):
    alone, stays = people[0], people[1]
    abandoned = make.leg(delegation, journey=make.party(delegation, alone))
    common = make.leg(delegation)
    delegations.remove_delegate(alone)
    db.session.expire_all()
    assert abandoned.status is LegStatus.CANCELLED
    assert [leg.id for leg in arrivals.ways(stays)] == [common.id]


def test_a_separate_itinerary_needs_at_least_one_traveler(delegation, make, people):
    with pytest.raises(DomainError) as caught:
        parties.begin_party(delegation, Direction.OUT, [])
    assert caught.value.field == "delegates"
    party = make.party(delegation, people[0])
    with pytest.raises(DomainError):
        parties.set_party(party, [])


def test_setting_the_same_travelers_again_changes_nothing(make, delegation, people):
    party = make.party(delegation, people[0], people[1])
    before = {one.id for one in party.travelers}
    parties.set_party(party, people[:2])
    db.session.expire_all()
    assert {one.id for one in party.travelers} == before


def test_ending_a_separate_itinerary_moves_its_travelers_back_once_it_has_no_legs(make, delegation, people):
    party, common = make.party(delegation, people[0]), make.leg(delegation)
    leg = make.leg(delegation, journey=party)
    db.session.refresh(party)
    with pytest.raises(DomainError, match="legs"):
        parties.end_party(party)
    legs.delete_leg(leg)
    db.session.refresh(party)
    parties.end_party(party)
    assert aboard(common) == numbers(*people)
    assert db.session.query(Journey).count() == 1


def test_the_first_shared_leg_is_not_added_to_a_separate_itinerary(make, delegation, people):
    party = make.party(delegation, people[0])
    assert make.leg(delegation).journey_id != party.id


def test_creating_a_separate_itinerary_ends_the_hits_of_its_travelers_on_the_shared_journey(
    make, congress, delegation, people
):
    make.leg(delegation)
    problem = make.problem(congress, kind="person", country=None, delegate=people[0])
    assert hits.impact(congress.id, problem.id).traveler_ids == {people[0].id}
    make.party(delegation, people[0])
    assert hits.impact(congress.id, problem.id).hits == ()
    assert [bool(record.ended_at) for record in db.session.query(HitRecord)] == [True]
