"""Templates of actions: what has to be done before and after a date, and where they were used."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.actions.follow_ups import FollowUp, Priority
from app.models.congress.congresses import Congress
from app.models.scoping import InEither, Scope, Scoped, rows_before_and_after
from app.models.types import Instant, Name, PrimaryKey, Revised, Short, ZoneName, one_of
from app.recurring.occurrences import instant_of

if TYPE_CHECKING:
    from app.models.campaigns.campaigns import Campaign

LONGEST_OFFSET = 730
"""The number of days before or after a date."""


class Anchor(StrEnum):
    """The date from which the days of a template count."""

    START = "start"
    """The first day of the congress or campaign."""
    END = "end"
    DAY = "day"
    """A date of one's own."""


class ActionTemplate(Revised, Base, InEither):
    """Actions that belong together, each with its distance from a date.

    It is offered in its congress or campaign; without either, everywhere, and everybody who works on one can read it.
    """

    __tablename__ = "action_templates"
    __table_args__ = (CheckConstraint("campaign_id IS NULL OR congress_id IS NULL", name="one_place"),)

    id: Mapped[PrimaryKey]
    title: Mapped[Name]
    note: Mapped[str | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant]

    congress: Mapped[Congress | None] = relationship(viewonly=True)
    campaign: Mapped["Campaign | None"] = relationship(viewonly=True)
    items: Mapped[list["TemplateItem"]] = relationship(
        back_populates="template",
        order_by="TemplateItem.offset_days, TemplateItem.at, TemplateItem.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible in the congresses and campaigns of the scope; those of the house in every scope."""
        return or_(super().criteria(), and_(cls.congress_id.is_(None), cls.campaign_id.is_(None)))


class TemplateItem(Revised, Base, Scoped):
    """An action of a template, with its distance from the date."""

    __tablename__ = "template_items"
    __table_args__ = (CheckConstraint("remind_before_hours BETWEEN 0 AND 720", name="remind_before"),)

    id: Mapped[PrimaryKey]
    template_id: Mapped[int] = mapped_column(ForeignKey("action_templates.id", ondelete="CASCADE"), index=True)
    title: Mapped[Name]
    note: Mapped[str | None]
    offset_days: Mapped[int]
    """Days after the date; negative for days before it."""
    at: Mapped[time]
    """The local time at which it is due."""
    remind_before_hours: Mapped[int]
    priority: Mapped[Priority] = mapped_column(one_of(Priority))
    role: Mapped[Short | None]
    """Who does it, in a word: when the template is used, somebody is chosen for each role."""

    template: Mapped[ActionTemplate] = relationship(back_populates="items", active_history=True)

    @classmethod
    def criteria(cls) -> ColumnElement[bool]:
        """Visible with its template."""
        return cls.template_id.in_(select(ActionTemplate.id).where(ActionTemplate.criteria()))

    def belongs_to(self, scope: Scope) -> bool:
        """Writable with its template, and with the one that it belonged to before."""
        templates = rows_before_and_after(self, "template")
        return bool(templates) and all(one is not None and one.belongs_to(scope) for one in templates)


class TemplateUse(Base, InEither):
    """One use of a template in a congress, in a campaign or in the house: its actions move with the date."""

    __tablename__ = "template_uses"

    id: Mapped[PrimaryKey]
    template_id: Mapped[int | None] = mapped_column(ForeignKey("action_templates.id", ondelete="SET NULL"), index=True)
    title: Mapped[Name]
    """The title of the template at that time."""
    anchor: Mapped[Anchor] = mapped_column(one_of(Anchor))
    anchored_on: Mapped[date]
    """The date, as it was when the actions were last moved."""
    timezone: Mapped[ZoneName]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    used_at: Mapped[Instant]

    def due_at(self, offset_days: int, at: time) -> datetime:
        """Return when an action at this distance from the date is due."""
        return instant_of(self.anchored_on + timedelta(offset_days), at, ZoneInfo(self.timezone))

    def planned(self, follow_up: FollowUp) -> datetime | None:
        """Return when one of its actions is due if nobody changes that."""
        if follow_up.offset_days is None or follow_up.offset_at is None:
            return None
        return self.due_at(follow_up.offset_days, follow_up.offset_at)

    def moves(self, follow_up: FollowUp) -> bool:
        """Whether an action moves with the date: it is open, and nobody has changed its due date."""
        return follow_up.is_open and follow_up.due_at == self.planned(follow_up)
