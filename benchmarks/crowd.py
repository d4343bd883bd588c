"""Millions of invented people with names as unevenly distributed as in life, and what is typed to find them."""

import itertools
import random
from collections.abc import Iterator, Sequence
from functools import cache

from app.dialects.name_triggers import drop_triggers, follow_names
from app.extensions import db
from app.text import searchable, sort_key
from benchmarks.ground import NOW
from benchmarks.invented_names import FAMILY, GIVEN

_SYLLABLES = [one + vowel for one in [*"bcdfghjklmnprstvz", "ch", "br", "tr", "gr", "ll", "qu"] for vowel in "aeiou"]
_BATCH = 10_000
_COLUMNS = ("given_name", "family_name", "country", "created_at", "words", "sort_key")
_INSERT = f"INSERT INTO people ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - fixed
_folded, _keyed = cache(searchable), cache(sort_key)


class Crowd:
    """People of a benchmark: the same ones for the same number."""

    def __init__(self, size: int) -> None:
        """Prepare names for `size` people; more people have more different names, but not as many more."""
        self.size = size
        self._chance = random.Random(2026)  # noqa: S311 - made-up data, the same each time
        rare = min(300_000, max(size // 10, 200))
        self._given = _Names(self._chance, [name for names in GIVEN.values() for name in names.split()], rare // 100)
        self._family = _Names(self._chance, [name for names in FAMILY.values() for name in names.split()], rare)
        self.known: list[tuple[str, str]] = []
        """Some given and family names that are in the table."""

    def record(self) -> None:
        """Insert the people in bulk; the index is filled once at the end, as after a migration."""
        with db.engine.begin() as connection:
            drop_triggers(connection)
            for rows in _batches(self._rows()):
                connection.exec_driver_sql(_INSERT, rows)  # the driver itself is several times faster
            follow_names(connection)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        every = max(self.size // 2_000, 1)
        for number in range(self.size):
            given, family = self._given.some(0.3), self._family.some(0.6)
            if number % every == 0:
                self.known.append((given, family))
            names = [*given.split(), *family.split()]
            words = " ".join(dict.fromkeys(_folded(name) for name in names))
            key = "\t".join(" ".join(_keyed(name) for name in one.split()) for one in (family, given))
            yield given, family, "MX", f"{NOW:%F %T}", words, key

    def questions(self, count: int) -> list[str]:
        """Return what people type: whole names, family names, beginnings, other orders, slips, and names of nobody."""
        return [self._question(number) for number in range(count)]

    def _question(self, number: int) -> str:
        given, family = self._chance.choice(self.known)
        word = family.split()[0]
        kinds = (
            f"{given} {family}", f"{family} {given}", word, given, f"{given.split()[0]} {word}", word[:3], word[:5],
            f"{given.split()[0][:3]} {word[:4]}", f"{given.split()[0]} {_slip(self._chance, word)}",
            _slip(self._chance, word), f"{given} xx{word}", f"persona{number}@example.org",
        )  # fmt: skip
        return kinds[number % len(kinds)]


class _Names:
    """Names to choose from: the known ones first, then invented ones, each less frequent than the one before."""

    def __init__(self, chance: random.Random, known: Sequence[str], rare: int) -> None:
        self._chance = chance
        invented = ("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title() for _ in range(rare))
        self._names = [*known, *dict.fromkeys(invented)]
        self._weights = list(itertools.accumulate((place + 3) ** -0.9 for place in range(len(self._names))))

    def some(self, two: float) -> str:
        """Return one name, or two with this probability."""
        return " ".join(
            self._chance.choices(self._names, cum_weights=self._weights, k=1 + (self._chance.random() < two))
        )


def _slip(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    return chance.choice((word[:at] + word[at + 1 :], word[:at] + "e" + word[at:], word[:at] + "i" + word[at + 1 :]))


def _batches(rows: Iterator[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    while batch := list(itertools.islice(rows, _BATCH)):
        yield batch
