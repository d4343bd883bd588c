"""Which row of a file has the names of its columns: found when it is read, as last time, or as a person says.

The file is gone once it has been read, so its first rows are kept with the import, with the header that each would be.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert

from app.domain.imports import imports
from app.domain.imports.columns import guessed
from app.domain.imports.registry import kind_of
from app.domain_errors import DomainError
from app.extensions import db
from app.models.imports.imports import Import, ImportRow
from app.queries.imports import imports as import_queries
from app.tables import Header, Row, Sheet, letters, possible_headers
from app.text import N_, storable

SHOWN = 10
"""The rows to choose from; more if the header was found below them."""
_ROWS: Any = ImportRow.__table__
_OWN = {"unscoped": "the rows belong to the import, which is in scope"}


def note(work: Import, sheet: Sheet) -> None:
    """Keep the first rows of the sheet that was read; of a file like an earlier one, use the header that it had then."""
    found, rows = sheet.header(), sheet.sample()
    headers = possible_headers(rows)
    shown = max(SHOWN, sum(row.number <= found.number for row in rows))
    pairs = list(zip(rows, headers, strict=True))[:shown]
    work.top = [stored(row, len(found.names)) | _described(one) for row, one in pairs]
    work.header_row = next((row.number for row, one in pairs if one == found), 0)
    remembered = _remembered(work)
    if remembered is not None:
        _use(work, remembered)


def choose(work: Import, number: int) -> None:
    """Have the row with a number be the header, or no row for 0; then the columns have to be mapped again."""
    imports.require_open(work)
    if number not in (0, *(one["number"] for one in work.top)):
        raise DomainError(None, N_("Choose one of the rows that are shown."))
    if number != work.header_row:
        _use(work, number)


def stored(row: Row, width: int) -> dict[str, Any]:
    """Return a row of a file as it is stored in the stage."""
    cells = row.cells[:width]
    problems = {str(at): one.problem.value for at, one in enumerate(cells) if one.problem}
    return {
        "number": row.number,
        "cells": [one.text if one.text.isascii() and one.text.isprintable() else storable(one.text) for one in cells],
        "problems": problems or None,
    }


def _described(header: Header) -> dict[str, Any]:
    return {"names": [storable(name) for name in header.names], "last": header.number}


def _use(work: Import, number: int) -> None:
    """Move the first rows into the stage or out of it, so that it begins below the header."""
    by_number: Mapping[int, dict[str, Any]] = {one["number"]: one for one in work.top}
    before = by_number[work.header_row]["last"] if work.header_row else 0
    last = by_number[number]["last"] if number else 0
    above = (_ROWS.c.import_id == work.id, _ROWS.c.number <= last)
    db.session.execute(delete(_ROWS).where(*above), execution_options=_OWN)
    added = [
        {"import_id": work.id} | {name: one[name] for name in ("number", "cells", "problems")}
        for one in work.top
        if last < one["number"] <= before
    ]
    if added:
        db.session.execute(insert(_ROWS), added, execution_options=_OWN)
    work.header_row, work.total = number, import_queries.count_rows(work)
    imports.note_columns(work, by_number[number]["names"] if number else _letters(work))


def _letters(work: Import) -> list[str]:
    """Return the names of the columns of a file without a header."""
    return [letters(position) for position in range(len(work.header))]


def _remembered(work: Import) -> int | None:
    """Return the row that was the header of an earlier file with the same columns, if it is not the one that was found.

    A file without a header is recognized by the number of its columns, if no name that was found says anything.
    """
    if import_queries.alike(work):
        return None
    rows = {imports.digest_of(work.kind, one["names"]): one["number"] for one in reversed(work.top)}
    kind = kind_of(work)
    if not any(guessed(work.header, [()] * len(work.header), kind.fields, kind.own_fields())):
        rows[imports.digest_of(work.kind, _letters(work))] = 0
    known = import_queries.alike(work, rows)
    return rows[known.header_digest] if known and known.header_digest else None
