"""Downloads of the lists of a congress."""

import csv
import io

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from app.models.people.people import ContactType
from app.policy import TABLE, Permission


@pytest.fixture
def bob(house, browse):
    with house.open() as make:
        congress = make.congress()
        bob = make.user("Bob")
        make.grant(bob, Role.ORGANIZER, congress=congress)
        full = make.delegation(congress, "BO", organization=make.organization("Teachers"), delegates=1)
        make.contact_detail(full.delegates[0].person, "rosa@example.org", type=ContactType.EMAIL)
        make.delegation(congress, "MX", organization=make.organization("Miners"), delegates=0, seats=7)
        make.leg(full)
        make.follow_up(congress, bob, title="=Call the consulate", delegation=full)
    return browse(bob)


def rows(client, path, columns):
    answer = client.post(path, data={"file_format": "csv", "columns": columns})
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_delegations_have_a_row_for_each_delegate(bob):
    found = rows(
        bob,
        "/congresses/1/delegations/download",
        ["organization", "country", "seats", "given_name", "is_head", "email"],
    )
    assert found[0] == ["Organization", "Traveling from", "Seats", "Given names", "Head of delegation", "Email address"]
    assert found[1] == ["Miners", "Mexico", "7", "", "", ""]
    assert (found[2][0], found[2][5]) == ("Teachers", "rosa@example.org")


def test_the_search_of_the_delegations_applies(bob):
    found = rows(bob, "/congresses/1/delegations/download?q=mexico", ["organization"])
    assert found == [["Organization"], ["Miners"]]


def test_without_the_permission_there_are_no_contact_details_to_choose(bob, monkeypatch):
    monkeypatch.setitem(TABLE, Role.ORGANIZER, TABLE[Role.ORGANIZER] - {Permission.PERSON_EXPORT})
    assert "Email address" not in bob.get("/congresses/1/delegations/download").text
    refused = bob.post("/congresses/1/delegations/download", data={"file_format": "csv", "columns": ["email"]})
    assert refused.status_code == 422
    assert bob.get("/people/download").status_code == 403


def test_legs_have_the_times_that_clocks_show_at_each_end(bob):
    found = rows(bob, "/congresses/1/journeys/download", ["organization", "origin", "departs_at", "travelers"])
    assert found[0] == ["Organization", "Travelers", "From", "Departs"]
    assert found[1][:2] == ["Teachers", "everyone"]
    assert found[1][3][:4].isdecimal()


def test_actions_are_downloaded_and_the_congress_says_so(bob, house):
    found = rows(bob, "/congresses/1/follow-ups/download?show=open", ["title", "assignee", "due_at"])
    assert found[1][:2] == ["'=Call the consulate", "Bob"]
    assert "(" in found[0][2]
    with house.open():
        [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "exported"))
        assert (entry.subject, entry.congress_id, entry.after["rows"]) == ("congresses", 1, 1)
