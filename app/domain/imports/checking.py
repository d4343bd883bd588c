"""Checks the rows of an import for the preview."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, update

from app.domain.imports.kinds import Judged, scope_of
from app.domain.imports.organizations import Organizations
from app.domain.imports.registry import kind_of
from app.extensions import db
from app.models.imports.imports import Import, ImportRow, ImportStatus
from app.models.scoping import in_scope

_ROWS: Any = ImportRow.__table__
_OWN = {"unscoped": "the rows belong to the import, which is in scope"}
_NOTED = (
    update(_ROWS)
    .where(_ROWS.c.id == bindparam("row_id"))
    .values({name: bindparam(name) for name in ("verdict", "reasons", "first", "record_id")})
)


def check(work: Import) -> Iterator[int]:
    """Decide what would become of each row; yield how many have been checked after each batch."""
    counts: Counter[str] = Counter()
    organizations = Organizations(work)
    done = 0
    batches = kind_of(work).judge(work, organizations)
    while True:
        with in_scope(scope_of(work)):
            batch = next(batches, None)
            if batch is None:
                break
            db.session.execute(_NOTED, [_noted(one) for one in batch], execution_options=_OWN)
        counts.update(one.verdict.value for one in batch)
        done += len(batch)
        yield done
    work.counts, work.unknown, work.done = dict(counts), organizations.unknown, done
    work.status = ImportStatus.CHECKED
    db.session.flush()


def _noted(one: Judged) -> dict[str, object]:
    return {
        "row_id": one.id,
        "verdict": one.verdict,
        "reasons": one.reasons or None,
        "first": one.first,
        "record_id": one.record_id,
    }
