"""What came back of emails: that they were not delivered, or that somebody complained about one."""

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import AddressDigest, Instant, Name, PrimaryKey, Short, one_of


class BounceKind(StrEnum):
    """What an email came to."""

    HARD = "hard"
    """There is no such address."""
    SOFT = "soft"
    """The address takes no emails at the moment: its mailbox is full, or its server was not reached for days."""
    REFUSED = "refused"
    """It was refused for a reason that is not the address: the sender, the relay, the size or the content."""
    COMPLAINT = "complaint"
    """It was delivered, and its recipient called it spam."""


class BounceSource(StrEnum):
    """Who said so."""

    RELAY = "relay"
    """The relay, when the email was handed to it."""
    REPORT = "report"
    """An email that came back."""


class Bounce(Base):
    """What became of an email, as the relay or a report about it said. Each kind counts once for an email."""

    __tablename__ = "bounces"
    __table_args__ = (UniqueConstraint("delivery_id", "kind"),)

    id: Mapped[PrimaryKey]
    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"))
    kind: Mapped[BounceKind] = mapped_column(one_of(BounceKind))
    source: Mapped[BounceSource] = mapped_column(one_of(BounceSource))
    code: Mapped[Short | None]
    """The enhanced status code (RFC 3463), such as `5.1.1`."""
    reason: Mapped[Name]
    """The words of the server, without addresses."""
    at: Mapped[Instant]


class BounceScore(Base):
    """How often emails to an address came back for a reason that may pass. The house knows the address only by its digest."""

    __tablename__ = "bounce_scores"

    id: Mapped[PrimaryKey]
    digest: Mapped[str] = mapped_column(AddressDigest(), unique=True)
    """Addresses are written and compared, and digests are read."""
    score: Mapped[float]
    """As it was at `at`; it decays."""
    at: Mapped[Instant]


class ReturnedKind(StrEnum):
    """What an email to the bounce address was."""

    BOUNCE = "bounce"
    """A report about an email that was not delivered."""
    COMPLAINT = "complaint"
    NOTICE = "notice"
    """A report that an email is late or was delivered; it counts as nothing."""
    AUTOMATIC = "automatic"
    """A vacation reply or the like; it counts as nothing."""
    REPLY = "reply"
    """Somebody wrote; it is not kept."""
    UNVERIFIED = "unverified"
    """It names no email of this house."""
    UNREADABLE = "unreadable"
    """It was put aside."""


class ReturnedLetter(Base):
    """That an email came to the bounce address, so that it is counted once. Nothing of it is kept."""

    __tablename__ = "returned_letters"

    id: Mapped[PrimaryKey]
    key: Mapped[Short] = mapped_column(unique=True)
    """A digest of its Message-ID and its recipient, or of all of it."""
    kind: Mapped[ReturnedKind] = mapped_column(one_of(ReturnedKind))
    at: Mapped[Instant] = mapped_column(index=True)
