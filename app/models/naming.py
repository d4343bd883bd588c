"""Rows that are searched and sorted by their names: both forms are stored with the row, the same on every database."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import Folded
from app.text import searchable, sort_key


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


@event.listens_for(Sorted, "before_insert", propagate=True)
@event.listens_for(Sorted, "before_update", propagate=True)
def _sort(_mapper: Any, _connection: Any, row: Sorted) -> None:
    row.sort_key = sort_key(*row.sorted_names())


@event.listens_for(Named, "before_insert", propagate=True)
@event.listens_for(Named, "before_update", propagate=True)
def _fold(_mapper: Any, _connection: Any, row: Named) -> None:
    row.words = searchable(*row.searched_names())
