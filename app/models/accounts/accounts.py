"""Accounts and their grants."""

from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.extensions import Base
from app.models.removing import Removable
from app.models.types import EmailAddress, Instant, LanguageTag, Name, PrimaryKey, Revised, Short, ZoneName, one_of


class Role(StrEnum):
    """What a person does for a congress or a campaign."""

    ADMIN = "admin"
    COORDINATOR = "coordinator"
    ORGANIZER = "organizer"
    MEMBER = "member"


class User(Revised, Base, Removable):
    """An account. One without a password is waiting for its owner to choose one from the invitation email."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("reminder_hour BETWEEN 0 AND 23", name="reminder_hour"),)

    id: Mapped[PrimaryKey]
    email: Mapped[EmailAddress] = mapped_column(unique=True)
    name: Mapped[Name]
    password_hash: Mapped[str | None]
    locale: Mapped[LanguageTag]
    timezone: Mapped[ZoneName]
    reminder_hour: Mapped[int] = mapped_column(default=8, server_default="8")
    """The hour of the daily letter with the actions that wait, in the account's zone."""
    quiet_days: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    """The days of the week without that letter; Monday is 0."""
    link_number: Mapped[int] = mapped_column(default=1, server_default="1")
    """The number of the links in daily letters; it rises when the owner ends those that were sent."""
    calendar_key: Mapped[Short | None] = mapped_column(unique=True)
    """The secret in the addresses of the account's calendars, if it has any."""
    created_at: Mapped[Instant]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Who sent the last invitation to its owner."""
    deactivated_at: Mapped[Instant | None]

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="user", foreign_keys="Grant.user_id", order_by="Grant.id", lazy="raise"
    )

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether the account is open."""
        return self.deactivated_at is None and self.removed_at is None

    def get_id(self) -> str:
        """Return the id; a session in a browser has a key of its own (see app/web/sessions.py)."""
        return str(self.id)


class Grant(Base):
    """A role on one congress, on one campaign, or on everything (both empty), until it is revoked or ends by itself."""

    __tablename__ = "grants"
    __table_args__ = (CheckConstraint("congress_id IS NULL OR campaign_id IS NULL", name="one_scope"),)

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(one_of(Role))
    congress_id: Mapped[int | None] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"), index=True)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    granted_at: Mapped[Instant]
    ends_at: Mapped[Instant | None]
    """When it ends by itself; None if it does not."""
    revoked_at: Mapped[Instant | None]

    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=[user_id])

    @classmethod
    def standing(cls) -> ColumnElement[bool]:
        """Return the condition under which a role counts now."""
        return cls.revoked_at.is_(None) & (cls.ends_at.is_(None) | (cls.ends_at > clock.now()))

    @property
    def stands(self) -> bool:
        """Whether the role counts now."""
        return self.revoked_at is None and (self.ends_at is None or self.ends_at > clock.now())
