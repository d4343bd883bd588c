"""The pages of scheduled exports: each account sees its own, and only as long as it may export the segment."""

import pytest
from sqlalchemy import select

from app import clock
from app.domain.people import scheduled_exports
from app.extensions import db
from app.models.accounts.accounts import Grant, Role
from app.models.people.custom_fields import RecordKind
from app.models.people.scheduled_exports import ExportedFile, ScheduledExport, StopReason
from tests.views.pages import text

MINE = "/account/exports"


@pytest.fixture
def world(house, browse):
    """Alice has a file of a segment on which Bob works, too; Charlie is a member, and Dora works on another congress."""
    with house.open() as make:
        here, there = make.congress("Here"), make.congress("There")
        people = {name: make.user(name.title()) for name in ("alice", "bob", "charlie", "dora")}
        make.grant(people["alice"], Role.COORDINATOR, congress=here)
        make.grant(people["bob"], Role.ORGANIZER, congress=here)
        make.grant(people["charlie"], Role.MEMBER, congress=here)
        make.grant(people["dora"], Role.COORDINATOR, congress=there)
        segment = make.segment(congress=here, name="Interpreters")
        schedule = make.scheduled_export(segment, people["alice"])
        file = make.exported_file(schedule, b"Rosa;Luz")
        world = {
            "segment": f"/segments/{segment.id}", "schedule": f"{MINE}/{schedule.id}", "file": f"{MINE}/files/{file.id}",
            "schedule_id": schedule.id, "file_id": file.id,
        }  # fmt: skip
    return world | {name: browse(user) for name, user in people.items()}


def test_an_export_is_scheduled_on_the_page_of_a_segment_edited_stopped_and_started_again(world, house):
    bob, path = world["bob"], f"{world['segment']}/exports/schedule"
    assert path in text(bob.get(world["segment"]))
    assert "This field is required" in text(bob.post(path, bob.typed(path, day="")))
    answer = bob.post(
        path, bob.typed(path, frequency="monthly", day="15", hour="6", file_format="csv", with_contacts="y")
    )
    assert answer.location == MINE
    for page in (MINE, world["segment"]):
        assert "Every month · CSV · with contact details" in " ".join(text(bob.get(page)).split())
    with house.open():
        made = db.session.scalars(select(ScheduledExport).order_by(ScheduledExport.id.desc())).first()
        assert (made.day, made.hour, made.next_at > clock.now()) == (15, 6, True)
    assert "Scheduled exports of it stop." in text(bob.get(f"{world['segment']}/remove"))
    assert bob.edit(f"{MINE}/{made.id}/edit", frequency="daily", with_contacts=None).status_code == 302
    bob.post(f"{MINE}/{made.id}/stop")
    page = text(bob.get(MINE))
    assert "Every day" in page
    assert "You stopped it." in page
    bob.post(f"{MINE}/{made.id}/start")
    page = text(bob.get(MINE))
    assert "You stopped it." not in page
    assert "with contact details" not in page


def test_a_file_is_downloaded_and_deleted_by_its_account(world, house):
    alice = world["alice"]
    assert "Interpreters" in text(alice.get(MINE))
    answer = alice.get(world["file"])
    assert (answer.data, answer.content_type) == (b"Rosa;Luz", "text/csv; charset=utf-8")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=people-")
    assert alice.post(f"{world['file']}/delete").location == MINE
    assert alice.get(world["file"]).status_code == 404
    with house.open():
        assert db.session.get(ExportedFile, world["file_id"]) is None


@pytest.mark.parametrize("name", ["bob", "charlie", "dora"])
def test_another_account_sees_neither_the_schedule_nor_the_file(world, house, name):
    other = world[name]
    page = text(other.get(MINE))
    assert (page.count("Interpreters"), page.count("None yet.")) == (0, 2)
    asked = [other.get(world["file"]), other.get(f"{world['schedule']}/edit")]
    asked += [other.post(f"{world['schedule']}/{verb}") for verb in ("edit", "stop", "start")]
    asked += [other.post(f"{world['file']}/delete")]
    assert {one.status_code for one in asked} <= ({404} if name != "charlie" else {403, 404})
    assert (
        other.get(f"{world['segment']}/exports/schedule").status_code == {"bob": 200, "charlie": 403, "dora": 404}[name]
    )
    if name == "bob":
        assert "Every day" not in text(other.get(world["segment"]))
    with house.open():
        assert db.session.get_one(ScheduledExport, world["schedule_id"]).stopped_at is None
        assert db.session.get(ExportedFile, world["file_id"]) is not None


def test_who_may_no_longer_export_the_segment_gets_no_file_and_reads_why_it_was_stopped(world, house):
    alice = world["alice"]
    with house.open():
        schedule = db.session.get_one(ScheduledExport, world["schedule_id"])
        db.session.scalars(select(Grant).where(Grant.user_id == schedule.user_id)).one().role = Role.MEMBER
        scheduled_exports.stop(schedule, StopReason.NOT_ALLOWED)
    assert alice.get(world["file"]).status_code == 403
    page = text(alice.get(MINE))
    assert "Your roles no longer allow this export." in page
    assert "Interpreters" not in page
    assert alice.post(f"{world['schedule']}/start").status_code == 403


def test_a_file_of_a_removed_segment_cannot_be_downloaded_until_it_is_restored(world):
    alice = world["alice"]
    alice.post(f"{world['segment']}/remove", alice.typed(f"{world['segment']}/remove"))
    assert alice.get(world["file"]).status_code == 404
    assert "Interpreters" not in text(alice.get(MINE)).partition('id="schedules"')[2]
    alice.post(f"{world['segment']}/bring-back")
    assert alice.get(world["file"]).status_code == 200


def test_the_form_for_organizations_does_not_ask_about_contact_details(alice, house):
    with house.open() as make:
        path = f"/segments/{make.segment(RecordKind.ORGANIZATION).id}/exports/schedule"
    assert "With contact details" not in text(alice.get(path))
    assert alice.post(path, alice.typed(path)).location == MINE
