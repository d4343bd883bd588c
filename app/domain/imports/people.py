"""Imports of people, who are many: they are judged in batches, and new ones are written without the session."""

from collections.abc import Iterator, Sequence

from app.domain.imports import people_undoing
from app.domain.imports.fields import Field
from app.domain.imports.kinds import Judged, Kind, Obstacles
from app.domain.imports.organizations import Organizations
from app.domain.imports.people_judging import Judge
from app.domain.imports.people_writing import PeopleWriter
from app.models.imports.imports import Import, MatchKey
from app.models.people.custom_fields import CustomField, FieldKind, RecordKind
from app.text import N_

NAMES = (Field.FULL_NAME, Field.GIVEN_NAME, Field.FAMILY_NAME)


class PeopleKind(Kind):
    """People with contact details, names and a membership."""

    fields = (
        *NAMES, Field.EMAIL, Field.PHONE, Field.WHATSAPP, Field.SIGNAL, Field.THROUGH, Field.ORGANIZATION,
        Field.ORGANIZATION_COUNTRY, Field.POST, Field.ON_BEHALF_OF, Field.START_DATE, Field.END_DATE, Field.COUNTRY,
        Field.LOCALITY, Field.NATIONALITY, Field.LANGUAGE, Field.PASSPORT_NAME, Field.BADGE_NAME, Field.KNOWN_AS,
        Field.OTHER_CONTACTS, Field.RECORD_NUMBER,
    )  # fmt: skip
    named_by = (Field.GIVEN_NAME, Field.FAMILY_NAME, Field.FULL_NAME)
    record_kind = RecordKind.PERSON
    keys = (MatchKey.RECORD_NUMBER, MatchKey.EMAIL, MatchKey.PHONE, MatchKey.NAME)

    def own_keys(self) -> Sequence[CustomField]:
        """Return the texts and numbers that the house asks of people."""
        return [one for one in self.own_fields() if one.kind in (FieldKind.TEXT, FieldKind.NUMBER)]

    def check_mapping(self, mapped: frozenset[str]) -> None:
        """Require a name."""
        self.require(mapped, NAMES, N_("Choose which column has the names."))

    def judge(self, work: Import, organizations: Organizations) -> Iterator[Sequence[Judged]]:
        """Compare the rows with recorded people and with each other."""
        return Judge(work, organizations).batches()

    def write(self, work: Import) -> None:
        """Write people, and the organizations that are recorded with them."""
        organizations = Organizations(work)
        work.recorded = organizations.record(work)
        PeopleWriter(work).write(Judge(work, organizations))

    def obstacles(self, work: Import) -> Obstacles:
        """Return the people and organizations to which others refer, or whom someone has edited."""
        return people_undoing.obstacles(work)

    def take_back(self, work: Import) -> None:
        """Restore those who were recorded before, and delete the others."""
        people_undoing.take_back(work)
