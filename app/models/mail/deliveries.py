"""Queued emails, each stored as a row, and the mailbox for emails when there is no mail server."""

from datetime import datetime
from enum import IntEnum, StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    Select,
    SmallInteger,
    UniqueConstraint,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import partial_index, sparse_index
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.subscriptions import Subscription
from app.models.congress.delegations import Delegate
from app.models.leases import Leased
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.shifts import ShiftPlace
from app.models.mobilizing.sign_ups import SignUp
from app.models.people.mailings import Mailing
from app.models.people.people import Person
from app.models.removing import HiddenWith, hidden_ids, plain
from app.models.types import EmailAddress, Instant, Name, PrimaryKey, Short, one_of


class DeliveryKind(StrEnum):
    """The kind of email."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    """Sent before there was one letter a day; rows of it are history."""
    CONFIRMATION = "confirmation"
    DIGEST = "digest"
    DIGEST_TEST = "digest_test"
    CHECK_IN = "check_in"
    TRAVEL_LINK = "travel_link"
    HELP_CALL = "help_call"
    ASSIGNMENT = "assignment"
    DRAFT = "draft"
    MEMBER_LINK = "member_link"
    ADDRESS_CHANGE = "address_change"
    ADDRESS_CHANGED = "address_changed"
    MAILING = "mailing"
    MAILING_TEST = "mailing_test"
    EXPORT = "export"
    ACCOUNT_CHANGED = "account_changed"
    BRIGADE_LINK = "brigade_link"
    SHIFT_REMINDER = "shift_reminder"
    NEXT_SHIFT = "next_shift"
    SHIFT_CHANGED = "shift_changed"
    SIGN_UP = "sign_up"
    SIGN_UP_AGAIN = "sign_up_again"
    SIGN_UP_DECIDED = "sign_up_decided"
    MENTION = "mention"
    ESCALATION = "escalation"
    MOBILIZATION_CHANGED = "mobilization_changed"
    NEW_VERSION = "new_version"
    BRIGADE_ACTION = "brigade_action"
    ALARM = "alarm"
    ROLE_ENDS = "role_ends"


class Priority(IntEnum):
    """Which of the emails that are due is sent first."""

    FIRST = 0
    """Somebody waits for it at this moment, or is in danger."""
    SOON = 1
    BULK = 2
    """One of thousands."""
    HELD = 3
    """One of thousands, of a digest or mailing that is paused."""


_PRIORITIES = {
    **dict.fromkeys((DeliveryKind.DIGEST, DeliveryKind.MAILING), Priority.BULK),
    **dict.fromkeys(
        (
            DeliveryKind.INVITATION, DeliveryKind.CONFIRMATION, DeliveryKind.TRAVEL_LINK, DeliveryKind.HELP_CALL,
            DeliveryKind.MEMBER_LINK, DeliveryKind.ADDRESS_CHANGE, DeliveryKind.ADDRESS_CHANGED, DeliveryKind.DIGEST_TEST,
            DeliveryKind.MAILING_TEST, DeliveryKind.ACCOUNT_CHANGED, DeliveryKind.BRIGADE_LINK, DeliveryKind.SIGN_UP,
            DeliveryKind.ALARM, DeliveryKind.CHECK_IN,
        ),
        Priority.FIRST,
    ),
}  # fmt: skip


def priority_of(kind: DeliveryKind) -> Priority:
    """Return the priority of a kind of email."""
    return _PRIORITIES.get(kind, Priority.SOON)


_RECIPIENTS = ("user_id", "subscription_id", "delegate_id", "person_id", "sign_up_id")
_ABOUT = (
    "check_in_id", "help_call_id", "follow_up_id", "digest_id", "digest_part_id", "subscription_request_id",
    "address_change_id", "mailing_id", "brigade_member_id", "shift_place_id", "shift_notice_id",
)  # fmt: skip


class Delivery(Leased, Base, HiddenWith):
    """An email due to one recipient for one occasion.

    The broker only wakes a worker; this row is what guarantees the email. A worker claims it with one conditional
    UPDATE under a lease; when the lease has expired, it may be claimed again. The email keeps its `message_id` over
    every attempt, so that a repeated one can be recognized.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("kind", "recipient", "occasion"),
        CheckConstraint(
            " + ".join(f"CASE WHEN {one} IS NULL THEN 0 ELSE 1 END" for one in _RECIPIENTS) + " = 1",
            name="one_recipient",
        ),
        partial_index(
            "ix_deliveries_waiting",
            "priority",
            "due_at",
            "id",
            where="sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL",
        ),
        partial_index("ix_deliveries_troubled", "digest_id", "mailing_id", where="last_error IS NOT NULL"),
        *(sparse_index(f"ix_deliveries_{one}", one) for one in (*_RECIPIENTS, *_ABOUT)),
        {"postgresql_with": {"fillfactor": 45}},  # with room on its page for the next version, a claim changes no index
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[DeliveryKind] = mapped_column(one_of(DeliveryKind))
    priority: Mapped[int] = mapped_column(SmallInteger)
    """A value of Priority, that of its kind unless it is held back."""
    recipient: Mapped[Short]
    """`user:7`, `subscription:31`, `delegate:5`, `person:9` or `sign_up:4`; the address is looked up when the email is sent."""
    occasion: Mapped[Short]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    subscription_id: Mapped[int | None] = mapped_column(ForeignKey("subscriptions.id", ondelete="CASCADE"))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegates.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    sign_up_id: Mapped[int | None] = mapped_column(ForeignKey("sign_ups.id", ondelete="CASCADE"))
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("check_ins.id", ondelete="CASCADE"))
    help_call_id: Mapped[int | None] = mapped_column(ForeignKey("help_calls.id", ondelete="CASCADE"))
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"))
    digest_part_id: Mapped[int | None] = mapped_column(ForeignKey("digest_parts.id", ondelete="SET NULL"))
    """The rendered email; none if the member's languages have changed since, so that it is chosen again."""
    subscription_request_id: Mapped[int | None] = mapped_column(
        ForeignKey("subscription_requests.id", ondelete="SET NULL")
    )
    address_change_id: Mapped[int | None] = mapped_column(ForeignKey("address_changes.id", ondelete="CASCADE"))
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailings.id", ondelete="CASCADE"))
    brigade_member_id: Mapped[int | None] = mapped_column(ForeignKey("brigade_members.id", ondelete="CASCADE"))
    shift_place_id: Mapped[int | None] = mapped_column(ForeignKey("shift_places.id", ondelete="CASCADE"))
    shift_notice_id: Mapped[int | None] = mapped_column(ForeignKey("shift_notices.id", ondelete="CASCADE"))
    covered_from: Mapped[Instant | None]
    """For a digest: what was cited before was not new to this member."""
    due_at: Mapped[Instant]
    attempts: Mapped[int]
    last_error: Mapped[Name | None]
    message_id: Mapped[Name]
    sent_at: Mapped[Instant | None]
    withdrawn_at: Mapped[Instant | None]
    failed_at: Mapped[Instant | None]
    bounced_at: Mapped[Instant | None]
    """When it was known that it did not reach its recipient, although the relay had taken it; see Bounce."""

    user: Mapped[User | None] = relationship()
    subscription: Mapped[Subscription | None] = relationship()
    delegate: Mapped[Delegate | None] = relationship()
    person: Mapped[Person | None] = relationship()
    mailing: Mapped[Mailing | None] = relationship()
    brigade_member: Mapped[BrigadeMember | None] = relationship()
    shift_place: Mapped[ShiftPlace | None] = relationship()
    sign_up: Mapped[SignUp | None] = relationship()
    follow_up: Mapped[FollowUp | None] = relationship()
    announced: Mapped[list[FollowUp]] = relationship(
        secondary="announced_follow_ups", order_by=FollowUp.id, viewonly=True
    )

    @property
    def actions(self) -> list[FollowUp]:
        """The actions that it is about."""
        return [self.follow_up] if self.follow_up else self.announced

    @classmethod
    def hidden_with(cls, until: datetime | None) -> ColumnElement[bool]:
        """Hidden with the actions that it announces, if all of them are hidden."""
        delivery, link = plain(cls.__table__).c, plain(AnnouncedFollowUp.__table__).c
        concerned = _announcing(until)
        left = select(link.delivery_id).where(
            link.delivery_id.in_(concerned), link.follow_up_id.not_in(hidden_ids(FollowUp.__table__, until))
        )
        return delivery.id.in_(concerned) & delivery.id.not_in(left.correlate(None))


