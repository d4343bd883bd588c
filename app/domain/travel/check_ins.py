"""Safety check-ins: everyone affected by a problem is asked whether they are safe, and answers with a personal link."""

from app import clock
from app.domain.mail import deliveries
from app.domain.travel import help_calls
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.congress.delegations import Delegate
from app.models.mail.deliveries import DeliveryKind
from app.models.travel.check_ins import Answer, CheckIn, GivenAnswer
from app.models.travel.problems import RouteProblem
from app.queries.congress import delegations
from app.queries.travel import check_ins, hits, problems
from app.text import N_


def ask(problem: RouteProblem) -> int:
    """Ask every affected traveler who has not been asked; return how many.

    Everyone with an address is emailed; the others have to be given their link in person.
    """
    impact = hits.impact(problem.congress_id, problem.id)
    asked = {one.delegate_id for one in check_ins.of_problem(problem)}
    missing = impact.traveler_ids - asked
    for delegate in delegations.delegates(problem.congress_id, missing):
        check_in = CheckIn(
            congress_id=problem.congress_id, problem_id=problem.id, delegate_id=delegate.id, asked_at=clock.now()
        )
        db.session.add(check_in)
        db.session.flush()
        if delegate.person.email:
            deliveries.queue(
                DeliveryKind.CHECK_IN,
                delegate=delegate,
                occasion=f"check-in:{check_in.id}",
                due_at=clock.now(),
                check_in_id=check_in.id,
            )
    if not missing:
        raise DomainError(None, N_("Everyone affected has already been asked."))
    db.session.flush()
    return len(missing)


def answer(check_in: CheckIn, given: Answer, note: str | None, *, heard_by: User | None = None) -> None:
    """Store an answer; the latest is stored with the question, and none is lost. A call for help notifies the coordinators."""
    check_in.answer, check_in.note, check_in.answered_at = given, note, clock.now()
    _keep(check_in.delegate, check_in, given, note, heard_by)


def record_report(delegate: Delegate, given: Answer, note: str | None, *, heard_by: User | None = None) -> None:
    """Store what a delegate reports without having been asked, or an answer given by phone.

    It answers every question about a problem that is not over.
    """
    asked = [one for one in check_ins.of_delegate(delegate) if not problems.is_over(one.problem)]
    for check_in in asked:
        answer(check_in, given, note, heard_by=heard_by)
    if not asked:
        _keep(delegate, None, given, note, heard_by)


def _keep(delegate: Delegate, check_in: CheckIn | None, given: Answer, note: str | None, heard_by: User | None) -> None:
    db.session.add(
        GivenAnswer(
            congress_id=delegate.congress_id,
            delegate_id=delegate.id,
            check_in_id=check_in.id if check_in else None,
            answer=given,
            note=note,
            given_at=clock.now(),
            heard_by_id=heard_by.id if heard_by else None,
        )
    )
    db.session.flush()
    if given == Answer.NEED_HELP:
        help_calls.call(delegate)
