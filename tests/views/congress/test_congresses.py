"""Pages of congresses: the recorded fields are shown."""

from flask import current_app

from app.models.accounts.accounts import Role
from app.tokens import sign_delegate_link
from tests.factories import going_on, utc


def test_edition_theme_and_venue_are_shown_to_organizers_and_delegates(house, browse):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        congress = make.congress(edition="Third edition", theme="Peace & bread", venue="Casa del Pueblo", **going_on())
        delegate = make.seat(make.delegation(congress, delegates=0), make.person(congress=congress))
        token = sign_delegate_link(current_app.config["SECRET_KEY"], delegate)
        paths = ["/congresses", f"/congresses/{congress.id}"]
    pages = [browse(alice).get(path).text for path in paths]
    pages.append(browse().get(f"/here/{token}").text)
    for page in pages:
        assert "Third edition" in page
        assert "Casa del Pueblo, Caracas" in page
    for page in pages[1:]:
        assert "Peace &amp; bread" in page


def test_days_are_counted_where_the_congress_is_held(house, browse, at):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        page = f"/congresses/{make.congress().id}"
    client = browse(alice)
    at(utc("2025-12-10 02:00"))  # December 9, 22:00 in Caracas
    assert "starts in 2 days" in client.get(page).text
    at(utc("2025-12-14 02:00"))  # December 13, 22:00 in Caracas
    assert "in progress" in client.get(page).text
    assert "took place" not in client.get("/congresses").text
    at(utc("2025-12-14 05:00"))
    assert "in progress" not in client.get(page).text
    assert "took place" in client.get("/congresses").text
