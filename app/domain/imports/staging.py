"""Reads an uploaded file into the stage, once. The preview and the import itself only use the stage."""

import tempfile
from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, insert

from app.domain.imports import imports
from app.domain.imports.registry import kind_of
from app.extensions import db
from app.models.imports.imports import Import, ImportFile, ImportRow, ImportStatus
from app.queries.imports import imports as import_queries
from app.queries.imports.imports import BATCH
from app.tables import Reason, Row, Sheet, Table, Unreadable, open_table
from app.text import storable

_SAMPLES = 3
_SAMPLED = 300
"""Rows in which samples of each column are looked for."""
_LONGEST_SAMPLE = 80
_LONGEST_NAME = 200
"""Characters of the name of a sheet; Excel allows 31."""
_OWN = {"unscoped": "the rows belong to the import, which is in scope"}
_ROWS: Any = ImportRow.__table__
_FILES: Any = ImportFile.__table__


def sheets_of(table: Table) -> Iterator[Sheet]:
    """Yield the visible sheets with rows below their header, without those that cannot be read.

    Raises Unreadable if there is none.
    """
    failure: Unreadable | None = Unreadable(Reason.EMPTY)
    for sheet in [one for one in table.sheets if not one.hidden] or table.sheets:
        try:
            has_rows = next(sheet.records(), None) is not None
        except Unreadable as error:
            failure = failure and error
            continue
        if has_rows:
            failure = None
            yield sheet
    if failure:
        raise failure


def read(work: Import) -> Iterator[int]:
    """Read the file into the stage; yield how many rows have been read after each batch, so that the caller may commit.

    If it has several sheets, a person has to choose one first, and the file is kept until then. Raises Unreadable. Read
    again after an interruption, it begins anew.
    """
    db.session.execute(delete(_ROWS).where(_ROWS.c.import_id == work.id), execution_options=_OWN)
    with tempfile.TemporaryFile() as file:
        for piece in import_queries.pieces(work.id):
            file.write(piece)
        with open_table(file, filename=work.file_name) as table:
            sheet = _chosen(work, table)
            if sheet is None:
                return
            yield from _read(work, sheet)
    db.session.execute(delete(_FILES).where(_FILES.c.import_id == work.id), execution_options=_OWN)
    db.session.flush()


def _chosen(work: Import, table: Table) -> Sheet | None:
    """Return the sheet to read, or None if a person has to choose it: then those with rows are noted."""
    sheets = {storable(one.name)[:_LONGEST_NAME]: one for one in sheets_of(table)}
    if len(sheets) > 1 and work.sheet is None:
        work.sheets = [
            {"name": name, "header": [storable(heading) for heading in one.header().names]}
            for name, one in sheets.items()
        ]
        work.status = ImportStatus.OPENED
        db.session.flush()
        return None
    if len(table.sheets) > 1:
        work.sheet = work.sheet or next(iter(sheets))
    return sheets[work.sheet] if work.sheet is not None else next(iter(sheets.values()))


def _read(work: Import, sheet: Sheet) -> Iterator[int]:
    number, most = work.id, kind_of(work).most_rows
    header = sheet.header()
    samples: list[list[str]] = [[] for _ in header.names]
    batch: list[dict[str, object]] = []
    total = 0
    for row in sheet.records():
        total += 1
        if total > most:
            raise Unreadable(Reason.TOO_MANY_ROWS, most=most)
        if total <= _SAMPLED:
            _sample(row, samples)
        batch.append(_stored(number, row, len(header.names)))
        if len(batch) == BATCH:
            db.session.execute(insert(_ROWS), batch, execution_options=_OWN)
            batch = []
            yield total
    if batch:
        db.session.execute(insert(_ROWS), batch, execution_options=_OWN)
    work.total = total
    imports.note_columns(work, header.names, samples)


def _sample(row: Row, samples: list[list[str]]) -> None:
    for position, values in enumerate(samples):
        text = row.cells[position].text[:_LONGEST_SAMPLE]
        if text and len(values) < _SAMPLES and text not in values:
            values.append(storable(text))


def _stored(import_id: int, row: Row, width: int) -> dict[str, object]:
    cells = row.cells[:width]
    problems = {str(at): one.problem.value for at, one in enumerate(cells) if one.problem}
    return {
        "import_id": import_id,
        "number": row.number,
        "cells": [one.text if one.text.isascii() and one.text.isprintable() else storable(one.text) for one in cells],
        "problems": problems or None,
    }
