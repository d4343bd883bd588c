"""Imports of the delegations to a congress with their delegates: one row for each delegate."""

from collections import Counter
from dataclasses import dataclass

from app.domain.congress import delegations
from app.domain.imports.cells import Cells
from app.domain.imports.delegations_meant import delegations_of, only
from app.domain.imports.fields import Field
from app.domain.imports.kinds import Judged
from app.domain.imports.organizations import Organizations
from app.domain.imports.people import NAMES
from app.domain.imports.people_rows import PersonRow, person_in
from app.domain.imports.person_matching import person_meant
from app.domain.imports.places_meant import place_meant
from app.domain.imports.reasons import Code, Reason, reason
from app.domain.imports.rows import RowKind, RowWriter, Written
from app.domain.imports.words import capacity_of, is_yes, says_head
from app.domain.people import people
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import LEAST_SEATS, Capacity, Delegation, DelegationStatus
from app.models.imports.imports import Import, MatchKey, Policy
from app.models.people.organizations import Organization
from app.models.people.people import ContactType, Person
from app.models.travel.places import Place
from app.models.travel.problems import RouteProblem
from app.text import N_, sort_key


@dataclass(slots=True)
class DelegationRow:
    """A delegation, and a delegate if the row names one."""

    organization: str
    country: str | None
    """The country of departure, if the row names it."""
    origin: str
    """The place of departure, as it was typed."""
    seats: int | None
    person: PersonRow | None
    capacity: Capacity
    is_head: bool

    @property
    def key(self) -> tuple[str, str]:
        """The same for all rows of a delegation."""
        return sort_key(self.organization), self.country or sort_key(self.origin)


class DelegationsKind(RowKind[DelegationRow]):
    """Delegations with their delegates."""

    fields = (
        Field.ORGANIZATION, Field.DEPARTURE_COUNTRY, Field.DEPARTURE_PLACE, Field.SEATS, *NAMES, Field.CAPACITY, Field.IS_HEAD, Field.EMAIL,
        Field.PHONE, Field.LANGUAGE, Field.NATIONALITY, Field.POST,
    )  # fmt: skip
    named_by = (Field.ORGANIZATION, Field.GIVEN_NAME, Field.FAMILY_NAME, Field.FULL_NAME)
    keys = (MatchKey.EMAIL, MatchKey.PHONE, MatchKey.NAME)
    of_congress = True

    def check_mapping(self, mapped: frozenset[str]) -> None:
        """Require an organization."""
        self.require(mapped, (Field.ORGANIZATION,), N_("Choose which column has the organizations."))

    def writer(self, work: Import, organizations: Organizations) -> "DelegationWriter":
        """Return what writes the rows."""
        return DelegationWriter(work, organizations)


