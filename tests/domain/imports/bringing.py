"""What tests of imports share: a table is uploaded, checked, written and undone."""

import io

from sqlalchemy import func, select

from app.domain.imports import imports, running
from app.extensions import db
from app.models.imports.imports import ImportKind, ImportRow, Policy
from app.models.people.organizations import Classification
from app.text import sort_key


class Bringing:
    """Uploads tables for one user, and checks their rows."""

    def __init__(self, user):
        self.user = user

    def __call__(
        self, table, *, kind=ImportKind.PEOPLE, congress=None, key=None, policy=Policy.FILL, country=None, record=(),
        mapping=None,
    ):  # fmt: skip
        work = self.begin(table, kind=kind, congress=congress)
        values = {
            "mapping": mapping or list(work.mapping),
            "key": key or work.key,
            "key_field": None,
            "policy": policy,
            "country": country,
        }
        imports.map_columns(work, values, by=self.user)
        run(work)
        if record:
            decided = {sort_key(name): where for name, where in dict(record).items()}
            imports.decide(work, decided, Classification.UNION, by=self.user)
            run(work)
        return work

    def begin(self, table, *, kind=ImportKind.PEOPLE, congress=None):
        """Upload and read a table."""
        lines = (
            "\n".join(line.strip() for line in table.strip().splitlines()).encode() if isinstance(table, str) else table
        )
        work = imports.begin(
            io.BytesIO(lines), "table.csv", kind, by=self.user, congress_id=congress.id if congress else None
        )
        run(work)
        return work


def run(work):
    for _ in running.step(work):
        pass


def write(work, by):
    imports.write(work, by=by)
    run(work)


def undo(work, by):
    imports.undo(work, by=by)
    run(work)


def verdicts(work):
    db.session.expire_all()
    rows = db.session.scalars(select(ImportRow).where(ImportRow.import_id == work.id).order_by(ImportRow.number))
    return [(one.verdict.value, *[why[0] for why in one.reasons or ()]) for one in rows]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))
