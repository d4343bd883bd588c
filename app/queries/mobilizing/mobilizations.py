"""Mobilizations of a campaign or of a day of action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app import clock
from app.dialects import folded
from app.extensions import db
from app.models.mobilizing.days_of_action import DayOfAction
from app.models.mobilizing.mobilizations import Host, Mobilization, MobilizationStatus
from app.models.travel.places import Place
from app.queries.finding import Found, by_text
from app.queries.lookup import kept, one, removed_lately, restorable
from app.queries.naming import by_country
from app.queries.paging import Page, holding_or_in, ids_of, page_of


@dataclass(frozen=True, slots=True)
class Turnout:
    """The mobilizations of one country, or of all: how many there are, and how many people were expected and came."""

    country: str
    held: int
    expected: int
    least: int
    most: int
    reported: int
    """The number of those with a report."""


ANNOUNCED = (Mobilization.status != MobilizationStatus.PROPOSED, kept(Mobilization))
"""The conditions for a mobilization that the public may see."""
WHOLE = (selectinload(Mobilization.hosts), selectinload(Mobilization.day_of_action))


def get(campaign_id: int, mobilization_id: int) -> Mobilization:
    """Return a mobilization of a campaign that is not removed."""
    return one(
        Mobilization,
        Mobilization.id == mobilization_id,
        Mobilization.campaign_id == campaign_id,
        kept(Mobilization),
        options=WHOLE,
    )


def get_restorable(campaign_id: int, mobilization_id: int) -> Mobilization:
    """Return a mobilization of a campaign, also if it was removed and can still be restored."""
    return restorable(Mobilization, Mobilization.id == mobilization_id, Mobilization.campaign_id == campaign_id)


def removed() -> Sequence[Mobilization]:
    """Return the removed mobilizations in scope that can be restored, latest first."""
    return removed_lately(Mobilization)


def find(campaign_id: int, typed: str, show: str, number: int, *, language: str) -> Page[Mobilization]:
    """Return a page of the mobilizations of a campaign, by country in a language, then by time.

    Title and place together contain every word of `typed`; `show` is a status, or empty for all.
    """
    return page_of(_found(campaign_id, typed, show, language), number)


def numbers(campaign_id: int, typed: str, show: str, *, language: str) -> Sequence[int]:
    """Return the ids of the mobilizations that `find` lists, in its order."""
    return ids_of(Mobilization.id, _found(campaign_id, typed, show, language))


def some(campaign_id: int, ids: Sequence[int]) -> Sequence[Mobilization]:
    """Return the mobilizations of a campaign with these ids."""
    found = select(Mobilization).where(Mobilization.campaign_id == campaign_id, Mobilization.id.in_(ids))
    return db.session.scalars(found.options(*WHOLE)).unique().all()


def of_day(day: DayOfAction, *, announced: bool = False) -> Sequence[Mobilization]:
    """Return the mobilizations of a day of action by instant; if `announced`, only those that the public sees."""
    listed = select(Mobilization).where(Mobilization.day_of_action_id == day.id, kept(Mobilization))
    if announced:
        listed = listed.where(Mobilization.status != MobilizationStatus.PROPOSED)
    ordered = listed.join(Mobilization.place).order_by(Mobilization.starts_at, Place.sort_key, Mobilization.id)
    return db.session.scalars(ordered.options(*WHOLE)).unique().all()


def in_scope(since: datetime, limit: int) -> Sequence[Mobilization]:
    """Return the mobilizations in scope that begin after an instant, earliest first."""
    listed = select(Mobilization).where(Mobilization.starts_at >= since, kept(Mobilization))
    ordered = listed.order_by(Mobilization.starts_at, Mobilization.id).options(*WHOLE)
    return db.session.scalars(ordered.limit(limit)).unique().all()


def by_countries(mobilizations: Sequence[Mobilization], ranked: Sequence[str]) -> list[tuple[str, list[Mobilization]]]:
    """Return mobilizations by country, in the order in which the codes are `ranked`."""
    ranks = {code: rank for rank, code in enumerate(ranked)}

    def rank(one: Mobilization) -> tuple[int, str]:
        return ranks.get(one.place.country, len(ranks)), one.place.country

    return [(key[1], list(group)) for key, group in groupby(sorted(mobilizations, key=rank), key=rank)]


def turnouts(countries: Sequence[tuple[str, list[Mobilization]]]) -> list[Turnout]:
    """Return the turnout of each country."""
    return [turnout_of(its, country) for country, its in countries]


def turnout_of(mobilizations: Sequence[Mobilization], country: str = "") -> Turnout:
    """Return the turnout of several mobilizations together."""
    return Turnout(
        country,
        held=len(mobilizations),
        expected=sum(one.expected_turnout or 0 for one in mobilizations),
        least=sum(one.turnout_least or 0 for one in mobilizations),
        most=sum(one.turnout_most or 0 for one in mobilizations),
        reported=sum(one.is_reported for one in mobilizations),
    )


def get_announced(campaign_id: int, mobilization_id: int) -> Mobilization:
    """Return a mobilization of a campaign that the public may see."""
    return one(
        Mobilization,
        Mobilization.id == mobilization_id,
        Mobilization.campaign_id == campaign_id,
        *ANNOUNCED,
        options=WHOLE,
    )


def next_of(mobilizations: Sequence[Mobilization]) -> Mobilization | None:
    """Return the one of several, by instant, that begins next or, if all have begun, that ends last; none if all are off."""
    going, now = [one for one in mobilizations if one.is_on], clock.now()
    ahead = [one for one in going if one.starts_at > now]
    return ahead[0] if ahead else max(going, key=lambda one: one.ends_at, default=None)


def get_host(mobilization: Mobilization, host_id: int) -> Host:
    """Return a host of a mobilization."""
    return one(Host, Host.id == host_id, Host.mobilization_id == mobilization.id)


def matching(typed: str) -> Found:
    """Return the mobilizations in scope whose title, town or address contains what was typed, latest first."""
    return by_text(
        Mobilization,
        typed,
        Mobilization.title,
        Mobilization.address,
        latest=(Mobilization.starts_at.desc(), Mobilization.id),
    )


def _found(campaign_id: int, typed: str, show: str, language: str) -> Select[Mobilization]:
    words = holding_or_in(typed, [Place.words, folded(Mobilization.title)], [Place.country])
    found = select(Mobilization).join(Mobilization.place)
    found = found.where(Mobilization.campaign_id == campaign_id, kept(Mobilization), *words)
    if show:
        found = found.where(Mobilization.status == MobilizationStatus(show))
    ordered = found.order_by(by_country(Place.country, language), Mobilization.starts_at, Mobilization.id)
    return ordered.options(*WHOLE)
