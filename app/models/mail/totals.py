"""What is left of deliveries that are no longer kept: numbers."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.mail.deliveries import DeliveryKind
from app.models.types import PrimaryKey, Short, one_of


class DeliveryTotal(Base):
    """How many emails of a kind, of a digest or a mailing if they were of one, were sent on a day, or were to be sent."""

    __tablename__ = "delivery_totals"
    __table_args__ = (UniqueConstraint("kind", "about", "day"),)

    id: Mapped[PrimaryKey]
    kind: Mapped[DeliveryKind] = mapped_column(one_of(DeliveryKind))
    about: Mapped[Short]
    """`digest:7` or `mailing:3`; empty for emails of no run."""
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"), index=True)
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailings.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    """In UTC: when they were sent; of the others, when they were due."""
    sent: Mapped[int]
    failed: Mapped[int]
    withdrawn: Mapped[int]
    bounced: Mapped[int]
    """Those among the sent ones that came back."""
