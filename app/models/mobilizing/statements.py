"""Statements that organizations and people sign, and the versions of their text."""

import json

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.campaigns.campaigns import Campaign
from app.models.removing import Removable
from app.models.scoping import InCampaign
from app.models.types import Instant, PrimaryKey, Revised


class Statement(Revised, Base, InCampaign, Removable):
    """A statement as its authors write it. What is signed is a version, which publishing makes of it."""

    __tablename__ = "statements"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    """By language."""
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    """Plain paragraphs by language, the same languages as the titles."""
    created_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]
    """Since when it takes no more signatures; its page stays."""

    campaign: Mapped[Campaign] = relationship()
    versions: Mapped[list["StatementVersion"]] = relationship(
        back_populates="statement", order_by="StatementVersion.number", cascade="all, delete-orphan"
    )

    @property
    def title(self) -> str:
        """The title in the first language that it has."""
        return next(iter(self.titles.values()))

    @property
    def published(self) -> "StatementVersion | None":
        """The latest version, which is signed today."""
        return self.versions[-1] if self.versions else None

    @property
    def takes_signatures(self) -> bool:
        """Whether it can be signed."""
        return self.published is not None and self.closed_at is None and self.removed_at is None

    @property
    def is_changed(self) -> bool:
        """Whether the text differs from what was published last."""
        return self.published is None or (self.titles, self.texts) != (self.published.titles, self.published.texts)


class StatementVersion(Base, InCampaign):
    """A text that is never changed, because people sign it."""

    __tablename__ = "statement_versions"
    __table_args__ = (UniqueConstraint("statement_id", "number"), NEVER_REUSED)

    id: Mapped[PrimaryKey]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"))
    number: Mapped[int]
    """From 1."""
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    """Of `content()`, in hexadecimal digits."""
    published_at: Mapped[Instant]

    statement: Mapped[Statement] = relationship(back_populates="versions")

    def content(self) -> bytes:
        """Return the text in all languages as the bytes that the hash is about."""
        whole = {language: {"title": title, "text": self.texts[language]} for language, title in self.titles.items()}
        return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1).encode()
