"""What remains of a mobilization: pictures with a description, and what the press wrote about it."""

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.mobilizing.mobilizations import Mobilization
from app.models.press.articles import Article
from app.models.removing import Removable
from app.models.scoping import InCampaign
from app.models.types import Instant, Name, PrimaryKey, Short, WebAddress


class MobilizationPicture(Base, InCampaign, Removable):
    """A picture of a mobilization. The public sees it once an organizer has said so."""

    __tablename__ = "mobilization_pictures"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    mobilization_id: Mapped[int] = mapped_column(ForeignKey("mobilizations.id", ondelete="CASCADE"), index=True)
    key: Mapped[Short] = mapped_column(unique=True)
    """A random word in its public address: nobody finds a picture by counting."""
    description: Mapped[str]
    """What is to be seen, for those who cannot see it."""
    credit: Mapped[Name | None]
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    small: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    """The same on fewer pixels, for pages."""
    added_at: Mapped[Instant]
    shown_at: Mapped[Instant | None]
    """Since when everybody sees it; None while it waits for an organizer."""

    mobilization: Mapped[Mobilization] = relationship()

    @property
    def label(self) -> str:
        """What it is called in lists."""
        return self.description


class PressLink(Base, InCampaign):
    """What the press wrote about a mobilization: an article on record, or an address."""

    __tablename__ = "press_links"
    __table_args__ = (
        CheckConstraint("(article_id IS NULL) <> (url IS NULL)", name="one_target"),
        UniqueConstraint("mobilization_id", "article_id"),
        UniqueConstraint("mobilization_id", "url"),
    )

    id: Mapped[PrimaryKey]
    mobilization_id: Mapped[int] = mapped_column(ForeignKey("mobilizations.id", ondelete="CASCADE"))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    url: Mapped[WebAddress | None]
    title: Mapped[Name | None]
    """The headline behind an address."""
    added_at: Mapped[Instant]

    mobilization: Mapped[Mobilization] = relationship()
    article: Mapped[Article | None] = relationship(lazy="joined")

    @property
    def headline(self) -> str:
        """What it is called: the headline, or the address."""
        return self.article.headline if self.article else self.title or self.url or ""

    @property
    def address(self) -> str | None:
        """Where it can be read; None if the article has no address."""
        return self.article.url if self.article else self.url
