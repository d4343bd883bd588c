"""All rows about a person: those that would be deleted with her, and those that only name her, found by walking the models."""

from collections.abc import Collection
from typing import Any, cast

from sqlalchemy import Table, or_, select

from app.extensions import Base, db
from app.models.campaigns.subscriptions import AddressChange, Subscription
from app.models.mobilizing.sign_ups import OWNER_PLACE, SignUp
from app.models.people.people import Person
from app.models.types import keyring_of
from app.queries.privacy.subjects import Subject
from app.text import contact_key

_EVERYWHERE = {"unscoped": "everything about one person, for who may edit her everywhere"}
Rows = dict[str, set[int]]
"""Ids by table."""


def belonging(subject: Subject) -> Rows:
    """Return the rows that belong to a person alone: by foreign keys with ON DELETE CASCADE, and by her addresses."""
    found: Rows = {Person.__tablename__: {subject.person_id}, SignUp.__tablename__: set(sign_up_ids(subject))}
    found[Subscription.__tablename__] = _ids(Subscription, Subscription.email.in_(subject.addresses))
    mine = AddressChange.old_email.in_(subject.addresses) | AddressChange.new_email.in_(subject.addresses)
    found[AddressChange.__tablename__] = _ids(AddressChange, mine)
    for table in Base.metadata.sorted_tables:
        keys = [key for key in table.foreign_keys if key.ondelete == "CASCADE" and found.get(key.column.table.name)]
        if keys and "id" in table.c:
            refers = or_(*(key.parent.in_(found[key.column.table.name]) for key in keys))
            found.setdefault(table.name, set()).update(_scalars(table, refers))
    return {name: ids for name, ids in found.items() if ids}


def naming(subject: Subject) -> Rows:
    """Return the rows of others that refer to a person: actions that she has, comments and files of hers."""
    found: Rows = {}
    for table in Base.metadata.sorted_tables:
        keys = [
            key for key in table.foreign_keys if key.column.table.name == "people" and key.ondelete not in ("CASCADE", None)
        ]  # fmt: skip
        if keys:
            ids = _scalars(table, or_(*(key.parent == subject.person_id for key in keys)))
            if ids:
                found[table.name] = set(ids)
    return found


def sign_up_ids(subject: Subject) -> list[int]:
    """Return the sign-ups of a person: taken over, by an address of hers (also where only its digest is left), or by her number without any address."""
    found = select(SignUp.id, SignUp.phone, SignUp.email, SignUp.person_id, SignUp.owner_digest)
    ring = keyring_of(db.engine.dialect)
    owners = {ring.digest(one, OWNER_PLACE) for one in subject.addresses | subject.phones}
    return [
        one.id for one in db.session.execute(found)
        if one.person_id == subject.person_id or one.email in subject.addresses or one.owner_digest in owners
        or (one.email is None and one.phone and contact_key(one.phone) in subject.phone_keys)
    ]  # fmt: skip


def _ids(model: Any, condition: Any) -> set[int]:
    return set(_scalars(cast("Table", model.__table__), condition))


def _scalars(table: Table, condition: Any) -> Collection[int]:
    statement = select(table.c.id).where(condition).execution_options(**_EVERYWHERE)
    return db.session.scalars(statement).all()
