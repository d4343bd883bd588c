"""Imports from the upload to the press of the last button; what takes long is left to workers (app/jobs/imports)."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import IO, Any, TypedDict

from sqlalchemy import delete

from app import clock
from app.domain.imports.columns import guessed
from app.domain.imports.fields import MANY
from app.domain.imports.registry import KINDS, kind_of
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.imports.imports import Import, ImportFile, ImportKind, ImportRow, ImportStatus, MatchKey, Policy
from app.models.people.organizations import Classification, Organization
from app.queries.imports import imports as import_queries
from app.queries.lookup import REMOVED_FOR
from app.text import N_, plain

PIECE = 1_000_000
"""Bytes of an uploaded file that are stored in one row."""
_SAMPLES = 3
_SAMPLED = 300
"""Rows in which samples of each column are looked for."""
_LONGEST_SAMPLE = 80
UNFINISHED_FOR = timedelta(days=7)
"""How long a file is kept that nobody imports."""
WRITTEN_FOR = REMOVED_FOR
"""How long an import can be undone; then its rows are deleted."""


class ColumnValues(TypedDict):
    """What a person says about the columns of a file."""

    mapping: list[str]
    key: MatchKey
    key_field: str | None
    """The key of the house's own field by which rows are recognized, if it is one."""
    policy: Policy
    country: str | None


def begin(
    file: IO[bytes],
    name: str,
    kind: ImportKind = ImportKind.PEOPLE,
    *,
    by: User,
    congress_id: int | None = None,
    campaign_id: int | None = None,
) -> Import:
    """Store an uploaded file for one congress or campaign, or for those with access to everything."""
    now = clock.now()
    work = Import(
        kind=kind, status=ImportStatus.TO_READ, congress_id=congress_id, campaign_id=campaign_id,
        created_by_id=by.id, created_at=now, asked_by_id=by.id, asked_at=now, file_name=name[-200:], sheets=[], header=[], top=[], samples=[], mapping=[],
        key=KINDS[kind].keys[0], policy=Policy.FILL, unknown={}, decisions={}, recorded=[], counts={}, details={},
    )  # fmt: skip
    db.session.add(work)
    file.seek(0)
    position = 0
    while data := file.read(PIECE):
        db.session.add(ImportFile(work=work, position=position, data=data))
        db.session.flush()
        position += 1
    return work


def choose_sheet(work: Import, position: int, *, by: User) -> None:
    """Have one of the sheets of a file read, by its position among those to choose from."""
    if work.status is not ImportStatus.OPENED or position >= len(work.sheets):
        raise DomainError(None, N_("Choose one of the sheets that are shown."))
    work.sheet = work.sheets[position]["name"]
    ask(work, ImportStatus.TO_READ, by=by)


def note_columns(work: Import, header: Sequence[str]) -> None:
    """Store the columns of the file that was read, and what they are: as last time, or else as they seem to be."""
    samples = _samples(work, len(header))
    work.header, work.samples, work.header_digest = list(header), samples, digest_of(work.kind, header)
    db.session.flush()
    kind, last = kind_of(work), import_queries.alike(work)
    if last:
        known = {*kind.fields, *(field.key for field in kind.own_fields())}
        work.mapping = [name if name in known else "" for name in last.mapping]
        work.key, work.key_field, work.policy, work.country = last.key, last.key_field, last.policy, last.country
    else:
        work.mapping = guessed(header, samples, kind.fields, kind.own_fields())
        work.key = kind.usual_key(frozenset(work.mapping))
    if work.key_field and work.key_field not in work.mapping:
        work.key, work.key_field = kind.usual_key(frozenset(work.mapping)), None
    work.status = ImportStatus.READ


def digest_of(kind: ImportKind, header: Sequence[str]) -> str:
    """Return what is the same for files of a kind with the same columns."""
    return hashlib.sha256("\x1f".join([kind, *map(plain, header)]).encode()).hexdigest()


def _samples(work: Import, width: int) -> list[list[str]]:
    """Return some values of each column."""
    samples: list[list[str]] = [[] for _ in range(width)]
    for row in next(import_queries.batches(work), ())[:_SAMPLED]:
        for values, cell in zip(samples, row.cells, strict=False):
            text = cell[:_LONGEST_SAMPLE]
            if text and len(values) < _SAMPLES and text not in values:
                values.append(text)
    return samples


