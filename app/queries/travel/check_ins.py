"""Safety check-ins."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models.congress.delegations import Delegate
from app.models.people.people import Person
from app.models.travel.check_ins import Answer, CheckIn
from app.models.travel.problems import RouteProblem


@dataclass(frozen=True, slots=True)
class Roll:
    """The check-ins of a problem, grouped by answer: needs help, no answer, safe."""

    need_help: tuple[CheckIn, ...]
    silent: tuple[CheckIn, ...]
    safe: tuple[CheckIn, ...]

    @property
    def asked(self) -> int:
        """The number of delegates asked."""
        return len(self.need_help) + len(self.silent) + len(self.safe)


def of_problem(problem: RouteProblem) -> Sequence[CheckIn]:
    """Return the check-ins about a problem, latest answer first."""
    person = selectinload(CheckIn.delegate).joinedload(Delegate.person).selectinload(Person.contact_details)
    delegation = selectinload(CheckIn.delegate).joinedload(Delegate.delegation)
    listed = select(CheckIn).where(CheckIn.problem_id == problem.id).options(person, delegation)
    return db.session.scalars(listed.order_by(CheckIn.answered_at.desc(), CheckIn.id)).unique().all()


def roll(problem: RouteProblem) -> Roll:
    """Return the check-ins of a problem grouped by answer."""
    listed = of_problem(problem)
    by_answer = {given: tuple(one for one in listed if one.answer == given) for given in (*Answer, None)}
    return Roll(by_answer[Answer.NEED_HELP], by_answer[None], by_answer[Answer.SAFE])


def of_delegate(delegate: Delegate) -> Sequence[CheckIn]:
    """Return the check-ins of a delegate, latest first."""
    asked = select(CheckIn).where(CheckIn.delegate_id == delegate.id)
    asked = asked.options(joinedload(CheckIn.problem).selectinload(RouteProblem.informed_entities))
    return db.session.scalars(asked.order_by(CheckIn.asked_at.desc())).unique().all()
