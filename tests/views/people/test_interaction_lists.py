"""The list of all interactions: filtered, downloaded, and as far as the reader may see them."""

import csv
import io

import pytest

from app.domain.people import participations
from app.models.accounts.accounts import Role
from app.models.people.interactions import InteractionKind
from tests.factories import utc
from tests.views.pages import text


@pytest.fixture
def world(house, browse):
    """Alice and Bob work on one congress, Charlie on another, Dora on a campaign of Eva; all in Caracas time."""
    with house.open() as make:
        here, there, campaign = make.congress("Here"), make.congress("There"), make.campaign("Land")
        users = {name: make.user(name) for name in ("Alice", "Bob", "Charlie", "Dora", "Ada")}
        for name, where in (("Alice", {"congress": here}), ("Bob", {"congress": here}), ("Charlie", {"congress": there}),
                            ("Dora", {"campaign": campaign})):  # fmt: skip
            make.grant(users[name], Role.ORGANIZER, **where)
        make.grant(users["Ada"], Role.ADMIN)
        rosa, eva, union = (
            make.person("Rosa", "Núñez", congress=here),
            make.person("Eva", congress=here),
            make.organization("Dockers"),
        )
        participations.begin(eva, campaign_id=campaign.id)
        recorded = (
            (rosa, None, InteractionKind.CALL, "Tickets", "2025-11-03 03:59", "Alice"),
            (eva, union, InteractionKind.VISIT, "Visas", "2025-11-03 04:00", "Bob"),
            (None, union, InteractionKind.LETTER, "Strike", "2025-11-05 12:00", "Bob"),
        )
        for person, organization, kind, subject, at, by in recorded:
            make.interaction(
                person, organization=organization, kind=kind, subject=subject, occurred_at=utc(at), congress=here, by=users[by],
                body=f"About {subject.lower()} again",
            )  # fmt: skip
        make.interaction(organization=union, subject="Elsewhere", congress=there, by=users["Charlie"])
        numbers = {f"{name}_id": user.id for name, user in users.items()}
    return {name: browse(user) for name, user in users.items()} | numbers


def subjects(world, name="Alice", query=""):
    page = text(world[name].get(f"/interactions{query}"))
    rows = page[page.index('<ul class="rows">') :]
    return [one for one in ("Strike", "Visas", "Tickets", "Elsewhere") if f"<bdi>{one}</bdi>" in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Strike", "Visas", "Tickets"]),
        ("?kind=visit", ["Visas"]),
        ("?by=2", ["Strike", "Visas"]),
        ("?about=congress:1", ["Strike", "Visas", "Tickets"]),
        ("?since=2025-11-03", ["Strike", "Visas"]),
        ("?until=2025-11-02", ["Tickets"]),
        ("?until=2025-11-03", ["Visas", "Tickets"]),
        ("?q=nunez", ["Tickets"]),
        ("?q=dockers+again", ["Strike", "Visas"]),
        ("?q=visas+nunez", []),
        ("?kind=nonsense&since=yesterday", ["Strike", "Visas", "Tickets"]),
    ],
)
def test_the_list_is_filtered(world, query, found):
    assert subjects(world, query=query) == found


def test_everybody_sees_only_what_is_in_scope(world):
    assert subjects(world, "Charlie") == ["Elsewhere"]
    assert subjects(world, "Dora") == ["Visas"]
    assert subjects(world, "Ada") == ["Strike", "Visas", "Tickets", "Elsewhere"]
    page = text(world["Charlie"].get("/interactions"))
    assert "1 interaction." in page
    assert not any(name in page for name in ("Alice", "Bob", "Rosa", "Here"))


def test_accounts_and_congresses_that_a_reader_does_not_know_are_no_filter(world):
    page = text(world["Dora"].get("/interactions"))
    assert "another organizer" in page
    assert not any(name in page for name in ("Bob", "Here"))
    for query in (f"?by={world['Bob_id']}", "?about=congress:1", f"?by={world['Charlie_id']}"):
        assert subjects(world, "Dora", query) == ["Visas"]


def test_a_download_has_what_the_list_shows(world):
    path = "/interactions/download?kind=visit"
    assert path in text(world["Bob"].get("/interactions?kind=visit"))
    columns = ["occurred_at", "kind", "person", "organization", "about", "subject", "body", "recorded_by"]

    def rows(name):
        sent = world[name].post(path, data={"file_format": "csv", "columns": columns})
        return list(csv.reader(io.StringIO(sent.data.decode("utf-8-sig"), newline="")))[1:]

    shown = ["2025-11-03 00:00", "visit", "Eva Luz", "Dockers", "Here", "Visas", "About visas again"]
    assert rows("Bob") == [[*shown, "Bob"]]
    assert rows("Dora") == [["" if one == "Here" else one for one in shown] + ["another organizer"]]
    assert rows("Charlie") == []
