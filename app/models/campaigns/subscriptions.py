"""Members' subscriptions to a campaign."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Campaign, Frequency
from app.models.scoping import InCampaign
from app.models.types import EmailAddress, Instant, PrimaryKey, Short, ZoneName, one_of


class SubscriptionStatus(StrEnum):
    """Double opt-in: only a confirmed subscription receives anything but the confirmation request."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"


class Subscription(Base, InCampaign):
    """A member's subscription to one campaign: how often, when in the member's own zone, and in which languages."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("campaign_id", "email"),
        CheckConstraint("frequency <> 'never'", name="some_frequency"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
        Index("ix_subscriptions_due", "campaign_id", "status", "next_letter_at"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    email: Mapped[EmailAddress] = mapped_column(index=True)
    languages: Mapped[Short]
    """The languages that the member reads, most preferred first: `pt,es`."""
    frequency: Mapped[Frequency] = mapped_column(one_of(Frequency))
    weekday: Mapped[int]
    """Monday is 0; used only for weekly digests."""
    hour: Mapped[int]
    """In the member's own zone."""
    timezone: Mapped[ZoneName]
    status: Mapped[SubscriptionStatus] = mapped_column(one_of(SubscriptionStatus))
    consent_text: Mapped[str]
    """The sentence that the member agreed to, as shown."""
    requested_at: Mapped[Instant]
    confirmed_at: Mapped[Instant | None]
    unsubscribed_at: Mapped[Instant | None]
    covered_until: Mapped[Instant | None]
    """What was cited before has been sent to the member, or is too old; the next window starts here."""
    next_letter_at: Mapped[Instant | None]
    """The next time the member is due; none if emails are sent as soon as there is an article."""
    link_number: Mapped[int] = mapped_column(default=0, server_default="0")
    """The number of the links that open the member's preferences; a change of address assigns a new one and invalidates older links."""

    campaign: Mapped[Campaign] = relationship()

    @property
    def reads(self) -> list[str]:
        """The languages that the member reads, most preferred first."""
        return self.languages.split(",")

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the owner of the address still has to confirm it."""
        return self.status is SubscriptionStatus.UNCONFIRMED

    @property
    def is_confirmed(self) -> bool:
        """Whether emails are sent."""
        return self.status is SubscriptionStatus.CONFIRMED

    @property
    def is_unsubscribed(self) -> bool:
        """Whether the member has unsubscribed."""
        return self.status is SubscriptionStatus.UNSUBSCRIBED


class SubscriptionRequest(Base, InCampaign):
    """A request for an address until its owner confirms it; each email asks to confirm one of them."""

    __tablename__ = "subscription_requests"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id", ondelete="CASCADE"), index=True)
    preferences: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Languages, frequency, weekday, hour and zone."""
    consent_text: Mapped[str]
    requested_at: Mapped[Instant]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Who invited the owner of the address; none if the owner asked."""

    invited_by: Mapped[User | None] = relationship()


class AddressChange(Base, InCampaign):
    """A member's change of address: requested by link, confirmed from the new address.

    It applies to every subscription of the old address. The campaign is the one whose link was used for the request.
    """

    __tablename__ = "address_changes"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[PrimaryKey]
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id", ondelete="CASCADE"), index=True)
    old_email: Mapped[EmailAddress]
    new_email: Mapped[EmailAddress]
    requested_at: Mapped[Instant]
    confirmed_at: Mapped[Instant | None]
    undone_at: Mapped[Instant | None]
    moved_ids: Mapped[list[int]] = mapped_column(JSON)
    """The subscriptions that changed with it, once it is confirmed."""
    moved_in_ids: Mapped[list[int]] = mapped_column(JSON)
    """Their campaigns."""
