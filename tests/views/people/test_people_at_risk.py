"""Pages, lists and files show how to reach people at risk only to those who coordinate, and every look leaves a line."""

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.oversight.lines import LogLine
from app.models.people.people import ContactType, Person

NUMBER, SIGNAL = "+593 99 123 4567", "rosa.4412"
PAGES = ("/people/1", "/people?columns=phone&columns=other_contacts&columns=is_at_risk", "/people/1/edit")


@pytest.fixture
def people(house, browse):
    """Alice coordinates the congress of Rosa, who is at risk, and Bob organizes it."""
    with house.open() as make:
        congress = make.congress()
        alice, bob = make.user("Alice"), make.user("Bob")
        make.grant(alice, Role.COORDINATOR, congress=congress)
        make.grant(bob, Role.ORGANIZER, congress=congress)
        rosa = make.person("Rosa", "Luz", congress=congress, phone=NUMBER, email="rosa@example.org", is_at_risk=True)
        make.contact_detail(rosa, SIGNAL, type=ContactType.SIGNAL)
    return {"Alice": browse(alice), "Bob": browse(bob)}


def sent(client, file_format):
    data = {"file_format": file_format, "columns": ["given_name", "email", "phone", "other_contacts", "is_at_risk"]}
    return client.post("/people/download", data).text.replace("\r\n ", "")


def rosa(house):
    with house.open():
        return [one.text for one in db.session.get(Person, 1).contact_details], db.session.get(Person, 1).is_at_risk


def test_pages_show_it_to_coordinators_and_that_it_is_hidden_to_others(people):
    for path in PAGES:
        assert "4567" in people["Alice"].get(path).text.replace(" ", ""), path
        page = people["Bob"].get(path).text
        assert "4567" not in page.replace(" ", ""), path
        assert SIGNAL not in page, path
    assert people["Bob"].get(PAGES[0]).text.count("<em>hidden</em>") == 2
    assert "hidden" in people["Bob"].get(PAGES[1]).text
    assert "! at risk" in people["Bob"].get(PAGES[0]).text


@pytest.mark.parametrize("file_format", ["csv", "vcf"])
def test_files_have_it_only_for_coordinators(people, file_format):
    for name, expected in (("Alice", True), ("Bob", False)):
        content = sent(people[name], file_format)
        assert "rosa@example.org" in content
        assert [one in content.replace(" ", "") for one in ("4567", SIGNAL)] == [expected, expected]


def test_a_contact_detail_that_is_hidden_is_neither_edited_nor_removed(people, house):
    for path in ("/people/1/contact-details/2/edit", "/people/1/contact-details/3/edit"):
        assert people["Alice"].get(path).status_code == 200
        assert people["Bob"].get(path).status_code == 403
    assert people["Bob"].post("/people/1/contact-details/2/remove").status_code == 403
    assert rosa(house)[0] == ["rosa@example.org", NUMBER, SIGNAL]


def test_who_may_not_see_it_saves_the_rest_and_cannot_lift_the_mark(people, house):
    bob = people["Bob"]
    data = bob.typed("/people/1/edit", locality="Quito")
    assert not {"phone", "is_at_risk"} & data.keys()
    assert bob.post("/people/1/edit", data | {"phone": "1", "is_at_risk": ""}).status_code == 302
    assert rosa(house) == (["rosa@example.org", NUMBER, SIGNAL], True)


def test_a_coordinator_lifts_the_mark_and_the_history_says_so(people, house):
    alice = people["Alice"]
    alice.post("/people/1/edit", alice.typed("/people/1/edit", is_at_risk=None))
    assert rosa(house) == (["rosa@example.org", NUMBER, SIGNAL], False)
    page = people["Bob"].get("/people/1").text
    assert "4567" in page.replace(" ", "")
    assert "At risk" in page


def test_every_look_at_it_is_a_line_of_the_audit_log(people, house):
    people["Bob"].get(PAGES[0])
    people["Alice"].get(PAGES[0])
    with house.open():
        lines = db.session.scalars(select(LogLine).where(LogLine.table_name == "people", LogLine.record_id == 1)).all()
        looks = [one.user_id for one in lines if "protected_contact_details" in one.fields]
    assert looks == [1]


def test_a_new_person_is_at_risk_from_the_beginning_if_a_coordinator_says_so(people, house):
    for name, expected in (("Alice", ["", "+593 2 222"]), ("Bob", ["+593 2 222", ""])):
        page = people[name].typed("/people/new", given_name=f"Ana {name}", phone="+593 2 222")
        assert ("is_at_risk" in people[name].get("/people/new").text) == (name == "Alice")
        people[name].post("/people/new", page | {"is_at_risk": "y"})
        with house.open():
            [detail] = db.session.scalars(select(Person).order_by(Person.id.desc()).limit(1)).one().contact_details
            assert [detail.value, detail.sealed_value or ""] == expected
