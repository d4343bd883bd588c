"""Reads an uploaded file into the stage, once. The preview and the import itself only use the stage."""

import tempfile
from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, insert

from app.domain.imports import header_rows, imports
from app.domain.imports.registry import kind_of
from app.extensions import db
from app.models.imports.imports import Import, ImportFile, ImportRow, ImportStatus
from app.queries.imports import imports as import_queries
from app.queries.imports.imports import BATCH
from app.tables import Reason, Sheet, Table, Unreadable, open_table
from app.text import storable

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
            yield from _read(work, sheet, has_header=table.kind != "vcard")
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


def _read(work: Import, sheet: Sheet, *, has_header: bool) -> Iterator[int]:
    number, most = work.id, kind_of(work).most_rows
    header = sheet.header()
    batch: list[dict[str, object]] = []
    total = 0
    for row in sheet.records():
        total += 1
        if total > most:
            raise Unreadable(Reason.TOO_MANY_ROWS, most=most)
        batch.append({"import_id": number} | header_rows.stored(row, len(header.names)))
        if len(batch) == BATCH:
            db.session.execute(insert(_ROWS), batch, execution_options=_OWN)
            batch = []
            yield total
    if batch:
        db.session.execute(insert(_ROWS), batch, execution_options=_OWN)
    work.total = total
    imports.note_columns(work, [storable(name) for name in header.names])
    if has_header:
        header_rows.note(work, sheet)
