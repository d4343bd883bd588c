"""The pages of the records that rows of an import have become."""

from collections.abc import Mapping, Sequence

from flask import url_for

from app.domain.imports.registry import KINDS
from app.models.imports.imports import Import, ImportKind, ImportRow


def pages_of(work: Import, rows: Sequence[ImportRow]) -> Mapping[int, str]:
    """Return the address of the page about the record of each row, by the id of the record."""
    numbers = [row.record_id for row in rows if row.record_id]
    if work.kind is ImportKind.ORGANIZATIONS:
        return {one: url_for("organizations.show", organization_id=one) for one in numbers}
    if KINDS[work.kind].of_congress:
        return {one: url_for("delegations.show", congress_id=work.congress_id, delegation_id=one) for one in numbers}
    return {one: url_for("people.show", person_id=one) for one in numbers}
