"""Everything about one person, as she may ask for it: all rows about her, with her files, and who looked at them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, or_, select

from app.attached_files import Shelf
from app.domain.accounts import log
from app.domain.recording import plain_value
from app.extensions import Base, db
from app.models.accounts.accounts import User
from app.models.actions.attachments import Attachment
from app.models.oversight.lines import LogLine, LogVerb
from app.models.people.people import Person
from app.models.removing import REMOVED
from app.models.scoping import in_every_scope
from app.queries.privacy import rows, subjects

MaySee = Callable[[int | None, int | None], bool]
"""Whether the reader works on a congress or campaign, given by their ids."""
_DERIVED = frozenset(
    {"person_keys", "person_pairs", "merged_ids", "undo_entries", "undone_people", "announced_follow_ups"}
)
"""Tables of what computers derive from others, and copies of rows that can be restored."""
_SECRETS = frozenset({
    "link_number", "calendar_number", "old_link", "new_link", "message_id", "claim", "leased_until", "nationality_digest",
    "key_digest", "sort_key", "locality_key", "compared_at", "revision", "key", "last_error", "attempts", "recipient", "occasion",
})  # fmt: skip
"""Columns with what opens links, and with what programs need for themselves."""
_SEARCHED = frozenset({("people", "words"), ("custom_values", "words")})
"""Columns with the words of others in the row, for searches; the words of a consent are another thing."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What the house knows about a person."""

    tables: Mapping[str, list[dict[str, Any]]]
    """The rows about her by table, each with its columns that have a value."""
    looks: list[dict[str, Any]]
    """When her contact details were looked at or taken out, and by which account, by number."""
    files: Mapping[str, bytes]
    """The files that she added, by their names in the archive."""

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return sum(map(len, self.tables.values()))


def collect(person: Person, shelf: Shelf, may_see: MaySee) -> Collected:
    """Collect everything about a person, except for what belongs to congresses and campaigns that the reader does not work on."""
    with in_every_scope():
        subject = subjects.subject_of(person)
        hers, referring = rows.belonging(subject), rows.naming(subject)
        found = {
            table.name: read for table in Base.metadata.sorted_tables if table.name not in _DERIVED
            if (read := _rows(table, hers.get(table.name, set()) | referring.get(table.name, set()), may_see))
        }  # fmt: skip
        return Collected(found, _looks(sorted(subject.person_ids)), _files(person, shelf, found))


def account_ids(collected: Collected) -> set[int]:
    """Return the accounts that are named in it."""
    named = {
        row[column] for name, found in collected.tables.items() for row in found for column in accounts_in(name) if column in row
    }  # fmt: skip
    return named | {one["account"] for one in collected.looks if one["account"]}


def accounts_in(name: str) -> list[str]:
    """Return the columns of a table that refer to accounts."""
    users = User.__tablename__
    return [
        one.name
        for one in Base.metadata.tables[name].c
        if any(key.column.table.name == users for key in one.foreign_keys)
    ]


def note(person: Person, collected: Collected) -> None:
    """Note in the audit log that everything about her was taken out."""
    log.note_export_of(Person.__tablename__, person.id, ["contact_details", "everything"], collected.row_count)


def _rows(table: Table, ids: Iterable[int], may_see: MaySee) -> list[dict[str, Any]]:
    columns = [one for one in table.columns if one.name not in _SECRETS and (table.name, one.name) not in _SEARCHED]
    numbers = sorted(ids)
    if not numbers:
        return []
    wanted = select(*columns).where(table.c.id.in_(numbers)).order_by(table.c.id)
    found = db.session.execute(wanted.execution_options(unscoped="what belongs elsewhere is left out below")).mappings()
    return [
        {name: plain_value(value) for name, value in row.items() if value not in (None, "", [], {})}
        for row in found if _is_seen(row, may_see)
    ]  # fmt: skip


def _is_seen(row: Mapping[Any, Any], may_see: MaySee) -> bool:
    congress_id, campaign_id = row.get("congress_id"), row.get("campaign_id")
    return (congress_id is None and campaign_id is None) or may_see(congress_id, campaign_id)


def _looks(person_ids: list[int]) -> list[dict[str, Any]]:
    """Return when her page or a list with her was shown or taken out, the latest last."""
    one_of = (LogLine.record_ids.like(f"%,{number},%") for number in person_ids)
    lines = select(LogLine).where(
        LogLine.table_name == Person.__tablename__, LogLine.verb.in_((LogVerb.READ, LogVerb.EXPORT)),
        or_(LogLine.record_id.in_(person_ids), *one_of),
    )  # fmt: skip
    return [
        {"at": one.at.isoformat(), "what": one.verb.value, "fields": one.fields, "account": one.user_id}
        for one in db.session.scalars(lines.order_by(LogLine.number))
    ]


def _files(person: Person, shelf: Shelf, found: Mapping[str, list[dict[str, Any]]]) -> dict[str, bytes]:
    seen = {row["id"] for row in found.get(Attachment.__tablename__, ())}
    added = select(Attachment).where(Attachment.person_id == person.id, Attachment.id.in_(seen)).order_by(Attachment.id)
    contents = ((one, shelf.read(one.key)) for one in db.session.scalars(added, execution_options=REMOVED))
    return {f"files/{one.id}.{one.file_type.value}": content for one, content in contents if content is not None}
