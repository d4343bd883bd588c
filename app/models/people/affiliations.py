"""Which organizations belong to which: public facts, like the organizations themselves."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.people.organizations import Organization
from app.models.types import PrimaryKey, Revised, one_of


class AffiliationKind(StrEnum):
    """How an organization belongs to another one."""

    MEMBER = "member"
    SECTION = "section"
    """A local, branch or section, which is part of the other one."""
    COALITION = "coalition"
    OBSERVER = "observer"


class Affiliation(Revised, Base):
    """An organization that belongs to another one for some time: a union to its federation."""

    __tablename__ = "affiliations"

    id: Mapped[PrimaryKey]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    """The organization that it belongs to."""
    kind: Mapped[AffiliationKind] = mapped_column(one_of(AffiliationKind))
    start_date: Mapped[date | None]
    end_date: Mapped[date | None]
    """The last day; None if it is not known to end."""

    organization: Mapped[Organization] = relationship(foreign_keys=[organization_id])
    parent: Mapped[Organization] = relationship(foreign_keys=[parent_id])

    def is_current(self, today: date) -> bool:
        """Whether it has not ended before a day."""
        return self.end_date is None or self.end_date >= today
