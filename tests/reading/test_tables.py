"""Tables as saved by spreadsheet programs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.tables import read_table

ROWS = [("Name", "City", "Note"), ("Iñaki Núñez", "Asunción", 'said "no", then; yes'), ("Zoë", "", "two\nlines")]


def saved(separator, line="\r\n"):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, lineterminator=line, quoting=csv.QUOTE_ALL).writerows(ROWS)
    return file.getvalue()


@pytest.mark.parametrize("line", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_tables_saved_by_different_programs_are_read(charset, separator, line):
    table = read_table(saved(separator, line).encode(charset))
    assert table.columns == ROWS[0]
    assert [tuple(row.values()) for row in table.rows] == ROWS[1:]


def test_a_separator_declaration_by_excel_is_not_a_row():
    table = read_table(b"sep=|\r\na|b\r\n1;2|3\r\n")
    assert (table.columns, table.rows) == (("a", "b"), ({"a": "1;2", "b": "3"},))


def test_a_separator_inside_quotation_marks_is_ignored():
    assert read_table(b'"a,b,c";d\n1;2').columns == ("a,b,c", "d")


def test_short_rows_are_filled_long_ones_truncated_and_blank_ones_omitted():
    table = read_table(b"\n\na , b\n1\n\n , \n1,2,3\n")
    assert table.rows == ({"a": "1", "b": ""}, {"a": "1", "b": "2"})


def test_a_table_without_rows_is_empty():
    assert read_table(b"").columns == ()
    assert read_table(b"a;b").rows == ()


def test_an_endless_cell_is_rejected():
    with pytest.raises(ValueError, match="larger"):
        read_table(b'a,b\n"' + b"x" * 2_000_000)


@given(st.binary(max_size=300))
def test_reading_bytes_raises_no_unexpected_error(data):
    table = read_table(data)
    assert all(tuple(row) == tuple(dict.fromkeys(table.columns)) for row in table.rows)
