"""What a border card says at each border, and whom it does not name."""

from datetime import timedelta

import pytest

from app import clock
from app.domain.travel import cards, check_ins
from app.models.people.consents import ConsentPurpose
from app.models.travel.border_facts import ContactKind, EntryRequirement, NoteTopic
from app.models.travel.check_ins import Answer
from app.models.travel.journeys import LegStatus
from app.models.travel.places import Mode
from app.queries.travel import journeys
from app.queries.travel.passed_before import NOBODY
from tests.factories import utc

CALLS = ConsentPurpose.CALLS_FROM_TRAVELERS


@pytest.fixture
def congress(make, at):
    at(utc("2025-12-09 12:00"))
    return make.congress()


@pytest.fixture
def delegation(make, congress):
    return make.delegation(congress, delegates=0, seats=1)


def traveler(make, congress, delegation, name="Rosa", **changes):
    person = make.person(name, congress=congress, **{"nationality": "MX", "country": "MX"} | changes)
    return make.seat(delegation, person)


def card_of(delegation, *, with_people=True):
    [journey] = journeys.of_delegation(delegation)
    return cards.of_journey(journey, cards.party_of(delegation, journey), with_people=with_people)


def walk(make, delegation, crossing, **changes):
    times = {"departs": "2025-12-08 10:00", "arrives": "2025-12-08 14:00"} | changes
    return make.leg(delegation, "Cúcuta", "San Antonio", mode=Mode.FOOT, crossing=crossing, **times)


def test_the_borders_of_a_journey_are_listed_in_order_and_changing_planes_is_no_stay(make, congress, delegation):
    traveler(make, congress, delegation)
    make.leg(delegation, "MEX", "BOG", "2025-12-10 06:00", "2025-12-10 11:00")
    make.leg(delegation, "BOG", "CCS", "2025-12-10 13:00", "2025-12-10 16:00")
    sheets = card_of(delegation).sheets
    listed = [(one.border.left, one.border.entered, one.border.at.code, one.border.changes_only) for one in sheets]
    assert listed == [("MX", "CO", "BOG", True), ("CO", "VE", "CCS", False)]
    assert sheets[0].currencies == ("COP",)


def test_a_crossing_in_another_country_than_both_ends_makes_two_borders(make, congress, delegation):
    traveler(make, congress, delegation)
    crossing = make.crossing()
    make.leg(delegation, "Pacaraima", "San Antonio", mode=Mode.ROAD, crossing=crossing)
    listed = [(one.border.left, one.border.entered, one.border.crossing) for one in card_of(delegation).sheets]
    assert listed == [("BR", "CO", None), ("CO", "VE", crossing)]


def test_a_leg_that_starts_at_a_border_post_crosses_there(make, congress, delegation):
    traveler(make, congress, delegation)
    crossing = make.crossing(post="Puente")
    make.leg(delegation, "Puente", "San Antonio", mode=Mode.FOOT)
    before = make.delegation(congress)
    make.leg(
        before,
        "San Antonio",
        "Puente",
        "2025-12-08 10:00",
        mode=Mode.FOOT,
        status=LegStatus.DONE,
        arrives="2025-12-08 11:00",
    )
    [sheet] = card_of(delegation).sheets
    assert (sheet.border.crossing, sheet.before.arrived_at) == (crossing, utc("2025-12-08 16:00"))


def test_visas_are_told_for_the_passports_of_those_who_travel_and_never_made_up(make, congress, delegation):
    for name, code in (("Rosa", "MX"), ("Ines", "CU"), ("Luis", "VE"), ("Eva", None)):
        traveler(make, congress, delegation, name, nationality=code)
    make.leg(delegation)
    rule = make.entry_rule("MX", "VE")
    make.entry_rule("BR", "VE")
    card = card_of(delegation)
    told = [(one.passport, one.rule, one.is_own, one.to_check) for one in card.sheets[0].entries]
    assert told == [("CU", None, False, True), ("MX", rule, False, False), ("VE", None, True, False)]
    assert card.unknown == 1


def test_an_old_rule_has_to_be_checked_again(make, congress, delegation):
    traveler(make, congress, delegation)
    make.leg(delegation)
    make.entry_rule("MX", "VE", checked_on=clock.now().date() - timedelta(days=200))
    assert [one.to_check for one in card_of(delegation).sheets[0].entries] == [True]


