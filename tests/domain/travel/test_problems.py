"""Route problems: their periods, entities and verification, and the history that is kept."""

import pytest

from app.domain.accounts import audit
from app.domain.congress import delegations
from app.domain.travel import legs, problems
from app.domain_errors import DomainError
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import DelegationStatus
from app.models.travel.problems import Cause, Effect, EntityKind, InformedEntity, Severity, Verification
from app.queries.accounts import audit as audit_queries
from app.queries.travel import hits
from app.queries.travel import problems as problem_queries
from tests.factories import minute, period, utc


@pytest.fixture
def problem(make, at):
    at(utc("2025-12-01 00:00"))
    return make.problem(make.congress())


def reloaded(problem):
    """Return the problem as loaded from the tables."""
    db.session.flush()
    db.session.expire_all()
    return problem_queries.get(problem.congress_id, problem.id)


def starts(problem):
    return [f"{period.starts_at:%m-%d}" for period in reloaded(problem).active_periods]


def touched(problem):
    return [entity.country for entity in reloaded(problem).informed_entities]


def country(code):
    return {"kind": EntityKind.COUNTRY, "country": code}


def since(day, until=None, **hours):
    return period(utc(f"{day} 00:00"), utc(f"{until} 00:00") if until else None, **hours)


def history(problem):
    return [entry for entry in reversed(audit_queries.of(problem)) if entry.verb != "recorded"]


def test_a_problem_has_several_periods_in_chronological_order(problem):
    problems.add_period(problem, since("2025-12-25"))
    problems.add_period(problem, since("2025-12-02", "2025-12-03"))
    assert starts(problem) == ["12-02", "12-09", "12-25"]
    problems.remove_period(problem, problem.active_periods[1])
    assert starts(problem) == ["12-02", "12-25"]


def test_the_last_period_and_the_last_entity_cannot_be_removed(problem):
    with pytest.raises(DomainError, match="at least one period"):
        problems.remove_period(problem, problem.active_periods[0])
    with pytest.raises(DomainError, match="at least one thing"):
        problems.remove_entity(problem, problem.informed_entities[0])
    assert (starts(problem), touched(problem)) == (["12-09"], ["VE"])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (since("2025-12-09", "2025-12-08"), "ends"),
        (since("2025-12-09", "2029-12-08"), "ends"),
        (since("2025-12-09", daily_from=utc("2025-12-09 22:00").time(), timezone="Europe/Madrid"), "daily_until"),
        (since("2025-12-09", daily_until=utc("2025-12-09 22:00").time(), timezone="Europe/Madrid"), "daily_from"),
    ],
)
def test_an_invalid_period_is_rejected_on_its_field(problem, values, field):
    with pytest.raises(DomainError) as caught:
        problems.add_period(problem, values)
    assert caught.value.field == field


def test_without_daily_hours_no_zone_is_stored(problem):
    problems.add_period(problem, since("2025-12-25", timezone="Europe/Madrid"))
    assert reloaded(problem).active_periods[1].timezone is None


def test_a_problem_has_several_entities_and_each_can_be_removed(problem):
    problems.add_entity(problem, country("CO"))
    problems.add_entity(problem, country("PA"))
    assert touched(problem) == ["VE", "CO", "PA"]
    problems.remove_entity(problem, problem.informed_entities[0])
    assert touched(problem) == ["CO", "PA"]


def test_changing_a_problem_changes_only_its_first_entity(make, problem):
    problems.add_entity(problem, country("CO"))
    for code in ("BR", "PE", "PE"):
        problems.update(problem, make.problem_values(kind="country", country=code))
        assert touched(problem) == [code, "CO"]


def test_changing_the_carrier_of_a_problem_affects_the_legs_of_the_new_one(make, problem):
    avianca, copa = (make.carrier(name) for name in ("Avianca", "Copa"))
    congress = db.session.get(Congress, problem.congress_id)
    by_avianca, by_copa = (make.delegation(congress) for _ in range(2))
    make.leg(by_avianca, carrier="Avianca"), make.leg(by_copa, carrier="Copa")
    named = [("Avianca", avianca.id, by_avianca), ("Copa", copa.id, by_copa), ("Wingo", None, None)]
    for carrier, number, hit in named:
        problems.update(problem, make.problem_values(kind="carrier", carrier=carrier))
        entity = reloaded(problem).informed_entities[0]
        assert (entity.carrier, entity.carrier_key, entity.carrier_id) == (carrier, carrier.lower(), number)
        assert hits.impact(congress.id).delegation_ids == ({hit.id} if hit else set())
    problems.update(problem, make.problem_values(kind="country", country="PE"))
    entity = reloaded(problem).informed_entities[0]
    assert (entity.carrier, entity.carrier_key, entity.carrier_id) == (None, None, None)


