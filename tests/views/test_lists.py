"""Lists in pages: searched and filtered in the database, with links that keep the question."""

import re
from html import unescape

import pytest

from app.domain.mail import deliveries
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import MailboxLetter
from app.queries.paging import PAGE
from tests.factories import utc

MANY = PAGE + 3


@pytest.fixture
def lists(house, at):
    """An admin, and the address of each list with more rows than one page holds."""
    at(utc("2025-12-01 12:00"))
    with house.open() as make:
        admin = make.user("Ada", email="ada@example.org")
        make.grant(admin, Role.ADMIN)
        congress, campaign = make.congress(), make.campaign()
        for number in range(MANY):
            make.follow_up(congress, admin, title=f"Búsqueda {number:03}")
            make.subscription(campaign, f"busqueda{number:03}@example.org")
            make.user(f"Búsqueda {number:03}", email=f"account{number:03}@example.org")
            make.cite(make.article(f"Búsqueda {number:03}"), campaign)
            db.session.add(
                MailboxLetter(
                    message_id=f"<{number}@example.org>",
                    recipient="somebody@example.org",
                    subject=f"Búsqueda {number:03}",
                    content=b"",
                    received_at=utc("2025-12-01 12:00"),
                )
            )
    return admin, {
        "follow-ups": f"/congresses/{congress.id}/follow-ups",
        "subscribers": f"/campaigns/{campaign.id}/subscribers",
        "accounts": "/users",
        "cited": f"/campaigns/{campaign.id}/articles",
        "articles": "/articles",
        "mailbox": "/mailbox",
    }


@pytest.mark.parametrize("name", ["follow-ups", "subscribers", "accounts", "cited", "articles", "mailbox"])
def test_every_row_stands_on_exactly_one_page_and_links_keep_the_question(browse, lists, name):
    admin, paths = lists
    reader, found, path = browse(admin), [], f"{paths[name]}?q=busqueda"
    for _page in range(3):
        page = reader.get(path)
        assert page.status_code == 200
        main = page.text[page.text.index("<main") : page.text.index("</main>")]
        found += [
            match[1].lower().replace("ú", "u").replace(" ", "")
            for match in re.finditer(r"<b>.*?(b[uú]squeda ?\d{3}).*?</b>", main, re.IGNORECASE | re.DOTALL)
        ]
        following = re.search(r'rel="next" href="([^"]+)"', main)
        if not following:
            break
        path = unescape(following[1])
        assert "q=busqueda" in path
    assert sorted(found) == [f"busqueda{number:03}" for number in range(MANY)]
    assert 'rel="prev"' in page.text


def test_a_filter_that_does_not_exist_shows_all_and_breaks_nothing(browse, lists):
    admin, paths = lists
    reader = browse(admin)
    for name in ("follow-ups", "subscribers", "accounts"):
        page = reader.get(f"{paths[name]}?show=nonsense&page=-4")
        assert (page.status_code, 'rel="next"' in page.text) == (200, True), name
        assert 'aria-invalid="true"' in page.text


def test_lists_show_what_is_asked_for(browse, lists):
    admin, paths = lists
    reader = browse(admin)
    assert f"1 to {PAGE} of {MANY}" in reader.get(f"{paths['follow-ups']}?show=open").text
    assert "0 found." in reader.get(f"{paths['follow-ups']}?show=closed").text
    assert "1 found." in reader.get(f"{paths['accounts']}?q=ada").text
    assert "None found." in reader.get(f"{paths['subscribers']}?show=unsubscribed").text


@pytest.mark.parametrize("show", ["", "stuck", "failed", "sent", "nonsense"])
def test_letters_are_listed_in_every_state_also_those_to_delegates(browse, house, lists, show):
    admin, _paths = lists
    with house.open() as make:
        delegate = make.seat(make.delegation(make.congress()), make.person("Zoila", "Paz", email="zoila@example.org"))
        deliveries.promise_links(delegate.delegation)
    page = browse(admin).get(f"/deliveries?show={show}&q=zoila")
    assert page.status_code == 200
    assert ("Zoila Paz" in page.text) == (show in ("", "nonsense"))


def test_services_are_found_by_place_and_mode(browse, house, lists):
    admin, _paths = lists
    with house.open() as make:
        make.service("CUC", "BOG")
    reader = browse(admin)
    assert "<li>" in reader.get("/services?q=bogota&show=air").text
    assert "None found." in reader.get("/services?q=bogota&show=river").text
