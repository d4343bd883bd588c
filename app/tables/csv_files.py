"""Writes CSV files in pieces, as spreadsheet programs open them: UTF-8 with a byte order mark, without formulas."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice

from app.tables.cells import Value
from app.tables.defusing import defused

_BATCH = 500


def csv_pieces(rows: Iterable[Iterable[Value]], *, separator: str = ",") -> Iterator[bytes]:
    """Yield the bytes of a CSV file; text that would be a formula gets an apostrophe, and typed numbers do not."""
    yield codecs.BOM_UTF8
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator).writerows([_written(value) for value in row] for row in batch)
        yield text.getvalue().encode("utf-8", "replace")


def _written(value: Value) -> str:
    if isinstance(value, str):
        return defused(value).replace("\x00", "")
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).upper() if isinstance(value, bool) else str(value)
