"""Imports of memberships: recorded people in recorded organizations."""

from datetime import date

from app.domain.imports.cells import Cells
from app.domain.imports.fields import Field
from app.domain.imports.kinds import scope_of
from app.domain.imports.organizations import Organizations
from app.domain.imports.people import NAMES
from app.domain.imports.people_rows import PersonRow, person_in
from app.domain.imports.person_matching import person_meant
from app.domain.imports.reasons import Code, reason
from app.domain.imports.rows import RefusedError, RowKind, RowWriter, Written
from app.domain.people import memberships
from app.domain.people.memberships import MembershipValues
from app.models.imports.imports import Import, MatchKey, Policy
from app.models.people.memberships import Membership
from app.models.people.people import Person
from app.text import N_


class MembershipsKind(RowKind[PersonRow]):
    """Memberships."""

    fields = (
        *NAMES, Field.EMAIL, Field.PHONE, Field.ORGANIZATION, Field.ORGANIZATION_COUNTRY, Field.POST, Field.ON_BEHALF_OF,
        Field.START_DATE, Field.END_DATE,
    )  # fmt: skip
    named_by = (*NAMES, Field.ORGANIZATION)
    keys = (MatchKey.EMAIL, MatchKey.PHONE, MatchKey.NAME)

    def check_mapping(self, mapped: frozenset[str]) -> None:
        """Require a name and an organization."""
        self.require(mapped, NAMES, N_("Choose which column has the names."))
        self.require(mapped, (Field.ORGANIZATION,), N_("Choose which column has the organizations."))

    def writer(self, work: Import, organizations: Organizations) -> "MembershipWriter":
        """Return what writes the rows."""
        return MembershipWriter(work, organizations)


class MembershipWriter(RowWriter[PersonRow]):
    """Writes memberships. Neither people nor organizations are recorded with them in silence."""

    def read(self, cells: Cells) -> PersonRow:
        """Return the person and the membership in a row."""
        row = person_in(cells, self.work.country)
        if not row.organization:
            cells.reasons.append(reason(Code.NO_ORGANIZATION, Field.ORGANIZATION))
        return row

    def write(self, row: PersonRow) -> Written:
        """Record a membership, or change a recorded one."""
        organization = self.meant(row.organization, Field.ORGANIZATION, row.organization_country)
        behalf = self.meant(row.on_behalf_of, Field.ON_BEHALF_OF) if row.on_behalf_of else None
        person = person_meant(row, self.work.key, organization.id)
        if person is None:
            raise RefusedError(reason(Code.UNKNOWN_PERSON, "", row.full_name[:80]))
        if not scope_of(self.work).holds(person):
            raise RefusedError(reason(Code.NOT_EDITABLE))
        values = MembershipValues(
            organization=organization, post=row.post, on_behalf_of=behalf, start_date=row.start_date,
            end_date=row.end_date,
        )  # fmt: skip
        known = _known(person, organization.id, row.start_date)
        if known is None:
            return Written(person, part=memberships.add(person, values), is_new=True)
        return Written(person, part=known, notes=self._update(known, values))

    def _update(self, known: Membership, values: MembershipValues) -> list[list[str]]:
        """Change what the policy allows; return what was changed."""
        policy = self.policy_for(known)
        if policy is Policy.LEAVE:
            return []
        before = {name: getattr(known, name) for name in MembershipValues.__annotations__}
        changed = {
            name: value
            for name, value in values.items()
            if value and value != before[name] and (policy is Policy.OVERWRITE or not before[name])
        }
        if changed:
            memberships.update(known, before | changed)  # type: ignore[arg-type]
        return [["changes", "memberships"]] if changed else []


def _known(person: Person, organization_id: int, start: date | None) -> Membership | None:
    """Return the recorded membership: one that began on the same day, or whose beginning one of both does not say."""
    held = [one for one in person.memberships if one.organization_id == organization_id]
    fitting = [one for one in held if start is None or one.start_date in (None, start)]
    fitting.sort(key=lambda one: (one.start_date != start, one.end_date is not None))
    return fitting[0] if fitting else None
