"""Filters of lists of actions that accounts have saved."""

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.dialects import partial_index
from app.extensions import Base
from app.models.types import Name, PrimaryKey, Revised


class SavedFilter(Revised, Base):
    """A filter with a name. Only its account sees it, on every list of actions."""

    __tablename__ = "saved_filters"
    __table_args__ = (
        UniqueConstraint("user_id", "name"),
        partial_index("ix_saved_filters_default", "user_id", where="is_default", unique=True),
    )

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[Name]
    parameters: Mapped[dict[str, str]] = mapped_column(JSON)
    """What the address of a list says, by name. It is read like an address: what no longer exists is ignored."""
    is_default: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether lists without a filter in their address begin with it."""