def test_only_the_fields_of_an_entitys_kind_are_stored(make, problem):
    problems.add_entity(problem, country("CO") | {"carrier": "Avianca", "fir": "SKED", "place": make.place("BOG")})
    entity = reloaded(problem).informed_entities[1]
    assert (entity.carrier, entity.fir, entity.place_id) == (None, None, None)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": EntityKind.FIR}, "fir"),
        ({"kind": EntityKind.CROSSING}, "crossing"),
        ({"kind": EntityKind.NATIONALITY, "nationality": "CO"}, "country"),
        ({"kind": EntityKind.NATIONALITY, "country": "CO"}, "nationality"),
        ({"kind": EntityKind.LEG}, "leg"),
        ({"kind": EntityKind.PERSON}, "delegate"),
        ({"kind": EntityKind.ALLIANCE}, "carrier"),
        ({"kind": EntityKind.BORDER, "country": "VE", "other_country": "VE"}, "other_country"),
    ],
)
def test_an_entity_needs_all_fields_of_its_kind(problem, values, field):
    with pytest.raises(DomainError) as caught:
        problems.add_entity(problem, values)
    assert caught.value.field == field


def test_a_road_has_two_ends(make, problem):
    bogota = make.place("BOG")
    with pytest.raises(DomainError) as caught:
        problems.add_entity(problem, {"kind": EntityKind.ROAD, "place": bogota, "other_place": bogota})
    assert caught.value.field == "other_place"


def test_a_region_is_stored_in_capitals(problem):
    problems.add_entity(problem, {"kind": EntityKind.FIR, "fir": "svzm"})
    assert reloaded(problem).informed_entities[1].fir == "SVZM"


def test_lifting_a_problem_ends_current_periods_and_deletes_future_ones(problem, at):
    problems.add_period(problem, since("2025-12-02", "2025-12-03"))
    problems.add_period(problem, since("2025-12-25"))
    at(utc("2025-12-10 12:00"))
    assert not problem_queries.is_over(problem)
    problems.lift(problem)
    periods = [(f"{one.starts_at:%m-%d}", f"{one.ends_at:%m-%d %H}") for one in reloaded(problem).active_periods]
    assert periods == [("12-02", "12-03 00"), ("12-09", "12-10 12")]
    assert problem_queries.is_over(problem)
    assert not problem.end_estimated
    assert [entry.verb for entry in history(problem)][-1] == "lifted"


def test_a_verification_records_who_and_when_and_is_cleared_when_withdrawn(make, problem, at):
    alice, bob = make.user("Alice"), make.user("Bob")
    for verification, by, day, kept in (
        (Verification.UNVERIFIED, alice, "12-02", (None, None)),
        (Verification.VERIFIED, alice, "12-03", (alice.id, utc("2025-12-03 00:00"))),
        (Verification.VERIFIED, bob, "12-04", (alice.id, utc("2025-12-03 00:00"))),
        (Verification.UNKNOWN, bob, "12-05", (None, None)),
        (Verification.VERIFIED, bob, "12-06", (bob.id, utc("2025-12-06 00:00"))),
    ):
        at(utc(f"2025-{day} 00:00"))
        problems.update(problem, make.problem_values(verification=verification), by=by)
        found = reloaded(problem)
        assert (found.verified_by_id, minute(found.verified_at)) == kept


def test_a_problem_recorded_as_verified_is_verified_by_its_author(make, at):
    at(utc("2025-12-01 00:00"))
    alice = make.user()
    recorded = problems.create(make.congress(), make.problem_values(), by=alice)
    assert (recorded.verified_by_id, minute(recorded.verified_at)) == (alice.id, utc("2025-12-01 00:00"))


def test_every_change_is_recorded_with_the_previous_value_and_the_author(make, problem, at):
    alice, bob = make.user("Alice"), make.user("Bob")
    at(utc("2025-12-02 00:00"))
    audit.act_as(alice)
    problems.update(problem, make.problem_values(reference="A0012/25", severity_level=Severity.WARNING))
    at(utc("2025-12-03 00:00"))
    audit.act_as(bob)
    problems.add_entity(problem, country("CO"))
    changed, added = history(problem)
    assert (changed.verb, changed.actor_id, minute(changed.at)) == ("changed", alice.id, utc("2025-12-02 00:00"))
    assert changed.before == {"severity_level": "severe", "reference": None}
    assert changed.after == {"severity_level": "warning", "reference": "A0012/25"}
    assert (added.actor_id, set(added.after)) == (bob.id, {"entities"})
    assert added.before["entities"] == [["country_airspace", "VE"]]
    assert added.after["entities"] == [["country_airspace", "VE"], ["country", "CO"]]


def test_nothing_is_recorded_without_a_change(make, problem):
    problems.update(problem, make.problem_values())
    assert history(problem) == []


def test_changes_of_a_period_and_its_hours_are_recorded(problem):
    hours = {"daily_from": utc("2025-12-09 22:00").time(), "daily_until": utc("2025-12-09 06:00").time()}
    problems.add_period(problem, since("2025-12-25", **hours, timezone="America/Caracas"))
    after = history(problem)[-1].after["periods"]
    assert after[1] == ["2025-12-25T00:00:00+00:00", None, "22:00:00–06:00:00"]


