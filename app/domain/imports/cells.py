"""Reads the cells of a row: cleaned values, and the reasons why some cannot be used."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeVar

import phonenumbers

from app import countries, languages
from app.domain.imports.fields import Field
from app.domain.imports.reasons import Code, Reason, reason
from app.domain.people.custom_values import MOST
from app.email_addresses import fault, normalized
from app.tables import Problem

LONGEST = 200
LONGEST_PHONE = 40
_SIMPLE_EMAIL = re.compile(r"[a-z0-9](?:[a-z0-9_+-]|\.(?!\.))*(?<!\.)@((?!xn--)[a-z0-9.-]+)")
_SEVERAL = re.compile(r"\s*[;,|\n]\s*|\s+/\s+|\s+[yeo]\s+(?=\S+@)|(?<=\w)\s+(?=\S+@)")
_SEVERAL_PHONES = re.compile(r"\s*[;,|\n]\s*|\s*/\s*(?=\+?\d{6})")
_INTERNATIONAL = re.compile(r"\+\d[\d\s().-]{7,19}")
_NOT_DIGITS = re.compile(r"\D")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_OVERRIDES = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_RECORD_NUMBER = re.compile(r"(?:https?://\S+/people/)?(\d{1,9})")
_NOTHING = ("-", "–", "—", "N/A", "n/a")
_CODES = {
    Problem.ERROR: Code.ERROR_CELL, Problem.NO_RESULT: Code.ERROR_CELL, Problem.IMPRECISE: Code.IMPRECISE,
    Problem.BAD_DATE: Code.BAD_DATE, Problem.CHARACTERS: Code.CHARACTERS,
}  # fmt: skip

Meaning = TypeVar("Meaning")
Columns = Mapping[str, Sequence[int]]
"""The positions of the columns of each field, also of the house's own."""


def columns_of(mapping: Sequence[str]) -> Columns:
    """Return the positions of the columns of each field."""
    columns: dict[str, list[int]] = {}
    for position, name in enumerate(mapping):
        if name:
            columns.setdefault(name, []).append(position)
    return columns


class Cells:
    """The cells of one row; `reasons` say why it cannot be imported."""

    def __init__(self, cells: Sequence[str], problems: Mapping[str, str] | None, columns: Columns) -> None:
        """Note what is wrong with cells in the file."""
        self._cells, self._columns = cells, columns
        self.reasons: list[Reason] = []
        if problems:
            self._note(problems)

    def texts(self, name: str) -> list[str]:
        """Return the texts of a field that are not empty."""
        positions = self._columns.get(name)
        if not positions:
            return []
        texts = [_clean(self._cells[one]) for one in positions if one < len(self._cells) and self._cells[one]]
        return [text for text in texts if text and text not in _NOTHING]

    def line(self, name: str, longest: int = LONGEST) -> str:
        """Return the first text of a field, or an empty one."""
        texts = self.texts(name)
        return self.fitting(texts[0], name, longest) if texts else ""

    def lines(self, name: str, longest: int = LONGEST) -> list[str]:
        """Return all texts of a field."""
        return [one for text in self.texts(name) if (one := self.fitting(text, name, longest))]

    def fitting(self, text: str, name: str, longest: int = LONGEST) -> str:
        """Return text that can be stored; nothing if it is too long."""
        if len(text) <= longest:
            return text
        self.reasons.append(reason(Code.TOO_LONG, name, str(len(text)), str(longest)))
        return ""

    def meant(self, name: str, meaning: Callable[[str], Meaning | None], unknown: Code) -> Meaning | None:
        """Return what the text of a field means."""
        texts = self.texts(name)
        if not texts:
            return None
        found = meaning(texts[0])
        if found is None:
            self.reasons.append(reason(unknown, name, texts[0][:80]))
        return found

    def country(self, name: str) -> str | None:
        """Return the code of a country."""
        return self.meant(name, _country, Code.UNKNOWN_COUNTRY)

    def language(self, name: str) -> str | None:
        """Return the code of a language."""
        return self.meant(name, _language, Code.UNKNOWN_LANGUAGE)

    def day(self, name: str) -> date | None:
        """Return a day."""
        return self.meant(name, _day, Code.BAD_DATE)

    def number(self, name: str) -> Decimal | None:
        """Return a number."""
        return self.meant(name, _number, Code.BAD_NUMBER)

    def record_number(self) -> int | None:
        """Return the number of a record, also from the address of its page; other identifiers mean nothing here."""
        found = _RECORD_NUMBER.fullmatch(self.line(Field.RECORD_NUMBER))
        return int(found[1]) if found else None

    def period(self) -> tuple[date | None, date | None]:
        """Return the first and the last day."""
        start, end = self.day(Field.START_DATE), self.day(Field.END_DATE)
        if start and end and end < start:
            self.reasons.append(reason(Code.DATES_REVERSED, Field.END_DATE))
        return start, end

    def emails(self) -> list[str]:
        """Return the email addresses of the row, each once."""
        found: list[str] = []
        for text in self.texts(Field.EMAIL):
            for one in _SEVERAL.split(text):
                address, sentence = _email(one)
                if sentence:
                    self.reasons.append(reason(Code.BAD_EMAIL, Field.EMAIL, one[:80], sentence))
                elif address and address not in found:
                    found.append(address)
        return found

    def phones(self, name: str, country: str | None) -> list[str]:
        """Return the phone numbers of a field, each once, in E.164 if their country is known."""
        found = [_phone(one, country) for text in self.texts(name) for one in _SEVERAL_PHONES.split(text)]
        fitting = [self.fitting(one, name, LONGEST_PHONE) for one in found]
        return list(dict.fromkeys(one for one in fitting if one))

    def _note(self, problems: Mapping[str, str]) -> None:
        mapped = {str(position): name for name, positions in self._columns.items() for position in positions}
        for position, problem in problems.items():
            if position in mapped:
                self.reasons.append(reason(_CODES[Problem(problem)], mapped[position]))


def _clean(text: str) -> str:
    """Return text on one line in NFC, without control characters and direction overrides."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():  # most cells: nothing has to be removed
        return " ".join(composed.split())
    kept = (one for one in composed if one in "\n\t" or not (unicodedata.category(one) == "Cc" or one in _OVERRIDES))
    return " ".join("".join(kept).split())


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


def _number(text: str) -> Decimal | None:
    """Return the number that text means, if it can be stored."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return round(number, 6) if number.is_finite() and abs(number) < MOST else None


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
