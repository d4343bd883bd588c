"""How accounts want to see lists: their columns and their order."""

from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import PrimaryKey, Short, one_of


class ListName(StrEnum):
    """A list with columns to choose."""

    PEOPLE = "people"
    ORGANIZATIONS = "organizations"


class ListView(Base):
    """The columns and the order of a list that an account wants to be remembered."""

    __tablename__ = "list_views"
    __table_args__ = (UniqueConstraint("user_id", "list_name"),)

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    list_name: Mapped[ListName] = mapped_column(one_of(ListName))
    columns: Mapped[list[str]] = mapped_column(JSON)
    """The names of the columns besides the first, in the order of the list."""
    sorting: Mapped[Short]
    """The name of the order; a minus in front of it means descending."""
