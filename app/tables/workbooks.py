"""XLSX workbooks: their sheets, number formats and strings (ECMA-376, transitional and strict)."""

import posixpath
from collections.abc import Callable
from functools import cached_property
from typing import IO

from app.tables.cells import Cell
from app.tables.errors import Reason, Unreadable
from app.tables.formats import PLAIN, Format, Numbers, format_of
from app.tables.markup import each_element
from app.tables.packages import Package
from app.tables.shared_strings import no_strings, shared_strings
from app.tables.sheets import Sheet, Table
from app.tables.worksheets import Worksheet

_MOST_SHEETS = 500
_MOST_STYLES = 70_000
"""Excel allows 65,490."""


def open_workbook(file: IO[bytes], package: Package, *, owned: bool) -> Table:
    """Return the table of an XLSX file. Raises Unreadable."""
    workbook = _Workbook(package)
    sheets = [_sheet(Worksheet(package, part, workbook), name, hidden) for name, part, hidden in workbook.parts]
    if not sheets:
        raise Unreadable(Reason.NO_SHEET)
    return Table("xlsx", sheets, file, owned)


def _sheet(worksheet: Worksheet, name: str, hidden: bool) -> Sheet:
    return Sheet(name, worksheet.rows, hidden, worksheet.hidden_columns)


class _Workbook:
    """What the sheets of a workbook share."""

    def __init__(self, package: Package) -> None:
        """Read the list of sheets. Raises Unreadable."""
        self._package = package
        self._path = self._targets("", "officeDocument").get("", "") or "xl/workbook.xml"
        self.parts: list[tuple[str, str, bool]] = []
        """The name and the part of each worksheet, and whether it is hidden."""
        self._since_1904 = False
        self._read()
        self.numbers = Numbers(since_1904=self._since_1904)

    def _read(self) -> None:
        targets = self._targets(self._path, "worksheet")

        def start(path: tuple[str, ...], attributes: dict[str, str]) -> None:
            if path[1:] == ("workbookPr",):
                self._since_1904 = attributes.get("date1904", "").lower() in ("1", "true", "on")
            elif path[1:] == ("sheets", "sheet") and attributes.get("id", "") in targets:
                hidden = attributes.get("state", "visible") != "visible"
                self.parts.append((attributes.get("name", ""), targets[attributes["id"]], hidden))
                if len(self.parts) > _MOST_SHEETS:
                    raise Unreadable(Reason.DAMAGED)

        with self._package.open(self._path) as part:
            each_element(part, start)

    def _targets(self, source: str, kind: str) -> dict[str, str]:
        """Return the parts of a kind that a part refers to, by identifier; the main one also by an empty string."""
        folder, name = posixpath.split(source)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, str] = {}

        def start(path: tuple[str, ...], attributes: dict[str, str]) -> None:
            is_meant = path[-1] == "Relationship" and attributes.get("Type", "").rpartition("/")[2] == kind
            if is_meant and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
                found[attributes.get("Id", "")] = target
                found.setdefault("", target)

        if listed in self._package:
            with self._package.open(listed) as part:
                each_element(part, start)
        return found

    @cached_property
    def string(self) -> Callable[[int], Cell]:
        """The cell for the number of a shared string."""
        path = self._targets(self._path, "sharedStrings").get("")
        if not path or path not in self._package:
            return no_strings
        with self._package.open(path) as part:
            return shared_strings(part)

    @cached_property
    def formats(self) -> list[Format]:
        """The number format of each style."""
        path = self._targets(self._path, "styles").get("")
        if not path or path not in self._package:
            return []
        codes: dict[str, str] = {}
        numbers: list[str] = []

        def start(found: tuple[str, ...], attributes: dict[str, str]) -> None:
            if found[1:] == ("numFmts", "numFmt"):
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif found[1:] == ("cellXfs", "xf"):
                numbers.append(attributes.get("numFmtId", "0"))
            if len(numbers) > _MOST_STYLES or len(codes) > _MOST_STYLES:
                raise Unreadable(Reason.DAMAGED)

        with self._package.open(path) as part:
            each_element(part, start)
        made = {number: _format(number, codes.get(number)) for number in set(numbers)}
        return [made[number] for number in numbers]


def _format(number: str, code: str | None) -> Format:
    found = format_of(int(number) if number.isdecimal() else 0, code)
    return PLAIN if found == PLAIN else found