def test_a_leg_that_is_an_entity_of_a_problem_can_be_deleted_and_the_problem_remains(make, problem):
    leg = make.leg(make.delegation(make.congress()))
    leg.congress_id = problem.congress_id
    problems.add_entity(problem, {"kind": EntityKind.LEG, "leg": leg})
    legs.delete_leg(leg)
    assert [entity.kind for entity in reloaded(problem).informed_entities] == [EntityKind.COUNTRY_AIRSPACE]


def test_the_notam_about_venezuelas_airspace_is_only_a_warning(make, at):
    """FAA KICZ A0012/25: a hazard advisory for the Maiquetía region that closed nothing; airlines withdrew on their own."""
    at(utc("2025-11-21 18:00"))
    congress = make.congress()
    within, after, domestic = (
        make.leg(make.delegation(congress), departs=f"{day} 10:00", arrives=f"{day} 13:00", **changes)
        for day, changes in (("2025-12-10", {}), ("2026-02-20", {}), ("2025-12-10", {"carrier": "Conviasa"}))
    )
    early = make.leg(
        make.delegation(congress), departs="2025-11-21 09:00", arrives="2025-11-21 13:43"
    )  # arrives the minute it begins
    notam = make.problem(
        congress, "2025-11-21 17:43", "2026-02-19 23:59", kind="fir", fir="SVZM", country=None, reference="KICZ A0012/25",
        cause=Cause.INSECURITY, effect=Effect.MODIFIED_SERVICE, severity_level=Severity.WARNING,
    )  # fmt: skip
    impact = hits.impact(congress.id, notam.id)
    assert (impact.hits, impact.knock_on, impact.seats) == ((), (), 0)
    assert {one.leg_id for one in impact.warnings} == {within.id, domestic.id}
    assert {early.id, after.id}.isdisjoint(one.leg_id for one in impact.warnings)
    closure = make.problem(congress, kind="carrier", carrier="conviasa", country=None)
    assert hits.impact(congress.id, closure.id).leg_ids == {domestic.id}
    assert db.session.get_one(InformedEntity, impact.warnings[0].entity_id).fir == "SVZM"


def test_an_unknown_alliance_or_region_is_rejected(make, problem):
    make.carrier("Sur Air", alliance="Alianza del Sur")
    for values, field in (
        ({"kind": EntityKind.ALLIANCE, "carrier": "Alianza Bolivariana"}, "carrier"),
        ({"kind": EntityKind.FIR, "fir": "HABA"}, "fir"),
    ):
        with pytest.raises(DomainError) as caught:
            problems.add_entity(problem, values)
        assert caught.value.field == field


def test_a_short_name_means_the_only_carrier_whose_name_starts_with_it(make):
    congress = make.congress()
    make.carrier("Copa Airlines", country="PA")
    delegation = make.delegation(congress)
    make.leg(delegation, carrier="Copa")
    make.problem(congress, kind="carrier", carrier="COPA airlines")
    assert hits.impact(congress.id).delegation_ids == {delegation.id}


def test_a_delegation_that_cannot_attend_is_no_longer_affected(make):
    congress = make.congress()
    delegation = make.delegation(congress)
    make.leg(delegation)
    make.problem(congress)
    delegations.set_status(delegation, DelegationStatus.UNABLE_TO_ATTEND, "No way")
    assert hits.impact(congress.id).hits == ()


@pytest.mark.parametrize(
    ("effect", "entity", "cause"),
    [
        (Effect.NO_SERVICE, {"kind": "country_airspace", "country": "VE"}, Cause.AIRSPACE_CLOSED),
        (Effect.NO_SERVICE, {"kind": "fir", "fir": "SVZM"}, Cause.AIRSPACE_CLOSED),
        (Effect.NO_SERVICE, {"kind": "border", "country": "VE"}, Cause.BORDER_CLOSED),
        (Effect.NO_SERVICE, {"kind": "place", "place": "CCS"}, Cause.AIRPORT_CLOSED),
        (Effect.NO_SERVICE, {"kind": "place", "place": "Cúcuta"}, Cause.UNKNOWN_CAUSE),
        (Effect.NO_SERVICE, {"kind": "carrier", "carrier": "Avianca"}, Cause.UNKNOWN_CAUSE),
        (Effect.SIGNIFICANT_DELAYS, {"kind": "place", "place": "CCS"}, Cause.UNKNOWN_CAUSE),
    ],
)
def test_a_cause_that_nobody_chose_is_the_closure_itself_or_unknown(make, effect, entity, cause):
    places = {"place": make.place(entity["place"])} if "place" in entity else {}
    problem = make.problem(make.congress(), cause=None, effect=effect, **entity | places)
    assert reloaded(problem).cause is cause
