"""The lists of people and organizations: columns, order, filters, letters, and what is remembered for an account."""

import re
from html import unescape

import pytest
from sqlalchemy import event, select

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.list_views import ListView
from app.models.people.custom_fields import FieldKind, RecordKind
from app.models.people.people import ContactType
from app.queries.paging import PAGE

EVERY = (
    "country", "organization", "post", "email", "phone", "other_contacts", "preferred_language", "locality", "nationality",
    "congresses", "tags", "last_interaction", "custom_1", "custom_2", "created_at", "number",
)  # fmt: skip


@pytest.fixture
def people(house, browse):
    """Return clients of Alice, who owns everything, Bob, who works on the congress, and Charlie, who works on another."""
    with house.open() as make:
        congress, other = make.congress("Meeting of dockers"), make.congress("Another congress")
        named = {name: make.user(name) for name in ("Alice", "Bob", "Charlie")}
        make.grant(named["Alice"], Role.ADMIN)
        make.grant(named["Bob"], Role.ORGANIZER, congress=congress)
        make.grant(named["Charlie"], Role.ORGANIZER, congress=other)
        fields = [make.custom_field(RecordKind.PERSON, FieldKind.NUMBER, name="Years"),
                  make.custom_field(RecordKind.PERSON, name="Motto")]  # fmt: skip
        organization = make.organization("Teachers", country="BO")
        for number in range(3):
            rosa = make.person(
                "Rosa", f"Núñez {number}", congress=congress, country="BO", locality="La Paz", preferred_language="es",
                nationality="PE",
            )  # fmt: skip
            make.contact_detail(rosa, f"rosa{number}@example.org", type=ContactType.EMAIL)
            make.contact_detail(rosa, "+59171234567", type=ContactType.WHATSAPP)
            make.membership(rosa, organization=organization, post="Secretary")
            make.tagging(rosa)
            make.interaction(rosa, congress=congress)
            make.seat(make.delegation(congress, delegates=0), rosa)
            make.custom_value(rosa, fields[0], number)
            make.custom_value(rosa, fields[1], f"Peace {number}")
        make.person("Iris", "Hidden", congress=other, country="CL", preferred_language="qu")
    return {name: browse(user) for name, user in named.items()}


def address(columns=(), path="/people", **arguments):
    """Return the address of a list."""
    return f"{path}?{'&'.join([*(f'columns={one}' for one in columns), *(f'{k}={v}' for k, v in arguments.items())])}"


