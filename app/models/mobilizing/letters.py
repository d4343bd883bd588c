"""Letters that members write to targets in their own words: the texts they begin with, and the count of those sent."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.targets import Target
from app.models.scoping import InCampaign
from app.models.types import CountryCode, Instant, LanguageTag, Name, PrimaryKey, Revised


class LetterText(Revised, Base, InCampaign):
    """A text that a letter can begin with. There may be several in one language, so that letters differ."""

    __tablename__ = "letter_texts"

    id: Mapped[PrimaryKey]
    letter_language: Mapped[LanguageTag]
    subject: Mapped[Name]
    body: Mapped[str]
    created_at: Mapped[Instant]

    campaign: Mapped[Campaign] = relationship()


class SentLetter(Base, InCampaign):
    """A letter that somebody says to have sent. Neither the text nor the sender is known."""

    __tablename__ = "sent_letters"
    __table_args__ = (Index("ix_sent_letters_counted", "campaign_id", "target_id", "sent_at"),)

    id: Mapped[PrimaryKey]
    target_id: Mapped[int] = mapped_column(ForeignKey("targets.id", ondelete="CASCADE"), index=True)
    country: Mapped[CountryCode | None]
    """Where the sender lives, if that was said."""
    locale: Mapped[LanguageTag]
    """The language of the page."""
    sent_at: Mapped[Instant]

    target: Mapped[Target] = relationship()
