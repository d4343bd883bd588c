"""Settings of the house, which admins change on a page."""

from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.models.types import PrimaryKey, Revised, Sealed, one_of


class CrossingRule(StrEnum):
    """Who decides that a crossing is verified or banned."""

    COORDINATOR = "coordinator"
    TWO_PEOPLE = "two_people"
    """One person proposes it, and another one accepts."""


class Rule(StrEnum):
    """What needs two admins."""

    GRANTS = "grants"
    """Roles on the whole house."""
    EXPORTS = "exports"
    """Files with many people."""
    ERASURES = "erasures"
    """Erasing people for good."""


class HouseSettings(Revised, Base):
    """The settings of the house; there is exactly one row."""

    __tablename__ = "house_settings"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[PrimaryKey]
    factor_roles: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """The roles whose holders need a second factor."""
    crossing_rule: Mapped[CrossingRule] = mapped_column(
        one_of(CrossingRule), default=CrossingRule.COORDINATOR, server_default=CrossingRule.COORDINATOR.value
    )
    rules: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """What needs two admins: members of Rule."""
    key_check: Mapped[str | None] = mapped_column(Sealed("house_settings.key_check"))
    """A known text: whether it can be decrypted shows whether the key for sensitive fields is that of the house."""
