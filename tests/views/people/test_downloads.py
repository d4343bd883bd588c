"""Downloads of people and organizations: what the files contain, for whom, and what is recorded about them."""

import csv
import io
import re

import pytest
from limits import parse
from sqlalchemy import select

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from app.models.people.people import ContactType
from app.queries.people import people as person_queries
from app.tables import open_table
from app.tables.vcard_tables import read_cards
from app.web import rate_limits

ALL = ["given_name", "family_name", "country", "organization", "email", "phone", "other_contacts", "preferred_language"]


@pytest.fixture
def people(house, browse):
    """Return clients of Alice, who owns everything, Bob, who works on the congress, and Charlie, who works on another."""
    with house.open() as make:
        congress, other = make.congress(), make.congress("Another congress")
        named = {name: make.user(name) for name in ("Alice", "Bob", "Charlie")}
        make.grant(named["Alice"], Role.ADMIN)
        make.grant(named["Bob"], Role.ORGANIZER, congress=congress)
        make.grant(named["Charlie"], Role.ORGANIZER, congress=other)
        rosa = make.person("Rosa", "Núñez", congress=congress, country="BO", preferred_language="es")
        make.contact_detail(rosa, "rosa@example.org", type=ContactType.EMAIL)
        make.contact_detail(rosa, "+59171234567", type=ContactType.WHATSAPP)
        make.membership(rosa, organization=make.organization("Teachers", acronym="TT", country="BO"))
        evil = make.person('=HYPERLINK("http://x")', "+Luz", congress=congress)
        make.contact_detail(evil, "@handle", type=ContactType.OTHER)
        make.person("Iris", "Hidden", congress=other)
    return {name: browse(user) for name, user in named.items()}


def sent(client, path="/people/download", file_format="csv", columns=ALL):
    answer = client.post(path, data={"file_format": file_format, "columns": columns})
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.data


def rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_file_has_the_chosen_columns_of_the_people_that_the_reader_may_see(people):
    sheet = open_table(io.BytesIO(sent(people["Bob"]))).sheets[0]
    assert sheet.header().names == (
        "Given names", "Family names", "Country", "Organization", "Email address", "Phone", "Other contact details", "Language",
    )  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in sheet.records()] == [
        ['=HYPERLINK("http://x")', "+Luz", "", "", "", "", "Other contact: @handle", ""],
        ["Rosa", "Núñez", "Bolivia", "Teachers", "rosa@example.org", "+59171234567", "", "Spanish"],
    ]


def test_formulas_in_names_are_defused(people):
    assert rows(sent(people["Bob"], columns=["given_name", "family_name"]))[1] == ['\'=HYPERLINK("http://x")', "'+Luz"]


def test_one_account_downloads_only_so_often_an_hour(people, monkeypatch):
    monkeypatch.setattr(rate_limits, "DOWNLOADS", (parse("1/hour"),))
    sent(people["Bob"])
    refused = people["Bob"].post("/people/download", data={"file_format": "csv", "columns": ALL})
    assert refused.status_code == 429
    assert "Too many attempts." in refused.text
    sent(people["Alice"])


def test_nobody_exports_people_of_others(people):
    assert rows(sent(people["Charlie"], columns=["given_name"])) == [["Given names"], ["Iris"]]
    assert "The file contains the whole list." in people["Charlie"].get("/people/download").text
    assert len(rows(sent(people["Alice"]))) == 4


def test_the_search_of_the_list_applies(people):
    page = people["Bob"].get("/people?q=nunez").text
    assert "/people/download?q=nunez" in page
    assert "only what your search found" in people["Bob"].get("/people/download?q=nunez").text
    assert rows(sent(people["Bob"], "/people/download?q=nunez", columns=["given_name"])) == [["Given names"], ["Rosa"]]


def test_contact_details_are_not_chosen_at_first(people):
    page = people["Bob"].get("/people/download").text
    checked = re.findall(r'<input checked[^>]*value="([^"]+)"', page)
    assert checked == ["given_name", "family_name", "country", "organization"]


def test_cards_can_be_put_in_an_address_book(people):
    [card] = read_cards(io.BytesIO(sent(people["Bob"], "/people/download?q=rosa", "vcf", [])))
    assert (card.full_name, card.emails, card.phones, card.organizations, card.languages) == (
        "Rosa Núñez", ("rosa@example.org",), ("+59171234567",), ("Teachers",), ("es",)
    )  # fmt: skip
    assert card.uid.endswith("/people/1")


def test_xlsx_has_the_same(people):
    sheet = open_table(io.BytesIO(sent(people["Bob"], file_format="xlsx", columns=["family_name"]))).sheets[0]
    assert (sheet.name, [row.cells[0].text for row in sheet.records()]) == ("People", ["+Luz", "Núñez"])


def test_a_table_needs_a_column(people):
    answer = people["Bob"].post("/people/download", data={"file_format": "csv"})
    assert answer.status_code == 422
    assert "Choose at least one column." in answer.text


def test_the_list_is_read_only_when_the_file_is_made(people, monkeypatch):
    read, numbers = [], person_queries.numbers
    monkeypatch.setattr(person_queries, "numbers", lambda *given, **chosen: read.append(1) or numbers(*given, **chosen))
    people["Bob"].get("/people/download")
    assert read == []
    sent(people["Bob"])
    assert read == [1]


def test_who_downloaded_what_is_recorded_without_contact_details(house, people):
    people["Bob"].get("/people/download")
    sent(people["Bob"])
    with house.open():
        [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "exported"))
        assert (entry.actor.name, entry.subject, entry.subject_id) == ("Bob", "users", entry.actor_id)
        assert entry.after == {"exported": "people", "file_format": "csv", "rows": 2, "with_contact_details": True}
    history = people["Alice"].get("/users/2").text
    assert "Downloaded" in history
    assert "With contact details" in history


def test_organizations_are_downloaded_by_everyone_who_lists_them(people):
    data = sent(
        people["Charlie"], "/organizations/download?q=bolivia", columns=["name", "acronym", "country", "number"]
    )
    assert rows(data) == [["Name", "Acronym", "Country", "Number in Encuentro"], ["Teachers", "TT", "Bolivia", "1"]]
    [card] = read_cards(io.BytesIO(sent(people["Charlie"], "/organizations/download", "vcf", [])))
    assert (card.full_name, card.is_organization) == ("Teachers", True)
