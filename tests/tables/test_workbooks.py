"""Reading XLSX."""

import io
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from app.tables import Kind, Problem, Unreadable, open_table
from tests.tables.workbooks import MAIN, workbook, zipped


def cells(rows, **parts):
    """Return the cells of the first row."""
    return next(open_table(workbook(rows, **parts)).sheets[0].rows()).cells


def number(value, code, **parts):
    return cells(f'<row r="1"><c r="A1" s="1"><v>{value}</v></c></row>', formats=[code], **parts)[0]


@pytest.mark.parametrize(
    "code", [14, 22, 15, "dd/mm/yyyy", '[$-40A]d" de "mmmm;@', "yyyy\\-mm\\-dd", "[Red]d.m.yy", "mmm"]
)
def test_numbers_with_a_format_of_dates_are_dates(code):
    assert number(44197, code).value in (date(2021, 1, 1), datetime.fromisoformat("2021-01-01"))


@pytest.mark.parametrize(
    "code", [0, 1, 2, 3, 11, 49, "General", "0.00E+00", '"dias" 0', "#,##0.00\\ \\d", "[Red]0", "0.0;[Blue]\\-0.0"]
)
def test_other_numbers_are_numbers(code):
    assert number(44197, code).value == 44197


@pytest.mark.parametrize(
    ("value", "since_1904", "day"),
    [("1", False, date(1900, 1, 1)), ("59", False, date(1900, 2, 28)), ("61", False, date(1900, 3, 1)), ("0", True, date(1904, 1, 1)),
     ("42735", True, date(2021, 1, 1)), ("44197.75", False, date(2021, 1, 1))],
)  # fmt: skip
def test_days_are_counted_from_1900_or_1904(value, since_1904, day):
    assert number(value, 14, properties=f'<workbookPr date1904="{since_1904:d}"/>').value == day


@pytest.mark.parametrize("value", ["60", "-1", "2958466", "1e300"])
def test_days_that_do_not_exist_are_a_problem(value):
    assert number(value, 14).problem == Problem.BAD_DATE or number(value, 14).kind == Kind.TEXT


def test_dates_with_a_time_and_times():
    moment = number("44197.604166666664", 22)
    assert (moment.value, moment.text) == (datetime.fromisoformat("2021-01-01T14:30"), "2021-01-01 14:30")
    assert (number("0.604166666666667", 20).value, number("0.5", "h:mm:ss").text) == (time(14, 30), "12:00")
    assert number("1.5", "[h]:mm").text == "36:00"


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("5215512345678", 0, "5215512345678"),
        ("5.215512345678E+12", 0, "5215512345678"),
        ("5.215512345678E+12", 11, "5215512345678"),
        ("12345.0", 0, "12345"),
        ("7", "00000", "00007"),
        ("71234567", "000-00000", "712-34567"),
        ("59171234567", '"+"000\\ 00000000', "+591 71234567"),
        ("0.1", 0, "0.1"),
        ("1.1000000000000001", 0, "1.1"),
        ("0.00001", 0, "0.00001"),
        ("0.25", 9, "25%"),
        ("-3", 0, "-3"),
    ],
)
def test_numbers_keep_all_their_digits(value, code, text):
    assert number(value, code).text == text


def test_numbers_with_too_many_digits_are_a_problem():
    assert number("1.23456789012345E+17", 0).problem == Problem.IMPRECISE
    assert number("2.5", 0).value == Decimal("2.5")


def test_every_kind_of_cell_is_read():
    row = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r><rPh><t>no</t></rPh></is></c>'
        '<c r="C1" t="b"><v>1</v></c><c r="D1" t="e"><v>#N/A</v></c><c r="E1" t="str"><f>A1&amp;"x"</f><v>computed</v></c>'
        '<c r="F1"><f>1+1</f></c><c r="G1" t="d"><v>2026-02-03T10:00:00</v></c><c r="I1"><f>1+1</f><v>2</v></c></row>'
    )
    strings = "<si><t>first</t></si><si><r><t>se</t></r><r><t>cond_x000D__x005F_x0041_</t></r><rPh><t>no</t></rPh></si>"
    found = cells(row, strings=strings)
    assert [cell.text for cell in found] == [
        "second\r_x0041_", "rich text", "TRUE", "#N/A", "computed", "", "2026-02-03 10:00", "", "2"
    ]  # fmt: skip
    assert [cell.problem for cell in found[3:6]] == [Problem.ERROR, None, Problem.NO_RESULT]


