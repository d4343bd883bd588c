"""The pages on which organizations are tied to those that they belong to."""

import pytest

from app.models.accounts.accounts import Role
from tests.views.pages import text


@pytest.fixture
def alice(house, browse):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ORGANIZER, congress=make.congress())
    return browse(alice)


@pytest.fixture
def union(house):
    with house.open() as make:
        make.organization("World Federation", country="CL")
        return make.organization("Union of Dockers", country="CL")


def test_a_union_in_a_federation_is_shown_on_both_pages_and_in_the_structure(alice, union):
    page = f"/organizations/{union.id}"
    data = {"parent": "World Federation", "kind": "member", "start_date": "1999-05-01"}
    assert alice.post(f"{page}/affiliations/new", data).status_code == 302
    above = text(alice.get(page))
    assert above.index("Belongs to") < above.index("World Federation") < above.index("member · since May 1, 1999")
    assert "Union of Dockers" in text(alice.get("/organizations/1"))
    structure = text(alice.get(f"{page}/structure")).partition("As text")[2]
    assert structure.index(">World Federation<") < structure.index(">Union of Dockers<")
    drawn = alice.get(f"{page}/structure.svg?width=360")
    assert drawn.mimetype == "image/svg+xml"
    assert "World Federation" in drawn.text
    policy = drawn.headers["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_circle_has_its_error_beside_the_field(house, alice, union):
    alice.post(f"/organizations/{union.id}/affiliations/new", {"parent": "World Federation", "kind": "member"})
    refused = alice.post("/organizations/1/affiliations/new", {"parent": "Union of Dockers", "kind": "member"})
    assert refused.status_code == 422
    assert 'id="parent-error"' in refused.text
    assert "Union of Dockers belongs to World Federation, directly or through others." in text(refused)