class AnnouncedFollowUp(Base):
    """An action that an assignment email announces; one email announces all that were assigned together."""

    __tablename__ = "announced_follow_ups"
    __table_args__ = (UniqueConstraint("delivery_id", "follow_up_id"),)

    id: Mapped[PrimaryKey]
    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"))
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"), index=True)


def _announcing(until: datetime | None) -> Select[int]:
    """Return a statement that selects the ids of deliveries that announce at least one hidden action."""
    link = plain(AnnouncedFollowUp.__table__).c
    hidden = hidden_ids(FollowUp.__table__, until)
    return select(link.delivery_id).where(link.follow_up_id.in_(hidden)).correlate(None)


class MailboxLetter(Base, HiddenWith):
    """An email in the application's own mailbox, where emails are stored while no mail server is configured."""

    __tablename__ = "mailbox_letters"

    id: Mapped[PrimaryKey]
    message_id: Mapped[Name] = mapped_column(unique=True)
    recipient: Mapped[EmailAddress]
    subject: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """The complete message as it would have been sent."""
    received_at: Mapped[Instant]

    @classmethod
    def hidden_with(cls, until: datetime | None) -> ColumnElement[bool]:
        """Hidden with its delivery, or with an action that it names."""
        letter, delivery = plain(cls.__table__).c, plain(Delivery.__table__).c
        is_its_own = letter.message_id.like(literal("<").concat(delivery.message_id).concat("@%"))
        is_hidden = delivery.id.in_(hidden_ids(Delivery.__table__, until)) | delivery.id.in_(_announcing(until))
        hidden = select(letter.id).where(is_its_own, is_hidden)
        return letter.id.in_(hidden.correlate(None))
