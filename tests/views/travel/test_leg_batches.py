"""Copying several legs to other delegations, and setting their status."""

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.congresses import Congress
from app.models.travel.journeys import Direction, Leg, LegStatus
from tests.views.pages import text
from tests.views.travel.itineraries import journey_id, legs, path


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


@pytest.mark.parametrize("rest", ["copy", "status"])
def test_users_of_other_congresses_get_404(house, browse, delegation, rest):
    with house.open() as make:
        charlie = make.user("Charlie")
        make.grant(charlie, Role.ORGANIZER, congress=make.congress("There"))
    assert browse(charlie).get(path(delegation, rest)).status_code == 404
    assert browse(charlie).post(path(delegation, rest), {}).status_code == 404
