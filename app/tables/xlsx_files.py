"""Writes XLSX files in pieces, so that memory does not grow with their rows."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from app.tables.cells import Value
from app.tables.headers import letters
from app.tables.texts import escaped

_BATCH = 500
_LONGEST = 32_767
"""Characters of a cell; Excel calls a file with longer ones damaged."""
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - what clocks show
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEXT, _DATE, _DATETIME, _TIME, _HEADING = 1, 2, 3, 4, 5
_FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
_XF = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
_HEADING_XF = 'numFmtId="49" fontId="1" fillId="0" borderId="0"'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {_MAIN}><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="166" formatCode="hh:mm"/></numFmts>'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts><fills count="2"><fill><patternFill'
    ' patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
    f'<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf {_XF}/></cellStyleXfs>'
    f'<cellXfs count="6"><xf {_XF} xfId="0"/>'
    + "".join(
        f'<xf {_XF.replace("0", number, 1)} xfId="0" applyNumberFormat="1"/>' for number in ("49", "164", "165", "166")
    )
    + f'<xf {_HEADING_XF} xfId="0" applyFont="1"/></cellXfs></styleSheet>',
}
_SHEET = (
    f'{_XML}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
    ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"'
    ' defaultColWidth="20"/><sheetData>'
)


class _Sink(io.RawIOBase):
    """What the archive has written since the last piece; it cannot seek, as a response cannot."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken


def write_xlsx(rows: Iterable[Iterable[Value]], file: IO[bytes], *, sheet: str = "") -> None:
    """Write an XLSX file with one sheet; the first row has the headings."""
    for piece in xlsx_pieces(rows, sheet=sheet):
        file.write(piece)


def xlsx_pieces(rows: Iterable[Iterable[Value]], *, sheet: str = "") -> Iterator[bytes]:
    """Yield the bytes of an XLSX file with one sheet; the first row has the headings. Text is never a formula."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, markup in _PARTS.items():
            archive.writestr(name, _XML + markup)
        archive.writestr("xl/workbook.xml", _workbook(sheet))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(_SHEET.encode())
            numbered = enumerate(rows, start=1)
            while batch := list(islice(numbered, _BATCH)):
                part.write("".join(_row(number, row) for number, row in batch).encode())
                yield sink.taken()
            part.write(b"</sheetData></worksheet>")
    yield sink.taken()


def _workbook(sheet: str) -> str:
    name = "".join(" " if character in "[]:*?/\\'" else character for character in escaped(sheet))[:31].strip() or "1"
    return (
        f'{_XML}<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name={quoteattr(name)} sheetId="1" r:id="r1"/>'
        "</sheets></workbook>"
    )


def _row(number: int, values: Iterable[Value]) -> str:
    style = _HEADING if number == 1 else _TEXT
    cells = [_cell(f"{letters(position)}{number}", value, style) for position, value in enumerate(values)]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(reference: str, value: Value, style: int) -> str:
    if isinstance(value, str):
        if not value:
            return ""
        text = escape(escaped(value[:_LONGEST]))
        return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float | Decimal):
        return f'<c r="{reference}"><v>{value}</v></c>'
    days, style = _days(value)
    return f'<c r="{reference}" s="{style}"><v>{days!r}</v></c>'


def _days(value: date | time) -> tuple[float, int]:
    """Return a date or a time as Excel counts it, and its style."""
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400, _TIME
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - _EPOCH).total_seconds() / 86_400, _DATETIME
    return (value - _EPOCH.date()).days, _DATE
