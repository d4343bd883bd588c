"""Safety check-ins: everyone affected by a problem is asked, and answers with a personal link."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialects import partial_index
from app.extensions import Base
from app.models.accounts.accounts import User
from app.models.congress.delegations import Delegate
from app.models.scoping import InCongress
from app.models.travel.problems import RouteProblem
from app.models.types import Instant, PrimaryKey, Sealed, one_of


class Answer(StrEnum):
    """A delegate's answer."""

    SAFE = "safe"
    NEED_HELP = "need_help"


class CheckIn(Base, InCongress):
    """The question to one delegate about one problem, and the latest answer. `GivenAnswer` stores every answer."""

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
    note: Mapped[str | None] = mapped_column(Sealed("check_ins.note"))
    answered_at: Mapped[Instant | None]

    problem: Mapped[RouteProblem] = relationship()
    delegate: Mapped[Delegate] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_safe(self) -> bool:
        """Whether the delegate has answered that they are safe."""
        return self.answer is Answer.SAFE


class GivenAnswer(Base, InCongress):
    """An answer by a delegate, on the personal page or by phone. Rows are only added."""

    __tablename__ = "given_answers"

    id: Mapped[PrimaryKey]
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegates.id", ondelete="CASCADE"), index=True)
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("check_ins.id", ondelete="CASCADE"), index=True)
    """The question that it answers; None if there was no question."""
    answer: Mapped[Answer] = mapped_column(one_of(Answer))
    note: Mapped[str | None] = mapped_column(Sealed("given_answers.note"))
    given_at: Mapped[Instant]
    heard_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Who recorded an answer given by phone; none if the delegate answered on the personal page."""

    heard_by: Mapped[User | None] = relationship()

    @property
    def is_safe(self) -> bool:
        """Whether the delegate has answered that they are safe."""
        return self.answer is Answer.SAFE


class HelpCall(Base, InCongress):
    """A delegate's call for help, until a person closes it. A later "safe" does not close it."""

    __tablename__ = "help_calls"
    __table_args__ = (
        CheckConstraint("closed_at IS NOT NULL OR closed_by_id IS NULL", name="closed"),
        partial_index("uq_help_calls_open", "delegate_id", where="closed_at IS NULL", unique=True),
    )

    id: Mapped[PrimaryKey]
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegates.id", ondelete="CASCADE"), index=True)
    called_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    closing_note: Mapped[str | None] = mapped_column(Sealed("help_calls.closing_note"))

    delegate: Mapped[Delegate] = relationship(lazy="joined", innerjoin=True)
    closed_by: Mapped[User | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it yet."""
        return self.closed_at is None
