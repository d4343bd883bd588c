"""Which recorded person a row of an import means, if it is about something else than people themselves."""

from app.domain.imports.people_rows import PersonRow
from app.domain.imports.reasons import Code, reason
from app.domain.imports.rows import RefusedError
from app.models.imports.imports import MatchKey
from app.models.people.people import ContactType, Person
from app.queries.imports import matches
from app.text import words_of

_TYPES = {MatchKey.EMAIL: ContactType.EMAIL, MatchKey.PHONE: ContactType.PHONE}


def person_meant(row: PersonRow, key: MatchKey, organization_id: int) -> Person | None:
    """Return the person with the contact detail, or with the name and a membership in an organization.

    A name alone is not enough evidence. Raises RefusedError if several people may be meant, or if the one with the
    contact detail has another name.
    """
    kind = _TYPES.get(key)
    values = row.values_of(kind) if kind else []
    if kind and values:
        reached = matches.people_reached(kind, values)
        found = list(matches.people({one for ids in reached.values() for one in ids}).values())
        if any(not set(words_of(row.full_name)) & set(words_of(one.words)) for one in found):
            raise RefusedError(reason(Code.OTHER_NAME))
    else:
        named = matches.people(matches.people_named({row.name_key}).get(row.name_key, ())).values()
        found = [one for one in named if _has_evidence(one, row, organization_id)]
    if len(found) > 1:
        raise RefusedError(reason(Code.SEVERAL_PEOPLE))
    return found[0] if found else None


def _has_evidence(known: Person, row: PersonRow, organization_id: int) -> bool:
    if any(one.organization_id == organization_id for one in known.memberships):
        return True
    return any((one.type, one.text) in row.contacts for one in known.contact_details)
