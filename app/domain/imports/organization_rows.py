"""Imports of organizations, with their names, addresses and the organization that they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.imports.cells import Cells
from app.domain.imports.fields import Field
from app.domain.imports.kinds import Judged
from app.domain.imports.organizations import Organizations
from app.domain.imports.own_fields import readings, values_in
from app.domain.imports.reasons import Code, Reason, reason
from app.domain.imports.rows import RefusedError, RowKind, RowWriter, Written
from app.domain.imports.words import classification_in, classification_of
from app.domain.people import affiliations, custom_values, organization_parts, organizations
from app.domain.people.organizations import OrganizationValues
from app.models.imports.imports import Import, MatchKey, Policy
from app.models.people.affiliations import AffiliationKind
from app.models.people.custom_fields import RecordKind, Value
from app.models.people.organizations import (
    Classification,
    Organization,
    OrganizationContactType,
    OrganizationNameKind,
)
from app.queries.accounts.pending import used_by
from app.queries.imports import organization_matches
from app.queries.people import affiliations as affiliation_queries
from app.queries.people import custom_fields as field_queries
from app.text import N_, plain, sort_key, words_of

_COLUMNS = ("acronym", "classification", "sector", "country", "locality", "website")
_Contact = tuple[OrganizationContactType, str]


@dataclass(slots=True)
class OrganizationRow:
    """An organization as a row describes it."""

    name: str
    acronym: str | None
    classification: Classification | None
    sector: str | None
    country: str | None
    locality: str | None
    website: str | None
    other_names: list[str]
    contacts: list[_Contact]
    parent: str
    own: dict[str, Value]
    """Values of the house's own fields, by the key of the field."""
    is_circular: bool = False
    """Whether it belongs to itself in the file, through others."""

    def values_of(self, kind: OrganizationContactType) -> list[str]:
        """Return the values of one type of contact detail."""
        return [value for one, value in self.contacts if one is kind]


class OrganizationsKind(RowKind[OrganizationRow]):
    """Organizations."""

    fields = (
        Field.NAME, Field.ACRONYM, Field.OTHER_NAME, Field.CLASSIFICATION, Field.SECTOR, Field.COUNTRY, Field.LOCALITY,
        Field.ADDRESS, Field.PHONE, Field.EMAIL, Field.WEBSITE, Field.PARENT,
    )  # fmt: skip
    record_kind = RecordKind.ORGANIZATION
    named_by = (Field.NAME, Field.ACRONYM)
    keys = (MatchKey.NAME, MatchKey.WEBSITE, MatchKey.EMAIL)

    def check_mapping(self, mapped: frozenset[str]) -> None:
        """Require a name."""
        self.require(mapped, (Field.NAME,), N_("Choose which column has the names."))

    def writer(self, work: Import, organizations: Organizations) -> "OrganizationWriter":
        """Return what writes the rows."""
        return OrganizationWriter(work, organizations)


