"""Reads a row of the stage as a person: cleaned values, or the reasons why it cannot be imported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.congress.delegate_lists import TWO_FAMILY_NAMES
from app.domain.congress.name_lines import split_name
from app.domain.imports.cells import LONGEST, LONGEST_PHONE, Cells
from app.domain.imports.fields import Field
from app.domain.imports.headings import HEADINGS
from app.domain.imports.own_fields import Reading, values_in
from app.domain.imports.reasons import Code, Reason, reason
from app.models.people.custom_fields import Value
from app.models.people.other_names import NameKind
from app.models.people.people import ContactType
from app.reading.names import cased
from app.text import plain, sort_key

_NAMES = (NameKind.PASSPORT, NameKind.BADGE, NameKind.KNOWN_AS)
_NUMBERS = (ContactType.PHONE, ContactType.WHATSAPP, ContactType.SIGNAL)
_TYPES = {
    plain(heading): kind
    for kind in ContactType if kind is not ContactType.OTHER
    for heading in HEADINGS[Field(kind.value)].split("|")
} | dict.fromkeys(("other contact", "otro contacto"), ContactType.OTHER)  # fmt: skip
"""The types of contact details by their names in four languages, folded."""


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
    number: int | None = None
    """The number that Encuentro gave her."""
    own: dict[str, Value] = field(default_factory=dict)
    """Values of the house's own fields, by the key of the field."""
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


def person_in(cells: Cells, country: str | None, own: Mapping[str, Reading] | None = None) -> PersonRow:
    """Return the person that the cells of a row describe; `country` is hers if the row names none.

    `own` says how the cells of the house's own fields are read, by key.
    """
    row = PersonRow(reasons=cells.reasons)
    row.country = cells.country(Field.COUNTRY) or country
    row.nationality = cells.country(Field.NATIONALITY)
    row.organization_country = cells.country(Field.ORGANIZATION_COUNTRY)
    row.preferred_language = cells.language(Field.LANGUAGE)
    row.locality = cells.line(Field.LOCALITY) or None
    row.post = cells.line(Field.POST) or None
    row.organization = cells.line(Field.ORGANIZATION)
    row.on_behalf_of = cells.line(Field.ON_BEHALF_OF)
    row.start_date, row.end_date = cells.period()
    _read_name(row, cells)
    _read_contacts(row, cells)
    row.number = cells.record_number()
    row.own = values_in(cells, own or {})
    return row


def _read_name(row: PersonRow, cells: Cells) -> None:
    given, family = cells.line(Field.GIVEN_NAME), cells.line(Field.FAMILY_NAME)
    whole = cells.line(Field.FULL_NAME)
    if whole and not (given and family) and whole != given:
        given, family = _split(whole, two_family_names=(row.country or "") in TWO_FAMILY_NAMES)
        row.given_name, row.family_name = given or family, (family if given else "") or None
    else:
        row.given_name, row.family_name = cased(given or family), cased(family if given else "") or None
    if not row.given_name and not any(one[1] == Field.FULL_NAME for one in row.reasons):
        row.reasons.append(reason(Code.NO_NAME))
    for kind in _NAMES:
        row.other_names += [(kind, one) for one in cells.lines(Field(kind.value))]


def _read_contacts(row: PersonRow, cells: Cells) -> None:
    row.contacts = [(ContactType.EMAIL, one) for one in cells.emails()]
    for kind in _NUMBERS:
        row.contacts += [(kind, one) for one in cells.phones(Field(kind.value), row.country)]
    row.contacts += [(ContactType.THROUGH, one) for one in dict.fromkeys(cells.lines(Field.THROUGH))]
    for text in cells.texts(Field.OTHER_CONTACTS):
        for kind, value in _typed(text):
            fitting = cells.fitting(value, Field.OTHER_CONTACTS, LONGEST_PHONE if kind in _NUMBERS else LONGEST)
            if fitting and (kind, fitting) not in row.contacts:
                row.contacts.append((kind, fitting))


def _typed(text: str) -> list[tuple[ContactType, str]]:
    """Return contact details that are listed with their types; what has no known type continues the one before."""
    found: list[tuple[ContactType, str]] = []
    for part in text.split("; "):
        name, _colon, value = part.partition(": ")
        kind = _TYPES.get(plain(name))
        if kind and value:
            found.append((kind, value))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}; {part}")
        else:
            found.append((ContactType.OTHER, part))
    return found


def _split(whole: str, *, two_family_names: bool) -> tuple[str, str]:
    """Return given names and family names; a comma means that the family names come first."""
    family, comma, given = (part.strip() for part in whole.partition(","))
    if comma and given and family:
        return cased(given), cased(family)
    return split_name(cased(whole.replace(",", " ").strip()), two_family_names=two_family_names)
