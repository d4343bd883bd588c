"""Pages of congresses: the recorded fields are shown."""

from flask import current_app

from app.models.accounts.accounts import Role
from app.tokens import sign_delegate_link


def test_edition_theme_and_venue_are_shown_to_organizers_and_delegates(house, browse):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
        congress = make.congress(edition="Third edition", theme="Peace & bread", venue="Casa del Pueblo")
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
