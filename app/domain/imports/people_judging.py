"""Decides what becomes of every row of an import of people: for the preview, and again, in the same way, when it is written.

Rows are compared with the people who are visible in the congress or campaign of the import, and with earlier rows: the
same person in several rows is one person with the details of all of them.
"""

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app import clock
from app.domain.imports.cells import Cells, columns_of
from app.domain.imports.kinds import Judged, scope_of
from app.domain.imports.organizations import Meant, Organizations
from app.domain.imports.own_fields import readings
from app.domain.imports.people_changes import Changes, changes
from app.domain.imports.people_rows import PersonRow, person_in
from app.domain.imports.reasons import Code, reason
from app.models.imports.imports import Import, MatchKey, Verdict
from app.models.people.custom_fields import RecordKind, Value
from app.models.people.people import ContactType, Person
from app.queries.imports import imports as import_queries
from app.queries.imports import matches
from app.queries.people import custom_fields as field_queries
from app.queries.privacy import suppressions
from app.text import words_of

_NOT_DIGITS = re.compile(r"\D")
_TYPES = {MatchKey.EMAIL: ContactType.EMAIL, MatchKey.PHONE: ContactType.PHONE}


@dataclass(slots=True, kw_only=True)
class JudgedPerson(Judged):
    """A row, the person in it, and what becomes of it."""

    person: PersonRow
    organization: Meant | None = None
    on_behalf_of: Meant | None = None
    known: Person | None = None
    changes: Changes | None = None


