"""Reads a row of the stage as a person: cleaned values, or the reasons why it cannot be imported."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

import phonenumbers

from app import countries, languages
from app.domain.congress.delegate_lists import TWO_FAMILY_NAMES
from app.domain.congress.name_lines import split_name
from app.domain.imports.fields import PersonField
from app.domain.imports.reasons import Code, Reason, reason
from app.email_addresses import fault, normalized
from app.models.people.other_names import NameKind
from app.models.people.people import ContactType
from app.reading.names import cased
from app.tables import Problem
from app.text import sort_key

LONGEST = 200
LONGEST_PHONE = 40
_SIMPLE_EMAIL = re.compile(r"[a-z0-9](?:[a-z0-9_+-]|\.(?!\.))*(?<!\.)@((?!xn--)[a-z0-9.-]+)")
_SEVERAL = re.compile(r"\s*[;,|\n]\s*|\s+/\s+|\s+[yeo]\s+(?=\S+@)|(?<=\w)\s+(?=\S+@)")
_SEVERAL_PHONES = re.compile(r"\s*[;,|\n]\s*|\s*/\s*(?=\+?\d{6})")
_INTERNATIONAL = re.compile(r"\+\d[\d\s().-]{7,19}")
_NOT_DIGITS = re.compile(r"\D")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_NAMES = (NameKind.PASSPORT, NameKind.BADGE, NameKind.KNOWN_AS)
_CONTACTS = (ContactType.PHONE, ContactType.WHATSAPP, ContactType.SIGNAL, ContactType.THROUGH)
_CODES = {
    Problem.ERROR: Code.ERROR_CELL, Problem.NO_RESULT: Code.ERROR_CELL, Problem.IMPRECISE: Code.IMPRECISE,
    Problem.BAD_DATE: Code.BAD_DATE, Problem.CHARACTERS: Code.CHARACTERS,
}  # fmt: skip


@dataclass(slots=True)
class PersonRow:
    """A person as a row describes her; `reasons` say why she cannot be imported."""

    given_name: str = ""
    family_name: str | None = None
    country: str | None = None
    nationality: str | None = None
    locality: str | None = None
    preferred_language: str | None = None
    contacts: list[tuple[ContactType, str]] = field(default_factory=list)
    other_names: list[tuple[NameKind, str]] = field(default_factory=list)
    organization: str = ""
    """The name of the organization, as it was typed."""
    organization_country: str | None = None
    on_behalf_of: str = ""
    post: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    reasons: list[Reason] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        """Given names and family names."""
        return f"{self.given_name} {self.family_name}" if self.family_name else self.given_name

    @property
    def name_key(self) -> str:
        """The key by which people with this name are sorted, and found."""
        return sort_key(self.family_name, self.given_name)

    def values_of(self, kind: ContactType) -> list[str]:
        """Return the values of one type of contact detail."""
        return [value for one, value in self.contacts if one is kind]


def columns_of(mapping: Sequence[str]) -> dict[PersonField, list[int]]:
    """Return the positions of the columns of each field."""
    columns: dict[PersonField, list[int]] = {}
    for position, name in enumerate(mapping):
        if name:
            columns.setdefault(PersonField(name), []).append(position)
    return columns


def person_in(
    cells: Sequence[str],
    problems: Mapping[str, str] | None,
    columns: Mapping[PersonField, Sequence[int]],
    country: str | None,
) -> PersonRow:
    """Return the person that the cells of a row describe; `country` is hers if the row names none."""
    return _Reader(cells, problems or {}, columns).read(country)


class _Reader:
    """Reads one row."""

    def __init__(
        self, cells: Sequence[str], problems: Mapping[str, str], columns: Mapping[PersonField, Sequence[int]]
    ) -> None:
        self._cells, self._problems, self._columns = cells, problems, columns
        self._row = PersonRow()

    def read(self, country: str | None) -> PersonRow:
        """Return the person."""
        row = self._row
        if self._problems:
            self._note_problems()
        row.country = self._meant(PersonField.COUNTRY, _country, Code.UNKNOWN_COUNTRY) or country
        row.nationality = self._meant(PersonField.NATIONALITY, _country, Code.UNKNOWN_COUNTRY)
        row.organization_country = self._meant(PersonField.ORGANIZATION_COUNTRY, _country, Code.UNKNOWN_COUNTRY)
        row.preferred_language = self._meant(PersonField.LANGUAGE, _language, Code.UNKNOWN_LANGUAGE)
        row.locality = self._line(PersonField.LOCALITY) or None
        row.post = self._line(PersonField.POST) or None
        row.organization = self._line(PersonField.ORGANIZATION)
        row.on_behalf_of = self._line(PersonField.ON_BEHALF_OF)
        row.start_date = self._day(PersonField.START_DATE)
        row.end_date = self._day(PersonField.END_DATE)
        if row.start_date and row.end_date and row.end_date < row.start_date:
            row.reasons.append(reason(Code.DATES_REVERSED, PersonField.END_DATE))
        self._read_name()
        self._read_contacts()
        return row

    def _note_problems(self) -> None:
        mapped = {str(position): name for name, positions in self._columns.items() for position in positions}
        for position, problem in self._problems.items():
            if position in mapped:
                self._row.reasons.append(reason(_CODES[Problem(problem)], mapped[position]))

    def _texts(self, name: PersonField) -> list[str]:
        positions = self._columns.get(name)
        if not positions:
            return []
        texts = [_clean(self._cells[one]) for one in positions if one < len(self._cells) and self._cells[one]]
        return [text for text in texts if text and text not in ("-", "–", "—", "N/A", "n/a")]

    def _line(self, name: PersonField, longest: int = LONGEST) -> str:
        texts = self._texts(name)
        return self._fitting(texts[0], name, longest) if texts else ""

    def _fitting(self, text: str, name: PersonField, longest: int = LONGEST) -> str:
        if len(text) <= longest:
            return text
        self._row.reasons.append(reason(Code.TOO_LONG, name, str(len(text)), str(longest)))
        return ""

    def _meant(self, name: PersonField, meaning: Callable[[str], str | None], unknown: Code) -> str | None:
        texts = self._texts(name)
        if not texts:
            return None
        code = meaning(texts[0])
        if code is None:
            self._row.reasons.append(reason(unknown, name, texts[0][:80]))
        return code

    def _day(self, name: PersonField) -> date | None:
        texts = self._texts(name)
        if not texts:
            return None
        day = _day(texts[0])
        if day is None:
            self._row.reasons.append(reason(Code.BAD_DATE, name, texts[0][:80]))
        return day

    def _read_name(self) -> None:
        row = self._row
        given, family = self._line(PersonField.GIVEN_NAME), self._line(PersonField.FAMILY_NAME)
        whole = self._line(PersonField.FULL_NAME)
        if whole and not (given and family):
            given, family = _split(whole, two_family_names=(row.country or "") in TWO_FAMILY_NAMES)
            row.given_name, row.family_name = given or family, (family if given else "") or None
        else:
            row.given_name, row.family_name = cased(given or family), cased(family if given else "") or None
        if not row.given_name and not any(one[1] == PersonField.FULL_NAME for one in row.reasons):
            row.reasons.append(reason(Code.NO_NAME))
        for kind in _NAMES:
            row.other_names += [
                (kind, one)
                for text in self._texts(PersonField(kind.value))
                if (one := self._fitting(text, PersonField(kind.value)))
            ]

    def _read_contacts(self) -> None:
        row = self._row
        for text in self._texts(PersonField.EMAIL):
            for one in _SEVERAL.split(text):
                address, sentence = _email(one)
                if sentence:
                    row.reasons.append(reason(Code.BAD_EMAIL, PersonField.EMAIL, one[:80], sentence))
                elif address and (ContactType.EMAIL, address) not in row.contacts:
                    row.contacts.append((ContactType.EMAIL, address))
        for kind in _CONTACTS:
            name = PersonField(kind.value)
            for text in self._texts(name):
                is_text = kind is ContactType.THROUGH
                several = [text] if is_text else [_phone(one, row.country) for one in _SEVERAL_PHONES.split(text)]
                for one in several:
                    fitting = self._fitting(one, name, LONGEST if is_text else LONGEST_PHONE)
                    if fitting and (kind, fitting) not in row.contacts:
                        row.contacts.append((kind, fitting))


def _clean(text: str) -> str:
    """Return text on one line in NFC, without control characters and direction overrides."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():  # most cells: nothing has to be removed
        return " ".join(composed.split())
    kept = (one for one in composed if one in "\n\t" or not (unicodedata.category(one) == "Cc" or one in _OVERRIDES))
    return " ".join("".join(kept).split())


