"""Millions of invented people with names, towns and organizations as unevenly distributed as in life.

And what is typed to find them.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any

import numpy as np

from app.matching.records import PersonRecord
from app.models.people.match_keys import PersonKey, hashed_keys
from app.models.people.memberships import Membership
from app.models.people.organizations import Classification, Organization
from app.models.people.people import ContactDetail, ContactType, Person
from app.text import contact_key, searchable, sort_key
from benchmarks.bulk import Load, loading
from benchmarks.ground import NOW
from benchmarks.invented_names import FAMILY, GIVEN, TOWNS

_SYLLABLES = [one + vowel for one in [*"bcdfghjklmnprstvz", "ch", "br", "tr", "gr", "ll", "qu"] for vowel in "aeiou"]
_BATCH = 10_000
_PERSON = (
    "id", "given_name", "family_name", "country", "locality", "locality_key", "created_at", "compared_at", "words", "sort_key",
)  # fmt: skip
_ORGANIZATION = ("id", "name", "classification", "country", "created_at", "compared_at", "words", "sort_key")
_AGAIN = 40
"""One of so many people is recorded twice."""
_folded, _keyed = cache(searchable), cache(sort_key)


@dataclass(frozen=True, slots=True)
class _Row:
    """A person and the number under which she is recorded."""

    id: int
    record: PersonRecord


class Crowd:
    """People of a benchmark: the same ones for the same number."""

    def __init__(self, size: int) -> None:
        """Prepare names for `size` people; more people have more different names, but not as many more."""
        self.size = size
        self._chance = random.Random(2026)  # noqa: S311 - made-up data, the same each time
        self._many = np.random.default_rng(2026)
        rare = min(300_000, max(size // 10, 200))
        self._given = _Uneven(self._names(GIVEN, rare // 100))
        self._family = _Uneven(self._names(FAMILY, rare))
        towns = [town for known in TOWNS.values() for town in known]
        new = self._invented(max(size // 500, 20))
        self._towns = _Uneven([*towns, *((towns[at % len(towns)][0], name) for at, name in enumerate(new))])
        self._unions = _Uneven(range(1, max(size // 100, 20)))
        self.known: list[_Row] = []
        """Some of the people who are in the table."""

    def record(self, *, compared: bool = True) -> None:
        """Insert the people with a contact detail and an organization each, if they have one.

        With `compared`, they have been compared with each other and have their keys; otherwise they wait for the night.
        """
        night = _moment(0) if compared else None
        with loading(Organization, Person, ContactDetail, Membership, PersonKey) as load:
            load.rows(Organization, _ORGANIZATION, [_organization(number, night) for number in self._unions.values])
            for start in range(1, self.size + 1, _BATCH):
                _insert(load, self._rows(start, min(_BATCH, self.size + 1 - start)), night)

    def questions(self, count: int) -> list[str]:
        """Return what people type: whole names, family names, beginnings, other orders, slips, and names of nobody."""
        return [self._question(number) for number in range(count)]

    def typed_again(self, count: int) -> list[tuple[int, PersonRecord]]:
        """Return people who are recorded, with their numbers, as someone types them again: with a slip in the name."""
        chosen = [self._chance.choice(self.known) for _ in range(count)]
        return [(row.id, replace(row.record, family_name=self._slipped(row.record))) for row in chosen]

    def strangers(self, count: int) -> list[PersonRecord]:
        """Return people who are not recorded, with names, towns and organizations as frequent as those of the others."""
        return list(self._people(self.size + 1, count))

    def _rows(self, start: int, count: int) -> list[_Row]:
        rows = [_Row(number, record) for number, record in enumerate(self._people(start, count), start)]
        rows = [_Row(row.id, rows[at - (at % _AGAIN == 1)].record) for at, row in enumerate(rows)]
        self.known += rows[:: max(self.size // 2_000, 1)]
        return rows

    def _people(self, start: int, count: int) -> Iterator[PersonRecord]:
        """Yield people, so many that choosing for all of them together is much faster than one by one."""
        chosen = (one.some(self._many, count) for one in (self._given, self._given, self._family, self._family))
        around = (self._towns.some(self._many, count), self._unions.some(self._many, count))
        chances = self._many.random((3, count)).tolist()
        for number, (one, two, first, second, (country, town), union, more, longer, chance) in enumerate(
            zip(*chosen, *around, *chances, strict=True), start
        ):
            given, family = f"{one} {two}" if more < 0.3 else one, f"{first} {second}" if longer < 0.6 else first
            yield PersonRecord(
                given,
                family,
                emails=(f"{_folded(one)}.{number}@example.org",) if chance < 0.5 else (),
                phones=(f"+5255{number * 7919 % 100_000_000:08}",) if chance > 0.7 else (),
                country=country,
                locality=town if chance < 0.8 else None,
                organizations=frozenset([union]) if 0.3 < chance < 0.9 else frozenset(),
            )

    def _question(self, number: int) -> str:
        record = self._chance.choice(self.known).record
        given, family = record.given_name, record.family_name or ""
        word = family.split()[0]
        kinds = (
            f"{given} {family}", f"{family} {given}", word, given, f"{given.split()[0]} {word}", word[:3], word[:5],
            f"{given.split()[0][:3]} {word[:4]}", f"{given.split()[0]} {_slip(self._chance, word)}",
            _slip(self._chance, word), f"{given} xx{word}", f"persona{number}@example.org",
        )  # fmt: skip
        return kinds[number % len(kinds)]

    def _slipped(self, record: PersonRecord) -> str:
        first, *others = (record.family_name or "").split()
        return " ".join([_slip(self._chance, first), *others])

    def _names(self, known: Mapping[str, str], rare: int) -> list[str]:
        return [*(name for names in known.values() for name in names.split()), *self._invented(rare)]

    def _invented(self, count: int) -> list[str]:
        syllables = (self._chance.choices(_SYLLABLES, k=self._chance.randint(2, 4)) for _ in range(count))
        return list(dict.fromkeys("".join(some).title() for some in syllables))


class _Uneven:
    """Values to choose from, each less frequent than the one before."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = values
        self._upto = np.cumsum((np.arange(len(values)) + 3) ** -0.9)

    def some(self, chance: np.random.Generator, count: int) -> list[Any]:
        """Return so many values, in any order."""
        places = np.searchsorted(self._upto, chance.random(count) * self._upto[-1])
        return [self.values[place] for place in places.tolist()]


