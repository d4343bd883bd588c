"""Pages of people: their fields, and how they are shown."""

import pytest

from app.models.accounts.accounts import Role


@pytest.fixture
def alice(house, browse):
    with house.open() as make:
        alice = make.user("Alice")
        make.grant(alice, Role.ADMIN)
    return browse(alice)


@pytest.mark.parametrize(("phone", "link"), [("+58 212-5550142", "+582125550142"), ("call her <aunt>", None)])
def test_a_phone_that_is_not_a_number_is_saved_with_a_note(alice, phone, link):
    values = {"given_name": "Zoila", "phone": phone, "subject": ""}
    page = alice.post("/people/new", data=values, follow_redirects=True).text
    form = alice.get("/people/1/edit").text
    if link:
        assert f'<a href="tel:{link}"><bdi>{phone}</bdi></a>' in page
    else:
        assert "call her &lt;aunt&gt;" in page
        assert "tel:" not in page
        assert 'value="call her &lt;aunt&gt;"' in form
    assert ("This number cannot be dialed." in page) == ("This number cannot be dialed." in form) == (link is None)
