"""Closures as input for the routing engine, and the start of each delegation."""

import pytest

from app.models.travel.journeys import Direction, LegStatus
from app.models.travel.problems import Effect
from app.queries.lookup import Missing
from app.queries.travel import closures, places, starting
from tests.databases import ONE_DATABASE
from tests.factories import utc

pytestmark = ONE_DATABASE


@pytest.fixture
def congress(make, at):
    at(utc("2025-12-05 12:00"))
    return make.congress()


@pytest.fixture
def carriers(make):
    """Airlines of two alliances and two countries."""
    return {
        "Avianca": make.carrier("Avianca", "AV", "AVA", "CO", alliance="Star Alliance").id,
        "Copa": make.carrier("Copa", "CM", "CMP", "PA", alliance="Star Alliance").id,
        "Iberia": make.carrier("Iberia", "IB", "IBE", "ES", alliance="oneworld").id,
        "Satena": make.carrier("Satena", "9R", "NSE", "CO").id,
    }


@pytest.mark.parametrize(
    ("kind", "named", "closed"),
    [
        ("carrier", {"carrier": "av"}, {"Avianca"}),
        ("carrier", {"carrier": "IBERIA"}, {"Iberia"}),
        ("alliance", {"carrier": "star alliance"}, {"Avianca", "Copa"}),
        ("carriers_of", {"country": "CO"}, {"Avianca", "Satena"}),
    ],
)
def test_a_closure_includes_every_carrier_that_it_covers(make, congress, carriers, kind, named, closed):
    make.problem(congress, kind=kind, **{"country": None} | named)
    [[closure], refusals] = closures.of_congress(congress.id)
    assert closure.carrier_ids == {carriers[name] for name in closed}
    assert refusals == []


def test_an_airspace_closure_includes_no_carriers(make, congress, carriers):
    make.problem(congress)
    [[closure], _] = closures.of_congress(congress.id)
    assert (closure.country, closure.carrier_ids) == ("VE", frozenset())


def test_an_unknown_carrier_and_a_delay_close_nothing(make, congress, carriers):
    make.problem(congress, kind="carrier", country=None, carrier="Bus of nobody")
    make.problem(congress, effect=Effect.SIGNIFICANT_DELAYS)
    make.problem(make.congress("Elsewhere"))
    assert closures.of_congress(congress.id) == ([], [])


def test_a_country_refuses_a_nationality_only_while_the_problem_lasts(make, congress):
    make.problem(congress, kind="nationality", nationality="MX", country="CO")
    closed, refusals = closures.of_congress(congress.id)
    assert closed == []

    def refused(code, starts, ends):
        return [one.country for one in closures.refusing(refusals, frozenset({code}), utc(starts), utc(ends))]

    assert refused("MX", "2025-12-10 00:00", "2025-12-11 00:00") == ["CO"]
    assert refused("VE", "2025-12-10 00:00", "2025-12-11 00:00") == []
    assert refused("MX", "2025-12-21 00:00", "2025-12-22 00:00") == []


def test_a_delegate_without_a_recorded_nationality_counts_as_a_national_of_the_delegations_country(make, congress):
    mixed, alone = make.delegation(congress, "MX"), make.delegation(congress, "CO", delegates=0)
    make.seat(mixed, make.person(congress=congress, nationality="ES"))
    make.delegation(congress, "PA")
    found = closures.nationalities(congress.id, [mixed.id, alone.id])
    assert found == {mixed.id: frozenset({"MX", "ES"}), alone.id: frozenset({"CO"})}


def test_a_delegation_starts_from_its_current_place(make, congress):
    ahead, begun, waiting, unknown = (make.delegation(congress, code) for code in ("MX", "MX", "CO", "ES"))
    said = make.delegation(congress, "CO", origin=make.place("CUC"))
    make.leg(ahead, "BOG", "CCS")
    make.leg(ahead, "MEX", "BOG", "2025-12-10 02:00", "2025-12-10 07:00")
    make.leg(ahead, "CCS", "BOG", "2025-12-01 08:00", "2025-12-01 09:00", direction=Direction.BACK)
    make.leg(ahead, "MAD", "BOG", "2025-12-06 08:00", "2025-12-06 19:00", journey=make.party(ahead, ahead.delegates[0]))
    make.leg(begun, "MEX", "BOG", "2025-12-04 02:00", "2025-12-04 07:00", status=LegStatus.DONE)
    make.leg(begun, "BOG", "CCS")
    make.service("CUC", "BOG")
    for destination in ("CCS", "MEX"):
        make.service("BOG", destination)
    now, found = utc("2025-12-05 12:00"), starting.points(congress, [ahead, begun, waiting, unknown, said])
    at_once = {number: (place, when.replace(second=0, microsecond=0)) for number, (place, when) in found.items()}
    assert at_once == {
        ahead.id: (make.place("MEX").id, utc("2025-12-10 08:00")),
        begun.id: (make.place("BOG").id, now),
        waiting.id: (make.place("BOG").id, now),
        said.id: (make.place("CUC").id, now),
    }


def test_a_service_is_found_by_its_number(make):
    services = [make.service("BOG", destination) for destination in ("CCS", "MEX")]
    assert [places.get_service(one.id) for one in services] == services
    with pytest.raises(Missing):
        places.get_service(services[-1].id + 1)
