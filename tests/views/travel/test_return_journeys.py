"""The return journey is drafted from the outbound one."""

import re

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.congress.delegations import Delegation
from app.models.travel.journeys import Direction, Leg, LegStatus
from tests.views.pages import text
from tests.views.travel.itineraries import journey_id, legs, path


def preview(browser, delegation, data):
    page = text(browser.post(path(delegation, "back"), data))
    return page, re.search(r'name="previewed" value="(\w+)"', page)[1]


def times(page):
    return dict(re.findall(r'name="((?:departs|arrives)-\d)"[^>]* value="([^"]*)"', page))


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


def test_users_of_other_congresses_get_404(house, browse, delegation):
    with house.open() as make:
        charlie = make.user("Charlie")
        make.grant(charlie, Role.ORGANIZER, congress=make.congress("There"))
    assert browse(charlie).get(path(delegation, "back")).status_code == 404
    assert browse(charlie).post(path(delegation, "back"), {}).status_code == 404
