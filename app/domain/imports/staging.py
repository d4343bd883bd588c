"""Reads an uploaded file into the stage, once. The preview and the import itself only use the stage."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from sqlalchemy import delete, insert

from app.domain.imports import imports
from app.domain.imports.registry import kind_of
from app.extensions import db
from app.models.imports.imports import Import, ImportFile, ImportRow
from app.queries.imports import imports as import_queries
from app.queries.imports.imports import BATCH
from app.tables import Reason, Row, Sheet, Table, Unreadable, open_table
from app.text import storable

_SAMPLES = 3
_SAMPLED = 300
"""Rows in which samples of each column are looked for."""
_LONGEST_SAMPLE = 80
_OWN = {"unscoped": "the rows belong to the import, which is in scope"}
_ROWS: Any = ImportRow.__table__
_FILES: Any = ImportFile.__table__


def sheet_of(table: Table) -> Sheet:
    """Return the first visible sheet with rows. Raises Unreadable if there is none."""
    shown = [one for one in table.sheets if not one.hidden] or table.sheets
    sheet = next((one for one in shown if one.sample()), None)
    if sheet is None or next(sheet.records(), None) is None:
        raise Unreadable(Reason.EMPTY)
    return sheet


def read(work: Import) -> Iterator[int]:
    """Read the file into the stage; yield how many rows have been read after each batch, so that the caller may commit.

    Raises Unreadable. Read again after an interruption, it begins anew.
    """
    db.session.execute(delete(_ROWS).where(_ROWS.c.import_id == work.id), execution_options=_OWN)
    with tempfile.TemporaryFile() as file:
        for piece in import_queries.pieces(work.id):
            file.write(piece)
        yield from _read(work, file)
    db.session.execute(delete(_FILES).where(_FILES.c.import_id == work.id), execution_options=_OWN)
    db.session.flush()


def _read(work: Import, file: IO[bytes]) -> Iterator[int]:
    number, most = work.id, kind_of(work).most_rows
    with open_table(file, filename=work.file_name) as table:
        sheet = sheet_of(table)
        header = sheet.header()
        title = sheet.name if len(table.sheets) > 1 else None
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
        work.sheet, work.total = title and title[:200], total
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
