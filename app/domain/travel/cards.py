"""Border cards: what travelers need at each border of a journey or a route. Reads only.

A card can be lost with the phone or the paper that it is on. So it names nobody of those who travel, no organization and
no congress; see docs/decisions/0034.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.numbers import get_territory_currencies
from sqlalchemy import select

from app import clock
from app.domain.people import consents
from app.extensions import db
from app.models.congress.delegations import Delegate, Delegation
from app.models.people.consents import ConsentPurpose
from app.models.people.people import ContactType, Person
from app.models.travel.border_facts import (
    BorderNote,
    ContactKind,
    CountryContact,
    EntryRequirement,
    EntryRule,
    NoteTopic,
)
from app.models.travel.journeys import LOST, Direction, Journey, Leg, Passage
from app.models.travel.problems import EntityKind, RouteProblem
from app.queries.travel import border_facts, hits, parties, passed_before, problems
from app.queries.travel.border_facts import Facts
from app.queries.travel.borders import open_pairs
from app.queries.travel.on_the_way import Border, Hop, borders
from app.queries.travel.passed_before import NOBODY, Before
from app.queries.travel.ways import AlternativeRoute

MOST_TO_CALL = 3
"""How many people who passed before are named at one border."""
_BEFORE_TRAVEL = (EntryRequirement.ELECTRONIC, EntryRequirement.BEFORE_TRAVEL, EntryRequirement.NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Entry:
    """What holders of a passport need at a border."""

    passport: str
    rule: EntryRule | None
    is_own: bool
    """Whether they are citizens of the country."""

    @property
    def to_check(self) -> bool:
        """Whether nobody has checked it lately."""
        return not self.is_own and (
            self.rule is None or border_facts.is_stale(self.rule) or self.rule.requirement is EntryRequirement.NOT_KNOWN
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One border of a card."""

    border: Border
    is_open: bool
    """Whether people usually pass without stopping."""
    entries: tuple[Entry, ...]
    notes: tuple[BorderNote, ...]
    """What the house recorded about documents, formalities and the like."""
    reports: tuple[BorderNote, ...]
    money: tuple[BorderNote, ...]
    currencies: tuple[str, ...]
    contacts: tuple[CountryContact, ...]
    """In the country that is entered: emergency numbers, and who serves the citizens who travel."""
    offices: tuple[CountryContact, ...]
    """In the country that is left: where a visa can be asked for, if one may be needed."""
    before: Before
    people: tuple[Person, ...]
    """Who has passed before and agreed to be called about it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A border card."""

    hops: tuple[Hop, ...]
    sheets: tuple[Sheet, ...]
    passports: tuple[str, ...]
    unknown: int
    """How many travelers have no recorded nationality, or no name yet."""
    problems: tuple[RouteProblem, ...]
    refused: tuple[tuple[str, str], ...] = ()
    """Countries that refuse entry to a nationality, each with the nationality."""

    @property
    def people(self) -> tuple[Person, ...]:
        """All people whom it names."""
        return tuple(dict.fromkeys(person for sheet in self.sheets for person in sheet.people))


@dataclass(frozen=True, slots=True)
class Party:
    """Those who travel."""

    congress_id: int
    delegate_ids: frozenset[int]
    passports: tuple[str, ...]
    unknown: int


def party_of(delegation: Delegation, journey: Journey | None, delegates: Collection[Delegate] | None = None) -> Party:
    """Return those who are on a journey of a delegation, on its next shared one, or the given delegates."""
    known = parties.of(delegation.congress_id, {delegation.id})
    number, direction = (journey.id, journey.direction) if journey else (0, Direction.OUT)
    ids = known.aboard(number, delegation.id, direction)
    seats = known.seats(number, delegation.id, direction)
    aboard = [one for one in delegation.delegates if one.id in ids] if delegates is None else list(delegates)
    unnamed = max(seats - len(aboard), 0) if delegates is None else 0
    codes = Counter(one.person.nationality for one in aboard)
    return Party(
        delegation.congress_id,
        frozenset(one.id for one in aboard),
        tuple(sorted(code for code in codes if code)),
        codes[None] + unnamed,
    )


def of_one(delegate: Delegate) -> Party:
    """Return a delegate alone: the card on the personal page is about one passport."""
    code = delegate.person.nationality
    return Party(delegate.congress_id, frozenset({delegate.id}), (code,) if code else (), 0 if code else 1)