def table(page):
    """Return the texts of a list's table, row by row, headings first."""
    return [
        [" ".join(unescape(re.sub(r"<[^>]+>", "", cell)).split()) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", page.text, re.DOTALL)
    ]  # fmt: skip


def test_every_column_shows_its_values(people):
    headings, *rows = table(people["Bob"].get(address(EVERY)))
    assert headings == [
        "Name", "Country", "Organization", "Position", "Email address", "Phone", "Other contact details", "Language", "Town",
        "Nationality", "Congresses", "Tags", "Last interaction", "Years", "Motto", "Recorded on", "Number in Encuentro",
    ]  # fmt: skip
    assert rows[2][:12] == [
        "Rosa Núñez 2", "Bolivia", "Teachers", "Secretary", "rosa2@example.org", "+59171234567", "", "Spanish", "La Paz",
        "Peru", "Meeting of dockers", "Interpreter",
    ]  # fmt: skip
    assert rows[2][13:15] == ["2", "Peace 2"]


@pytest.fixture
def statements(app):
    """Return a function that counts the statements that a page sends to the database."""
    sent = []

    def count(*_arguments):
        sent.append(1)

    def opened(client, path):
        sent.clear()
        assert client.get(path).status_code == 200
        return len(sent)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    yield opened
    event.remove(engine, "before_cursor_execute", count)


def test_columns_take_one_statement_for_each_kind_of_thing_however_many_rows_and_fields_there_are(
    people, house, statements
):
    few = statements(people["Alice"], address(["country"]))
    every = statements(people["Alice"], address(EVERY))
    assert every - few <= 4  # congresses, tags, interactions, and all own fields together
    with house.open() as make:
        for number in range(PAGE):
            person = make.person("Ana", f"Mora {number}")
            make.membership(person, organization=make.organization(f"Union of town {number}"))
            make.tagging(person, f"Tag {number}")
    assert statements(people["Alice"], address(EVERY)) <= every


def test_headings_sort_by_what_an_index_serves_and_say_the_direction(people):
    page = people["Bob"].get(address(["locality", "email", "custom_1"], sorting="-custom_1"))
    assert [row[0] for row in table(page)[1:]] == ["Rosa Núñez 2", "Rosa Núñez 1", "Rosa Núñez 0"]
    assert re.findall(r'aria-sort="(\w+)">\s*<a[^>]*>(\w+)', page.text) == [("descending", "Years")]
    links = {
        text: unescape(link)
        for link, text in re.findall(r'<th scope="col"[^>]*>\s*<a href="([^"]*)">([^<]*)</a>', page.text)
    }
    assert set(links) == {"Name", "Town", "Years"}
    assert "columns=email&columns=locality&columns=custom_1&sorting=custom_1" in links["Years"]
    page = people["Bob"].get(links["Years"])
    assert [row[0] for row in table(page)[1:]] == ["Rosa Núñez 0", "Rosa Núñez 1", "Rosa Núñez 2"]


def test_a_list_without_columns_or_order_in_its_address_is_as_the_account_wanted_it(people, house):
    alice, bob = people["Alice"], people["Bob"]
    asked = alice.get(address(["email"], sorting="-name"))
    assert "Always show these columns" in asked.text
    assert "Always show these columns" not in alice.get("/people").text
    sent = {"columns": ["email"], "sorting": "-name"}
    page = alice.post("/people/columns", data=sent | {"idempotency_key": "1" * 32}, follow_redirects=True)
    assert table(page)[0] == ["Name", "Email address"]
    assert table(page)[1][0] == "Rosa Núñez 2"
    assert "Always show these columns" not in page.text
    assert table(bob.get("/people"))[0] == ["Name", "Country", "Organization"]
    alice.post("/people/columns", data=sent | {"columns": ["country"], "idempotency_key": "2" * 32})
    assert table(alice.get("/people"))[0] == ["Name", "Country"]
    with house.open():
        assert len(db.session.scalars(select(ListView)).all()) == 1


@pytest.mark.parametrize("sent", [{"sorting": "words"}, {"columns": ["nothing"], "sorting": "name"}, {}])
def test_what_no_list_can_show_is_not_remembered(people, house, sent):
    assert people["Alice"].post("/people/columns", data=sent | {"idempotency_key": "1" * 32}).status_code == 302
    with house.open():
        assert db.session.scalars(select(ListView)).all() == []


def test_unknown_columns_orders_and_filters_in_an_address_show_the_usual_list(people):
    page = people["Bob"].get("/people?columns=nothing&sorting=words&tag=x&country=XX&language=%00&at=x&show=y")
    assert page.status_code == 200
    assert len(table(page)) == 4


def test_filters_offer_and_find_only_what_the_reader_may_see(people):
    bob, charlie = people["Bob"], people["Charlie"]
    offered = {
        name: re.findall(r'value="(\w+)"', re.search(rf'<select[^>]* name="{name}">(.*?)</select>', page, re.DOTALL)[1])
        for page in [bob.get("/people").text] for name in ("country", "language")
    }  # fmt: skip
    assert offered == {"country": ["BO"], "language": ["es"]}
    assert len(table(bob.get("/people?country=BO&language=es&tag=1"))) == 4
    assert "0 found." in charlie.get("/people?tag=1").text
    assert "Núñez" not in charlie.get("/people?country=BO").text
    assert "Núñez" not in charlie.get(address(EVERY, sorting="custom_1")).text


def test_a_download_has_the_columns_and_the_order_of_the_list(people):
    listed = people["Alice"].get(address(["email", "tags"], sorting="-name", country="BO"))
    link = unescape(re.search(r'href="(/people/download[^"]*)"', listed.text)[1])
    form = people["Alice"].get(link).text
    checked = re.findall(r'<input checked[^>]* value="(\w+)"', form)
    assert [one for one in checked if one != "xlsx"] == ["given_name", "family_name", "email", "tags"]
    sent = {"file_format": "csv", "columns": ["family_name", "tags"], "idempotency_key": "1" * 32}
    lines = people["Alice"].post(link, data=sent).data.decode("utf-8-sig").splitlines()
    assert lines == ["Family names,Tags", "Núñez 2,Interpreter", "Núñez 1,Interpreter", "Núñez 0,Interpreter"]


def test_letters_lead_to_names_in_a_list_of_several_pages_sorted_by_name(people, house):
    with house.open() as make:
        for number in range(PAGE):
            make.person("Ana", f"Mora {number}")
    alice = people["Alice"]
    page = alice.get("/people")
    link = re.search(r'<a href="([^"]*)">N</a>', page.text)[1]
    assert table(alice.get(unescape(link)))[1][0] == "Rosa Núñez 0"
    assert ">N</a>" not in alice.get("/people?sorting=country").text


def test_a_list_of_organizations_has_its_own_columns_order_and_memory(people):
    bob = people["Bob"]
    columns = ("acronym", "country", "members", "tags", "last_interaction")
    headings, *rows = table(bob.get(address(columns, "/organizations", tag="")))
    assert headings == ["Name", "Acronym", "Country", "Members recorded", "Tags", "Last interaction"]
    members = {row[0]: row[3] for row in rows}
    assert members["Teachers"] == "3"
    sent = {"columns": ["members"], "sorting": "-name", "idempotency_key": "1" * 32}
    page = bob.post("/organizations/columns", data=sent, follow_redirects=True)
    assert table(page)[0] == ["Name", "Members recorded"]
