"""What happens to each reference to a row that is merged into another one.

Every foreign key that refers to people, organizations, or rows that may be united with them needs a rule:
`tests/domain/people/test_merge_rules.py` walks the schema and names those without one.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, Table, UniqueConstraint

from app.extensions import Base


@dataclass(frozen=True, slots=True)
class Move:
    """The row then refers to the one that is kept.

    If the kept one has a row that unique constraints allow only once, or one with the same values in the columns `same`,
    both rows are united: what refers to the row that is merged moves too, and gaps are filled.
    """

    same: tuple[str, ...] = ()
    latest: str = ""
    """Of two united rows, the one with the later instant in this column gives its values."""


@dataclass(frozen=True, slots=True)
class Drop:
    """The row is deleted: it follows from others, or the kept one has its own."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The row names two records of one kind, the lower id first; what was said about them stays."""


Rule = Move | Drop | Pair

_DATES = ("start_date", "end_date")
RULES: dict[str, Rule] = {
    "affiliations.organization_id": Move(same=("parent_id", "kind", *_DATES)),
    "affiliations.parent_id": Move(same=("organization_id", "kind", *_DATES)),
    "audit_entries.person_id": Move(),
    "brigade_members.person_id": Move(),
    "check_ins.delegate_id": Move(latest="answered_at"),
    "consents.person_id": Move(),
    "contact_details.person_id": Move(same=("type", "value", "key_digest")),
    "custom_values.organization_id": Move(),
    "custom_values.person_id": Move(),
    "delegates.person_id": Move(),
    "delegations.organization_id": Move(),
    "deliveries.check_in_id": Drop(),
    "deliveries.delegate_id": Drop(),
    "deliveries.help_call_id": Drop(),
    "follow_up_comments.person_id": Move(),
    "attachments.person_id": Move(),
    "follow_up_series.assignee_person_id": Move(),
    "follow_ups.assignee_person_id": Move(),
    "follow_ups.organization_id": Move(),
    "follow_ups.person_id": Move(),
    "deliveries.brigade_member_id": Drop(),
    "deliveries.person_id": Move(),
    "deliveries.shift_place_id": Drop(),
    "given_answers.check_in_id": Move(),
    "given_answers.delegate_id": Move(),
    "help_calls.delegate_id": Move(),
    "informed_entities.delegate_id": Move(same=("problem_id", "kind")),
    "interactions.organization_id": Move(),
    "interactions.person_id": Move(),
    "memberships.on_behalf_of_id": Move(),
    "memberships.organization_id": Move(same=("person_id", "post", "on_behalf_of_id", *_DATES)),
    "memberships.person_id": Move(same=("organization_id", "post", "on_behalf_of_id", *_DATES)),
    "mentions.organization_id": Move(),
    "mentions.person_id": Move(),
    "merges.organization_id": Move(),
    "merges.person_id": Move(),
    "mobilization_hosts.organization_id": Move(),
    "pending_changes.organization_id": Move(),
    "organization_contacts.organization_id": Move(same=("type", "value")),
    "organization_keys.organization_id": Drop(),
    "organization_names.organization_id": Move(same=("name",)),
    "organization_pairs.first_id": Pair(),
    "organization_pairs.second_id": Pair(),
    "other_names.person_id": Move(same=("name",)),
    "participations.person_id": Move(),
    "partners.organization_id": Move(),
    "person_keys.person_id": Drop(),
    "person_pairs.first_id": Pair(),
    "person_pairs.second_id": Pair(),
    "relations.other_id": Move(same=("person_id", "kind", *_DATES)),
    "relations.person_id": Move(same=("other_id", "kind", *_DATES)),
    "sign_ups.person_id": Move(),
    "segment_conditions.organization_id": Move(),
    "segment_members.organization_id": Move(),
    "segment_members.person_id": Move(),
    "shift_notices.member_id": Drop(),
    "shift_places.member_id": Move(latest="changed_at"),
    "shift_swaps.other_place_id": Move(),
    "shift_swaps.place_id": Move(),
    "taggings.organization_id": Move(),
    "taggings.person_id": Move(),
    "targets.organization_id": Move(),
    "travelers.delegate_id": Move(),
    "undo_entries.person_id": Move(),
    "undone_people.person_id": Move(),
}
"""The rules by table and column."""
BY_NAME: dict[str, tuple[str, str]] = {"audit_entries": ("subject", "subject_id")}
"""Tables that refer to rows of any table: the column with the name of the table, and the one with the id."""
NO_REFERENCE_BY_NAME = frozenset({"merged_ids"})
"""Tables with such columns of their own, which the merge itself writes."""
RESOLVED = frozenset({"people", "organizations", "delegates"})
"""Tables whose old ids appear in addresses and links, and still lead somewhere after a merge."""


def references(table: Table) -> list[ForeignKey]:
    """Return the foreign keys that refer to a table, by table and column."""
    keys = (key for other in Base.metadata.sorted_tables for key in other.foreign_keys if key.column.table is table)
    return sorted(keys, key=name_of)


def name_of(key: ForeignKey) -> str:
    """Return the name of a foreign key in RULES."""
    return f"{key.parent.table.name}.{key.parent.name}"


def unique_sets(key: ForeignKey) -> list[tuple[list[str], Any]]:
    """Return the other columns of each unique constraint and index that contains the column of a foreign key.

    With each of them, the condition on the rows to which it applies; None for all rows.
    """
    table, own = key.parent.table, key.parent
    sets: list[tuple[list[Any], Any]] = [
        (list(one.columns), None) for one in table.constraints if isinstance(one, UniqueConstraint)
    ]
    sets += [(list(one.columns), one.dialect_options["sqlite"]["where"]) for one in table.indexes if one.unique]
    return [
        ([column.name for column in columns if column is not own], where) for columns, where in sets if own in columns
    ]
