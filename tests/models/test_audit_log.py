"""The audit log: every change that a session commits has a line, and the chain shows what became of the lines."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, delete, func, insert, select, text, update

from app import clock
from app.domain.accounts import log as log_domain
from app.domain.accounts import removals
from app.domain.people import contact_details, people
from app.extensions import Base, db
from app.models.accounts.accounts import User
from app.models.accounts.audit import CONCEALED
from app.models.oversight import covered
from app.models.oversight.chain import Actor, Head
from app.models.oversight.lines import ActorKind, LogLine, LogValues, LogVerb
from app.models.people.people import ContactType, Person
from app.queries.accounts import log
from app.queries.accounts.log import Fault
from app.queries.lookup import REMOVED_FOR
from tests.races import together


def lines(**wanted):
    """Return the lines with these columns, in order."""
    return db.session.scalars(select(LogLine).filter_by(**wanted).order_by(LogLine.number)).all()


def values_of(line):
    """Return what is kept of the values of a line, before and after."""
    row = db.session.get(LogValues, line.number)
    return (json.loads(row.before), json.loads(row.after)) if row else None


def tampered(statement):
    """Change the log behind the back of the sessions, as someone with the database would."""
    db.session.commit()
    with db.engine.begin() as connection:
        connection.execute(statement)


@pytest.fixture
def chained(make):
    """A log with several lines, whose numbers are returned."""
    make.user("Alice").name = "Alicia"
    db.session.commit()
    db.session.execute(update(User).values(reminder_hour=9))
    db.session.commit()
    return db.session.scalars(select(LogLine.number).order_by(LogLine.number)).all()


def test_a_table_without_lines_has_a_reason_and_exists():
    known = {table.name for table in Base.metadata.sorted_tables} | {covered.SEARCH_TABLE}
    assert covered.MACHINERY.keys() <= known
    assert all(covered.MACHINERY.values())


def test_whether_the_values_of_a_column_with_text_are_kept_was_decided_for_each():
    texts = {
        column.name
        for table in Base.metadata.sorted_tables
        if covered.covers(table.name)
        for column in table.columns
        if covered.is_text(column) and covered.is_covered(table.name, column.name)
    }
    assert texts - covered.SHOWN - covered.CONCEALED_TEXTS == set()
    assert not covered.SHOWN & (covered.CONCEALED_TEXTS | CONCEALED)


def test_a_row_that_is_added_changed_and_deleted_has_three_lines_with_its_values(make):
    user = make.user("Alice")
    log_domain.act(Actor(ActorKind.ACCOUNT, "tags.edit", user.id, 7))
    tag = make.tag("Port")
    number, tag.names = tag.id, {"en": "Harbor"}
    db.session.commit()
    db.session.delete(tag)
    db.session.commit()
    added, changed, deleted = lines(table_name="tags", record_id=number)
    assert [one.verb for one in (added, changed, deleted)] == [LogVerb.INSERT, LogVerb.UPDATE, LogVerb.DELETE]
    assert (added.actor_kind, added.way, added.user_id, added.session_id) == (
        ActorKind.ACCOUNT,
        "tags.edit",
        user.id,
        7,
    )
    assert values_of(added)[1]["names"]["en"] == "Port"
    assert values_of(changed)[1] == {"names": {"en": "Harbor"}}
    assert values_of(deleted)[0]["names"] == {"en": "Harbor"}


def test_a_value_that_was_overwritten_without_being_read_is_known_nevertheless(make):
    user = make.user("Alice")
    db.session.commit()
    db.session.expire(user)
    user.name = "Alicia"
    db.session.commit()
    assert values_of(lines(verb=LogVerb.UPDATE)[-1]) == ({"name": "Alice"}, {"name": "Alicia"})


def test_contact_details_passwords_and_keys_are_told_as_changed_without_their_values(make):
    user = make.user("Alice", password="correct horse battery", email="canary@example.org")
    user.calendar_key = "canary-of-the-calendar"
    person = make.person("Canaria")
    contact_details.add(person, {
        "type": ContactType.PHONE, "value": "+58 414 5550199", "note": "canary", "valid_from": None, "valid_until": None,
    })  # fmt: skip
    db.session.commit()
    kept = "".join(one.before + one.after for one in db.session.scalars(select(LogValues)))
    assert all(secret not in kept for secret in ("canary", "5550199", user.password_hash, user.email))
    assert "Canaria" in kept
    assert "password_hash" in lines(table_name="users", verb=LogVerb.INSERT)[0].fields
    assert "value" in lines(table_name="contact_details", verb=LogVerb.INSERT)[0].fields


def test_a_statement_that_changes_many_rows_has_one_line_with_their_ids(make):
    ids = [make.user(name).id for name in ("Alice", "Bob", "Charlie")]
    db.session.execute(update(User).where(User.id.in_(ids)).values(reminder_hour=10))
    db.session.commit()
    [line] = lines(verb=LogVerb.UPDATE)
    assert (line.table_name, line.record_ids, line.row_count, line.fields) == (
        "users", f",{','.join(map(str, ids))},", 3, "reminder_hour",
    )  # fmt: skip


def test_statements_for_many_rows_one_by_one_have_one_line_together(make):
    ids = [make.user(name).id for name in ("Alice", "Bob")]
    table = User.__table__
    written = update(table).where(table.c.id == bindparam("row_id")).values(reminder_hour=bindparam("hour"))
    db.session.execute(written, [{"row_id": one, "hour": 11} for one in ids])
    for one in ids:
        db.session.execute(update(User).where(User.id == one).values(reminder_hour=12))
    db.session.commit()
    [line] = lines(verb=LogVerb.UPDATE)
    assert line.record_ids == f",{','.join(map(str, ids + ids))},"
    assert line.row_count == 4


def test_rows_that_are_inserted_in_bulk_have_one_line_with_their_number(make):
    table = Base.metadata.tables["carriers"]
    kind = table.c.kind.type.enum_class(table.c.kind.type.enums[0])
    given = [{"name": f"Carrier {number}", "key": f"carrier {number}", "kind": kind} for number in range(2_500)]
    db.session.execute(insert(table).returning(table.c.id), given).all()
    db.session.commit()
    [line] = lines(table_name="carriers")
    assert (line.verb, line.row_count, line.record_ids) == (LogVerb.INSERT, 2_500, None)


def test_a_deletion_in_bulk_has_a_line_and_one_of_nothing_has_none(make):
    user = make.user("Alice")
    db.session.execute(delete(User).where(User.id == user.id + 1))
    db.session.execute(delete(User).where(User.name == "Alice"))
    db.session.commit()
    [line] = lines(verb=LogVerb.DELETE)
    assert (line.table_name, line.row_count) == ("users", 1)


def test_a_statement_in_text_has_a_line(make):
    make.user("Alice")
    db.session.execute(text("UPDATE users SET reminder_hour = 3"), execution_options={"unscoped": "a test"})
    db.session.commit()
    [line] = lines(verb=LogVerb.UPDATE)
    assert (line.table_name, line.row_count) == ("users", 1)


def test_work_that_workers_do_for_themselves_has_no_line(make):
    campaign = make.campaign()
    before = log.head()
    campaign.revision += 1
    db.session.commit()
    assert log.head() == before


def test_what_is_rolled_back_has_no_line(make):
    user = make.user("Alice")
    before = log.head()
    user.name = "Alicia"
    db.session.flush()
    db.session.rollback()
    db.session.commit()
    assert log.head() == before


def test_of_a_savepoint_that_is_rolled_back_only_what_was_in_it_has_no_line(make):
    user, other = make.user("Alice"), make.user("Bob")
    user.name = "Alicia"
    with db.session.begin_nested():
        user.name = "Alicia II"
    savepoint = db.session.begin_nested()
    other.name = "Roberto"
    db.session.flush()
    savepoint.rollback()
    other.reminder_hour = 5
    db.session.commit()
    kept = [values_of(line)[1] for line in lines(verb=LogVerb.UPDATE)]
    assert kept == [{"name": "Alicia"}, {"name": "Alicia II"}, {"reminder_hour": 5}]


def test_a_whole_chain_is_told_to_be_whole_up_to_its_last_line(chained):
    verdict = log.verify()
    assert verdict.is_whole
    assert (verdict.checked, verdict.head) == (len(chained), log.head())
    assert verdict.head.number == chained[-1] == len(chained)
    assert log.verify(3).checked == len(chained) - 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("way", "elsewhere"), ("user_id", 99), ("session_id", 99), ("actor_kind", ActorKind.JOB), ("verb", LogVerb.READ),
        ("table_name", "people"), ("record_id", 99), ("record_ids", ",9,"), ("row_count", 9), ("fields", "nothing"),
        ("commitment", "0" * 64), ("digest", "0" * 64), ("at", clock.now() - timedelta(days=300)),
    ],
)  # fmt: skip
def test_a_line_that_was_changed_is_found(chained, column, value):
    tampered(update(LogLine).where(LogLine.number == 2).values({column: value}))
    verdict = log.verify()
    assert (verdict.wrong, verdict.fault, verdict.head.number) == (2, Fault.CHANGED, 1)


def test_a_line_that_was_removed_is_found(chained):
    tampered(delete(LogLine).where(LogLine.number == 2))
    verdict = log.verify()
    assert (verdict.wrong, verdict.fault) == (3, Fault.MISSING)


def test_lines_that_changed_their_places_are_found(chained):
    tampered(update(LogLine).where(LogLine.number == 1).values(number=1_000))
    tampered(update(LogLine).where(LogLine.number == 2).values(number=1))
    tampered(update(LogLine).where(LogLine.number == 1_000).values(number=2))
    assert log.verify().fault is Fault.CHANGED


def test_last_lines_that_were_removed_are_found_with_a_head_that_is_kept_elsewhere(chained):
    head = log.head()
    tampered(delete(LogLine).where(LogLine.number == head.number))
    assert log.verify().is_whole
    verdict = log.verify(known=head)
    assert (verdict.wrong, verdict.fault) == (head.number, Fault.MISSING)


def test_a_log_that_was_written_anew_is_found_with_a_head_that_is_kept_elsewhere(chained):
    assert log.verify(known=Head(2, "0" * 64)).fault is Fault.NOT_THE_ONE


def test_values_that_were_changed_or_removed_are_found(chained):
    tampered(update(LogValues).where(LogValues.number == 1).values(after='{"name": "Mallory"}'))
    assert (log.verify().wrong, log.verify().fault) == (1, Fault.VALUES_CHANGED)
    tampered(delete(LogValues).where(LogValues.number == 1))
    assert (log.verify().wrong, log.verify().fault) == (1, Fault.VALUES_MISSING)


def test_with_another_key_the_first_line_is_wrong(chained, monkeypatch):
    monkeypatch.setattr(log, "key_of", lambda _connection: b"another key")
    assert (log.verify().wrong, log.verify().fault) == (1, Fault.CHANGED)


def test_erased_values_are_gone_and_the_chain_is_whole(make):
    person = make.person("Canaria")
    log_domain.erase_about("people", [person.id])
    db.session.commit()
    verdict = log.verify()
    assert verdict.is_whole
    assert verdict.erased >= 1
    assert "Canaria" not in "".join(one.after for one in db.session.scalars(select(LogValues)))
    assert lines(verb=LogVerb.ERASE)[0].table_name == "log_values"


def test_a_person_who_is_deleted_for_good_leaves_no_values_in_the_log(make, at):
    person, other = make.person("Canaria"), make.person("Berta")
    make.membership(person)
    people.update(person, make.person_values("Canaria Segunda"))
    removals.remove(person, by=None)
    db.session.commit()
    number = person.id
    at(clock.now() + REMOVED_FOR + timedelta(days=1))
    removals.forget_whole(Person)
    db.session.commit()
    kept = "".join(one.before + one.after for one in db.session.scalars(select(LogValues)))
    assert "Canaria" not in kept
    assert not db.session.scalar(select(func.count()).where(LogValues.person_id == number))
    assert other.given_name in kept
    assert log.verify().is_whole


def test_transactions_at_the_same_time_write_one_chain(house):
    with house.open() as make:
        for name in ("Alice", "Bob"):
            make.user(name, email=f"{name.lower()}@example.org")

    def rename(name):
        def run():
            for number in range(10):
                with house.app.app_context():
                    user = db.session.scalar(select(User).where(User.email == f"{name}@example.org"))
                    user.name = f"{name} {number}"
                    db.session.commit()

        return run

    together(rename("alice"), rename("bob"))
    with house.open():
        assert log.verify().is_whole
        assert len(lines(verb=LogVerb.UPDATE)) == 20


def test_ten_thousand_rows_in_bulk_take_one_line(make):
    user = make.user("Alice")
    start = log.head().number
    db.session.execute(update(User).where(User.id.in_([user.id, *range(1_000, 11_000)])).values(reminder_hour=4))
    db.session.commit()
    assert log.head().number == start + 1
