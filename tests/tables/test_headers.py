"""Which row names the columns."""

import io

import pytest

from app.tables import csv_pieces, open_table
from app.tables.headers import possible_headers
from tests.tables.workbooks import workbook


def sheet(*rows):
    return open_table(io.BytesIO(b"".join(csv_pieces(rows)))).sheets[0]


PEOPLE = [
    ["Nombre", "Correo", "Teléfono"],
    ["Ana", "ana@example.org", "+59171234567"],
    ["Luis", "luis@example.org", "71234568"],
]


@pytest.mark.parametrize(
    "above",
    [[], [["Lista de delegados"]], [["Congreso 2026", "", ""], ["", "", ""], ["Responsable:", "Ana Quispe", ""]]],
)
def test_title_lines_are_not_the_header(above):
    found = sheet(*above, *PEOPLE)
    assert found.header().names == tuple(PEOPLE[0])
    assert len(list(found.records())) == 2


def test_data_without_a_header_has_letters():
    found = sheet(*PEOPLE[1:])
    assert (found.header().number, found.header().names) == (0, ("A", "B", "C"))
    assert len(list(found.records())) == 2


def test_columns_without_a_name_have_letters_and_equal_names_have_numbers():
    header = sheet(["Nombre", "", "Teléfono", "teléfono"], ["Ana", "x", "712", "713"]).header()
    assert (header.names, header.unnamed) == (("Nombre", "B", "Teléfono", "teléfono 2"), {1})


def test_a_header_with_a_gap_is_not_joined_with_a_row_of_data():
    found = sheet(["Nombre", "", "País"], ["Ana", "Quispe", "Bolivia"], ["Luis", "Mamani", "Perú"])
    assert found.header().names == ("Nombre", "B", "País")


def test_two_header_rows_are_joined_where_merged_cells_were_lost():
    found = sheet(
        ["Persona", "", "Contacto", ""],
        ["Nombre", "Apellido", "Correo", "Teléfono"],
        ["Ana", "Quispe", "ana@example.org", "71234567"],
        ["Luz", "Mamani", "", ""],
        ["Eva", "Soto", "eva at example.org", "none"],
        ["Sol", "Rey", "sol@example.org", "71234568"],
    )
    assert found.header().names == (
        "Persona / Nombre",
        "Persona / Apellido",
        "Contacto / Correo",
        "Contacto / Teléfono",
    )
    assert [row.number for row in found.records()] == [3, 4, 5, 6]


def test_two_header_rows_with_merged_cells_are_joined_below_a_merged_title():
    def row(number, **texts):
        cells = "".join(f'<c r="{at}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in texts.items())
        return f'<row r="{number}">{cells}</row>'

    rows = (
        row(1, A="Delegados al congreso")
        + row(2, A="Nombre", B="Contacto")
        + row(3, B="Correo", C="Ciudad")
        + row(4, A="Ana", B="a", C="Lima")
    )
    below = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/></mergeCells>'
    found = open_table(workbook(rows, below=below)).sheets[0]
    assert found.header().names == ("Nombre", "Contacto / Correo", "Contacto / Ciudad")
    assert [row.number for row in found.records()] == [4]


def test_the_header_that_each_row_would_be_is_told():
    found = sheet(["Lista", "de", "gente"], *PEOPLE, ["", "", "", "more"])
    headers = possible_headers(found.sample())
    assert [one.number for one in headers] == [1, 2, 3, 4, 5]
    assert headers[1].names == (*PEOPLE[0], "D")


def test_later_rows_may_be_longer_than_the_header():
    found = sheet(*PEOPLE, *[["Eva", "", ""]] * 50, ["Iris", "", "", "more"])
    assert [cell.text for cell in list(found.records())[-1].cells] == ["Iris", "", "", "more"]
