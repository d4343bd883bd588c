"""The audit log on its page: what is looked for, the download, and whether it is intact. Who acted is told for each way in."""

import csv
import io

import pytest
from sqlalchemy import delete, select, update

from app.domain.accounts import log as log_domain
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.sessions import UserSession
from app.models.oversight.lines import ActorKind, LogLine, LogVerb
from app.queries.accounts import log
from app.views.accounts import log as log_views
from tests.databases import BOTH_DATABASES
from tests.views.mobilizing.test_sign_ups import ANA, filled, link


@pytest.fixture
def world(house, browse):
    """An admin, a coordinator of the house, and a person whom the admin has renamed."""
    with house.open() as make:
        house.admin, house.carla = make.user("Ada"), make.user("Carla")
        make.grant(house.admin, Role.ADMIN)
        make.grant(house.carla, Role.COORDINATOR)
        house.person = make.person("Rosa", "Luz", phone="+58 414 555 0199")
    house.ada = browse(house.admin)
    assert house.ada.edit(f"/people/{house.person.id}/edit", given_name="Rosario").status_code == 302
    return house


def last(**wanted):
    return db.session.scalars(select(LogLine).filter_by(**wanted).order_by(LogLine.number.desc())).first()


@BOTH_DATABASES
def test_a_change_on_a_page_names_the_account_its_session_and_the_page(world):
    with world.open():
        line = last(table_name="people", verb=LogVerb.UPDATE)
        session = db.session.scalar(select(UserSession.id).where(UserSession.user_id == world.admin.id))
        told = (line.actor_kind, line.user_id, line.session_id, line.way, line.record_id)
        assert told == (ActorKind.ACCOUNT, world.admin.id, session, "people.edit", world.person.id)


def test_the_page_shows_values_before_and_after_but_no_contact_details(world):
    page = world.ada.get(f"/house/log?table=people&record={world.person.id}").text
    assert "<del>Rosa</del> → Rosario" in page
    assert "Ada" in page
    assert "0199" not in world.ada.get("/house/log").text


@pytest.mark.parametrize(
    ("search", "found", "left_out"),
    [
        ("q=ada", "Rosario", "Without values: email"),
        ("q=carla", "None found", "Rosario"),
        ("kind=account", "Rosario", "a command on the machine"),
        ("kind=link", "None found", "Rosario"),
        ("verb=update", "Rosario", "Without values: email"),
        ("table=people", "Rosario", "grants"),
        ("table=grants", "grants", "Rosario"),
        ("table=people&record=999", "None found", "Rosario"),
        ("since=2099-01-01", "None found", "Rosario"),
        ("until=2001-01-01", "None found", "Rosario"),
        ("since=2001-01-01&until=2099-01-01", "Rosario", "None found"),
    ],
)
def test_lines_are_looked_for_by_account_way_verb_table_record_and_day(world, search, found, left_out):
    page = world.ada.get(f"/house/log?{search}").text
    rows = page[page.index('<ol class="rows">') :]
    assert found in rows
    assert left_out not in rows


def test_a_record_is_also_found_in_a_statement_about_many(world):
    with world.open():
        db.session.execute(update(UserSession).where(UserSession.id.in_([7, 8])).values(device="x"))
        numbers = [user.id for user in (world.admin, world.carla)]
        db.session.execute(update(type(world.admin)).where(type(world.admin).id.in_(numbers)).values(reminder_hour=9))
    page = world.ada.get(f"/house/log?table=users&record={world.carla.id}&verb=update").text
    assert "2 records" in page


def test_pages_follow_each_other_without_gaps(world):
    with world.open():
        for number in range(60):
            log_domain.note_export("people", number, [])
    seen, path = [], "/house/log?verb=export"
    for _page in range(5):
        page = world.ada.get(path).text
        seen += [int(part.split("<")[0]) for part in page.split("<small>Line ")[1:]]
        following = page.partition('rel="next" href="')[2].partition('"')[0]
        path = following.replace("&amp;", "&")
        if not path:
            break
    assert len(seen) == 60
    assert seen == sorted(seen, reverse=True)


@BOTH_DATABASES
def test_the_download_has_the_lines_that_are_looked_for_and_is_a_line_itself(world):
    answer = world.ada.post("/house/log/download?table=people&verb=update")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[0][:3] == ["Line", rows[0][1], "Who"]
    assert [(row[8], row[9]) for row in rows[1:]] == [("people", str(world.person.id))]
    assert '{"given_name": "Rosario"}' in rows[1][-2]
    with world.open():
        line = last(verb=LogVerb.EXPORT)
        assert (line.table_name, line.user_id, line.row_count, line.fields) == (
            "log_lines",
            world.admin.id,
            1,
            "table,verb",
        )


def test_only_admins_of_the_house_open_the_log(world, browse):
    for path in ("/house/log", "/house/log/check"):
        assert browse(world.carla).get(path).status_code == 403
    assert browse(world.carla).post("/house/log/download").status_code == 403
    assert "Audit log" in world.ada.get("/users").text


def test_the_check_says_up_to_which_line_the_log_is_whole(world):
    with world.open():
        head = log.head()
    page = world.ada.get("/house/log/check").text
    assert f"Nothing is wrong up to line {head.number}" in page
    assert f"{head.number}:{head.digest}" in page


def test_the_check_says_which_line_is_wrong(world):
    with world.app.app_context(), db.engine.begin() as connection:
        connection.execute(delete(LogLine).where(LogLine.number == 3))
    page = world.ada.get("/house/log/check").text
    assert "Line 4 is wrong." in page
    assert "lines were removed" in page


def test_a_page_checks_only_the_latest_lines_and_says_so(world, monkeypatch):
    monkeypatch.setattr(log_views, "CHECKED", 2)
    with world.open():
        first = log.head().number - 1
    page = world.ada.get("/house/log/check").text
    assert "2 lines were checked" in page
    assert f"from line {first} on" in page


def test_erased_values_are_told_as_erased(world):
    with world.open():
        log_domain.erase_about("people", [world.person.id])
    assert "The values were erased." in world.ada.get("/house/log?table=people").text
    assert "Rosario" not in world.ada.get("/house/log").text
    assert "erased" in world.ada.post("/house/log/download?table=people").get_data(as_text=True)


def test_a_public_form_and_a_signed_link_are_named_as_what_acted(house, browse, at):
    with house.open() as make:
        path = f"/c/{make.campaign('Peace', open_to_sign_ups=True).slug}/endorse"
    visitor = browse()
    visitor.post(path, filled(visitor, path, at, ANA))
    visitor.post(link(house))
    with house.open():
        of_sign_ups = select(LogLine).where(LogLine.table_name == "sign_ups").order_by(LogLine.number)
        lines = db.session.scalars(of_sign_ups).all()
        assert [(line.verb, line.actor_kind, line.user_id) for line in lines] == [
            (LogVerb.INSERT, ActorKind.PUBLIC, None), (LogVerb.UPDATE, ActorKind.LINK, None),
        ]  # fmt: skip
