"""Changes of shared records that wait, and who may decide on them.

A record is used by the congresses and campaigns that cite it: only who works on one of them changes it at once. A record that
none of them uses may be changed by everyone with the role, as may every record by those with the role on everything.
"""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, null, or_, select, union
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app import clock
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.house import CrossingRule
from app.models.accounts.pending import RECORDS, PendingChange, PendingStatus
from app.models.campaigns.partners import Partner
from app.models.congress.delegations import Delegation
from app.models.mobilizing.mobilizations import Host
from app.models.mobilizing.targets import Target
from app.models.people.organizations import Organization
from app.models.press.articles import Article, Citation
from app.models.scoping import in_every_scope
from app.models.travel.journeys import Leg
from app.models.travel.places import Crossing, Place
from app.models.travel.problems import InformedEntity
from app.models.travel.ruled_out_roads import RuledOutRoad
from app.policy import Held, Permission, allowed
from app.queries.accounts import house
from app.queries.lookup import REMOVED_FOR, one

Record = Article | Organization | Place | Crossing
Where = tuple[int | None, int | None]
"""A congress or a campaign."""

MOST = 100
"""Changes that are shown together, the oldest first: the others move up as these are decided."""
_PERMISSIONS: dict[type[Record], Permission] = {
    Article: Permission.ARTICLE_EDIT,
    Organization: Permission.ORGANIZATION_EDIT,
    Place: Permission.PLACE_EDIT,
}


def get(pending_id: int) -> PendingChange:
    """Return a change, decided or not."""
    return one(PendingChange, PendingChange.id == pending_id)


def of_record(record: Record) -> Sequence[PendingChange]:
    """Return the changes of a record that wait, the oldest first."""
    waiting = select(PendingChange).where(_about(record), PendingChange.status == PendingStatus.WAITING)
    return db.session.scalars(waiting.order_by(PendingChange.id)).all()


def by(user: User, record: Record) -> PendingChange | None:
    """Return the change of a record that an account has proposed and that waits."""
    return next((one for one in of_record(record) if one.proposed_by_id == user.id), None)


def waiting() -> Sequence[PendingChange]:
    """Return the changes that wait, the oldest first."""
    found = select(PendingChange).where(PendingChange.status == PendingStatus.WAITING)
    return db.session.scalars(found.options(*_with_record()).order_by(PendingChange.id).limit(MOST)).all()


def decided_lately() -> Sequence[PendingChange]:
    """Return the changes that were decided on lately, the latest first."""
    found = select(PendingChange).where(PendingChange.decided_at > clock.now() - REMOVED_FOR)
    found = found.options(*_with_record()).order_by(PendingChange.decided_at.desc(), PendingChange.id.desc())
    return db.session.scalars(found.limit(MOST)).all()


def forgotten() -> Sequence[PendingChange]:
    """Return the changes that were decided on too long ago to be taken back."""
    old = select(PendingChange).where(PendingChange.decided_at <= clock.now() - REMOVED_FOR)
    return db.session.scalars(old).all()


def may_change(record: Record, held: list[Held]) -> bool:
    """Return whether an account with some roles changes a record at once; otherwise, what it changes waits."""
    if isinstance(record, Crossing):
        return house.crossing_rule() is CrossingRule.COORDINATOR and allowed(held, Permission.CROSSING_DECIDE)
    users = used_by(record)
    return not users or any(allowed(held, _PERMISSIONS[type(record)], *where) for where in users)


def may_decide(change: PendingChange, user: User, held: list[Held]) -> bool:
    """Return whether an account with some roles decides on a change; between two people, nobody does on their own."""
    if change.crossing is not None and house.crossing_rule() is CrossingRule.TWO_PEOPLE:
        return change.proposed_by_id != user.id and allowed(held, Permission.CROSSING_EDIT)
    return may_change(change.record, held)


def may_lift(road: RuledOutRoad, user: User, held: list[Held]) -> bool:
    """Return whether an account lifts it: as with crossings, a coordinator alone, or a second person."""
    if house.crossing_rule() is CrossingRule.TWO_PEOPLE:
        is_another = road.lift_asked_at is not None and road.lift_asked_by_id != user.id
        return is_another and allowed(held, Permission.CROSSING_EDIT)
    return allowed(held, Permission.CROSSING_DECIDE)


def used_by(record: Article | Organization | Place) -> set[Where]:
    """Return the congresses and campaigns that use a record, in every scope."""
    with in_every_scope():
        return {(row[0], row[1]) for row in db.session.execute(union(*_uses(record)))}


def _uses(record: Article | Organization | Place) -> list[Any]:
    number = record.id
    if isinstance(record, Article):
        return [select(Citation.congress_id, Citation.campaign_id).where(Citation.article_id == number)]
    if isinstance(record, Place):
        at_end = or_(Leg.origin_id == number, Leg.destination_id == number)
        named = or_(InformedEntity.place_id == number, InformedEntity.other_place_id == number)
        return [
            select(Leg.congress_id, null()).where(at_end),
            select(InformedEntity.congress_id, null()).where(named),
        ]
    in_campaigns = (Partner, Target, Host)
    return [
        select(Delegation.congress_id, null()).where(Delegation.organization_id == number),
        *(select(null(), kind.campaign_id).where(kind.organization_id == number) for kind in in_campaigns),
    ]


def _about(record: Record) -> ColumnElement[bool]:
    column = next(name for name, table in RECORDS.items() if table == record.__tablename__)
    return cast("ColumnElement[bool]", getattr(PendingChange, column) == record.id)


def _with_record() -> tuple[ExecutableOption, ...]:
    return tuple(joinedload(getattr(PendingChange, name.removesuffix("_id"))) for name in RECORDS)
