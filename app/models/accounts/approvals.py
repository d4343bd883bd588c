"""What needs two admins, where the house says so: one asks, another one approves."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import NEVER_REUSED
from app.extensions import Base
from app.models.accounts.accounts import Role, User
from app.models.accounts.house import CrossingRule, Rule
from app.models.types import Instant, PrimaryKey, one_of

MANY_PEOPLE = 500
"""More people than this, in one file or several, need a second admin, where the house says so."""
DOWNLOADS_COUNT_FOR = timedelta(hours=24)
"""How long the people in downloaded files count."""
USABLE_FOR = timedelta(hours=24)
"""How long an approved download can be made."""
KEPT_FOR = timedelta(days=30)
"""How long a request waits, and is shown after it was decided."""


class ApprovalKind(StrEnum):
    """What is asked for."""

    GRANT = "grant"
    """A role on the whole house."""
    EXPORT = "export"
    """A file with many people."""
    ERASURE = "erasure"
    """A person, for good."""
    RULE = "rule"
    """That one of these no longer needs two admins, or that one person decides on crossings."""


class Decision(StrEnum):
    """What became of a request."""

    APPROVED = "approved"
    REFUSED = "refused"


class ApprovalRequest(Base):
    """Something that an account has asked for and that another admin approves or refuses."""

    __tablename__ = "approval_requests"
    __table_args__ = (
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="two_people"),
        NEVER_REUSED,
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[ApprovalKind] = mapped_column(one_of(ApprovalKind))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[Instant]
    decision: Mapped[Decision | None] = mapped_column(one_of(Decision))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    decided_at: Mapped[Instant | None]
    used_at: Mapped[Instant | None]
    """When an approved file was made; it is made once."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    """Who gets the role."""
    role: Mapped[Role | None] = mapped_column(one_of(Role))
    ends_at: Mapped[Instant | None]
    """When the role ends by itself."""
    what: Mapped[str | None] = mapped_column(Text)
    """The address of the list that is exported, with its search, or of the page on which a person is erased; of a rule, who is
    to decide on crossings."""
    row_count: Mapped[int | None]
    rules: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """The rules that stay, of a request for fewer."""

    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])

    @property
    def is_approved(self) -> bool:
        """Whether another admin has approved it."""
        return self.decision is Decision.APPROVED

    @property
    def is_of_erasure(self) -> bool:
        """Whether a person is to be erased; `what` is then the page that says what this means."""
        return self.kind is ApprovalKind.ERASURE

    @property
    def crossing_rule(self) -> CrossingRule | None:
        """Who is to decide on crossings, of a request for that."""
        return CrossingRule(self.what) if self.kind is ApprovalKind.RULE and self.what else None

    @property
    def rules_left(self) -> list[Rule]:
        """The rules that stay, of a request for fewer."""
        return [Rule(one) for one in self.rules]

    @property
    def facts(self) -> dict[str, Any]:
        """What was asked for, to be compared with another request."""
        return {
            "kind": self.kind, "asked_by_id": self.asked_by_id, "user_id": self.user_id, "role": self.role,
            "ends_at": self.ends_at, "what": self.what, "rules": self.rules,
        }  # fmt: skip