_OVERRIDES = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def _split(whole: str, *, two_family_names: bool) -> tuple[str, str]:
    """Return given names and family names; a comma means that the family names come first."""
    family, comma, given = (part.strip() for part in whole.partition(","))
    if comma and given and family:
        return cased(given), cased(family)
    return split_name(cased(whole.replace(",", " ").strip()), two_family_names=two_family_names)


def _email(text: str) -> tuple[str, str]:
    """Return an address in the form in which it is stored, and what is wrong with it."""
    simple = _SIMPLE_EMAIL.fullmatch(text.lower())
    if simple and len(text) <= LONGEST:
        return simple[0], _domain_fault(simple[1])
    address = normalized(text)
    return address, (fault(address) or "") if address else ""


def _phone(text: str, country: str | None) -> str:
    """Return a phone number in E.164 if its country is known; any other text as it is."""
    if _INTERNATIONAL.fullmatch(text):
        return "+" + _NOT_DIGITS.sub("", text)
    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_valid_number(parsed) or parsed.extension:
        return text
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


@lru_cache(maxsize=4096)
def _domain_fault(domain: str) -> str:
    return fault(f"name@{domain}") or ""


@lru_cache(maxsize=4096)
def _country(text: str) -> str | None:
    return countries.code_of(text)


@lru_cache(maxsize=1024)
def _language(text: str) -> str | None:
    return languages.code_of(text)


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    """Return the day that text means: ISO 8601, or day, month and year; a year alone is its first day."""
    if len(text) == 4 and text.isdecimal():
        text = f"{text}-01-01"
    day_first = _DAY_FIRST.fullmatch(text)
    if day_first:
        text = f"{day_first[3]}-{int(day_first[2]):02}-{int(day_first[1]):02}"
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2100 else None
