"""The pages of the records that rows of an import have become."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from flask import url_for

from app.domain.imports.registry import KINDS
from app.models.imports.imports import Import, ImportKind, ImportRow
from app.queries.imports import records


class Record(NamedTuple):
    """The record that a row was written to."""

    name: str
    url: str


def records_of(work: Import, rows: Sequence[ImportRow]) -> Mapping[int, Record]:
    """Return the record of each row that still exists, with its page, by id."""
    numbers = [row.record_id for row in rows if row.record_id]
    if work.kind is ImportKind.ORGANIZATIONS:
        names, address = records.organizations(numbers), partial(url_for, "organizations.show")
        return {one: Record(name, address(organization_id=one)) for one, name in names.items()}
    if KINDS[work.kind].of_congress:
        names, address = (
            records.delegations(numbers),
            partial(url_for, "delegations.show", congress_id=work.congress_id),
        )
        return {one: Record(name, address(delegation_id=one)) for one, name in names.items()}
    return {one: Record(name, url_for("people.show", person_id=one)) for one, name in records.people(numbers).items()}
