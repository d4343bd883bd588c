"""What the database stores of sensitive fields, and how it is encrypted with another key."""

import json

import pytest
from sqlalchemy import select, text

from app import clock
from app.domain.accounts import house as house_settings
from app.domain.accounts.resealing import reseal
from app.domain.recording import recording
from app.extensions import db
from app.models.accounts.undo import UndoEntry
from app.models.people.people import Person
from app.models.travel.check_ins import Answer, CheckIn, GivenAnswer
from app.models.types import Sealed
from app.sealing import Keyring, SealError, new_key
from tests.databases import FIELD_KEY

NOTE = "They wait in the hotel by the bridge"


@pytest.fixture
def cuban(make):
    """A person whose nationality is recorded."""
    return make.person("Ana", nationality="CU")


@pytest.fixture
def check_in(make, cuban):
    """The question to her about a problem, which she has answered."""
    congress = make.congress()
    delegate = make.seat(make.delegation(congress), cuban)
    now = clock.now()
    check_in = CheckIn(
        congress_id=congress.id, problem=make.problem(congress), delegate=delegate, asked_at=now, answer=Answer.NEED_HELP,
        note=NOTE, answered_at=now,
    )  # fmt: skip
    db.session.add(check_in)
    db.session.flush()
    return check_in


@pytest.fixture
def keys():
    """Change the keys of the database until the end of the test."""
    before = db.engine.dialect.keyring

    def use(*texts):
        db.engine.dialect.keyring = Keyring.from_text(",".join(texts))

    yield use
    db.engine.dialect.keyring = before


def stored(table, column):
    """Return what a column contains, as somebody with the database alone would read it."""
    return db.session.execute(
        text(f"SELECT {column} FROM {table} ORDER BY id"),
        execution_options={"unscoped": "the test reads what is stored"},
    ).scalars()


def test_notes_nationalities_and_copies_of_rows_are_not_readable_in_the_database(make, cuban, check_in):
    with recording("people.edit", "Ana", by=make.user()):
        cuban.nationality = "CO"
    db.session.flush()
    kept = [
        *stored("people", "nationality"), *stored("people", "nationality_digest"), *stored("check_ins", "note"),
        *stored("undo_entries", "changes"),
    ]  # fmt: skip
    assert len(kept) >= 4
    for value in filter(None, kept):
        assert NOTE not in value
        assert value not in {"CU", "CO"}
        assert '"CU"' not in value
    db.session.expire_all()
    assert (cuban.nationality, check_in.note) == ("CO", NOTE)
    [entry] = db.session.scalars(select(UndoEntry))
    assert '"CU"' in json.dumps(entry.changes)


def test_people_of_a_nationality_are_found_by_its_digest_and_by_nothing_else(make, cuban):
    make.person("Eva", nationality="CO")
    make.person("Luz")
    assert db.session.scalars(select(Person).where(Person.nationality_digest == "CU")).all() == [cuban]
    cuban.nationality = None
    db.session.flush()
    assert db.session.scalars(select(Person).where(Person.nationality_digest == "CU")).all() == []
    with pytest.raises(TypeError, match="cannot be compared"):
        select(Person).where(Person.nationality == "CU")
    with pytest.raises(TypeError, match="cannot be compared"):
        select(GivenAnswer).order_by(GivenAnswer.note.desc())


def test_after_a_rotation_the_old_key_is_not_needed(cuban, check_in, keys):
    db.session.commit()
    old, new = new_key(), new_key()
    keys(old, FIELD_KEY)
    assert reseal() >= 2
    keys(new, old)
    assert reseal() == reseal()
    keys(new)
    db.session.expire_all()
    assert (db.session.get(CheckIn, check_in.id).note, cuban.nationality) == (NOTE, "CU")
    assert db.session.scalars(select(Person).where(Person.nationality_digest == "CU")).all() == [cuban]
    keys(old)
    db.session.expire_all()
    with pytest.raises(SealError, match="not there"):
        _ = cuban.nationality


def test_another_key_is_noticed(make, keys):
    house_settings.check_field_key()
    house_settings.check_field_key()
    db.session.expire_all()
    keys(new_key())
    with pytest.raises(SealError, match="not there"):
        house_settings.check_field_key()


def test_each_sealed_column_has_a_place_of_its_own():
    places = [
        (column.type.place, f"{table.name}.{column.name}")
        for table in db.metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, Sealed)
    ]
    assert len(places) >= 5
    assert all(place == name for place, name in places)
