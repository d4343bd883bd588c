"""Who decides which crossings and services are proposed to the whole house."""

import pytest

from app.domain.travel import places
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.travel.places import Crossing, Service
from tests.views.pages import text


@pytest.fixture
def story(house, browse):
    """Bob organizes a congress that Alice coordinates; a crossing is banned."""
    with house.open() as make:
        congress, alice, bob = make.congress(), make.user("Alice"), make.user("Bob")
        make.grant(alice, Role.COORDINATOR, congress=congress)
        make.grant(bob, Role.ORGANIZER, congress=congress)
        crossing, service = make.crossing(), make.service()
        places.ban_crossing(crossing, banned=True)
    return browse(alice), browse(bob), f"/crossings/{crossing.id}", f"/services/{service.id}"


def stored(house):
    with house.open():
        crossing = db.session.query(Crossing).one()
        return crossing.verified_by, crossing.banned, crossing.note, db.session.query(Service).one().banned


def test_an_organizer_edits_a_crossing_but_neither_verifies_nor_allows_nor_bans_it_alone(house, story):
    _alice, bob, page, service = story
    assert "waits until somebody else has accepted it" in text(bob.get(page))
    assert bob.edit(page, note="Two windows").status_code == 302
    assert bob.edit(page, note="Three windows", banned=None).status_code == 302
    for verb in ("verify", "allow"):
        assert bob.post(f"{page}/{verb}").status_code == 302
    assert bob.post(f"{service}/ban").status_code == 403
    assert stored(house) == (None, True, "Three windows", False)


def test_a_coordinator_verifies_allows_and_bans(house, story):
    alice, _bob, page, service = story
    assert "waits until" not in text(alice.get(page))
    for path in (f"{page}/allow", f"{page}/verify", f"{service}/ban"):
        assert alice.post(path).status_code == 302
    assert stored(house) == ("Alice", False, None, True)
    alice.post(f"{page}/ban")
    assert stored(house) == ("Alice", True, None, True)


def test_an_organizer_withdraws_a_verification_because_doubts_are_urgent(house, story):
    alice, bob, page, _service = story
    alice.post(f"{page}/verify")
    assert bob.post(f"{page}/doubt").status_code == 302
    assert stored(house)[0] is None
