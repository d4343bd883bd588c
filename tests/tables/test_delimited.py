"""Tables as text, as spreadsheet programs save them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tables import Kind, Problem, Unreadable, csv_pieces, open_table

ROWS = [("Name", "City", "Note"), ("Iñaki Núñez", "Asunción", 'said "no", then; yes'), ("Zoë", "", "two\nlines")]


def read(data):
    """Return the names of the columns, and the texts of the rows."""
    sheet = open_table(io.BytesIO(data)).sheets[0]
    return sheet.header().names, [tuple(cell.text for cell in row.cells) for row in sheet.records()]


def saved(separator, line="\r\n"):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, lineterminator=line, quoting=csv.QUOTE_ALL).writerows(ROWS)
    return file.getvalue()


@pytest.mark.parametrize("line", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_tables_saved_by_different_programs_are_read(charset, separator, line):
    assert read(saved(separator, line).encode(charset)) == (ROWS[0], ROWS[1:])


@pytest.mark.parametrize("charset", ["cp850", "mac_roman", "cp1252"])
def test_charsets_of_old_programs_are_recognized_by_their_accents(charset):
    text = "Nombre;País\nJosé Núñez;España\nRamón Peña;Perú\nMaría;México\n"
    assert read(text.encode(charset))[1][:2] == [("José Núñez", "España"), ("Ramón Peña", "Perú")]


def test_the_first_accent_may_be_far_below():
    rows = "Name,City\n" + "Ana,Lima\n" * 20_000 + "José,Bogotá\n"
    assert read(rows.encode("cp1252"))[1][-1] == ("José", "Bogotá")


def test_characters_that_cannot_be_decoded_are_a_problem_of_their_cell():
    sheet = open_table(io.BytesIO("Name,City\nJosé,Bogotá\nRamón,Cúcuta\n".encode() + b"Mar\xeda,Lima\n")).sheets[0]
    assert [row.cells[0].problem for row in sheet.records()] == [None, None, Problem.CHARACTERS]


def test_a_separator_declaration_by_excel_is_not_a_row():
    assert read(b"sep=|\r\na|b\r\n1;2|3\r\n") == (("a", "b"), [("1;2", "3")])


def test_a_separator_inside_quotation_marks_is_ignored():
    assert read(b'"a,b,c";d\n1;2')[0] == ("a,b,c", "d")


def test_decimal_commas_do_not_separate():
    assert read(b"a;b\n1,5;2,5\n3,5;4,5\n") == (("a", "b"), [("1,5", "2,5"), ("3,5", "4,5")])


def test_short_rows_are_filled_and_blank_ones_omitted():
    assert read(b"\n\na , b\nx\n\n , \ny,2,3\n")[1] == [("x", "", ""), ("y", "2", "3")]


def test_rows_have_the_numbers_that_spreadsheet_programs_show():
    sheet = open_table(io.BytesIO(b'a,b\n"two\nlines",x\n\ny,z\n')).sheets[0]
    assert [row.number for row in sheet.records()] == [2, 4]


def test_a_table_can_be_read_twice_at_the_same_time():
    sheet = open_table(io.BytesIO(b"a,b\n" + b"x,y\n" * 50_000)).sheets[0]
    assert (
        sum(one.number == other.number for one, other in zip(sheet.records(), sheet.records(), strict=True)) == 50_000
    )


def test_one_column_is_a_table():
    assert read(b"Email\nana@example.org\n") == (("Email",), [("ana@example.org",)])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b'a,b\n"' + b"x" * 200_000, "long_cell"),
        (b"a,b\n" + b"x" * 3_000_000, "not_a_table"),
        (b"a" + b",a" * 400 + b"\n", "too_many_columns"),
        (bytes(range(256)) * 20, "not_a_table"),
    ],
)
def test_what_is_not_a_table_is_refused_with_a_reason(data, reason):
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.reason == reason


@given(st.binary(max_size=300))
def test_reading_bytes_raises_no_unexpected_error(data):
    try:
        names, rows = read(data)
    except Unreadable:
        return
    assert all(len(row) >= len(names) for row in rows)


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)
hostile = st.builds("".join, st.tuples(st.sampled_from(["", "'", "=", "+", "-", "@", "＝", "'=", "''+"]), texts))


@given(st.lists(st.lists(hostile.map(str.strip), min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t|"))
def test_what_is_written_is_read(rows, separator):
    data = b"".join(csv_pieces([["One", "Two", "Three"], *rows], separator=separator))
    assert read(data)[1] == [tuple(row) for row in rows if any(row)]


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK("http://x")', "+1+1", "-2+3|cmd", "@SUM(A1)", " \t=1", "\t=1", "＝1", "'=1"]
)
def test_no_text_is_a_formula(formula):
    data = b"".join(csv_pieces([["Name"], [formula]])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(data, newline="")))[1][0] == f"'{formula}"


def test_numbers_are_written_as_numbers_and_phones_keep_their_plus():
    data = b"".join(csv_pieces([["A", "B"], [-5, "+59171234567"]]))
    assert data.endswith(b"\r\n-5,'+59171234567\r\n")
    assert read(data)[1] == [("-5", "+59171234567")]


def test_cells_of_text_are_text():
    cells = next(open_table(io.BytesIO(b"a,b,c\n007,,x\n")).sheets[0].records()).cells
    assert [(cell.value, cell.kind) for cell in cells] == [("007", Kind.TEXT), (None, Kind.EMPTY), ("x", Kind.TEXT)]
