"""Organizations that have been quiet for a while: no interaction and no delegation that the session may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Subquery, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app import clock
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.people.interactions import Interaction
from app.models.people.organizations import Organization
from app.queries.naming import by_name
from app.queries.paging import Page, holding_or_in, page_of


@dataclass(frozen=True, slots=True)
class Quiet:
    """An organization with its last signs of life; of these, the later one is shown."""

    organization: Organization
    interaction: Interaction | None
    delegation: tuple[Delegation, Congress] | None

    @property
    def is_delegation_last(self) -> bool:
        """Whether the last sign of life was a delegation."""
        if self.delegation is None or self.interaction is None:
            return self.delegation is not None
        return self.delegation[1].end_date > self.interaction.occurred_at.date()


def find(days: int, typed: str = "", number: int = 1, *, language: str) -> Page[Quiet]:
    """Return a page of the organizations that have been quiet for some days, the longest first.

    Those of which nothing was ever recorded come last. A delegation counts until the last day of its congress. Only what is
    in scope counts. Name, acronym and country together must contain every word of `typed`.
    """
    since = clock.now() - timedelta(days=days)
    spoken, sent = _last_interactions(), _last_delegations()
    last = case((sent.c.last.is_(None), spoken.c.last), (spoken.c.last > sent.c.last, spoken.c.last), else_=sent.c.last)
    found = (
        select(Organization)
        .outerjoin(spoken, spoken.c.organization_id == Organization.id)
        .outerjoin(sent, sent.c.organization_id == Organization.id)
        .where(_before(spoken.c.last, since), _before(sent.c.last, since.date()))
        .where(*holding_or_in(typed, [Organization.words], [Organization.country]))
    )
    never = and_(spoken.c.last.is_(None), sent.c.last.is_(None))
    page = page_of(found.order_by(never, last, by_name(Organization.sort_key, language), Organization.id), number)
    return page.of(_with_signs(page.rows))


def _before(last: Any, since: datetime | date) -> Any:
    return or_(last.is_(None), last < since)


def _last_interactions() -> Subquery:
    last = func.max(Interaction.occurred_at).label("last")
    spoken = select(Interaction.organization_id, last).where(Interaction.organization_id.is_not(None))
    return spoken.group_by(Interaction.organization_id).subquery()


def _last_delegations() -> Subquery:
    last = func.max(Congress.end_date).label("last")
    sent = select(Delegation.organization_id, last).join(Congress, Congress.id == Delegation.congress_id)
    return sent.group_by(Delegation.organization_id).subquery()


def _with_signs(organizations: Sequence[Organization]) -> list[Quiet]:
    """Return the organizations with the last interaction and the last delegation of each."""
    ids = [one.id for one in organizations]
    spoken, sent = _last_interactions(), _last_delegations()
    interaction, delegation, congress = aliased(Interaction), aliased(Delegation), aliased(Congress)
    is_last = and_(spoken.c.organization_id == interaction.organization_id, spoken.c.last == interaction.occurred_at)
    interactions = db.session.scalars(
        select(interaction).join(spoken, is_last).where(interaction.organization_id.in_(ids)).order_by(interaction.id)
    )
    was_last = and_(sent.c.organization_id == delegation.organization_id, sent.c.last == congress.end_date)
    delegations = db.session.execute(
        select(delegation, congress)
        .join(congress, congress.id == delegation.congress_id)
        .join(sent, was_last)
        .where(delegation.organization_id.in_(ids))
        .order_by(delegation.id)
    )
    said = {one.organization_id: one for one in interactions}
    came = {one.organization_id: (one, where) for one, where in delegations.unique()}
    return [Quiet(one, said.get(one.id), came.get(one.id)) for one in organizations]
