"""Why a file cannot be read as a table, and the limits that say so."""

from enum import StrEnum

LARGEST_FILE = 64_000_000
"""Bytes. A spreadsheet of 200,000 rows and 10 columns has 8 to 20 million."""
LARGEST_CELL = 100_000
"""Characters. Spreadsheet programs allow 32,767."""
MOST_COLUMNS = 300
MOST_ROWS = 1_048_576
"""As many as Excel allows."""


class Reason(StrEnum):
    """Codes for people's sentences, with the values that each of them gives."""

    EMPTY = "empty"
    """There is nothing in the file."""
    TOO_LARGE = "too_large"
    """`size` and `most`, in bytes."""
    TOO_LARGE_UNPACKED = "too_large_unpacked"
    """`size` and `most`, in bytes, of what the file unpacks to, or of a part that unpacks to suspiciously much."""
    TOO_MANY_COLUMNS = "too_many_columns"
    """`row` and `most`."""
    TOO_MANY_ROWS = "too_many_rows"
    """`most`."""
    LONG_CELL = "long_cell"
    """`most` characters, and `row` if it is known; often because a quotation mark is not closed."""
    ENCRYPTED = "encrypted"
    """It has a password."""
    DAMAGED = "damaged"
    """It is truncated or broken, or made to harm."""
    NO_SHEET = "no_sheet"
    """A workbook without worksheets."""
    NOT_A_TABLE = "not_a_table"
    """`kind`: what it is instead, such as pdf, image, html, document or binary."""
    NEEDS_EXTRA = "needs_extra"
    """`kind` (xls, xlsb or ods) and `extra`: the optional dependency that reads it."""


class Unreadable(Exception):
    """A file that cannot be read as a table: a reason, and values for the sentence that explains it."""

    def __init__(self, reason: Reason, **values: str | int) -> None:
        """Set the reason and its values."""
        super().__init__(f"{reason}: {values}" if values else str(reason))
        self.reason = reason
        self.values = values
