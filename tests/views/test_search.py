"""The search page: results by kind, and only what each account may see."""

import pytest

from app.models.accounts.accounts import Role

MANY = 7


@pytest.fixture
def people(house, browse):
    """Alice sees everything, Bob works on the congress, Charlie on another one, and Dora is a member of a campaign."""
    with house.open() as make:
        congress, other, campaign = make.congress("Peace in Zulia"), make.congress(), make.campaign("Zulia first")
        alice, bob, charlie, dora = (make.user(name) for name in ("Alice", "Bob", "Charlie", "Dora"))
        make.grant(alice, Role.ADMIN)
        make.grant(bob, Role.ORGANIZER, congress=congress)
        make.grant(charlie, Role.ORGANIZER, congress=other)
        make.grant(charlie, Role.MEMBER, campaign=campaign)
        make.grant(dora, Role.MEMBER, campaign=campaign)
        for number in range(MANY):
            make.person("Zulia", f"Rojas {number}", congress=congress)
        make.person("Zulia", "Prado", campaign=campaign)
        make.follow_up(congress, alice, title="Call Zulia")
        make.organization(name="Zulia Union")
        make.article("Zulia on strike")
        return {user.name: browse(user) for user in (alice, bob, charlie, dora)}


def found(browser, **asked):
    return browser.get("/search", query_string=asked).get_data(as_text=True)


def test_results_are_shown_by_kind_and_the_rest_on_pages_of_their_own(people):
    page = found(people["Alice"], q="zul")
    for shown in (f"{MANY + 1} found", "Zulia Union", "Peace in Zulia", "Zulia first", "Call Zulia", "Zulia on strike"):
        assert shown in page, shown
    assert "Rojas 4" not in page
    page = found(people["Alice"], q="zul", show="people")
    assert "Rojas 6" in page
    assert "Zulia Union" not in page


def test_nobody_finds_or_counts_what_another_congress_has(people):
    bob, charlie, dora = (found(people[name], q="zulia") for name in ("Bob", "Charlie", "Dora"))
    assert f"{MANY} found" in bob
    assert "Prado" not in bob
    for page in (charlie, dora):
        assert not any(word in page for word in ("Rojas", "Prado", "Peace in Zulia", "Call Zulia", f"{MANY} found"))
        assert "Zulia first" in page
    assert "Zulia Union" in charlie
    assert "Zulia Union" not in dora
    assert "Rojas" not in found(people["Charlie"], q="zulia", show="people")


def test_every_page_has_the_search_and_an_empty_one_explains_it(people):
    assert 'action="/search"' in people["Dora"].get("/").get_data(as_text=True)
    assert "the order of words do not matter" in found(people["Dora"])
    assert "None found." in found(people["Dora"], q="nothing like it")
