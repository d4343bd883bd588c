"""Pages of the targets of a campaign."""

import pytest

from app.models.accounts.accounts import Role


@pytest.fixture
def pages(house, browse, at):
    """Return the address of a campaign's targets, and clients of Alice, Bob (on her team) and Charlie."""
    with house.open() as make:
        campaign, alice, bob, charlie = make.campaign("Open ports"), make.user("Alice"), make.user("Bob"), make.user()
        make.grant(alice, Role.COORDINATOR, campaign=campaign)
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.ORGANIZER, campaign=make.campaign("Other"))
        make.article("Port opens at night")
        return f"/campaigns/{campaign.id}/targets", browse(alice), browse(bob), browse(charlie)


def test_a_target_is_recorded_and_its_answers_are_logged_with_the_article_that_reports_them(pages):
    path, alice, bob, charlie = pages
    saved = bob.edit(
        f"{path}/new", name="Port Authority", country="CO", email=" Port@Example.ORG", demand="Open at night"
    )
    page = alice.get(saved.location).text
    assert "nobody has asked it yet" in page
    assert "mailto:port@example.org" in page
    assert "Open at night" in page
    logged = bob.edit(
        f"{saved.location}/log",
        kind="committed",
        happened_on="2025-12-01",
        text="From Monday on.",
        article="Port opens at night",
    )
    page = alice.get(logged.location).text
    assert "✓ committed" in page
    assert "From Monday on." in page
    assert "Recorded by Bob." in page
    assert "Port opens at night" in page
    assert "Nobody is asked to write to it any more." in page
    assert "What happened: <del>–</del> → December 1, 2025, it committed itself" in " ".join(page.split())
    assert charlie.get(saved.location).status_code == 404
    assert charlie.get(path).status_code == 404


def test_a_date_in_the_future_is_refused_beside_its_field_and_nothing_typed_is_lost(pages):
    path, alice, *_others = pages
    target = alice.edit(f"{path}/new", name="Port Authority").location
    refused = alice.edit(f"{target}/log", kind="signed", happened_on="2090-12-01", text="They signed.")
    assert refused.status_code == 422
    assert "This date is in the future." in refused.text
    assert "They signed." in refused.text


def test_whom_nobody_writes_to_is_marked_and_the_reason_is_kept(pages):
    path, alice, *_others = pages
    values = {"name": "A judge", "kind": "official", "open_to_letters": None, "closed_because": "A case is pending."}
    page = alice.get(alice.edit(f"{path}/new", **values).location).text
    assert "Nobody is asked to write to it. A case is pending." in " ".join(page.split())
    assert "nobody is asked to write" in alice.get(path).text


def test_the_download_has_what_the_search_finds_and_is_in_the_history(pages):
    path, alice, *_others = pages
    alice.edit(f"{path}/new", name="Port Authority", country="CO")
    target = alice.edit(f"{path}/new", name="Shipping line", country="PA").location
    alice.edit(f"{target}/log", kind="refused", happened_on="2025-12-01", text="No\nand no.")
    asked = f"{path}/download?country=PA"
    columns = ["country", "name", "status", "log"]
    answer = alice.post(asked, {**alice.typed(asked), "file_format": "csv", "columns": columns})
    assert answer.status_code == 200
    lines = answer.get_data(as_text=True).strip().splitlines()
    assert len(lines) == 2
    assert "Panama,Shipping line,said no" in lines[1]
    assert "it refused: No and no." in lines[1]
