"""Spreadsheets in old or other formats (.xls, .xlsb, .ods), read by an optional library."""

import importlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from types import ModuleType
from typing import IO, Any

from app.tables.cells import EMPTY, Cell, Kind, Row, text_cell
from app.tables.errors import LARGEST_CELL, MOST_COLUMNS, Reason, Unreadable
from app.tables.formats import PLAIN, Numbers, date_cell, moment_cell, time_cell
from app.tables.merging import Merges
from app.tables.sheets import Sheet, Table

_EXTRA = "spreadsheets"
_LARGEST = 15_000_000
"""Bytes: the library keeps all of a sheet in memory."""
_NUMBERS = Numbers()


def open_other(file: IO[bytes], kind: str, *, owned: bool) -> Table:
    """Return the table of a spreadsheet. Raises Unreadable, also if the library is not installed."""
    library = _library(kind)
    file.seek(0, 2)
    if (size := file.tell()) > _LARGEST:
        raise Unreadable(Reason.TOO_LARGE, size=size, most=_LARGEST)
    file.seek(0)
    try:
        workbook = library.CalamineWorkbook.from_filelike(file)
    except library.PasswordError:
        raise Unreadable(Reason.ENCRYPTED) from None
    except (library.CalamineError, OSError):
        raise Unreadable(Reason.DAMAGED) from None
    sheets = [
        Sheet(one.name, _Rows(library, workbook, one.name), one.visible != library.SheetVisibleEnum.Visible)
        for one in workbook.sheets_metadata
        if one.typ == library.SheetTypeEnum.WorkSheet
    ]
    if not sheets:
        raise Unreadable(Reason.NO_SHEET)
    return Table(kind, sheets, file, owned)


def _library(kind: str) -> ModuleType:
    try:
        return importlib.import_module("python_calamine")
    except ImportError:
        raise Unreadable(Reason.NEEDS_EXTRA, kind=kind, extra=_EXTRA) from None


class _Rows:
    """The rows of a sheet."""

    def __init__(self, library: ModuleType, workbook: Any, name: str) -> None:
        self._library = library
        self._workbook = workbook
        self._name = name

    def __call__(self) -> Iterator[Row]:
        try:
            sheet = self._workbook.get_sheet_by_name(self._name)
        except (self._library.CalamineError, OSError):
            raise Unreadable(Reason.DAMAGED) from None
        merges = Merges([
            (top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ])  # fmt: skip
        for number, values in enumerate(sheet.iter_rows(), start=1):
            cells = [self._cell(value, number) for value in values]
            if any(cell.text for cell in cells[MOST_COLUMNS:]):
                raise Unreadable(Reason.TOO_MANY_COLUMNS, row=number, most=MOST_COLUMNS)
            row = Row(number, cells[:MOST_COLUMNS])
            merges.fill(row)
            yield row

    @staticmethod
    def _cell(value: object, number: int) -> Cell:
        if isinstance(value, str):
            if len(value) > LARGEST_CELL:
                raise Unreadable(Reason.LONG_CELL, row=number, most=LARGEST_CELL)
            return text_cell(value)
        if isinstance(value, bool):
            return Cell(value, str(value).upper(), Kind.BOOL)
        if isinstance(value, int | float):
            return _NUMBERS.cell(repr(value), PLAIN)
        if isinstance(value, datetime):
            return date_cell(value.date()) if value.time() == time.min else moment_cell(value)
        if isinstance(value, date):
            return date_cell(value)
        if isinstance(value, time):
            return time_cell(value)
        return text_cell(str(value)) if isinstance(value, timedelta) else EMPTY