class Judge:
    """Goes through the rows of an import."""

    def __init__(self, work: Import, organizations: Organizations) -> None:
        """Begin at the first row."""
        self._work = work
        self._columns = columns_of(work.mapping)
        self.own = {one.key: one for one in field_queries.asked(RecordKind.PERSON) if one.key in work.mapping}
        """The house's own fields that columns are imported into, by key."""
        self._readings = readings(self.own)
        self._scope = scope_of(work)
        self._seen: dict[int, int] = {}
        """The number of the first row with a key, by the hash of the key: the keys themselves would take much memory."""
        self._names = array("q")
        """The hash of the name in each of these rows, at its number, without the memory that a dictionary takes."""
        self._touched: dict[int, int] = {}
        """The number of the first row about each recorded person."""
        self._own_values: Mapping[int, Mapping[str, Value]] = {}
        """What the people who may be meant by the rows at hand have in these fields, by id and key."""
        self._today = clock.now().date()
        self.organizations = organizations
        self.newer_than: int | None = None
        """The first person that the import itself has written: she is not an earlier one."""

    def batches(self) -> Iterator[list[JudgedPerson]]:
        """Yield all rows, in batches."""
        for rows in import_queries.batches(self._work):
            yield self._judged(rows)

    def _judged(self, rows: Sequence[Any]) -> list[JudgedPerson]:
        country = self._work.country
        batch = [
            JudgedPerson(id=one.id, number=one.number, stored=one, person=self._read(one, country)) for one in rows
        ]
        self.organizations.learn({name for one in batch for name in (one.person.organization, one.person.on_behalf_of)})
        for one in batch:
            self._find_organizations(one)
        fit = [one for one in batch if not one.person.reasons]
        candidates = self._candidates(fit)
        ids = {number for several in candidates.values() for number in several}
        known, self._own_values = matches.people(ids), field_queries.values_of_people(ids, self.own.values())
        for one in batch:
            if one.person.reasons:
                one.refuse(*one.person.reasons)
            else:
                self._decide(one, [known[number] for number in candidates.get(one.number, ()) if number in known])
        _note_suppressed([one for one in fit if one.verdict is not Verdict.REFUSED])
        return batch

    def _read(self, stored: Any, country: str | None) -> PersonRow:
        return person_in(Cells(stored.cells or (), stored.problems, self._columns), country, self._readings)

    def _find_organizations(self, one: JudgedPerson) -> None:
        person = one.person
        for name in ("organization", "on_behalf_of"):
            text = getattr(person, name)
            if not text:
                continue
            meant = self.organizations.meant(text, person.organization_country, person.country)
            if isinstance(meant, Meant):
                setattr(one, name, meant)
            else:
                person.reasons.append(reason(meant, name, text[:80]))
        if one.organization and one.on_behalf_of and one.organization.key == one.on_behalf_of.key:
            person.reasons.append(reason(Code.SAME_ORGANIZATION, "on_behalf_of", person.on_behalf_of[:80]))

    def _candidates(self, batch: Sequence[JudgedPerson]) -> dict[int, list[int]]:
        """Return the ids of recorded people who may be meant, by the number of the row."""
        with_key = {one.number: self._values(one.person) for one in batch}
        values = {value for listed in with_key.values() for value in listed}
        reached = self._reached(values) if values else {}
        named = matches.people_named({one.person.name_key for one in batch if not with_key[one.number]})
        found: dict[int, list[int]] = {}
        for one in batch:
            if with_key[one.number]:
                ids = {number for value in with_key[one.number] for number in reached.get(value, ())}
            else:
                ids = set(named.get(one.person.name_key, ()))
            earlier = [number for number in sorted(ids) if self.newer_than is None or number < self.newer_than]
            if earlier:
                found[one.number] = earlier
        return found

    def _reached(self, values: set[str]) -> Mapping[str, set[int]]:
        """Return the ids of recorded people by the values of the key."""
        if self._work.key is MatchKey.RECORD_NUMBER:
            return matches.people_numbered(set(map(int, values)))
        if self._work.key is MatchKey.OWN:
            return field_queries.people_with(self.own[self._work.key_field or ""], values)
        return matches.people_reached(_TYPES[self._work.key], values)

    def _decide(self, one: JudgedPerson, candidates: Sequence[Person]) -> None:
        has_key = bool(self._values(one.person))
        if has_key and not candidates and self._work.key is MatchKey.RECORD_NUMBER:
            one.refuse(reason(Code.UNKNOWN_NUMBER, "", str(one.person.number)))
            return
        keys = self._keys(one)
        name = hash(frozenset(words_of(one.person.full_name)))
        earlier = next((self._seen[key] for key in keys if key in self._seen), None)
        if earlier is not None:
            if has_key and self._names[earlier] != name:
                one.refuse(reason(Code.OTHER_NAME_ABOVE, "", str(earlier)))
            else:
                one.verdict, one.first = Verdict.JOINED, earlier
                self._remember(keys, earlier)
            return
        meant = list(candidates) if has_key else [person for person in candidates if self._is_meant(person, one)]
        if len(meant) > 1:
            one.refuse(reason(Code.SEVERAL_WITH_KEY if has_key else Code.SEVERAL_PEOPLE))
        elif meant:
            self._update(one, meant[0], by_key=has_key)
        else:
            self._remember(keys, one.number)
            self._names.frombytes(bytes(self._names.itemsize * (one.number + 1 - len(self._names))))
            self._names[one.number] = name

    def _update(self, one: JudgedPerson, known: Person, *, by_key: bool) -> None:
        if by_key and not set(words_of(one.person.full_name)) & set(words_of(known.words)):
            one.refuse(reason(Code.OTHER_NAME))
            return
        if not self._scope.holds(known):
            one.refuse(reason(Code.NOT_EDITABLE))
            return
        one.known, one.record_id = known, known.id
        if known.id in self._touched:
            one.verdict, one.first = Verdict.JOINED, self._touched[known.id]
            return
        self._touched[known.id] = one.number
        meant = one.organization
        one.changes = changes(
            known, one.person, self._work.policy, meant.id if meant else None, is_new=bool(meant and meant.is_new),
            own=self._own_values.get(known.id, {}),
        )  # fmt: skip
        one.verdict = Verdict.UPDATED if one.changes.fields else Verdict.UNCHANGED
        one.reasons = [["changes", name] for name in one.changes.fields]

    def _is_meant(self, known: Person, one: JudgedPerson) -> bool:
        """Return whether someone with the same name is the person of a row: a name alone is not enough evidence."""
        own = {(detail.type, detail.text) for detail in known.contact_details}
        if own.intersection(one.person.contacts):
            return True
        if one.organization:
            return any(membership.organization_id == one.organization.id for membership in known.memberships)
        is_member = any((it.end_date or self._today) >= self._today for it in known.memberships)
        return not is_member and not (own and one.person.contacts)

    def _values(self, person: PersonRow) -> list[str]:
        """Return the values of the key that a row has."""
        match self._work.key:
            case MatchKey.RECORD_NUMBER:
                return [str(person.number)] if person.number else []
            case MatchKey.OWN:
                value = person.own.get(self._work.key_field or "")
                return [field_queries.comparable(value)] if isinstance(value, str | Decimal) else []
            case key:
                return person.values_of(_TYPES[key]) if key in _TYPES else []

    def _keys(self, one: JudgedPerson) -> list[int]:
        """Return what the row is recognized by in later rows."""
        values, key = self._values(one.person), self._work.key
        if key is MatchKey.PHONE:
            values = [_NOT_DIGITS.sub("", value).lstrip("0") or value for value in values]
        if values:
            return [hash((key, value)) for value in values]
        if one.organization:
            return [hash((one.person.name_key, one.organization.key))]
        evidence: list[object] = [*one.person.contacts] or [None]
        return [hash((one.person.name_key, contact)) for contact in evidence]

    def _remember(self, keys: Sequence[int], number: int) -> None:
        for key in keys:
            self._seen.setdefault(key, number)


def _note_suppressed(batch: Sequence[JudgedPerson]) -> None:
    """Say in the preview which addresses are recorded but never written to."""
    addresses = {one.number: one.person.values_of(ContactType.EMAIL) for one in batch}
    suppressed = suppressions.among({address for several in addresses.values() for address in several})
    for one in batch:
        noted = [reason(Code.SUPPRESSED, "", address) for address in addresses[one.number] if address in suppressed]
        one.reasons = [*one.reasons, *noted]