class DelegationWriter(RowWriter[DelegationRow]):
    """Writes delegations and delegates. People who are already recorded are not changed."""

    def read(self, cells: Cells) -> DelegationRow:
        """Return the delegation and the delegate in a row."""
        country = cells.country(Field.DEPARTURE_COUNTRY)
        organization = cells.line(Field.ORGANIZATION)
        if not organization:
            cells.reasons.append(reason(Code.NO_ORGANIZATION, Field.ORGANIZATION))
        role = cells.line(Field.CAPACITY)
        has_name = any(cells.texts(name) for name in NAMES)
        return DelegationRow(
            organization, country, cells.line(Field.DEPARTURE_PLACE), seats=cells.meant(Field.SEATS, _number, Code.UNKNOWN_WORD),
            person=person_in(cells, country or self.work.country) if has_name else None,
            capacity=_capacity(cells, role), is_head=is_yes(cells.line(Field.IS_HEAD)) or says_head(role),
        )  # fmt: skip

    def in_order(self, rows: list[tuple[Judged, DelegationRow]]) -> list[tuple[Judged, DelegationRow]]:
        """Count the rows of each delegation, which gets as many seats if the file does not say how many."""
        self._rows = Counter(row.key for _one, row in rows)
        return rows

    def write(self, row: DelegationRow) -> Written:
        """Record a delegation if it is new, and seat the delegate."""
        home = row.country or self.work.country
        origin = place_meant(row.origin, Field.DEPARTURE_PLACE, home) if row.origin else None
        country = row.country or (origin.country if origin else home)
        organization = self.meant(row.organization, Field.ORGANIZATION, country)
        delegation, notes = self._delegation(organization, country, origin, row)
        if row.person is None:
            return Written(delegation, is_new=self.is_created(delegation), notes=notes)
        person = person_meant(row.person, self.work.key, organization.id)
        seated = next((one for one in delegation.delegates if person and one.person_id == person.id), None)
        if seated is not None:
            return Written(delegation, part=seated, notes=notes)
        if person is None:
            person = _create(self.work, row.person, organization)
            notes = [*notes, reason(Code.NEW_PERSON, "", person.full_name)]
        seat = delegations.add_delegate(delegation, person, capacity=row.capacity, is_head=row.is_head)
        return Written(delegation, part=seat, is_new=True, notes=notes)

    def _delegation(
        self, organization: Organization, country: str | None, origin: Place | None, row: DelegationRow
    ) -> tuple[Delegation, list[Reason]]:
        known = only(delegations_of(self.work, organization, country), organization)
        if known is None:
            created = self._create(organization, country or organization.country, origin, row)
            self.note_created(created)
            return created, [reason(Code.NEW_DELEGATION, "", organization.name)]
        changed = self._changed(known, origin, row.seats)
        if changed:
            delegations.update(known, {**_values(known), **changed})  # type: ignore[typeddict-item]
        return known, [["changes", name] for name in changed]

    def _changed(self, known: Delegation, origin: Place | None, seats: int | None) -> dict[str, object]:
        """Return what the policy allows to change."""
        policy, before = self.policy_for(known), _values(known)
        given = {"origin": origin, "seats": seats}
        return {
            name: value
            for name, value in given.items()
            if value and value != before[name] and policy is not Policy.LEAVE
            and (policy is Policy.OVERWRITE or not before[name])
        }  # fmt: skip

    def _create(self, organization: Organization, country: str, origin: Place | None, row: DelegationRow) -> Delegation:
        congress = db.session.get_one(Congress, self.work.congress_id)
        return delegations.create(congress, {
            "organization": organization, "country": country, "origin": origin,
            "seats": row.seats or max(self._rows[row.key], LEAST_SEATS), "status": DelegationStatus.INVITED,
            "reason": None, "problem": None,
        })  # fmt: skip


def _create(work: Import, row: PersonRow, organization: Organization) -> Person:
    contacts = {kind: next(iter(row.values_of(kind)), None) for kind in (ContactType.EMAIL, ContactType.PHONE)}
    return people.create(
        {
            "given_name": row.given_name, "family_name": row.family_name, "family_name_first": False,
            "preferred_language": row.preferred_language, "country": row.country, "nationality": row.nationality,
            "locality": None, "email": contacts[ContactType.EMAIL], "phone": contacts[ContactType.PHONE], "is_at_risk": None,
            "organization": organization, "post": row.post,
        },
        congress_id=work.congress_id,
    )  # fmt: skip


def _values(delegation: Delegation) -> dict[str, object]:
    problem = db.session.get(RouteProblem, delegation.problem_id) if delegation.problem_id else None
    return {
        "organization": delegation.organization, "country": delegation.country, "origin": delegation.origin,
        "seats": delegation.seats, "status": delegation.status,
        "reason": delegation.reason, "problem": problem,
    }  # fmt: skip


def _capacity(cells: Cells, role: str) -> Capacity:
    if not role or says_head(role):
        return Capacity.DELEGATE
    return cells.meant(Field.CAPACITY, capacity_of, Code.UNKNOWN_WORD) or Capacity.DELEGATE


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None
