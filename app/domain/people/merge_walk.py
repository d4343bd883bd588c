"""Moves everything that refers to a row to another one: one walk over the foreign keys, with the rules of `merge_rules`."""

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import ColumnElement, Date, ForeignKey, Table, select

from app.domain.people.merge_rules import BY_NAME, RESOLVED, RULES, Drop, Move, Pair, name_of, references, unique_sets
from app.extensions import Base, db
from app.models.people.merges import Merge, MergedId
from app.models.removing import REMOVED

_OWN = frozenset({"id", "revision", "link_number"})
"""Columns that a row never takes from another one."""


class Walk:
    """Unites rows within one merge; needs access to everything."""

    def __init__(self, merge: Merge) -> None:
        """Start the walk of a merge."""
        self._merge = merge

    def unite(self, kept: Any, gone: Any) -> None:
        """Move everything that refers to `gone` to `kept`, and delete `gone`."""
        table = cast("Table", kept.__table__)
        self._remember(table.name, kept, gone)
        for key in references(table):
            self._apply(key, kept.id, gone.id)
            db.session.flush()
        self._rename(table.name, kept.id, gone.id)
        db.session.flush()
        db.session.expire(gone)
        db.session.delete(gone)
        db.session.flush()
        db.session.expire(kept)

    def _apply(self, key: ForeignKey, kept: int, gone: int) -> None:
        model, column, rule = model_of(key.parent.table), key.parent.key, RULES[name_of(key)]
        for row in _rows(model, getattr(model, column) == gone):
            match rule:
                case Move():
                    self._move(key, rule, row, kept)
                case Drop():
                    db.session.delete(row)
                case Pair():
                    _join(model, column, row, kept)
            db.session.flush()

    def _move(self, key: ForeignKey, rule: Move, row: Any, kept: int) -> None:
        model, column = type(row), key.parent.key
        if any(getattr(row, other) == kept for other in _beside(key)):  # it would refer to one row on both sides
            db.session.delete(row)
            return
        for equal in _limits(key, rule, row):
            for other in _rows(model, getattr(model, column) == kept, *equal)[:1]:
                _complete(other, row, rule.latest)
                self.unite(other, row)
                return
        setattr(row, column, kept)

    def _remember(self, name: str, kept: Any, gone: Any) -> None:
        """Record what the id of `gone` refers to from now on, and every id that referred to it before."""
        if name not in RESOLVED:
            return
        for one in _rows(MergedId, MergedId.table_name == name, MergedId.new_id == gone.id):
            one.new_id, one.new_link = kept.id, getattr(kept, "link_number", None)
        links = {"old_link": getattr(gone, "link_number", None), "new_link": getattr(kept, "link_number", None)}
        db.session.add(MergedId(merge_id=self._merge.id, table_name=name, old_id=gone.id, new_id=kept.id, **links))

    @staticmethod
    def _rename(name: str, kept: int, gone: int) -> None:
        """Move the rows that refer to a row by the name of its table."""
        for table, (of_table, of_id) in BY_NAME.items():
            model = model_of(Base.metadata.tables[table])
            for row in _rows(model, getattr(model, of_table) == name, getattr(model, of_id) == gone):
                setattr(row, of_id, kept)


def _limits(key: ForeignKey, rule: Move, row: Any) -> list[list[ColumnElement[bool]]]:
    """Return the conditions under which another row makes this one superfluous, for each limit that applies to it."""
    model, found = type(row), []
    for columns, where in unique_sets(key):
        values = {name: getattr(row, name) for name in columns}
        if None not in values.values() and (where is None or _rows(model, model.id == row.id, where)):
            equal = [getattr(model, name) == value for name, value in values.items()]
            found.append(equal if where is None else [*equal, where])
    if rule.same:
        found.append([getattr(model, name).is_not_distinct_from(getattr(row, name)) for name in rule.same])
    return found


def _beside(key: ForeignKey) -> list[str]:
    """Return the other columns of a table that refers to two rows of one kind, both required: who belongs to whom."""
    others = (one for one in key.parent.table.foreign_keys if one is not key and one.column is key.column)
    return [one.parent.key for one in others if not one.parent.nullable and not key.parent.nullable]


def _join(model: Any, column: str, row: Any, kept: int) -> None:
    """Let a pair name the kept record; of two pairs of the same records, the one that was dismissed stays."""
    other = row.second_id if column == "first_id" else row.first_id
    first, second = sorted((kept, other))
    same = _rows(model, model.first_id == first, model.second_id == second)
    if other == kept or same:
        if same and row.dismissed_at and not same[0].dismissed_at:
            same[0].dismissed_at, same[0].dismissed_by_id = row.dismissed_at, row.dismissed_by_id
        db.session.delete(row)
        return
    row.first_id, row.second_id = first, second


def _complete(kept: Any, gone: Any, latest: str) -> None:
    """Fill the gaps of a row with the values of one that is united with it; of yes and no, yes stays.

    Dates are no gaps: without an end, something goes on.
    """
    is_later = bool(latest) and getattr(gone, latest) is not None
    is_later = is_later and (getattr(kept, latest) is None or getattr(gone, latest) > getattr(kept, latest))
    for column in cast("Table", kept.__table__).columns:
        value = getattr(gone, column.key)
        if column.name in _OWN or column.foreign_keys or isinstance(column.type, Date) or value is None:
            continue
        if getattr(kept, column.key) in (None, False) or is_later:
            setattr(kept, column.key, value)


def _rows(model: Any, *conditions: ColumnElement[bool]) -> list[Any]:
    """Return rows, hidden ones too."""
    found = select(model).where(*conditions).order_by(model.id)
    options = {**REMOVED, "unscoped": "a merge concerns everything that refers to what is merged"}
    return list(db.session.scalars(found, execution_options=options).unique())


def model_of(table: Any) -> Any:
    """Return the model of a table."""
    found: Callable[..., Any] = next(one.class_ for one in Base.registry.mappers if one.local_table is table)
    return found
