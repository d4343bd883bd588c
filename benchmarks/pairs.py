"""Labeled pairs of people, invented: one person recorded twice, and different people who look alike."""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.matching.records import PersonRecord
from benchmarks.invented_names import FAMILY, GIVEN, IN_SCRIPTS, SCRIPT_FAMILIES, SHORT, TOWNS

LANGUAGES = ("es", "en", "pt", "fr")
_PREFIXES = {
    "MX": "+52 55", "CO": "+57 310", "VE": "+58 414", "AR": "+54 9 11", "PE": "+51 9", "CL": "+56 9", "EC": "+593 9",
    "US": "+1 312", "GB": "+44 7700", "ZA": "+27 82", "BR": "+55 11 9", "PT": "+351 91", "FR": "+33 6", "BE": "+32 470",
    "CA": "+1 514", "SN": "+221 77",
}  # fmt: skip
_PROVIDERS = ("gmail.com", "hotmail.com", "yahoo.com", "proton.me", "riseup.net", "outlook.com")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, and whether they are about the same person."""

    one: PersonRecord
    other: PersonRecord
    same: bool
    kind: str
    """`twice`, `homonym`, `family` or `colleague`."""
    language: str


@dataclass(frozen=True, slots=True)
class _Person:
    given: tuple[str, ...]
    family: tuple[str, ...]
    language: str
    country: str
    town: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    organization: int
    script: str = ""
    spelled: tuple[str, str] | None = None
    """Given and family name in other Latin letters, for names from other scripts."""


def pairs(count: int, seed: int = 20251204) -> list[Pair]:
    """Return pairs: 45 of 100 are one person, 25 are homonyms, the others look alike in other ways."""
    maker = _Maker(random.Random(seed))  # noqa: S311 -- invented data, the same each time
    return [maker.pair(number) for number in range(count)]


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._taken: set[str] = set()

    def pair(self, number: int) -> Pair:
        """Return a pair; its kind is drawn, its language alternates."""
        language = LANGUAGES[number % len(LANGUAGES)]
        person, drawn = self._person(language), self._chance.random()
        if drawn < 0.45:
            one, other, kind = self._record(person, careful=True), self._record(person), "twice"
        elif drawn < 0.70:
            one, other, kind = self._record(person), self._record(self._homonym(person)), "homonym"
        elif drawn < 0.85:
            one, other, kind = self._record(person), self._record(self._relative(person)), "family"
        else:
            one, other, kind = self._record(person), self._record(self._colleague(person)), "colleague"
        if self._hit(0.5):
            one, other = other, one
        return Pair(one, other, kind == "twice", kind, language)

    def _hit(self, share: float) -> bool:
        return self._chance.random() < share

    def _often(self, names: str) -> str:
        """Return a name; the first ones are drawn far more often."""
        listed = names.split()
        return listed[min(int(self._chance.expovariate(1 / (len(listed) / 4))), len(listed) - 1)]

    def _person(self, language: str) -> _Person:
        if self._hit(0.08):
            return self._from_another_script(language)
        given = [self._often(GIVEN[language])]
        if self._hit(0.3):
            given.append(self._often(GIVEN[language]))
        family = [self._often(FAMILY[language])]
        if language in ("es", "pt") and self._hit(0.75):
            family.append(self._often(FAMILY[language]))
        return self._settled(tuple(dict.fromkeys(given)), tuple(family), language)

    def _from_another_script(self, language: str) -> _Person:
        given, family = self._chance.choice(IN_SCRIPTS), self._chance.choice(SCRIPT_FAMILIES)
        person = self._settled((given[1][0],), (family[1][0],), language)
        spelled = (self._chance.choice(given[1]), self._chance.choice(family[1]))
        return replace(person, script=f"{given[0]} {family[0]}", spelled=spelled)

    def _settled(self, given: tuple[str, ...], family: tuple[str, ...], language: str) -> _Person:
        country, town = self._chance.choice(TOWNS[language])
        return _Person(
            given, family, language, country, town, self._emails(given, family), self._phones(country),
            self._chance.randint(1, 4000),
        )  # fmt: skip

    def _emails(self, given: tuple[str, ...], family: tuple[str, ...]) -> tuple[str, ...]:
        first, last = _plain(given[0]), _plain(family[0]).replace(" ", "")
        number = self._chance.choice(["", "", str(self._chance.randint(1, 99)), str(self._chance.randint(1950, 2004))])
        local = self._chance.choice([f"{first}.{last}{number}", f"{first[0]}{last}{number}", f"{last}{first}{number}"])
        one, other = self._chance.sample(_PROVIDERS, 2)
        if self._hit(0.5):  # a second address that does not resemble the first
            other = f"union{self._chance.randint(1, 4000)}.org"
            found: tuple[str, ...] = (f"{local}@{one}", f"{self._chance.choice([first, last])}@{other}")
        else:
            found = (f"{local}@{one}", f"{local}@{other}")
        if self._taken.isdisjoint(found):
            self._taken.update(found)
            return found
        return self._emails(given, family)  # nobody gets the address of another person

    def _phones(self, country: str) -> tuple[str, ...]:
        return tuple(f"{_PREFIXES[country]} {self._chance.randint(10**6, 10**7 - 1)}" for _ in range(2))

    def _homonym(self, person: _Person) -> _Person:
        """Return another person with the same name, often in the same country, sometimes in the same town or organization."""
        other = self._settled(person.given, person.family, person.language)
        if self._hit(0.4):
            other = replace(other, country=person.country, phones=self._phones(person.country))
        if self._hit(0.12):
            other = replace(other, country=person.country, town=person.town, phones=self._phones(person.country))
        if self._hit(0.04):
            other = replace(other, organization=person.organization)
        return replace(other, script=person.script, spelled=person.spelled)

    def _relative(self, person: _Person) -> _Person:
        """Return someone of the same family, who may share a telephone or an address."""
        other = self._settled((self._another(person.given[0], GIVEN),), person.family, person.language)
        other = replace(other, country=person.country, town=person.town, phones=self._phones(person.country))
        if self._hit(0.5):
            other = replace(other, phones=person.phones)
        return replace(other, emails=person.emails) if self._hit(0.2) else other

    def _colleague(self, person: _Person) -> _Person:
        """Return someone of the same organization with a similar name, who may share the address of the office."""
        family: tuple[str, ...] = (self._another(person.family[0], FAMILY), *person.family[1:])
        if self._hit(0.3):
            given: tuple[str, ...] = (self._another(person.given[0], GIVEN),)
            family = person.family
        else:
            given = person.given
        other = replace(self._settled(given, family, person.language), organization=person.organization)
        if self._hit(0.3):
            office = (f"secretaria@union{person.organization}.org",)
            other = replace(other, emails=office)
        return other

    def _another(self, name: str, names: dict[str, str]) -> str:
        return self._chance.choice([one for one in names["es"].split() + names["pt"].split() if one != name])

    def _record(self, person: _Person, *, careful: bool = False) -> PersonRecord:
        """Return how someone records a person: hastily, or with care, which leaves less out and changes no name."""
        given, family = " ".join(person.given), " ".join(person.family)
        if person.spelled and self._hit(0.5):
            given, family = person.spelled
        others: tuple[str, ...] = (person.script,) if person.script and self._hit(0.3) else ()
        if not careful:
            given, family = self._as_typed(person, given, family)
        missing = 0.1 if careful else 0.3
        emails = person.emails[: 1 if self._hit(0.75) else 2]
        if not careful and self._hit(0.25):
            emails = person.emails[1:]
        return PersonRecord(
            given_name=given,
            family_name=family or None,
            other_names=others,
            emails=() if self._hit(missing) else tuple(map(self._tagged, emails)),
            phones=() if self._hit(missing) else self._dialed(person, careful=careful),
            country=None if self._hit(missing / 2) else person.country,
            locality=None if self._hit(missing) else self._town(person),
            organizations=frozenset() if self._hit(missing) else self._belongs(person),
        )

    def _belongs(self, person: _Person) -> frozenset[int]:
        return frozenset({self._chance.randint(1, 4000) if self._hit(0.08) else person.organization})

    def _town(self, person: _Person) -> str:
        if self._hit(0.08):
            return self._chance.choice([town for country, town in TOWNS[person.language] if country == person.country])
        return _bare(person.town) if self._hit(0.2) else person.town

    def _tagged(self, address: str) -> str:
        return address.replace("@", "+congress@") if self._hit(0.06) else address

    def _dialed(self, person: _Person, *, careful: bool) -> tuple[str, ...]:
        number = person.phones[0] if careful or self._hit(0.75) else person.phones[1]
        if self._hit(0.3):
            return (number.replace(" ", "-"),)
        if self._hit(0.2):
            return (" ".join(number.split()[1:]),)
        return (number,)

    def _as_typed(self, person: _Person, given: str, family: str) -> tuple[str, str]:
        """Return a name with what happens to names: accents, order, short forms, initials, slips, omissions, scripts."""
        if person.script and self._hit(0.4):
            first, _, last = person.script.partition(" ")
            return first, last
        changes: list[tuple[float, Callable[[str, str], tuple[str, str]]]] = [
            (0.25, lambda one, two: (_bare(one), _bare(two))),
            (0.20, lambda one, two: (one.split()[0], two)),
            (0.30, lambda one, two: (one, two.split()[0] if person.language != "pt" else two.split()[-1])),
            (0.15, self._shortened),
            (0.06, lambda one, two: (f"{one[0]}.", two)),
            (0.10, self._with_a_slip),
            (0.07, lambda one, two: (one.upper(), two.upper())),
            (0.08, lambda one, two: (two, one)),
        ]
        for share, change in changes:
            if self._hit(share):
                given, family = change(given, family)
        return given, family

    def _shortened(self, given: str, family: str) -> tuple[str, str]:
        first = given.split(maxsplit=1)[0]
        return (self._chance.choice(SHORT[first]) if first in SHORT else given), family

    def _with_a_slip(self, given: str, family: str) -> tuple[str, str]:
        if len(family) < 5:
            return given, family
        at, kind = self._chance.randint(1, len(family) - 2), self._chance.random()
        if kind < 0.4:
            return given, family[:at] + family[at + 1 :]
        if kind < 0.7:
            return given, family[:at] + family[at + 1] + family[at] + family[at + 2 :]
        return given, family[:at] + family[at] + family[at:]


def _plain(text: str) -> str:
    return _bare(text).lower().replace("'", "").replace("-", "").replace(" ", "")


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))