def of_journey(journey: Journey, party: Party, *, with_people: bool) -> Card:
    """Return the card of a journey; without people, it names nobody to call."""
    legs = [leg for leg in journey.legs if leg.status not in LOST]
    impact = hits.impact(journey.congress_id, delegation_id=journey.delegation_id)
    ids = {leg.id for leg in legs}
    touching = {one.problem_id for one in (*impact.hits, *impact.warnings) if one.leg_id in ids}
    found = [problems.get(journey.congress_id, number) for number in sorted(touching)]
    return _card(legs, _passed(legs), party, found, with_people=with_people)


def of_way(way: AlternativeRoute, party: Party, *, with_people: bool) -> Card:
    """Return the card of a route that a search has found."""
    refused = [pair for pair in way.refused if pair[1] in party.passports]
    return _card(way.segments, {}, party, way.warnings, refused, with_people=with_people)


def _card(
    hops: Sequence[Hop],
    passed: Mapping[int, Sequence[str]],
    party: Party,
    found: Iterable[RouteProblem],
    refused: Iterable[tuple[str, str]] = (),
    *,
    with_people: bool,
) -> Card:
    crossed = borders(hops, passed)
    facts = border_facts.of_countries({country for one in crossed for country in (one.left, one.entered)})
    sheets = tuple(_sheet(one, facts, party, with_people=with_people) for one in crossed)
    shown = (one for one in found if not any(entity.kind is EntityKind.PERSON for entity in one.informed_entities))
    return Card(tuple(hops), sheets, party.passports, party.unknown, tuple(shown), tuple(refused))


def _sheet(border: Border, facts: Mapping[str, Facts], party: Party, *, with_people: bool) -> Sheet:
    there = facts[border.entered]
    rules = {one.passport: one for one in there.rules}
    entries = tuple(Entry(code, rules.get(code), is_own=code == border.entered) for code in party.passports)
    crossing_id = border.crossing.id if border.crossing else None
    notes = [one for one in there.notes if one.crossing_id in (None, crossing_id)]
    served = (None, *party.passports)
    may_need = any(one.to_check or (one.rule and one.rule.requirement in _BEFORE_TRAVEL) for one in entries)
    before = passed_before.before(party.congress_id, border, but=party.delegate_ids)
    return Sheet(
        border=border,
        is_open=not border.flies and (border.left, border.entered) in open_pairs(),
        entries=entries,
        notes=tuple(one for one in notes if one.topic not in (NoteTopic.REPORT, NoteTopic.MONEY)),
        reports=tuple(border_facts.reports(there, crossing_id)[:2]),
        money=tuple(one for one in notes if one.topic is NoteTopic.MONEY),
        currencies=_currencies(border.entered, clock.now().date()),
        contacts=tuple(one for one in there.contacts if one.passport in served),
        offices=tuple(
            one
            for one in facts[border.left].contacts
            if one.passport == border.entered and one.kind in (ContactKind.EMBASSY, ContactKind.CONSULATE)
        )
        if may_need or party.unknown
        else (),
        before=before if before.delegate_ids else NOBODY,
        people=tuple(_to_call(before)) if with_people else (),
    )


def _to_call(before: Before) -> list[Person]:
    """Return the last people who passed, agreed to be called about it, and have a number."""
    people = passed_before.reachable(before.delegate_ids)
    given = consents.counting([one.id for one in people], ConsentPurpose.CALLS_FROM_TRAVELERS)
    agreed = {number for number, consent in given.items() if not consent.is_withdrawn}
    return [one for one in people if one.id in agreed and one.contact(ContactType.PHONE)][:MOST_TO_CALL]


def _passed(legs: Sequence[Leg]) -> dict[int, list[str]]:
    """Return the countries that legs over land pass through, by the position of the leg."""
    numbers = {leg.id: number for number, leg in enumerate(legs)}
    found: dict[int, list[str]] = {}
    wanted = select(Passage).where(Passage.leg_id.in_(numbers)).order_by(Passage.recorded.desc(), Passage.id)
    for one in db.session.scalars(wanted):
        found.setdefault(numbers[one.leg_id], []).append(one.country)
    return found


def _currencies(country: str, today: date) -> tuple[str, ...]:
    """Return the codes of the money that is legal tender in a country, as the Unicode locale data have it."""
    return tuple(get_territory_currencies(country, today, today, tender=True))
