"""Rows that are searched and sorted by their names: both forms are stored with the row, the same on every database."""

from typing import Any

from sqlalchemy import ColumnElement, Index, column, event, func, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from app.dialects import by_character
from app.extensions import Base
from app.models.types import Folded, Name
from app.text import AFTER_N, searchable, sort_key


class SearchWord(Base):
    """A word in the name of a person or an organization, or in the headline, authors or publisher of an article.

    A search compares what was typed with these. The database adds them itself; see `app.dialects.names`.
    """

    __tablename__ = "search_words"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy only reads it

    word: Mapped[Folded] = mapped_column(primary_key=True)


class Sorted:
    """A row with a position in alphabetical lists."""

    sort_key: Mapped[Folded] = mapped_column(default="", server_default="", index=True)
    """The names in sort order; see `app.text.sort_key`."""

    def sorted_names(self) -> tuple[str | None, ...]:
        """Return the names that the row is sorted by, most important first."""
        raise NotImplementedError


class Named(Sorted):
    """A row that can also be found by its names."""

    words: Mapped[Folded] = mapped_column(default="", server_default="")
    """All names, folded; see `app.text.searchable`."""

    def searched_names(self) -> tuple[str | None, ...]:
        """Return the names that the row can be found by."""
        raise NotImplementedError


class Listed(Named):
    """A row of a list that may be very long: it is sorted by indexes; see `listed_by`."""

    sort_key: Mapped[Folded] = mapped_column(default="", server_default="")
    locality: Mapped[Name | None]
    locality_key: Mapped[Folded] = mapped_column(default="", server_default="")
    """The town in sort order; empty if there is none."""


def without_n_tilde(key: Any) -> ColumnElement[str]:
    """Return a stored sort key as languages sort it in which ñ is no letter; written so that an index can contain it."""
    return func.replace(key, literal_column(f"'{AFTER_N}'"), literal_column("'n'"), type_=by_character())


def listed_by(table: str) -> tuple[Index, ...]:
    """Return the indexes by which the rows of a listed table are sorted; rows that are equal otherwise are sorted by id."""
    return (
        Index(f"ix_{table}_sort_key", "sort_key", "id"),
        Index(f"ix_{table}_sort_key_without_n_tilde", without_n_tilde(column("sort_key")), "id"),
        Index(f"ix_{table}_country", "country", "sort_key", "id"),
        Index(f"ix_{table}_locality_key", "locality_key", "sort_key", "id"),
        Index(f"ix_{table}_created_at", "created_at", "id"),
    )


@event.listens_for(Listed, "before_insert", propagate=True)
@event.listens_for(Listed, "before_update", propagate=True)
def _sort_town(_mapper: Any, _connection: Any, row: Listed) -> None:
    row.locality_key = sort_key(row.locality)


@event.listens_for(Sorted, "before_insert", propagate=True)
@event.listens_for(Sorted, "before_update", propagate=True)
def _sort(_mapper: Any, _connection: Any, row: Sorted) -> None:
    row.sort_key = sort_key(*row.sorted_names())


@event.listens_for(Named, "before_insert", propagate=True)
@event.listens_for(Named, "before_update", propagate=True)
def _fold(_mapper: Any, _connection: Any, row: Named) -> None:
    row.words = searchable(*row.searched_names())
