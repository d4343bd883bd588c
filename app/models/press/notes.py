"""Notes and quotations marked in the text of an article."""

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
"""Characters kept of what stands before and after a quotation."""


class Note(Revised, Base, InEither):
    """Words of an article marked in its text, with or without a remark, for one campaign, one congress, or the house.

    Without a remark it is a highlighted quotation. It is found again by its words and what stood around them.
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
    """Characters of the text before the quotation, when the note was made."""
    body: Mapped[str | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]

    article: Mapped[Article] = relationship()
    campaign: Mapped["Campaign | None"] = relationship()
    congress: Mapped[Congress | None] = relationship()
    created_by: Mapped[User | None] = relationship()
