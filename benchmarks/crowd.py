"""Millions of invented people with names, towns and organizations as unevenly distributed as in life.

And what is typed to find them.
"""

import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any

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
    "id", "given_name", "family_name", "country", "locality", "created_at", "compared_at", "words", "sort_key",
    "locality_key",
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
        rare = min(300_000, max(size // 10, 200))
        self._given = self._names([name for names in GIVEN.values() for name in names.split()], rare // 100)
        self._family = self._names([name for names in FAMILY.values() for name in names.split()], rare)
        known = [town for towns in TOWNS.values() for town in towns]
        places = self._names([town for _country, town in known], max(size // 500, 20))
        countries = [country for country, _town in known]
        self._towns = _Uneven(
            self._chance, [(countries[at % len(countries)], town) for at, town in enumerate(places.values)]
        )
        self._unions = _Uneven(self._chance, range(1, max(size // 100, 20)))
        self.known: list[_Row] = []
        """Some of the people who are in the table."""

    def record(self, *, compared: bool = True) -> None:
        """Insert the people with a contact detail and an organization each, if they have one.

        With `compared`, they have been compared with each other and have their keys; otherwise they wait for the night.
        """
        night = f"{NOW:%F %T}.000000" if compared else None
        with loading(Organization, Person, ContactDetail, Membership, PersonKey) as load:
            load.rows(Organization, _ORGANIZATION, [_organization(number, night) for number in self._unions.values])
            for rows in _batches(self._rows()):
                _insert(load, rows, night)

    def questions(self, count: int) -> list[str]:
        """Return what people type: whole names, family names, beginnings, other orders, slips, and names of nobody."""
        return [self._question(number) for number in range(count)]

    def typed_again(self, count: int) -> list[tuple[int, PersonRecord]]:
        """Return people who are recorded, with their numbers, as someone types them again: with a slip in the name."""
        chosen = [self._chance.choice(self.known) for _ in range(count)]
        return [(row.id, replace(row.record, family_name=self._slipped(row.record))) for row in chosen]

    def strangers(self, count: int) -> list[PersonRecord]:
        """Return people who are not recorded, with names, towns and organizations as frequent as those of the others."""
        return [self._someone(self.size + number) for number in range(1, count + 1)]

    def _rows(self) -> Iterator[_Row]:
        every = max(self.size // 2_000, 1)
        person = self._someone(1)
        for number in range(1, self.size + 1):
            if number % _AGAIN:
                person = self._someone(number)
            row = _Row(number, person)
            if number % every == 0:
                self.known.append(row)
            yield row

    def _someone(self, number: int) -> PersonRecord:
        given, family = " ".join(self._given.some(0.3)), " ".join(self._family.some(0.6))
        [(country, town)], chance = self._towns.some(0), self._chance.random()
        return PersonRecord(
            given,
            family,
            emails=(f"{_folded(given)}.{number}@example.org".replace(" ", "."),) if chance < 0.5 else (),
            phones=(f"+5255{number * 7919 % 100_000_000:08}",) if chance > 0.7 else (),
            country=country,
            locality=town if chance < 0.8 else None,
            organizations=frozenset(self._unions.some(0)) if 0.3 < chance < 0.9 else frozenset(),
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

    def _names(self, known: Sequence[str], rare: int) -> "_Uneven":
        syllables = (self._chance.choices(_SYLLABLES, k=self._chance.randint(2, 4)) for _ in range(rare))
        return _Uneven(self._chance, [*known, *dict.fromkeys("".join(some).title() for some in syllables)])


class _Uneven:
    """Values to choose from, each less frequent than the one before."""

    def __init__(self, chance: random.Random, values: Sequence[Any]) -> None:
        self._chance = chance
        self.values = values
        self._weights = list(itertools.accumulate((place + 3) ** -0.9 for place in range(len(values))))

    def some(self, two: float) -> list[Any]:
        """Return one value, or two with this probability."""
        many = 1 + (self._chance.random() < two)
        return self._chance.choices(self.values, cum_weights=self._weights, k=many)


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
    recorded = f"{NOW - timedelta(minutes=row.id % 500_000):%F %T}.000000"
    town = _keyed(row.record.locality)
    return row.id, given, family, row.record.country, row.record.locality, recorded, night, words, key, town


def _contacts(row: _Row) -> Iterable[tuple[Any, ...]]:
    for kind, values in ((ContactType.EMAIL, row.record.emails), (ContactType.PHONE, row.record.phones)):
        yield from ((row.id, kind.value, value, contact_key(value)) for value in values)


def _organization(number: int, night: str | None) -> tuple[Any, ...]:
    name = f"Sindicato {number}"
    created = f"{NOW:%F %T}.000000"
    return number, name, Classification.UNION.value, "MX", created, night, searchable(name), sort_key(name)


def _slip(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    return chance.choice((word[:at] + word[at + 1 :], word[:at] + "e" + word[at:], word[:at] + "i" + word[at + 1 :]))


def _batches(rows: Iterator[_Row]) -> Iterator[list[_Row]]:
    while batch := list(itertools.islice(rows, _BATCH)):
        yield batch
