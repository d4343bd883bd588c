"""What was said with people and organizations: calls, visits, meetings, letters and messages."""

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, and_, inspect, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.people.organizations import Organization
from app.models.people.people import OfPerson, Person, is_visible
from app.models.scoping import InEither, Scope, before_and_after, in_either, rows_before_and_after
from app.models.types import Instant, Name, PrimaryKey, Revised, one_of

if TYPE_CHECKING:
    from app.models.campaigns.campaigns import Campaign
    from app.models.congress.congresses import Congress


class InteractionKind(StrEnum):
    """How people were in contact."""

    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    LETTER = "letter"
    EMAIL = "email"
    MESSAGE = "message"
    OTHER = "other"


class Initiative(StrEnum):
    """Who got in touch."""

    OURS = "ours"
    THEIRS = "theirs"


class Interaction(Revised, Base, OfPerson, InEither):
    """A contact with a person, with an organization, or with a person who spoke for an organization.

    With a person, it is visible with that person. With an organization only, it is visible to those who work on its
    congress or campaign: everyone sees the organization, but not what was said. See decision 15.
    """

    __tablename__ = "interactions"
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR organization_id IS NOT NULL", name="with_someone"),
        CheckConstraint("campaign_id IS NULL OR congress_id IS NULL", name="one_place"),
    )

    id: Mapped[PrimaryKey]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True, active_history=True
    )
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[InteractionKind] = mapped_column(one_of(InteractionKind))
    initiative: Mapped[Initiative | None] = mapped_column(one_of(Initiative))
    occurred_at: Mapped[Instant] = mapped_column(index=True)
    subject: Mapped[Name]
    body: Mapped[str | None]
    """What was said."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]

    person: Mapped[Person | None] = relationship(active_history=True)  # type: ignore[assignment]
    organization: Mapped[Organization | None] = relationship()
    congress: Mapped["Congress | None"] = relationship(viewonly=True)
    campaign: Mapped["Campaign | None"] = relationship(viewonly=True)
    created_by: Mapped[User | None] = relationship()

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with its person; without one, in its congress or campaign."""
        return or_(is_visible(cls.person_id), and_(cls.person_id.is_(None), in_either(cls)))

    def belongs_to(self, scope: Scope) -> bool:
        """Writable where it is visible: with its person, before and after, and without one in its congress or campaign.

        With a person, the congress or campaign may be one out of scope, as long as it is not changed.
        """
        people = rows_before_and_after(self, "person")
        is_alone = not people or None in before_and_after(self, "person_id") | before_and_after(self, "person")
        if is_alone and not InEither.belongs_to(self, scope):
            return False
        return not people or (super().belongs_to(scope) and self._moves_within(scope))

    def _moves_within(self, scope: Scope) -> bool:
        """Whether the congress or campaign of a stored row stays the same or becomes one that is in scope."""
        changed = inspect(self).attrs if inspect(self).persistent else None
        if changed is None:
            return True
        congresses, campaigns = (
            set(changed[name].load_history().added) - {None} for name in ("congress_id", "campaign_id")
        )
        return congresses <= scope.congress_ids and campaigns <= scope.campaign_ids
