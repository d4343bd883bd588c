"""What was built on recorded changes: rows that have been changed since, and others that refer to new ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select

from app.domain.recording import Change, plain_value
from app.extensions import Base, db
from app.queries.imports.built_on import FOLLOWING, referring

_LEFT_OUT = FOLLOWING | {
    "audit_entries", "deliveries", "follow_ups", "hit_records", "submissions", "undo_entries", "undone_delegations",
    "undone_people",
}  # fmt: skip
"""Tables whose rows follow from others, or tell what was done."""
_DERIVED = frozenset({"revision", "updated_at", "compared_at", "words", "sort_key"})
"""Columns that track changes, or follow from others."""
_ABOVE = ("person_id", "organization_id", "delegation_id", "journey_id", "leg_id")
"""Columns that refer to the record by whose name a part of it is known."""
_READS = {"unscoped": "it reads rows that the import wrote, and whether others refer to them"}
_BATCH = 500

Rows = dict[str, dict[int, dict[str, Any]]]


def found(changes: Sequence[Change]) -> tuple[list[str], int]:
    """Return the names of the records on which something was built, and how many rows no longer exist."""
    rows, new = _left(changes)
    names: dict[str, None] = {}
    gone = 0
    for name, left in rows.items():
        table = Base.metadata.tables[name]
        there = _rows(table, table.c.id, list(left))
        gone += len(left) - len(there)
        names |= dict.fromkeys(_name(table, row) for row in there if _differs(row, left[row["id"]]))
        for column in referring(table, _LEFT_OUT):
            others = _rows(column.table, column, list(new[name]))
            built_on = {row[column.name] for row in others if row["id"] not in new[column.table.name]}
            names |= dict.fromkeys(_name(table, row) for row in there if row["id"] in built_on)
    return list(names), gone


def _left(changes: Sequence[Change]) -> tuple[Rows, dict[str, set[int]]]:
    """Return how the changes left each row, by table and id, and which rows are new."""
    rows: Rows = defaultdict(dict)
    new: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        table, number = change["table"], change["id"]
        if table in _LEFT_OUT:
            continue
        if change["do"] == "delete":
            rows[table].pop(number, None)
            new[table].discard(number)
            continue
        if change["do"] == "add":
            new[table].add(number)
            rows[table][number] = {one.name: None for one in Base.metadata.tables[table].columns if one.nullable}
        rows[table][number] = rows[table].get(number, {}) | change["after"]
    return rows, new


def _differs(row: Mapping[str, Any], left: Mapping[str, Any]) -> bool:
    return any(plain_value(row[name]) != value for name, value in left.items() if name not in _DERIVED)


def _rows(table: Table, column: Any, numbers: list[int]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for start in range(0, len(numbers), _BATCH):
        some = select(table).where(column.in_(numbers[start : start + _BATCH]))
        found += db.session.execute(some, execution_options=_READS).mappings().all()  # type: ignore[arg-type]
    return found


def _name(table: Table, row: Mapping[str, Any]) -> str:
    """Return the name of a row, or of the record that it is a part of."""
    if "family_name" in row:
        return " ".join(filter(None, (row["given_name"], row["family_name"])))
    if "country" in row and "name" in row:
        return str(row["name"])
    above = next(name for name in _ABOVE if row.get(name))
    [key] = table.c[above].foreign_keys
    [owner] = _rows(key.column.table, key.column, [row[above]])
    return _name(key.column.table, owner)
