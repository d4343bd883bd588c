"""Whom articles name: the people and organizations who wrote them, or whom they are about."""

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.people.records import OfRecord, of_one_record
from app.models.press.articles import Article
from app.models.types import Instant, PrimaryKey, one_of


class MentionKind(StrEnum):
    """What a person or an organization has to do with an article."""

    AUTHOR = "author"
    SUBJECT = "subject"
    QUOTED = "quoted"


class Mention(Base, OfRecord):
    """A person or an organization in an article: visible with the person, although the article is public.

    The authors of an article are text as it was published; a mention says which of them are recorded.
    """

    __tablename__ = "mentions"
    __table_args__ = (
        of_one_record(),
        UniqueConstraint("article_id", "person_id"),
        UniqueConstraint("article_id", "organization_id"),
    )

    id: Mapped[PrimaryKey]
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    kind: Mapped[MentionKind] = mapped_column(one_of(MentionKind))
    created_at: Mapped[Instant]

    article: Mapped[Article] = relationship()