def _insert(load: Load, rows: list[_Row], night: str | None) -> None:
    load.rows(Person, _PERSON, [_person(row, night) for row in rows])
    load.rows(ContactDetail, ("person_id", "type", "value", "key"), [one for row in rows for one in _contacts(row)])
    members = [(row.id, number) for row in rows for number in row.record.organizations]
    load.rows(Membership, ("person_id", "organization_id"), members)
    if night:
        keys = [(row.id, key) for row in rows for key in hashed_keys(row.record)]
        load.rows(PersonKey, ("person_id", "key"), keys)


def _person(row: _Row, night: str | None) -> tuple[Any, ...]:
    given, family = row.record.given_name, row.record.family_name or ""
    words = " ".join(dict.fromkeys(_folded(name) for name in [*given.split(), *family.split()]))
    key = "\t".join(" ".join(_keyed(name) for name in one.split()) for one in (family, given))
    town, recorded = row.record.locality, _moment(row.id % 10_000)
    return row.id, given, family, row.record.country, town, _keyed(town or ""), recorded, night, words, key


@cache
def _moment(minutes: int) -> str:
    return f"{NOW - timedelta(minutes=minutes):%F %T}.000000"


def _contacts(row: _Row) -> Iterable[tuple[Any, ...]]:
    for kind, values in ((ContactType.EMAIL, row.record.emails), (ContactType.PHONE, row.record.phones)):
        yield from ((row.id, kind.value, value, contact_key(value)) for value in values)


def _organization(number: int, night: str | None) -> tuple[Any, ...]:
    name = f"Sindicato {number}"
    return number, name, Classification.UNION.value, "MX", _moment(0), night, searchable(name), sort_key(name)


def _slip(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    return chance.choice((word[:at] + word[at + 1 :], word[:at] + "e" + word[at:], word[:at] + "i" + word[at + 1 :]))
