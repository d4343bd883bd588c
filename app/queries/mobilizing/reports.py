"""What happened in a campaign during a period: the figures and lists of its report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.actions.follow_ups import OPEN_STATUSES, FollowUp, FollowUpStatus
from app.models.campaigns.campaigns import Campaign
from app.models.mobilizing.letters import SentLetter
from app.models.mobilizing.mobilizations import Mobilization
from app.models.mobilizing.shifts import PlaceStatus, Shift, ShiftPlace
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.models.mobilizing.targets import Target, TargetEntry
from app.models.press.articles import Citation
from app.queries.lookup import kept
from app.queries.mobilizing.goals import ANNOUNCED
from app.queries.mobilizing.mobilizations import WHOLE
from app.queries.mobilizing.sign_ups import STANDING

_A_DAY, _AN_HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a report, first and last included, in the zone of the campaign; without them, all days."""

    first: date | None
    last: date | None
    timezone: str

    def holds(self, column: Any) -> list[ColumnElement[bool]]:
        """Return the conditions that an instant is in the period."""
        conditions = [column >= self._midnight(self.first)] if self.first else []
        return [*conditions, column < self._midnight(self.last + _A_DAY)] if self.last else conditions

    def holds_day(self, column: Any) -> list[ColumnElement[bool]]:
        """Return the conditions that a date is in the period."""
        conditions = [column >= self.first] if self.first else []
        return [*conditions, column <= self.last] if self.last else conditions

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, ZoneInfo(self.timezone)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Work:
    """The shifts of brigades that somebody attended: how many, by how many people, for how many hours altogether."""

    shifts: int
    people: int
    hours: int


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions of a campaign: how many were done in the period, and which are late now."""

    done: int
    open: int
    late: Sequence[FollowUp]


def mobilizations(campaign: Campaign, period: Period) -> Sequence[Mobilization]:
    """Return the mobilizations that are announced and not canceled, by instant."""
    found = select(Mobilization).where(Mobilization.campaign_id == campaign.id, *ANNOUNCED)
    found = found.where(*period.holds(Mobilization.starts_at)).order_by(Mobilization.starts_at, Mobilization.id)
    return db.session.scalars(found.options(*WHOLE)).unique().all()


def actions(campaign: Campaign, period: Period, now: datetime) -> Actions:
    """Return what was done in the period, and what is open and late now."""
    own = FollowUp.campaign_id == campaign.id
    done = _count(FollowUp, own, FollowUp.status == FollowUpStatus.COMPLETED, *period.holds(FollowUp.completed_at))
    is_open = FollowUp.status.in_(OPEN_STATUSES)
    late = select(FollowUp).where(own, is_open, FollowUp.due_at < now).order_by(FollowUp.due_at, FollowUp.id)
    return Actions(done, _count(FollowUp, own, is_open), db.session.scalars(late).unique().all())


def sign_ups(campaign: Campaign, period: Period) -> list[tuple[SignUpKind, int]]:
    """Return how many sign-ups that count were confirmed in the period, by kind."""
    found = select(SignUp.kind, func.count()).where(SignUp.campaign_id == campaign.id, *STANDING)
    found = found.where(*period.holds(SignUp.confirmed_at)).group_by(SignUp.kind).order_by(SignUp.kind)
    return [(kind, count) for kind, count in db.session.execute(found)]


def letters(campaign: Campaign, period: Period) -> int:
    """Return how many letters to targets were sent in the period."""
    found = select(func.count(SentLetter.id)).join(SentLetter.target).where(SentLetter.campaign_id == campaign.id)
    return db.session.scalar(found.where(kept(Target), *period.holds(SentLetter.sent_at))) or 0


def entries(campaign: Campaign, period: Period) -> dict[int, list[TargetEntry]]:
    """Return what is in the logs of targets about the period, earliest first, by the id of the target."""
    found = select(TargetEntry).where(TargetEntry.campaign_id == campaign.id)
    found = found.where(*period.holds_day(TargetEntry.happened_on)).order_by(TargetEntry.happened_on, TargetEntry.id)
    by_target: dict[int, list[TargetEntry]] = {}
    for entry in db.session.scalars(found).unique():
        by_target.setdefault(entry.target_id, []).append(entry)
    return by_target


def citations(campaign: Campaign, period: Period) -> Sequence[Citation]:
    """Return the articles cited in the period, latest first."""
    found = select(Citation).where(Citation.campaign_id == campaign.id, *period.holds(Citation.cited_at))
    whole = joinedload(Citation.article, innerjoin=True)
    return db.session.scalars(found.options(whole).order_by(Citation.cited_at.desc(), Citation.id.desc())).all()


def work(campaign: Campaign, period: Period) -> Work:
    """Return what the members of brigades have done in shifts that began in the period."""
    found = select(Shift.id, Shift.starts_at, Shift.ends_at, ShiftPlace.member_id).join(ShiftPlace.shift)
    found = found.where(Shift.campaign_id == campaign.id, ShiftPlace.status == PlaceStatus.ATTENDED)
    rows = db.session.execute(found.where(*period.holds(Shift.starts_at))).all()
    spent = sum((ends_at - starts_at for _shift, starts_at, ends_at, _member in rows), timedelta())
    return Work(len({row[0] for row in rows}), len({row[3] for row in rows}), round(spent / _AN_HOUR))


def _count(model: Any, *conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(model.id)).where(*conditions)) or 0
