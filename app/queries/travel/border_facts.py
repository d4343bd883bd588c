"""What the house knows about entering countries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select

from app import clock
from app.countries import holding
from app.extensions import db
from app.models.travel.border_facts import BorderNote, CountryContact, EntryRule, Fact, NoteTopic, Sourced
from app.models.travel.places import Crossing
from app.queries.lookup import kept, removed_lately, restorable
from app.queries.lookup import one as one_of
from app.queries.paging import Page, slice_of
from app.text import plain

MODELS: dict[str, type[EntryRule] | type[CountryContact] | type[BorderNote]] = {
    "rules": EntryRule, "contacts": CountryContact, "notes": BorderNote,
}  # fmt: skip
"""The kinds of facts, by the word in their addresses."""
STALE_AFTER = timedelta(days=183)
"""After this time, a fact has to be checked again before somebody relies on it."""
_ALL: tuple[type[EntryRule] | type[CountryContact] | type[BorderNote], ...] = tuple(MODELS.values())


@dataclass(frozen=True, slots=True)
class Known:
    """How much is known about a country."""

    country: str
    rules: int
    contacts: int
    notes: int


@dataclass(slots=True)
class Facts:
    """All that is recorded about entering a country."""

    rules: list[EntryRule] = field(default_factory=list)
    contacts: list[CountryContact] = field(default_factory=list)
    notes: list[BorderNote] = field(default_factory=list)


def is_stale(fact: Sourced) -> bool:
    """Return whether a fact was checked so long ago that it may have changed."""
    return clock.now().date() - fact.checked_on > STALE_AFTER


def get(kind: str, fact_id: int) -> Fact:
    """Return a fact of a kind; raises Missing."""
    model = MODELS[kind]
    return one_of(model, model.id == fact_id, kept(model))


def get_restorable(kind: str, fact_id: int) -> Fact:
    """Return a fact of a kind that stands or can still be restored; raises Missing."""
    model = MODELS[kind]
    return restorable(model, model.id == fact_id)


def removed() -> list[tuple[str, Fact]]:
    """Return removed facts that can still be restored, each with the word of its kind."""
    return [(kind, one) for kind, model in MODELS.items() for one in removed_lately(model)]


def kind_of(fact: Fact) -> str:
    """Return the word of the kind of a fact."""
    return next(kind for kind, model in MODELS.items() if isinstance(fact, model))


def rule_of(passport: str, country: str) -> EntryRule | None:
    """Return the rule for a passport in a country, removed or not."""
    return db.session.scalar(select(EntryRule).where(EntryRule.passport == passport, EntryRule.country == country))


def of_countries(countries: Collection[str]) -> dict[str, Facts]:
    """Return what is recorded about some countries."""
    found = {country: Facts() for country in countries}
    orders = {
        EntryRule: (EntryRule.passport,),
        CountryContact: (CountryContact.kind.desc(), CountryContact.name, CountryContact.id),
        BorderNote: (BorderNote.topic, BorderNote.checked_on.desc(), BorderNote.id),
    }
    for kind, model in MODELS.items():
        wanted: Any = select(model).where(kept(model), model.country.in_(countries)).order_by(*orders[model])
        for one in db.session.scalars(wanted):
            getattr(found[one.country], kind).append(one)
    return found


def find(typed: str, number: int) -> Page[Known]:
    """Return a page of the countries about which something is recorded; `typed` is a name or a code."""
    counts = {model: _counts(model, typed) for model in _ALL}
    countries = sorted(set().union(*counts.values()))
    listed = [Known(one, *(counts[model].get(one, 0) for model in _ALL)) for one in countries]
    return slice_of(listed, number)


def crossings_of(country: str) -> Sequence[Crossing]:
    """Return the crossings that lead to a country, by name."""
    sides = or_(Crossing.near.has(country=country), Crossing.far.has(country=country))
    return db.session.scalars(select(Crossing).where(sides).order_by(Crossing.name, Crossing.id)).unique().all()


def reports(facts: Facts, crossing_id: int | None) -> list[BorderNote]:
    """Return what travelers reported about a country, or about this crossing; the latest first."""
    found = [one for one in facts.notes if one.topic is NoteTopic.REPORT and one.crossing_id in (None, crossing_id)]
    return sorted(found, key=lambda one: (one.checked_on, one.id), reverse=True)


def _counts(model: type[EntryRule] | type[CountryContact] | type[BorderNote], typed: str) -> dict[str, int]:
    counted = select(model.country, func.count().label("number")).where(kept(model)).group_by(model.country)
    for word in plain(typed).split():
        counted = counted.where(model.country.in_(holding(word)))
    return {row.country: row.number for row in db.session.execute(counted)}