class OrganizationWriter(RowWriter[OrganizationRow]):
    """Writes organizations; those that others belong to come first."""

    def __init__(self, work: Import, organizations: Organizations) -> None:
        """Begin with nothing written."""
        super().__init__(work, organizations)
        asked = field_queries.asked(RecordKind.ORGANIZATION)
        self._own = {field.key: field for field in asked if field.key in work.mapping}
        self._readings = readings(self._own)

    def read(self, cells: Cells) -> OrganizationRow:
        """Return the organization in a row."""
        country = cells.country(Field.COUNTRY) or self.work.country
        website = cells.line(Field.WEBSITE)
        row = OrganizationRow(
            name=cells.line(Field.NAME), acronym=cells.line(Field.ACRONYM, 80) or None,
            classification=cells.meant(Field.CLASSIFICATION, classification_of, Code.UNKNOWN_WORD),
            sector=cells.line(Field.SECTOR, 80) or None, country=country, locality=cells.line(Field.LOCALITY) or None,
            website=website if not website or "://" in website else f"https://{website}",
            other_names=cells.lines(Field.OTHER_NAME), contacts=_contacts(cells, country), parent=cells.line(Field.PARENT),
            own=values_in(cells, self._readings),
        )  # fmt: skip
        if not row.name:
            cells.reasons.append(reason(Code.NO_NAME))
        return row

    def in_order(self, rows: list[tuple[Judged, OrganizationRow]]) -> list[tuple[Judged, OrganizationRow]]:
        """Return the rows with each organization after the one that it belongs to."""
        named = {sort_key(name): row for _one, row in reversed(rows) for name in (row.name, row.acronym or "") if name}
        depths = {id(row): _depth(row, named) for _one, row in rows}
        return sorted(rows, key=lambda pair: (depths[id(pair[1])], pair[0].number))

    def write(self, row: OrganizationRow) -> Written:
        """Record an organization, or add to a recorded one."""
        if row.is_circular:
            raise RefusedError(reason(Code.CIRCLE, Field.PARENT, row.parent[:80]))
        known = self._known(row)
        if known is None:
            return Written(self._create(row), is_new=True)
        policy = self.policy_for(known)
        if policy is Policy.LEAVE or self._is_of_others(known):
            return Written(known)
        return Written(known, notes=self._update(known, row, policy))

    def _is_of_others(self, known: Organization) -> bool:
        """Return whether other congresses or campaigns use an organization, and that of the import does not."""
        where = (self.work.congress_id, self.work.campaign_id)
        if where == (None, None) or self.is_created(known):
            return False
        users = used_by(known)
        return bool(users) and where not in users

    def _create(self, row: OrganizationRow) -> Organization:
        if row.country is None:
            raise RefusedError(reason(Code.NO_COUNTRY, Field.COUNTRY))
        organization = organizations.create(
            {
                "name": row.name, "acronym": row.acronym, "sector": row.sector, "country": row.country,
                "classification": row.classification or classification_in(row.name), "locality": row.locality,
                "website": row.website or None,
            }
        )  # fmt: skip
        self._add_parts(organization, row)
        self._record_own(organization, row, Policy.FILL)
        self._affiliate(organization, row)
        return organization

    def _known(self, row: OrganizationRow) -> Organization | None:
        """Return the recorded organization of a row."""
        match self.work.key:
            case MatchKey.WEBSITE if row.website:
                found = organization_matches.with_website(row.website)
            case MatchKey.EMAIL if addresses := row.values_of(OrganizationContactType.EMAIL):
                found = organization_matches.with_contacts(OrganizationContactType.EMAIL, addresses)
            case _:
                found = organization_matches.called(row.name, row.acronym)
                here = [one for one in found if one.country == row.country]
                found = here if row.country else found
        if len(found) > 1:
            raise RefusedError(reason(Code.SEVERAL_ORGANIZATIONS, Field.NAME, row.name[:80]))
        if found and not {*words_of(row.name), plain(row.acronym or row.name)} & set(words_of(found[0].words)):
            raise RefusedError(reason(Code.OTHER_ORGANIZATION, "", found[0].name[:80]))
        return found[0] if found else None

    def _update(self, known: Organization, row: OrganizationRow, policy: Policy) -> list[Reason]:
        """Change what the policy allows; return which fields were changed."""
        values = OrganizationValues(**{name: getattr(known, name) for name in OrganizationValues.__annotations__})  # type: ignore[typeddict-item]
        given = {name: getattr(row, name) for name in _COLUMNS}
        if plain(row.name) != plain(known.acronym or ""):
            given["name"] = row.name
        changed = {
            name: value
            for name, value in given.items()
            if value and value != getattr(known, name) and (policy is Policy.OVERWRITE or not getattr(known, name))
        }
        organizations.update(known, values | changed)
        notes = [*changed, *self._add_parts(known, row), *self._record_own(known, row, policy)]
        if self._affiliate(known, row):
            notes.append("affiliations")
        return [["changes", name] for name in notes]

    def _add_parts(self, organization: Organization, row: OrganizationRow) -> list[str]:
        """Add names and contact details that are not recorded; return which of both were added."""
        named = {plain(name) for name in organization.searched_names() if name}
        reached = {(one.type, one.value.casefold()) for one in organization.contact_details}
        names = [name for name in dict.fromkeys(row.other_names) if plain(name) not in named]
        contacts = [(kind, value) for kind, value in row.contacts if (kind, value.casefold()) not in reached]
        for name in names:
            organization_parts.add_name(organization, {"kind": OrganizationNameKind.KNOWN_AS, "name": name})
        for kind, value in contacts:
            organization_parts.add_contact(
                organization, {"type": kind, "value": value, "note": None, "valid_from": None, "valid_until": None}
            )
        return [*(["other_names"] if names else []), *(["contact_details"] if contacts else [])]

    def _record_own(self, organization: Organization, row: OrganizationRow, policy: Policy) -> list[str]:
        """Record the values of the house's own fields that the policy allows; return whether there are any, as a name."""
        known = {one.field.key: one.value for one in field_queries.of_record(organization)} if row.own else {}
        changed = {
            self._own[key]: value
            for key, value in row.own.items()
            if value != known.get(key) and (policy is Policy.OVERWRITE or known.get(key) is None)
        }
        custom_values.record_all(organization, changed)
        return ["custom_values"] if changed else []

    def _affiliate(self, organization: Organization, row: OrganizationRow) -> bool:
        """Record what an organization belongs to; return whether that was not recorded."""
        if not row.parent:
            return False
        parent = self.meant(row.parent, Field.PARENT, row.country)
        recorded = affiliation_queries.of_organization(organization.id)
        if any(one.parent is parent and one.end_date is None for one in recorded):
            return False
        affiliations.add(
            organization, {"parent": parent, "kind": AffiliationKind.MEMBER, "start_date": None, "end_date": None}
        )
        return True


def _contacts(cells: Cells, country: str | None) -> list[_Contact]:
    kinds = OrganizationContactType
    listed: list[tuple[OrganizationContactType, Sequence[str]]] = [
        (kinds.ADDRESS, cells.lines(Field.ADDRESS)),
        (kinds.PHONE, cells.phones(Field.PHONE, country)),
        (kinds.EMAIL, cells.emails()),
    ]
    return [(kind, value) for kind, values in listed for value in dict.fromkeys(values)]


def _depth(row: OrganizationRow, named: dict[str, OrganizationRow]) -> int:
    """Return how many organizations of the file a row belongs to, one through the other; a circle is marked."""
    above: list[OrganizationRow] = [row]
    while (parent := named.get(sort_key(above[-1].parent))) is not None:
        if any(parent is one for one in above):
            row.is_circular = row.is_circular or parent is row
            break
        above.append(parent)
    return len(above)
