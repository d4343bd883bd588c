"""Everything about one person in one file: complete, readable, and only for those who may edit her everywhere."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from app.domain.people import participations
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.oversight.lines import LogLine, LogVerb
from app.models.people.people import Person
from tests.views.pages import text


@pytest.fixture
def world(house, browse):
    """Alice owns the congress, Bob works on it with her, and Charlie coordinates another one; Dora is an admin."""
    with house.open() as make:
        here, there, campaign = make.congress("Here"), make.congress("There"), make.campaign()
        people = {name: make.user(name) for name in ("Alice", "Bob", "Charlie", "Dora")}
        make.grant(people["Alice"], Role.COORDINATOR, congress=here)
        make.grant(people["Bob"], Role.ORGANIZER, congress=here)
        make.grant(people["Charlie"], Role.COORDINATOR, congress=there)
        make.grant(people["Dora"], Role.ADMIN)
        person = make.person("Rosa", "Luz", congress=here, email="rosa@example.org", nationality="VE")
        make.consent(person, by=people["Alice"])
        make.interaction(person, congress=here, by=people["Bob"])
        make.subscription(campaign, "rosa@example.org")
    return {"page": f"/people/{person.id}/everything"} | {name: browse(user) for name, user in people.items()}


def files(world, who="Dora"):
    answer = world[who].post(world["page"], {"idempotency_key": "k"})
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    return json.loads(archive.read("person.json")), archive.read("person.html").decode()


def test_the_file_has_all_rows_once_for_programs_and_once_for_people(world):
    world["Bob"].get(world["page"].removesuffix("/everything"))
    whole, page = files(world)
    assert whole["rows"]["people"][0]["nationality"] == "VE"
    assert (
        whole["rows"]["consents"][0] | {"words": "Write to me.", "recorded_by_id": "Alice"}
        == whole["rows"]["consents"][0]
    )
    assert whole["rows"]["subscriptions"][0]["email"] == "rosa@example.org"
    assert whole["rows"]["audit_entries"]
    assert [(one["what"], one["account"]) for one in whole["looked_at"]] == [("read", "Bob")]
    assert "link_number" not in json.dumps(whole)
    assert "Write to me." in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_who_coordinates_gets_only_what_belongs_to_the_own_congress(world):
    whole, _page = files(world, "Alice")
    assert "subscriptions" not in whole["rows"]
    assert whole["rows"]["interactions"]


def test_it_is_for_coordinators_who_may_edit_her_everywhere(world):
    assert [world[who].get(world["page"]).status_code for who in ("Alice", "Bob", "Charlie")] == [200, 403, 404]
    page = text(world["Alice"].get(world["page"]))
    assert "Everything about Rosa Luz" in page
    assert ">Download</button>" in page


def test_who_works_on_only_a_part_of_what_she_takes_part_in_is_told_to_ask(house, world):
    with house.open():
        participations.begin(db.session.get(Person, 1), campaign_id=1)
    assert "Ask somebody who works on all of it." in text(world["Alice"].get(world["page"]))
    assert world["Alice"].post(world["page"], {"idempotency_key": "k"}).status_code == 409


def test_taking_it_out_is_in_the_audit_log(house, world):
    files(world)
    with house.open():
        line = db.session.scalars(select(LogLine).where(LogLine.verb == LogVerb.EXPORT)).one()
        assert (line.table_name, line.record_id, line.fields) == ("people", 1, "contact_details,everything")
