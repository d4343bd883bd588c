"""Which field the heading or the values of a column suggest."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from app import countries, languages
from app.domain.imports.fields import MANY, Field
from app.domain.imports.headings import HEADINGS
from app.models.people.custom_fields import CustomField
from app.tables import JOINT
from app.text import plain

_SPLIT_NAMES = {
    "nombre": Field.GIVEN_NAME, "nome": Field.GIVEN_NAME, "nom": Field.FAMILY_NAME, "name": Field.GIVEN_NAME,
}  # fmt: skip
"""Headings that mean a part of a person's name if another column has the other part."""
_NUMBERED = re.compile(r"\s*\d+$")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_PHONE = re.compile(r"(?!\d{4}-\d\d-\d\d|\d{1,2}[.-]\d{1,2}[.-]\d{2,4}$)\+?[\d\s().-]{7,24}$")
"""No date: a column with days is not one with numbers."""
_MOSTLY = 0.7
_CONTENTS: Mapping[Field, Callable[[str], object]] = {
    Field.EMAIL: _EMAIL.search,
    Field.PHONE: _PHONE.match,
    Field.COUNTRY: lambda text: len(text) > 2 and countries.code_of(text),
    Field.RECORD_NUMBER: re.compile(r"https?://\S+/people/\d+").fullmatch,
    Field.LANGUAGE: lambda text: len(text) > 3 and languages.code_of(text),
}
"""How the values of some fields look."""


def guessed(
    header: Sequence[str],
    samples: Sequence[Sequence[str]],
    fields: Sequence[Field],
    own: Sequence[CustomField] = (),
) -> list[str]:
    """Return which of `fields` each column seems to be: by its heading, or else by its values; empty if it is not clear.

    `samples` has some values of each column. A heading that is the name of one of the house's own fields means that.
    """
    named = {plain(name): field.key for field in own for name in field.names.values()}
    keys = [named.get(plain(heading), "") for heading in header]
    keys = [key if key not in keys[:position] else "" for position, key in enumerate(keys)]
    left = [heading if not key else "" for heading, key in zip(header, keys, strict=True)]
    others = _guessed(left, [() if key else one for one, key in zip(samples, keys, strict=True)], fields)
    return [key or other for key, other in zip(keys, others, strict=True)]


def _guessed(header: Sequence[str], samples: Sequence[Sequence[str]], fields: Sequence[Field]) -> list[str]:
    headings = _headings(tuple(fields))
    found: list[Field | None] = [_by_heading(heading, headings) for heading in header]
    _name_parts(header, found)
    for position, values in enumerate(samples):
        if found[position] is None:
            suggested = _by_content([value for value in values if value])
            is_taken = suggested in found and suggested not in MANY
            found[position] = None if is_taken or suggested not in fields else suggested
    return [one.value if one else "" for one in _once(found)]


@cache
def _headings(fields: tuple[Field, ...]) -> Mapping[str, Field]:
    """Return the fields by their headings, folded; of two with the same heading, the first."""
    listed = [(plain(one), field) for field in fields for one in HEADINGS[field].split("|")]
    parts = dict.fromkeys(_SPLIT_NAMES, Field.FULL_NAME) if Field.FULL_NAME in fields else {}
    return parts | dict(reversed(listed))


def _by_heading(heading: str, headings: Mapping[str, Field]) -> Field | None:
    """Return the field that a heading means."""
    return next((headings[text] for text in _readings(heading) if text in headings), None)


def _readings(heading: str) -> Iterator[str]:
    """Yield what a heading may say; of two header rows, the lower one decides if the whole is unknown."""
    yield plain(heading)
    yield _NUMBERED.sub("", plain(heading))
    yield plain(heading.rpartition(JOINT)[2])
    yield plain(heading.partition("(")[0])


def _name_parts(header: Sequence[str], found: list[Field | None]) -> None:
    """Make `Nombre` a given name beside `Apellidos`, and `Nom` a family name beside `Prénom`."""
    parts = {Field.GIVEN_NAME, Field.FAMILY_NAME}
    for position, heading in enumerate(header):
        part = next((_SPLIT_NAMES[text] for text in _readings(heading) if text in _SPLIT_NAMES), None)
        if part and found[position] is Field.FULL_NAME and (parts - {part}) & set(found):
            found[position] = part


def _by_content(values: Sequence[str]) -> Field | None:
    if not values:
        return None
    return next((name for name, fits in _CONTENTS.items() if _share(values, fits) >= _MOSTLY), None)


def _share(values: Sequence[str], fits: Callable[[str], object]) -> float:
    return sum(bool(fits(value)) for value in values) / len(values)


def _once(found: Iterable[Field | None]) -> list[Field | None]:
    """Return the fields with those that only one column can have at their first column."""
    taken: set[Field] = set()
    unique: list[Field | None] = []
    for one in found:
        unique.append(None if one in taken and one not in MANY else one)
        if one:
            taken.add(one)
    return unique
