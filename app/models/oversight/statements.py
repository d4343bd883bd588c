"""What a statement that was executed has changed, as far as it can be read from the statement itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import BindParameter, ColumnClause, Delete, ExecutionContext, Insert, Update
from sqlalchemy.sql.elements import BinaryExpression, ClauseElement, Grouping
from sqlalchemy.sql.operators import eq, in_op

from app.models.oversight.lines import LogVerb

_VERBS: dict[type, LogVerb] = {Insert: LogVerb.INSERT, Update: LogVerb.UPDATE, Delete: LogVerb.DELETE}
_TEXT = re.compile(r'\s*(insert|update|delete)\s+(?:or\s+\w+\s+)?(?:into\s+|from\s+)?"?(\w+)', re.IGNORECASE)
_SEEN = "_seen_by_audit_log"
UNKNOWN = "*"
"""Stands for the columns that a statement in text writes."""
MOST_IDS = 20_000
"""Of a statement that names more rows than this, only their number is kept."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a statement has changed."""

    verb: LogVerb
    table: str
    fields: list[str] = field(default_factory=list)
    ids: list[int] | None = None
    row_count: int | None = None


def written_by(context: ExecutionContext, cursor: Any, sql: str) -> Written | None:
    """Return what a statement has changed; None if it changes no rows or was looked at before, because batches share it."""
    about: Any = context
    if not (about.isinsert or about.isupdate or about.isdelete):
        is_text = about.compiled is None or getattr(about.compiled, "isplaintext", False)
        return _of_text(cursor, sql) if is_text else None
    if getattr(about, _SEEN, False):
        return None
    setattr(about, _SEEN, True)
    statement = about.compiled.statement
    kind = next((kind for kind in _VERBS if isinstance(statement, kind)), None)
    if kind is None:
        return None
    rows = about.compiled_parameters
    changed = _inserted(statement, rows, cursor) if kind is Insert else _counted(cursor)
    if changed == 0:
        return None
    ids = None if kind is Insert else _ids(statement, about.compiled, rows)
    return Written(_VERBS[kind], statement.table.name, _fields(statement, about.compiled), ids, changed)


def _of_text(cursor: Any, sql: str) -> Written | None:
    found = _TEXT.match(sql)
    changed = _counted(cursor) if found else 0
    return (
        Written(LogVerb(found[1].lower()), found[2], [UNKNOWN], row_count=changed) if found and changed != 0 else None
    )


def _counted(cursor: Any) -> int | None:
    """Return the number of rows that a statement has changed; None if the database tells it only with the rows."""
    changed: int = cursor.rowcount
    return None if changed < 0 or cursor.description is not None else changed


def _inserted(statement: Any, rows: list[Any], cursor: Any) -> int | None:
    if statement.select is not None or statement._post_values_clause is not None:  # noqa: SLF001 - ON CONFLICT
        return _counted(cursor)
    return sum(len(one) for one in statement._multi_values) or len(rows)  # noqa: SLF001 - there is no other way


def _fields(statement: Any, compiled: Any) -> list[str]:
    """Return the columns that an UPDATE sets; an INSERT writes the row as a whole."""
    if not isinstance(statement, Update):
        return []
    values: Any = statement._values or {}  # noqa: SLF001 - there is no other way
    named = {getattr(one, "key", one) for one in values} | set(compiled.column_keys or ())
    return sorted(str(name) for name in named & {column.name for column in statement.table.columns})


def _ids(statement: Any, compiled: Any, rows: list[Any]) -> list[int] | None:
    """Return the ids of the rows that the WHERE clause names, if it names any."""
    for condition in statement._where_criteria:  # noqa: SLF001 - the whole clause would be one AND
        for part in _ands(condition):
            bound = _bound_to_id(part)
            if bound is not None:
                ids = [number for row in rows for number in _given(row, compiled.bind_names.get(bound, ""))]
                return ids if 0 < len(ids) <= MOST_IDS else None
    return None


def _ands(condition: ClauseElement) -> Iterator[ClauseElement]:
    clauses = getattr(condition, "clauses", None)
    if clauses is not None and getattr(getattr(condition, "operator", None), "__name__", "") == "and_":
        yield from clauses
    else:
        yield condition


def _bound_to_id(part: Any) -> BindParameter[Any] | None:
    if not isinstance(part, BinaryExpression) or part.operator not in (eq, in_op):
        return None
    right = part.right.element if isinstance(part.right, Grouping) else part.right
    is_id = isinstance(part.left, ColumnClause) and part.left.name == "id"
    return right if is_id and isinstance(right, BindParameter) else None


def _given(row: Mapping[str, Any], name: str) -> Iterator[int]:
    """Yield the values of a parameter; those of a list have numbered names when the statement is executed."""
    if name in row:
        given = row[name]
        yield from (one for one in (given if isinstance(given, list | tuple) else [given]) if isinstance(one, int))
        return
    for number in count(1):
        if not isinstance(row.get(f"{name}_{number}"), int):
            return
        yield row[f"{name}_{number}"]
