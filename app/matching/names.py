"""How far two names of people agree: order, nicknames, initials, spellings, and names that one of them leaves out."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from app.later import OSA
from app.matching.nicknames import same_name
from app.matching.normalizing import is_latin, names_in, skeleton
from app.matching.records import PersonRecord


class Way(StrEnum):
    """How two words of names agree, the closest first."""

    EQUAL = "equal"
    NICKNAME = "nickname"
    SPELLING = "spelling"
    INITIAL = "initial"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as folded words; `given` is empty if it is not known which of them are given names."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    is_latin: bool

    @property
    def words(self) -> tuple[str, ...]:
        """All words, given names first."""
        return self.given + self.family


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two names agree: for each word that they share, the way; and what only one of them has."""

    ways: tuple[Way, ...]
    left_out: int
    """The number of words that only the longer name has."""
    is_reordered: bool
    is_transliterated: bool
    matched: tuple[str, ...]
    """The words of the first name that the other one has as well."""

    @property
    def rank(self) -> tuple[int, int]:
        """The closer of two agreements has the higher rank."""
        weights = {Way.EQUAL: 10, Way.NICKNAME: 8, Way.SPELLING: 7, Way.INITIAL: 4}
        return sum(weights[way] for way in self.ways), -self.left_out


def names_of(record: PersonRecord) -> list[Name]:
    """Return the names of a person: the usual one and the others."""
    usual = f"{record.given_name} {record.family_name or ''}"
    found = [Name(names_in(record.given_name), names_in(record.family_name or ""), is_latin(usual))]
    found += [Name((), names_in(other), is_latin(other)) for other in record.other_names]
    return [one for one in found if one.words]


def agreement(one: PersonRecord, other: PersonRecord) -> Agreement | None:
    """Return how the names that agree best do so; None if all of them contradict each other."""
    found = [_compare(*pair) for pair in product(names_of(one), names_of(other))]
    return max((how for how in found if how is not None), key=lambda how: how.rank, default=None)


def _compare(one: Name, other: Name) -> Agreement | None:
    """Compare two names: every word of the shorter one must be in the longer one."""
    if len(one.words) > len(other.words):
        one, other = other, one
    crossing = one.is_latin is not other.is_latin
    pairs = _aligned(one.words, other.words, crossing=crossing)
    if len(pairs) < len(one.words) or (len(pairs) == 1 < len(other.words)):
        return None
    ways = tuple(way for _, _, way in pairs)
    if ways.count(Way.INITIAL) > 1 or (Way.INITIAL in ways and len(ways) == 1):
        return None
    if one.given and other.given and one.family and other.family:
        same = [(i < len(one.given)) == (j < len(other.given)) for i, j, _ in pairs]
        is_reordered = not any(same)
        kept_given = any(i < len(one.given) and j < len(other.given) for i, j, _ in pairs)
        kept_family = any(i >= len(one.given) and j >= len(other.given) for i, j, _ in pairs)
        if not is_reordered and not (kept_given and kept_family):
            return None
    else:
        is_reordered = [j for _, j, _ in pairs] != sorted(j for _, j, _ in pairs)
    return Agreement(
        ways=ways,
        left_out=len(other.words) - len(one.words),
        is_reordered=is_reordered,
        is_transliterated=crossing,
        matched=tuple(one.words[i] for i, _, _ in pairs),
    )


def _aligned(words: tuple[str, ...], others: tuple[str, ...], *, crossing: bool) -> list[tuple[int, int, Way]]:
    """Return positions of words that agree, each used once, the closest first."""
    order = list(Way)
    found = [
        (order.index(way), abs(i - j), i, j)
        for (i, word), (j, other) in product(enumerate(words), enumerate(others))
        if (way := _way(word, other, crossing=crossing)) is not None
    ]
    pairs: list[tuple[int, int, Way]] = []
    for rank, _, i, j in sorted(found):
        if all(i != taken and j != used for taken, used, _ in pairs):
            pairs.append((i, j, order[rank]))
    return sorted(pairs)


def _way(one: str, other: str, *, crossing: bool) -> Way | None:
    if one == other:
        return Way.EQUAL if len(one) > 1 else Way.INITIAL
    if len(one) == 1 or len(other) == 1:
        return Way.INITIAL if one[0] == other[0] else None
    if same_name(one, other) or _is_cut(one, other) or _is_cut(other, one):
        return Way.NICKNAME
    if _crosses(one, other) if crossing else _sounds_alike(one, other):
        return Way.SPELLING
    longest = max(len(one), len(other))
    slips = 1 if longest < 8 else 2
    return Way.SPELLING if longest > 4 and OSA.distance(one, other, score_cutoff=slips) <= slips else None


def _is_cut(short: str, name: str) -> bool:
    """Whether a word is the beginning of a much longer one: `Chris` and `Christophe`."""
    return 3 <= len(short) <= len(name) - 3 and len(name) >= 6 and name.startswith(short)


def _crosses(one: str, other: str) -> bool:
    """Whether words from two scripts have the same consonants; longer ones may differ in one of them."""
    bones, others = skeleton(one), skeleton(other)
    return bones == others or (min(len(bones), len(others)) > 2 and OSA.distance(bones, others, score_cutoff=1) <= 1)


def _sounds_alike(one: str, other: str) -> bool:
    """Whether words have the same consonants and are written alike: `Youssef` and `Yusuf`, but not `Mario` and `Mira`."""
    return skeleton(one) == skeleton(other) and len(skeleton(one)) > 2 and OSA.normalized_similarity(one, other) >= 0.5
