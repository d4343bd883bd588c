"""Delegations that could not attend, and why: the record that the congress cites afterwards."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app import countries
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation, DelegationStatus
from app.models.travel.problems import Cause, InformedEntity, RouteProblem
from app.text import sort_key


@dataclass(frozen=True, slots=True)
class Absence:
    """A delegation that could not attend."""

    delegation: Delegation
    problem: RouteProblem | None
    day: date
    """The day on which this became known, in the congress's time zone."""

    @property
    def cause(self) -> Cause | None:
        """The cause of the route problem that kept it away, if there was one."""
        return self.problem.cause if self.problem else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many delegations, seats and delegates were lost to one cause, country or day."""

    delegations: int
    seats: int
    delegates: int


def of_congress(congress: Congress, language: str) -> list[Absence]:
    """Return the delegations that could not attend, sorted by day, then by country and organization in `language`."""
    unable = select(Delegation).where(
        Delegation.congress_id == congress.id, Delegation.status == DelegationStatus.UNABLE_TO_ATTEND
    )
    listed = db.session.scalars(unable.options(selectinload(Delegation.delegates))).unique().all()
    wanted = select(RouteProblem).where(RouteProblem.id.in_({one.problem_id for one in listed if one.problem_id}))
    touched = selectinload(RouteProblem.informed_entities).joinedload(InformedEntity.place)
    problems = {one.id: one for one in db.session.scalars(wanted.options(touched)).unique()}
    zone = ZoneInfo(congress.timezone)
    absences = [
        Absence(one, problems.get(one.problem_id or 0), (one.unable_since or one.created_at).astimezone(zone).date())
        for one in listed
    ]
    names = countries.named(language)
    return sorted(absences, key=lambda one: (one.day, *_names(one.delegation, names, language), one.delegation.id))


def _names(delegation: Delegation, names: dict[str, str], language: str) -> tuple[str, str]:
    country = names.get(delegation.country, delegation.country)
    return sort_key(country, language=language), sort_key(delegation.organization.name, language=language)


def tallied(absences: Sequence[Absence], by: Callable[[Absence], object]) -> list[tuple[object, Tally]]:
    """Return tallies grouped by `by`, most seats first."""
    grouped: dict[object, list[Delegation]] = defaultdict(list)
    for one in absences:
        grouped[by(one)].append(one.delegation)
    tallies = [(key, _tally(delegations)) for key, delegations in grouped.items()]
    return sorted(tallies, key=lambda pair: -pair[1].seats)


def _tally(delegations: Sequence[Delegation]) -> Tally:
    return Tally(
        len(delegations), sum(one.seats for one in delegations), sum(len(one.delegates) for one in delegations)
    )