def map_columns(work: Import, values: ColumnValues, *, by: User) -> None:
    """Say what the columns are; the rows have to be checked after that.

    Raises DomainError on the field of a column whose field another column has, and if there is no column with a name.
    """
    require_open(work)
    check_mapping(work, values["mapping"])
    check_key(values["key"], values["key_field"], values["mapping"])
    work.mapping, work.key, work.policy = values["mapping"], values["key"], values["policy"]
    work.key_field, work.country = values["key_field"], values["country"]
    ask(work, ImportStatus.TO_CHECK, by=by)


def check_mapping(work: Import, mapping: Sequence[str]) -> None:
    """Raise DomainError if columns cannot be imported like this."""
    taken: set[str] = set()
    for position, name in enumerate(mapping):
        if name and name in taken and name not in MANY:
            raise DomainError(f"column_{position}", N_("Another column has this field already."))
        taken.add(name)
    kind_of(work).check_mapping(frozenset(mapping))


def check_key(key: MatchKey, key_field: str | None, mapping: Sequence[str]) -> None:
    """Raise DomainError if rows are to be recognized by a number that no column has."""
    needed = key_field if key is MatchKey.OWN else key.value if key is MatchKey.RECORD_NUMBER else ""
    if needed and needed not in mapping:
        raise DomainError("key", N_("Choose which column has this."))


def decide(
    work: Import, decisions: Mapping[str, Organization | str | None], classification: Classification, *, by: User
) -> None:
    """Store for unknown organizations, by sort key, which recorded one is meant, or the country in which to record it.

    Organizations without a decision keep their rows from being imported.
    """
    require_open(work)
    stored: dict[str, object] = {}
    for key, decision in decisions.items():
        if isinstance(decision, Organization):
            stored[key] = {"id": decision.id}
        elif decision is not None:
            name = work.unknown[key]["name"]
            stored[key] = {"name": name, "country": decision, "classification": classification.value}
    work.decisions = stored
    ask(work, ImportStatus.TO_CHECK, by=by)


def correct(row: ImportRow, cells: Mapping[int, str], *, by: User) -> None:
    """Correct cells of a row, by their position; all rows have to be checked after that, because others may mean the same person."""
    require_open(row.work)
    row.cells = [cells.get(position, text) for position, text in enumerate(row.cells or ())]
    kept = {at: problem for at, problem in (row.problems or {}).items() if int(at) not in cells}
    row.problems = kept or None
    ask(row.work, ImportStatus.TO_CHECK, by=by)


def write(work: Import, *, by: User) -> None:
    """Have the checked rows written. Raises DomainError if nothing would be written."""
    if work.status in (ImportStatus.TO_WRITE, ImportStatus.WRITTEN):
        return
    require_open(work)
    if not any(work.counts.get(one) for one in ("created", "updated", "joined")):
        raise DomainError(None, N_("There is nothing to import."))
    ask(work, ImportStatus.TO_WRITE, by=by)


def undo(work: Import, *, by: User) -> None:
    """Have everything undone that an import wrote. Raises DomainError if it is too late."""
    if work.status is not ImportStatus.WRITTEN or work.written_at is None:
        raise DomainError(None, N_("Only an import that has been written can be undone."))
    if work.written_at < clock.now() - WRITTEN_FOR:
        raise DomainError(None, N_("It is too late to undo this import."))
    ask(work, ImportStatus.TO_UNDO, by=by)


def discard(work: Import) -> None:
    """Delete a file of which nothing was written, with all its rows."""
    if not work.is_discardable:
        raise DomainError(None, N_("This import can no longer be discarded."))
    db.session.delete(work)
    db.session.flush()


def ask(work: Import, status: ImportStatus, *, by: User) -> None:
    """Ask workers for the next step."""
    work.status, work.asked_at, work.asked_by_id = status, clock.now(), by.id
    work.done, work.attempts, work.failure, work.details = 0, 0, None, {}
    db.session.flush()


def require_open(work: Import) -> None:
    """Raise DomainError if something of an import has been written."""
    if not work.is_open:
        raise DomainError(None, N_("This import can no longer be changed."))


def sweep() -> None:
    """Delete files that nobody imported, and the rows of imports that can no longer be undone."""
    for work in import_queries.unfinished_before(clock.now() - UNFINISHED_FOR):
        db.session.delete(work)
    rows: Any = ImportRow.__table__
    over = import_queries.staged_before(clock.now() - WRITTEN_FOR)
    reason = {"unscoped": "whatever is too old is deleted, for everybody"}
    db.session.execute(delete(rows).where(rows.c.import_id.in_(over)), execution_options=reason)
    db.session.flush()
