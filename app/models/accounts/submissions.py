"""Forms already saved: a form that is submitted twice is stored once."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import Instant, PrimaryKey, Short, WebAddress


class Submission(Base):
    """The key of a form that was saved and the page that it led to."""

    __tablename__ = "submissions"

    id: Mapped[PrimaryKey]
    key: Mapped[Short] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    digest: Mapped[Short | None] = mapped_column(index=True)
    """A digest of the submitted content, keyed with the application's secret, which recognizes it under another key."""
    revision: Mapped[int | None]
    """The revision of the saved row after that."""
    fields: Mapped[str | None]
    """The fingerprints of the submitted values by field; see app/forms/merging.py."""
    location: Mapped[WebAddress]
    editor: Mapped[WebAddress | None]
    """The page on which the saved row can be edited in the same form."""
    created_at: Mapped[Instant] = mapped_column(index=True)
