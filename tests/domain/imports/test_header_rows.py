"""The row with the names of the columns is found, chosen, and chosen again in the next file."""

import pytest
from sqlalchemy import select

from app.domain.imports import header_rows, imports
from app.domain_errors import DomainError
from app.extensions import db
from app.models.imports.imports import ImportRow, ImportStatus
from app.models.people.people import Person
from tests.domain.imports.bringing import run, verdicts, write

BELOW = """Lista;de;gente
Nombre;Correo;Lugar
Ana Paz;ana@example.org;Cork
Luz Mar;luz@example.org;Lima"""


def rows(work):
    listed = select(ImportRow.number, ImportRow.cells).where(ImportRow.import_id == work.id).order_by(ImportRow.number)
    return [(number, cells[0]) for number, cells in db.session.execute(listed)]


def test_the_rows_above_a_chosen_header_are_left_out_and_come_back(bring):
    work = bring.begin(BELOW)
    assert (work.header_row, work.header[0], work.total) == (1, "Lista", 3)
    header_rows.choose(work, 2)
    assert (work.mapping, work.total) == (["full_name", "email", "locality"], 2)
    assert (rows(work), work.samples[2]) == ([(3, "Ana Paz"), (4, "Luz Mar")], ["Cork", "Lima"])
    header_rows.choose(work, 0)
    assert (work.header, work.header_row) == (["A", "B", "C"], 0)
    assert rows(work) == [(1, "Lista"), (2, "Nombre"), (3, "Ana Paz"), (4, "Luz Mar")]
    header_rows.choose(work, 1)
    assert (work.header[0], [number for number, _name in rows(work)]) == ("Lista", [2, 3, 4])


def test_the_header_of_a_file_that_was_checked_can_still_be_chosen_but_not_of_one_that_was_written(bring):
    work = bring(BELOW, mapping=["full_name", "", ""])
    assert work.counts == {"created": 3}
    header_rows.choose(work, 2)
    assert work.status is ImportStatus.READ
    imports.map_columns(work, values_of(work), by=bring.user)
    run(work)
    assert verdicts(work) == [("created",)] * 2
    write(work, bring.user)
    assert [one.full_name for one in db.session.scalars(select(Person).order_by(Person.id))] == ["Ana Paz", "Luz Mar"]
    assert work.top == []
    with pytest.raises(DomainError):
        header_rows.choose(work, 1)


def values_of(work):
    return {
        "mapping": work.mapping, "key": work.key, "key_field": None, "policy": work.policy, "country": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "again", "row"),
    [
        (2, "Otra;lista;más\n;;\nNombre;Correo;Lugar\nSol Rey;;Quito", 3),
        (2, "Otra;cosa;más\nSol Rey;sol@example.org;Quito", 1),
        (0, "Sol;Rey;Quito\nEva;Gil;Lima", 0),
    ],
)
def test_a_chosen_header_is_chosen_again_in_the_next_file(bring, chosen, again, row):
    work = bring.begin(BELOW)
    header_rows.choose(work, chosen)
    mapping = ["full_name", "email", ""]
    imports.map_columns(work, values_of(work) | {"mapping": mapping}, by=bring.user)
    run(work)
    later = bring.begin(again)
    assert later.header_row == row
    assert (later.mapping == mapping) is (row != 1)


@pytest.mark.parametrize("number", [7, -1])
def test_only_a_row_that_is_shown_can_be_the_header(bring, number):
    with pytest.raises(DomainError):
        header_rows.choose(bring.begin(BELOW), number)


def test_cells_that_could_not_be_read_stay_marked_when_their_row_comes_back(bring):
    work = bring.begin(b"name;town\n\xef\xbf\xbdna;Cork\nLuz;Lima")
    header_rows.choose(work, 2), header_rows.choose(work, 1)
    imports.map_columns(work, values_of(work), by=bring.user)
    run(work)
    assert verdicts(work) == [("refused", "characters"), ("created",)]


def test_contacts_have_no_header_to_choose(bring):
    work = bring.begin(b"BEGIN:VCARD\nVERSION:4.0\nFN:Ana Paz\nEND:VCARD\n")
    assert (work.top, work.header_row) == ([], None)
