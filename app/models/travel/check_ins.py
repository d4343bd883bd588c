"""Safety check-ins: everybody whom a problem hits is asked, and answers by a personal link."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base
from app.models.congress.delegations import Delegate
from app.models.scoping import InCongress
from app.models.travel.problems import RouteProblem
from app.models.types import Instant, PrimaryKey, one_of


class Answer(StrEnum):
    """What somebody answers."""

    SAFE = "safe"
    NEED_HELP = "need_help"


class CheckIn(Base, InCongress):
    """The question to one delegate about one problem, and the latest answer."""

    __tablename__ = "check_ins"
    __table_args__ = (
        UniqueConstraint("problem_id", "delegate_id"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    id: Mapped[PrimaryKey]
    problem_id: Mapped[int] = mapped_column(ForeignKey("route_problems.id", ondelete="CASCADE"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegates.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[Instant]
    answer: Mapped[Answer | None] = mapped_column(one_of(Answer))
    note: Mapped[str | None]
    answered_at: Mapped[Instant | None]

    problem: Mapped[RouteProblem] = relationship()
    delegate: Mapped[Delegate] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_safe(self) -> bool:
        """Whether the delegate has answered to be safe."""
        return self.answer is Answer.SAFE