def test_contacts_are_those_for_everybody_and_for_the_passports_and_where_a_visa_is_asked_for(
    make, congress, delegation
):
    traveler(make, congress, delegation)
    make.leg(delegation, "BOG", "CCS")
    police, embassy = make.country_contact(), make.country_contact(kind=ContactKind.EMBASSY, passport="MX", phone=None)
    make.country_contact(kind=ContactKind.EMBASSY, passport="BR", phone=None)
    office = make.country_contact("CO", kind=ContactKind.CONSULATE, passport="VE", phone="6015550100")
    assert set(card_of(delegation).sheets[0].contacts) == {police, embassy}
    assert card_of(delegation).sheets[0].offices == (office,)
    make.entry_rule("MX", "VE", requirement=EntryRequirement.NOT_NEEDED)
    assert card_of(delegation).sheets[0].offices == ()


def test_only_those_who_agreed_to_be_called_are_named_and_never_people_at_risk(make, congress, delegation):
    traveler(make, congress, delegation)
    crossing = make.crossing()
    walk(make, delegation, crossing, departs="2025-12-10 10:00", arrives="2025-12-10 14:00")
    before = make.delegation(congress, delegates=0)
    agreed, silent, withdrawn, at_risk = (
        traveler(make, congress, before, name, phone=f"+58 212 555014{number}").person
        for number, name in enumerate(("Ana", "Luz", "Sol", "Mar"))
    )
    walk(make, before, crossing, status=LegStatus.DONE)
    for person in (agreed, withdrawn, at_risk):
        make.consent(person, CALLS, withdrawn_at=clock.now().date() if person is withdrawn else None)
    make.consent(silent, ConsentPurpose.PHONE)
    at_risk.is_at_risk = True
    [sheet] = card_of(delegation).sheets
    assert [one.given_name for one in sheet.people] == ["Ana"]
    assert sheet.before.arrived_at == utc("2025-12-08 18:00")
    assert card_of(delegation, with_people=False).people == ()


def test_what_the_last_ones_answered_then_is_told_and_reports_of_the_house(make, congress, delegation):
    traveler(make, congress, delegation)
    crossing = make.crossing()
    walk(make, delegation, crossing, departs="2025-12-10 10:00", arrives="2025-12-10 14:00")
    before = make.delegation(congress, delegates=0)
    rosa = traveler(make, congress, before)
    walk(make, before, crossing, status=LegStatus.DONE)
    check_ins.record_report(rosa, Answer.SAFE, "At Ana’s house")
    report = make.border_note("VE", topic=NoteTopic.REPORT, crossing=crossing, text="Two hours")
    make.border_note("VE", topic=NoteTopic.REPORT, crossing=make.crossing("Maicao", "Paraguachón"), text="Closed")
    [sheet] = card_of(delegation).sheets
    assert (sheet.before.answer, sheet.reports) == (Answer.SAFE, (report,))


def test_nothing_is_told_of_people_at_risk(make, congress, delegation):
    traveler(make, congress, delegation)
    crossing = make.crossing()
    walk(make, delegation, crossing, departs="2025-12-10 10:00", arrives="2025-12-10 14:00")
    before = make.delegation(congress, delegates=0)
    rosa = traveler(make, congress, before, "Ana", phone="+58 212 5550141")
    walk(make, before, crossing, status=LegStatus.DONE)
    check_ins.record_report(rosa, Answer.SAFE, None)
    make.consent(rosa.person, CALLS)
    rosa.person.is_at_risk = True
    [sheet] = card_of(delegation).sheets
    assert (sheet.before, sheet.people) == (NOBODY, ())


def test_a_journey_of_another_congress_tells_nothing(make, congress, delegation):
    traveler(make, congress, delegation)
    crossing = make.crossing()
    walk(make, delegation, crossing)
    elsewhere = make.congress("Elsewhere")
    other = make.delegation(elsewhere, delegates=0)
    make.consent(traveler(make, elsewhere, other, "Ana", phone="+58 212 5550141").person, CALLS)
    walk(make, other, crossing, status=LegStatus.DONE)
    [sheet] = card_of(delegation).sheets
    assert (sheet.people, sheet.before.arrived_at) == ((), None)


def test_a_problem_with_one_person_is_not_on_a_card(make, congress, delegation):
    rosa = traveler(make, congress, delegation)
    make.leg(delegation)
    closed = make.problem(congress)
    make.problem(congress, kind="person", delegate=rosa, country=None)
    assert card_of(delegation).problems == (closed,)
