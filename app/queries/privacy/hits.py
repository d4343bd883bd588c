"""Where free texts name a person: what people wrote about her in records that are not hers, and that only people can edit."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, Enum, String, Table, cast, or_, select
from sqlalchemy.types import TypeDecorator

from app.extensions import Base, db
from app.models.oversight.covered import MACHINERY
from app.models.types import AddressDigest, Sealed, SealedDigest
from app.queries.privacy.rows import Rows
from app.queries.privacy.subjects import Subject

_APART = {*MACHINERY, "merges", "sign_ups", "subscriptions", "address_changes", "users", "imports", "approval_requests"}
"""Tables that an erasure takes care of itself, and those that hold no text."""
_EVERYWHERE = {"unscoped": "who erases somebody has to know where she is named"}
_MOST_IN_TABLE = 50
_ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class Hit:
    """A column of a row that names her."""

    table: str
    number: int
    column: str
    row: Any
    """The columns of the row."""


def find(subject: Subject, hers: Rows) -> list[Hit]:
    """Return where she is named in the texts of rows that are not `hers`; of each table, the first ones."""
    texts = sorted(subject.texts)
    return [hit for table in Base.metadata.sorted_tables for hit in _in_table(table, texts, hers)] if texts else []


def _in_table(table: Table, texts: list[str], hers: Rows) -> Iterator[Hit]:
    columns = [one for one in table.columns if _is_text(one.type)]
    if not columns or table.name in _APART or "id" not in table.c:
        return
    found = select(table).where(or_(*(_names(one, texts) for one in columns))).order_by(table.c.id)
    found = found.where(table.c.id.not_in(sorted(hers.get(table.name, ())))).limit(_MOST_IN_TABLE)
    for row in db.session.execute(found.execution_options(**_EVERYWHERE)).mappings():
        for one in columns:
            if any(text.casefold() in str(row[one.name] or "").casefold() for text in texts):
                yield Hit(table.name, row["id"], one.name, row)


def _names(column: ColumnElement[Any], texts: list[str]) -> ColumnElement[bool]:
    patterns = {_escaped(form) for text in texts for form in (text, json.dumps(text)[1:-1])}
    return or_(*(cast(column, String).ilike(f"%{one}%", escape=_ESCAPE) for one in sorted(patterns)))


def _escaped(text: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        text = text.replace(sign, _ESCAPE + sign)
    return text


def _is_text(kind: Any) -> bool:
    if isinstance(kind, Sealed | SealedDigest | AddressDigest):
        return False
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    return isinstance(plain, String | JSON) and not isinstance(plain, Enum)