def test_cells_without_references_and_rows_with_gaps_are_read():
    rows = '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="9" hidden="1"><c r="C9"><v>4</v></c></row>'
    found = list(open_table(workbook(rows)).sheets[0].rows())
    assert [(row.number, [cell.text for cell in row.cells], row.hidden) for row in found] == [
        (1, ["1", "", "3"], False), (9, ["", "", "4"], True)
    ]  # fmt: skip


def test_merged_cells_repeat_their_value_and_say_so():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>5</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
        '<row r="3"><c r="B3"><v>3</v></c></row><row r="4"><c r="B4"><v>4</v></c></row>'
    )
    below = '<mergeCells count="2"><mergeCell ref="A1:A3"/><mergeCell ref="C1:D1"/></mergeCells>'
    found = list(open_table(workbook(rows, below=below)).sheets[0].rows())
    assert [[cell.text for cell in row.cells] for row in found] == [
        ["1", "", "5", "5"],
        ["1", "2"],
        ["1", "3"],
        ["", "4"],
    ]
    assert [row.cells[0].merged for row in found] == [False, True, True, False]


def test_prefixes_and_strict_workbooks_are_read():
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    sheet = f'<x:worksheet xmlns:x="{strict}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    table = open_table(workbook(extra={"xl/worksheets/sheet1.xml": sheet}))
    assert next(table.sheets[0].rows()).cells[0].value == 7


def test_sheets_and_columns_say_whether_they_are_hidden():
    table = open_table(
        workbook(above='<cols><col min="2" max="3" hidden="1"/></cols>', sheets=[("A", "visible"), ("B", "veryHidden")])
    )
    assert [(sheet.name, sheet.hidden) for sheet in table.sheets] == [("A", False), ("B", True)]
    assert table.sheets[0].hidden_columns() == {1, 2}


def test_many_shared_strings_are_found_again():
    strings = "".join(f"<si><t>text {n}</t></si>" for n in range(1000))
    row = "".join(f'<c t="s"><v>{n}</v></c>' for n in range(999, 720, -1))
    assert [cell.text for cell in cells(f"<row>{row}</row>", strings=strings)] == [
        f"text {n}" for n in range(999, 720, -1)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        '<row><c t="s"><v>1</v></c></row>',
        '<row><c t="s"><v>x</v></c></row>',
        '<row r="2"/><row r="1"/>',
        '<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row><c r="ABCD1"><v>1</v></c></row>',
        "<row><c>",
        f"<row><!--{'x' * 3_000_000}--></row>",
    ],
)
def test_damaged_sheets_are_refused(rows):
    with pytest.raises(Unreadable, match="damaged"):
        list(open_table(workbook(rows, strings="<si/>")).sheets[0].rows())


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row><c r="XFD1"><v>1</v></c></row>', "too_many_columns"),
        ('<row r="2000000"/>', "too_many_rows"),
        (f'<row><c t="inlineStr"><is><t>{"x" * 150_000}</t></is></c></row>', "long_cell"),
    ],
)
def test_sheets_that_are_too_large_are_refused(rows, reason):
    with pytest.raises(Unreadable, match=reason):
        list(open_table(workbook(rows)).sheets[0].rows())


def test_entities_and_document_types_are_refused():
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet {MAIN}><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet {MAIN}><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>'
    for sheet in (bomb, outside):
        with pytest.raises(Unreadable, match="damaged"):
            list(open_table(workbook(extra={"xl/worksheets/sheet1.xml": sheet})).sheets[0].rows())


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(Unreadable, match="too_large"):
        open_table(workbook(extra={"xl/media/x.bin": b"\0" * 30_000_000}))


def test_truncated_files_are_refused():
    whole = workbook("<row><c><v>1</v></c></row>" * 500).getvalue()
    broken = bytearray(whole)
    start = broken.index(b"xl/worksheets/sheet1.xml") + 60
    broken[start : start + 20] = b"x" * 20
    for data in (whole[: len(whole) // 2], whole[:-10], bytes(broken)):
        with pytest.raises(Unreadable, match="damaged"):
            list(open_table(io.BytesIO(data)).sheets[0].rows())


def test_references_outside_the_file_are_refused():
    rels = '<Relationships><Relationship Id="s1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>'
    with pytest.raises(Unreadable):
        list(open_table(workbook(extra={"xl/_rels/workbook.xml.rels": rels})).sheets[0].rows())


def test_a_workbook_without_sheets_and_other_archives_are_refused():
    with pytest.raises(Unreadable, match="no_sheet"):
        open_table(workbook(extra={"xl/workbook.xml": "<workbook/>"}))
    with pytest.raises(Unreadable, match="archive"):
        open_table(zipped({"a.txt": "a"}))
    with pytest.raises(Unreadable, match="document"):
        open_table(zipped({"word/document.xml": "a"}))
