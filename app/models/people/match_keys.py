"""The blocking keys of people and organizations: only records that share a key are compared with each other.

Whenever the session writes a name, contact detail, membership, person or organization, the keys are written again, and
the record is marked to be compared. Sealed contact details have none: people who share them are found by digests. Statements that change many rows at once bypass the session: `keep_people` and
`keep_organizations` then do the same. Rows that were inserted in bulk get their keys at night.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Connection,
    ForeignKey,
    Index,
    RowMapping,
    Table,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column, relationship

from app.extensions import Base
from app.matching.blocking import keys
from app.matching.records import OrganizationRecord, PersonRecord, Record
from app.models.people.memberships import Membership
from app.models.people.organizations import Organization
from app.models.people.other_names import OtherName
from app.models.people.people import ContactDetail, ContactType, OfPerson, Person
from app.models.types import PrimaryKey

PHONES = (ContactType.PHONE, ContactType.SIGNAL, ContactType.WHATSAPP)
_REASON = {"unscoped": "keys are computed for every row, whoever changes it"}


class PersonKey(Base, OfPerson):
    """A blocking key of a person."""

    __tablename__ = "person_keys"
    __table_args__ = (Index("ix_person_keys_key_person_id", "key", "person_id"),)

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    key: Mapped[int] = mapped_column(BigInteger)
    """A hash of the key, so that the table contains no addresses and numbers."""

    person: Mapped[Person] = relationship()


class OrganizationKey(Base):
    """A blocking key of an organization."""

    __tablename__ = "organization_keys"
    __table_args__ = (Index("ix_organization_keys_key_organization_id", "key", "organization_id"),)

    id: Mapped[PrimaryKey]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    key: Mapped[int] = mapped_column(BigInteger)


def hashed_keys(record: Record) -> frozenset[int]:
    """Return the keys of a record as they are stored."""
    return frozenset(
        int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True) for key in keys(record)
    )


def keep_people(connection: Connection, ids: Iterable[int]) -> None:
    """Write the keys of people again, and mark the people to be compared."""
    _keep(connection, PersonKey, "person_id", person_records(connection, set(ids), with_sealed=False))


def keep_organizations(connection: Connection, ids: Iterable[int]) -> None:
    """Write the keys of organizations again, and mark the organizations to be compared."""
    _keep(connection, OrganizationKey, "organization_id", organization_records(connection, set(ids)))


def person_records(connection: Connection, ids: set[int], *, with_sealed: bool = True) -> dict[int, PersonRecord]:
    """Return what is compared of people, by id, with or without the numbers of people at risk."""
    people = _rows(connection, Person, "id", ids, "given_name", "family_name", "country", "locality")
    names, contacts = (
        _by_person(connection, OtherName, ids, "name"),
        _by_person(connection, ContactDetail, ids, "type", "value", *(["sealed_value"] if with_sealed else [])),
    )
    memberships = _by_person(connection, Membership, ids, "organization_id")
    return {
        row["id"]: PersonRecord(
            row["given_name"],
            row["family_name"],
            other_names=tuple(one["name"] for one in names[row["id"]]),
            emails=tuple(one["value"] for one in contacts[row["id"]] if one["type"] is ContactType.EMAIL),
            phones=tuple(_number(one) for one in contacts[row["id"]] if one["type"] in PHONES and _number(one)),
            country=row["country"],
            locality=row["locality"],
            organizations=frozenset(one["organization_id"] for one in memberships[row["id"]]),
        )
        for row in people
    }


def _number(row: RowMapping) -> str:
    return str(row["value"] or row.get("sealed_value") or "")


def organization_records(connection: Connection, ids: set[int]) -> dict[int, OrganizationRecord]:
    """Return what is compared of organizations, by id."""
    rows = _rows(connection, Organization, "id", ids, "name", "acronym", "country", "website")
    return {
        row["id"]: OrganizationRecord(
            row["name"], acronym=row["acronym"], country=row["country"], website=row["website"]
        )
        for row in rows
    }


def _rows(connection: Connection, model: Any, column: str, ids: set[int], *names: str) -> Sequence[RowMapping]:
    columns = cast("Table", model.__table__).c
    found = select(columns[column], *(columns[name] for name in names)).where(columns[column].in_(ids))
    return connection.execute(found.order_by(columns.id), execution_options=_REASON).mappings().all()


def _by_person(connection: Connection, model: Any, ids: set[int], *names: str) -> defaultdict[int, list[RowMapping]]:
    found: defaultdict[int, list[RowMapping]] = defaultdict(list)
    for row in _rows(connection, model, "person_id", ids, *names):
        found[row["person_id"]].append(row)
    return found


def _keep(connection: Connection, model: Any, column: str, records: Mapping[int, Record]) -> None:
    table: Any = model.__table__
    owners: Any = {"person_id": Person.__table__, "organization_id": Organization.__table__}[column]
    stored: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in _rows(connection, model, column, set(records), "id", "key"):
        stored[row[column]][row["key"]] = row["id"]
    wanted = {number: hashed_keys(record) for number, record in records.items()}
    gone = [at for number, found in stored.items() for key, at in found.items() if key not in wanted[number]]
    new = [
        {column: number, "key": key}
        for number, found in wanted.items()
        for key in sorted(found - stored[number].keys())
    ]
    if gone:
        connection.execute(delete(table).where(table.c.id.in_(gone)), execution_options=_REASON)
    if new:
        connection.execute(insert(table), new, execution_options=_REASON)
    changed = update(owners).where(owners.c.id.in_(records), owners.c.compared_at.is_not(None))
    connection.execute(changed.values(compared_at=None), execution_options=_REASON)


@event.listens_for(Session, "after_flush")
def _follow(session: Session, _context: UOWTransaction) -> None:
    """Write the keys of what the session has just written."""
    written = [*session.new, *(row for row in session.dirty if session.is_modified(row)), *session.deleted]
    gone = set(session.deleted)
    parts = [row for row in written if isinstance(row, ContactDetail | Membership | OtherName)]
    people = {row.id for row in written if isinstance(row, Person) and row not in gone}
    people |= {row.person_id for row in parts} - {row.id for row in gone if isinstance(row, Person)} - {None}
    organizations = {row.id for row in written if isinstance(row, Organization) and row not in gone}
    if people:
        keep_people(session.connection(), people)
    if organizations:
        keep_organizations(session.connection(), organizations)
