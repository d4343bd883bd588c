"""Writing XLSX."""

import io
from datetime import date, datetime, time
from decimal import Decimal

import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from app.tables import Kind, open_table, write_xlsx, xlsx_pieces

MOMENT = datetime.fromisoformat("2026-03-01T14:30")
VALUES = [
    "=1+1",
    "007",
    "+59171234567",
    -5,
    Decimal("2.5"),
    True,
    None,
    date(2026, 3, 1),
    MOMENT,
    time(8, 15),
]


def written(*rows, sheet=""):
    file = io.BytesIO()
    write_xlsx([[f"column {n}" for n, _ in enumerate(rows[0])], *rows], file, sheet=sheet)
    file.seek(0)
    return file


def test_values_come_back_with_their_kind():
    cells = next(open_table(written(VALUES)).sheets[0].records()).cells
    assert [cell.value for cell in cells] == VALUES
    assert [cell.kind for cell in cells[:4]] == [Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.NUMBER]


def test_another_library_reads_the_same():
    workbook = python_calamine.CalamineWorkbook.from_filelike(written(VALUES, sheet="Gente: [1/2]"))
    assert workbook.sheet_names == ["Gente   1 2"]
    read = workbook.get_sheet_by_index(0).to_python()[1]
    assert read == [
        "=1+1",
        "007",
        "+59171234567",
        -5.0,
        2.5,
        True,
        "",
        date(2026, 3, 1),
        MOMENT,
        time(8, 15),
    ]


@given(st.lists(st.lists(st.text(max_size=8).map(str.strip), min_size=2, max_size=2), min_size=1, max_size=4))
def test_every_text_comes_back(rows):
    read = open_table(written(*rows)).sheets[0].records()
    assert [[cell.text for cell in row.cells] for row in read] == [row for row in rows if any(row)]


def test_it_is_written_while_rows_are_read():
    rows = iter([[str(n), "text"] for n in range(5_000)])
    next(xlsx_pieces(rows))
    assert len(list(rows)) > 4_000


def test_a_cell_is_not_longer_than_excel_allows():
    cells = next(open_table(written(["x" * 40_000])).sheets[0].records()).cells
    assert len(cells[0].text) == 32_767
