"""The effects of hits: a history that is stored, and actions that come and go with the hits.

The hits themselves are always computed and never stored (queries.hits). Settling compares them with the history. It
can be repeated at any time: after every change that affects hits, and on a schedule.
"""

from collections.abc import Sequence

from sqlalchemy import select

from app import clock
from app.domain.actions import follow_ups, order, reminders
from app.extensions import db
from app.models.actions.follow_ups import AFTER_REROUTING, FollowUp, FollowUpKind, FollowUpStatus
from app.models.travel.hits import HitKind, HitRecord
from app.models.travel.journeys import Leg
from app.queries.travel import hits
from app.queries.travel.impacts import Hit, Impact
from app.queries.travel.parties import among


def settle(congress_id: int, *, problem_id: int | None = None, delegation_id: int | None = None) -> Impact:
    """Update history and actions to match the current hits; return the hits.

    If a problem or a delegation is given, only that one is settled.
    """
    found = hits.impact(congress_id, problem_id, delegation_id=delegation_id)
    _apply(found, congress_id, problem_id=problem_id, delegation_id=delegation_id)
    return found


def _apply(found: Impact, congress_id: int, *, problem_id: int | None, delegation_id: int | None) -> None:
    narrowed = [HitRecord.congress_id == congress_id, HitRecord.ended_at.is_(None)]
    concerned = [FollowUp.congress_id == congress_id, FollowUp.kind.is_not(None)]
    if problem_id is not None:
        narrowed.append(HitRecord.problem_id == problem_id)
        concerned.append(FollowUp.problem_id == problem_id)
    if delegation_id is not None:
        narrowed.append(HitRecord.delegation_id == delegation_id)
        concerned.append(FollowUp.delegation_id == delegation_id)
    _keep_history(found, db.session.scalars(select(HitRecord).where(*narrowed)).all(), congress_id)
    _keep_actions(found, db.session.scalars(select(FollowUp).where(*concerned)).unique().all())


def _keep_history(impact: Impact, open_records: Sequence[HitRecord], congress_id: int) -> None:
    now = clock.now()
    current: dict[tuple[int, int | None, HitKind], Hit] = {
        (hit.problem_id, hit.leg_id, hit.kind): hit
        for hit in (*impact.hits, *impact.knock_on, *impact.warnings)
        if hit.kind is not HitKind.WARNING
    }
    for record in open_records:
        if current.pop((record.problem_id, record.leg_id, record.kind), None) is None:
            record.ended_at = now
    if current:
        db.session.add_all(_records(list(current.values()), congress_id))
    db.session.flush()


def _records(begun: list[Hit], congress_id: int) -> list[HitRecord]:
    wanted = select(Leg).where(Leg.congress_id == congress_id, among(Leg.id, {hit.leg_id for hit in begun}))
    legs = {leg.id: leg for leg in db.session.scalars(wanted)}
    return [
        HitRecord(
            congress_id=congress_id,
            problem_id=hit.problem_id,
            delegation_id=hit.delegation_id,
            leg_id=hit.leg_id,
            kind=hit.kind,
            way=f"{legs[hit.leg_id].origin.name} → {legs[hit.leg_id].destination.name}"[:200],
            departs_at=legs[hit.leg_id].departs_at,
            began_at=clock.now(),
        )
        for hit in begun
    ]


def _keep_actions(impact: Impact, actions: Sequence[FollowUp]) -> None:
    """Withdraw the open proposed actions of a problem whose hit no longer exists, and restore them if the hit has returned.

    A delegation never gets a second action of the same kind. Actions about the new route stay.
    """
    hit = {(one.problem_id, one.delegation_id) for one in impact.hits}
    cared_for = {_about(action) for action in actions if action.is_open}
    for action in actions:
        if action.kind in AFTER_REROUTING or action.problem_id is None or action.delegation_id is None:
            continue
        is_hit = (action.problem_id, action.delegation_id) in hit
        is_withdrawn = action.withdrawn_at is not None and action.status is FollowUpStatus.CANCELLED
        if action.is_open and not is_hit:
            action.status, action.withdrawn_at = FollowUpStatus.CANCELLED, clock.now()
            db.session.flush()
            reminders.plan(action)
            order.release(action)
        elif is_hit and is_withdrawn and _about(action) not in cared_for:
            cared_for.add(_about(action))
            follow_ups.reopen(action)


def _about(action: FollowUp) -> tuple[int | None, int | None, FollowUpKind | None]:
    return action.problem_id, action.delegation_id, action.kind
