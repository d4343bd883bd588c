"""Editing several legs at once: the return journey, copies for other delegations, one status."""

import re

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Direction, Leg, LegStatus
from tests.views.pages import text


@pytest.fixture
def delegation(house):
    """A delegation that travels from Bogotá via Cúcuta to Caracas, with a night in between."""
    with house.open() as make:
        delegation = make.delegation(make.congress(), "CO")
        make.leg(
            delegation, "BOG", "CUC", "2025-12-09 10:00", "2025-12-09 11:30", number="AV 1", booking_reference="X1"
        )
        make.leg(delegation, "CUC", "CCS", "2025-12-10 08:00", "2025-12-10 11:00", carrier="Conviasa", seats=2)
    return delegation


def path(delegation, rest):
    return f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/legs/{rest}"


def journey_id(house, direction=Direction.OUT):
    with house.open():
        return db.session.query(Leg).filter(Leg.journey.has(direction=direction)).first().journey_id


def preview(browser, delegation, data):
    page = text(browser.post(path(delegation, "back"), data))
    return page, re.search(r'name="previewed" value="(\w+)"', page)[1]


def times(page):
    return dict(re.findall(r'name="((?:departs|arrives)-\d)"[^>]* value="([^"]*)"', page))


def legs(house, delegation, direction):
    with house.open():
        found = db.session.query(Leg).filter(Leg.journey.has(delegation_id=delegation.id, direction=direction))
        return [
            (one.origin.code, one.destination.code, f"{one.departs_at:%d %H:%M}", one.carrier, one.status)
            for one in found.order_by(Leg.departs_at)
        ]


def test_the_return_journey_is_drafted_from_the_outbound_one_and_saved_with_corrections(house, alice, delegation):
    data = {"journey": str(journey_id(house)), "departs": "2025-12-14T08:00"}
    page, digest = preview(alice, delegation, data)
    drafted = times(page)
    assert drafted == {
        "departs-0": "2025-12-14T08:00", "arrives-0": "2025-12-14T09:00",
        "departs-1": "2025-12-15T05:30", "arrives-1": "2025-12-15T07:00",
    }  # fmt: skip
    assert legs(house, delegation, Direction.BACK) == []
    corrected = drafted | {"departs-1": "2025-12-15T07:30", "arrives-1": "2025-12-15T09:00"}
    sent = data | corrected | {"previewed": digest, "confirm": "1", "idempotency_key": "k1"}
    first = alice.post(path(delegation, "back"), sent)
    assert "2 legs saved." in text(alice.get(first.location))
    again = alice.post(path(delegation, "back"), sent)
    assert "already been saved" in text(alice.get(again.location))
    assert legs(house, delegation, Direction.BACK) == [
        ("CCS", "CUC", "14 12:00", "Conviasa", LegStatus.PLANNED),
        ("CUC", "BOG", "15 12:30", "Avianca", LegStatus.PLANNED),
    ]
    with house.open():
        back = db.session.query(Leg).filter(Leg.journey.has(direction=Direction.BACK)).all()
        assert {(one.number, one.booking_reference, one.seats) for one in back} == {(None, None, None)}


def test_an_implausible_time_shows_an_error_on_its_field_and_nothing_is_saved(house, alice, delegation):
    data = {"journey": str(journey_id(house)), "departs": "2025-12-14T08:00"}
    page, digest = preview(alice, delegation, data)
    sent = data | times(page) | {"arrives-1": "2025-12-15T05:00", "previewed": digest, "confirm": "1"}
    answer = alice.post(path(delegation, "back"), sent)
    assert answer.status_code == 422
    assert 'id="arrives-1-error">' in text(answer)
    assert times(text(answer))["arrives-1"] == "2025-12-15T05:00"
    assert legs(house, delegation, Direction.BACK) == []
    missing = alice.post(path(delegation, "back"), sent | {"arrives-1": ""})
    assert 'id="arrives-1-error">This field is required.' in text(missing)


def test_another_departure_creates_a_new_draft_of_the_return_journey(house, alice, delegation):
    data = {"journey": str(journey_id(house)), "departs": "2025-12-14T08:00"}
    page, digest = preview(alice, delegation, data)
    sent = data | times(page) | {"previewed": digest, "confirm": "1", "departs": "2025-12-20T08:00"}
    answer = alice.post(path(delegation, "back"), sent)
    assert answer.status_code == 422
    assert times(text(answer))["departs-0"] == "2025-12-20T08:00"
    assert legs(house, delegation, Direction.BACK) == []


def test_a_corrected_time_survives_another_preview(house, alice, delegation):
    data = {"journey": str(journey_id(house)), "departs": "2025-12-14T08:00"}
    page, digest = preview(alice, delegation, data)
    page, _digest = preview(
        alice, delegation, data | times(page) | {"arrives-0": "2025-12-14T10:10", "previewed": digest}
    )
    assert times(page)["arrives-0"] == "2025-12-14T10:10"


def test_a_saved_return_journey_is_not_drafted_again(house, alice, delegation):
    with house.open() as make:
        make.leg(
            db.session.get(Delegation, delegation.id),
            "CCS",
            "BOG",
            "2025-12-14 08:00",
            "2025-12-14 10:00",
            direction=Direction.BACK,
        )
    answer = alice.post(path(delegation, "back"), {"journey": str(journey_id(house)), "departs": "2025-12-14T08:00"})
    assert answer.status_code == 422
    assert "already recorded" in text(answer)


