"""Tables and their sheets, independent of the kind of file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType
from typing import IO, Self

from app.tables.cells import EMPTY, Row
from app.tables.headers import SAMPLED, Header, find_header


@dataclass
class Sheet:
    """A sheet: its rows can be read any number of times, and are never all in memory."""

    name: str
    rows: Callable[[], Iterator[Row]]
    """All rows, with their number; rows that the file leaves out are not given."""
    hidden: bool = False
    hidden_columns: Callable[[], frozenset[int]] = frozenset
    """The positions of columns that spreadsheet programs do not show."""
    _header: Header | None = field(default=None, repr=False)

    def header(self) -> Header:
        """Return the names of the columns, from the first rows. Raises Unreadable."""
        if self._header is None:
            self._header = find_header(self.sample())
        return self._header

    def sample(self) -> list[Row]:
        """Return the first rows that are not empty. Raises Unreadable."""
        return list(islice((row for row in self.rows() if _is_filled(row)), SAMPLED))

    def records(self) -> Iterator[Row]:
        """Yield the rows below the header that are not empty, with at least as many cells as columns. Raises Unreadable."""
        header = self.header()
        width = len(header.names)
        for row in self.rows():
            if row.number > header.number and _is_filled(row):
                row.cells.extend([EMPTY] * (width - len(row.cells)))
                yield row


def _is_filled(row: Row) -> bool:
    return any(cell.text for cell in row.cells)


@dataclass
class Table:
    """A file with sheets. Close it, or use it in a `with` statement."""

    kind: str
    """csv, xlsx, vcard, xls, xlsb or ods."""
    sheets: list[Sheet]
    file: IO[bytes]
    owned: bool
    """Whether closing the table closes the file."""

    def close(self) -> None:
        """Close the file, unless the caller opened it."""
        if self.owned:
            self.file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()
