"""Pages of roads that organizers rule out."""

import pytest

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.travel.ruled_out_roads import RuledOutRoad
from tests.factories import utc
from tests.views.pages import text

PAGE = "/ruled-out-roads"


def standing(house):
    with house.open():
        return db.session.query(RuledOutRoad).filter_by(lifted_at=None).count()


@pytest.fixture
def user(house, browse):
    def signed_in(name, role):
        with house.open() as make:
            one = make.user(name)
            make.grant(one, role, congress=make.congress())
        return browse(one)

    return signed_in


def test_an_organizer_rules_a_road_out_and_only_a_coordinator_lifts_it(house, user):
    bob, alice = user("Bob", Role.ORGANIZER), user("Alice", Role.COORDINATOR)
    assert "No road has been ruled out." in text(bob.get(PAGE))
    typed = bob.typed(
        f"{PAGE}/new", kind="country", country="CO", reason="Armed strike", source="The union", checked_on="2025-01-05"
    )
    assert bob.post(f"{PAGE}/new", typed).status_code == 302
    shown = text(bob.get(PAGE))
    assert "All roads in this country: Colombia" in shown
    assert "Armed strike.</bdi>" in shown
    assert "Said by The union on January 5, 2025." in shown
    bob.post(f"{PAGE}/1/lift")
    assert standing(house) == 1
    assert "Bob proposed to lift it" in text(alice.get(PAGE))
    alice.post(f"{PAGE}/1/keep")
    assert "proposed to lift" not in text(alice.get(PAGE))
    alice.post(f"{PAGE}/1/lift")
    assert standing(house) == 0


def test_wrong_input_has_its_error_beside_the_field(user):
    bob = user("Bob", Role.ORGANIZER)
    typed = bob.typed(f"{PAGE}/new", kind="between", reason="Mines", source="The union", checked_on="2025-01-05")
    answer = bob.post(f"{PAGE}/new", typed)
    assert answer.status_code == 422
    assert "Mines" in text(answer)


def test_the_page_of_routes_says_which_roads_were_left_out_and_why(house, browse, at):
    at(utc("2025-12-04 12:00"))
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        make.service("BOG", "CCS")
        make.ruled_out_road(country="VE")
        make.ruled_out_road(country="PE", reason="Landslide")
        delegation = make.delegation(make.congress())
    path = f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/ways"
    page = text(browse(alice).get(path, query_string={"origin": "BOG", "preference": "fastest"}))
    assert "1 dangerous road was left out" in page
    assert "All roads in this country: Venezuela" in page
    assert "Armed strike." in page
    assert "Landslide" not in page