def test_a_separate_itinerary_has_its_own_return_journey(house, alice):
    with house.open() as make:
        delegation = make.delegation(make.congress(), "CO")
        party = make.party(delegation, delegation.delegates[0])
        make.leg(delegation, "BOG", "CCS", journey=party)
    data = {"journey": str(party.id), "departs": "2025-12-14T08:00"}
    page, digest = preview(alice, delegation, data)
    alice.post(path(delegation, "back"), data | times(page) | {"previewed": digest, "confirm": "1"})
    with house.open():
        back = db.session.query(Leg).filter(Leg.journey.has(direction=Direction.BACK)).one()
        assert [one.delegate_id for one in back.journey.travelers] == [delegation.delegates[0].id]


def test_a_journey_of_another_delegation_is_rejected(house, alice, delegation):
    with house.open() as make:
        other = make.delegation(make.congress(), "PE", delegates=0)
    data = {"journey": str(journey_id(house)), "departs": "2025-12-14T08:00"}
    assert alice.post(path(other, "back"), data).status_code == 422


def test_legs_are_copied_to_the_chosen_delegations_and_duplicates_are_skipped(house, alice):
    with house.open() as make:
        congress = make.congress()
        first, second, third = (make.delegation(congress, "CO") for _ in range(3))
        leg = make.leg(first, "BOG", "CCS", booking_reference="X1", seats=2)
        make.leg(second, "BOG", "CCS")
    data = {"legs": [str(leg.id)], "delegations": [str(second.id), str(third.id)], "idempotency_key": "k1"}
    said = text(alice.get(alice.post(path(first, "copy"), data).location))
    assert "1 leg was copied to 1 delegation. 1 copy was skipped because the leg already exists." in said
    assert legs(house, third, Direction.OUT) == [("BOG", "CCS", "10 15:00", "Avianca", LegStatus.PLANNED)]
    assert len(legs(house, second, Direction.OUT)) == 1
    with house.open():
        copied = db.session.query(Leg).filter(Leg.journey.has(delegation_id=third.id)).one()
        assert (copied.booking_reference, copied.seats) == (None, None)


def test_one_checkbox_copies_to_all_delegations_of_the_congress_only(house, alice, delegation):
    with house.open() as make:
        elsewhere = make.delegation(make.congress(), "PE")
        leg = db.session.query(Leg).first()
        beside = make.delegation(db.session.get(Congress, delegation.congress_id), "PE")
    answer = alice.post(path(delegation, "copy"), {"legs": [str(leg.id)], "everyone": "y"})
    assert answer.status_code == 302
    assert len(legs(house, beside, Direction.OUT)) == 1
    assert legs(house, elsewhere, Direction.OUT) == []
    assert (
        alice.post(path(delegation, "copy"), {"legs": [str(leg.id)], "delegations": [str(elsewhere.id)]}).status_code
        == 422
    )


@pytest.mark.parametrize(("data", "field"), [({"everyone": "y"}, "legs"), ({"legs": ["1"]}, "delegations")])
def test_copying_without_legs_or_delegations_shows_an_error_on_the_field(house, alice, delegation, data, field):
    with house.open() as make:
        make.delegation(db.session.get(Congress, delegation.congress_id), "PE")
    answer = alice.post(path(delegation, "copy"), data)
    assert answer.status_code == 422
    assert f'id="{field}-error">Choose at least one' in text(answer)


def test_several_legs_can_get_one_status_and_booking_reference(house, alice, delegation):
    with house.open():
        both = [str(one.id) for one in db.session.query(Leg)]
    assert text(alice.get(path(delegation, f"status?journey={journey_id(house)}"))).count("<input checked") == 2
    data = {"legs": both, "status": "done", "booking_reference": ""}
    assert alice.post(path(delegation, "status"), data).status_code == 302
    with house.open():
        assert {(one.status, one.booking_reference) for one in db.session.query(Leg)} == {
            (LegStatus.DONE, "X1"), (LegStatus.DONE, None),
        }  # fmt: skip
    alice.post(path(delegation, "status"), data | {"status": "booked", "booking_reference": "ABC"})
    with house.open():
        assert {(one.status, one.booking_reference) for one in db.session.query(Leg)} == {(LegStatus.BOOKED, "ABC")}


def test_the_status_of_another_delegations_leg_cannot_be_changed(house, alice, delegation):
    with house.open() as make:
        foreign = make.leg(make.delegation(make.congress(), "PE"), "BOG", "CCS")
    data = {"legs": [str(foreign.id)], "status": "cancelled"}
    assert alice.post(path(delegation, "status"), data).status_code == 422
    assert "Choose at least one leg." in text(alice.post(path(delegation, "status"), {"status": "done"}))


@pytest.mark.parametrize("rest", ["back", "copy", "status"])
def test_users_of_other_congresses_get_404(house, browse, delegation, rest):
    with house.open() as make:
        charlie = make.user("Charlie")
        make.grant(charlie, Role.ORGANIZER, congress=make.congress("There"))
    assert browse(charlie).get(path(delegation, rest)).status_code == 404
    assert browse(charlie).post(path(delegation, rest), {}).status_code == 404
