"""Notes and quotations highlighted in the text of an article."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.congress.congresses import Congress
from app.models.press.articles import Article
from app.models.scoping import InEither
from app.models.types import Instant, PrimaryKey, Revised

if TYPE_CHECKING:
    from app.models.campaigns.campaigns import Campaign

AROUND = 32
"""The number of characters stored before and after a quotation."""


class Note(Revised, Base, InEither):
    """Highlighted words of an article, with or without a note, for one campaign, one congress, or all accounts with access to everything.

    Their position is found by the words and their context.
    """

    __tablename__ = "notes"
    __table_args__ = (CheckConstraint("campaign_id IS NULL OR congress_id IS NULL", name="one_place"),)

    id: Mapped[PrimaryKey]
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    quotation: Mapped[str]
    """The words exactly as the text has them."""
    prefix: Mapped[str] = mapped_column(String(AROUND))
    suffix: Mapped[str] = mapped_column(String(AROUND))
    position: Mapped[int]
    """The position of the quotation in the text, in characters, when the note was made."""
    body: Mapped[str | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]

    article: Mapped[Article] = relationship()
    campaign: Mapped["Campaign | None"] = relationship()
    congress: Mapped[Congress | None] = relationship()
    created_by: Mapped[User | None] = relationship()
