"""Lists of mobilizations and sign-ups as files: what they contain, for whom, and that it is recorded."""

import csv
import io

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from app.models.mobilizing.sign_ups import SignUpKind
from tests.factories import local, utc


@pytest.fixture
def story(house, browse, at):
    at(utc("2026-03-01 12:00"))
    with house.open() as make:
        campaign = make.campaign("Water", open_to_sign_ups=True)
        alice, bob, charlie = make.user("Alice"), make.user("Bob"), make.user("Charlie")
        make.grant(alice, Role.COORDINATOR, campaign=campaign)
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.COORDINATOR, campaign=make.campaign("Another"))
        march = make.mobilization(campaign, starts=local("2026-03-20 18:00"), title="=March")
        make.mobilization(campaign, title="Vigil")
        make.sign_up(
            campaign, SignUpKind.ATTEND, about={"mobilization_id": march.id}, name="Luz", email="luz@example.org"
        )
        make.sign_up(campaign, name="Sol")
        here = f"/campaigns/{campaign.id}"
    return {"alice": browse(alice), "bob": browse(bob), "charlie": browse(charlie), "here": here}


def rows(client, path, columns):
    answer = client.post(path, {"columns": columns, "file_format": "csv"})
    assert answer.mimetype == "text/csv", answer.text
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_what_the_search_finds_is_downloaded_with_the_local_time_of_the_place(story):
    found = rows(story["bob"], f"{story['here']}/mobilizations/download?q=march", ["title", "starts", "timezone"])
    assert found[1:] == [["'=March", "2026-03-20 18:00", "America/Bogota"]]


def test_each_download_is_recorded_with_whether_it_says_how_to_reach_people(story, house):
    path = f"{story['here']}/sign-ups/download"
    assert rows(story["alice"], f"{path}?kind=attend", ["name", "mobilization", "email"])[1:] == [
        ["Luz", "'=March", "luz@example.org"]
    ]
    assert sorted(rows(story["bob"], path, ["name"])[1:]) == [["Luz"], ["Sol"]]
    with house.open():
        noted = [one.after for one in db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "exported"))]
        assert [(one["exported"], one["rows"], one["with_contact_details"]) for one in noted] == [
            ("sign_ups", 1, True), ("sign_ups", 2, False),
        ]  # fmt: skip


def test_charlie_downloads_nothing(story):
    for path in ("/mobilizations/download", "/sign-ups/download"):
        assert story["charlie"].get(f"{story['here']}{path}").status_code == 404
