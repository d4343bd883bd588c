"""Sealing how people at risk can be reached: of such a person, no contact detail but email addresses is stored in the clear.

The session seals them whenever it writes one, and seals or opens all of them when the mark of the person changes. They are
found by a keyed digest of the form in which contact details are compared, so the same number is still the same number.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.extensions import db
from app.models.scoping import Scope, current_scope, enter_scope
from app.models.types import SealedDigest, keyring_of
from app.sealing import is_digest
from app.text import contact_key

if TYPE_CHECKING:
    from sqlalchemy import Dialect

    from app.models.people.people import ContactDetail, Person

PLACE = "contact_details.sealed_value"
_SEEN, _LOOKS = "seen_at_risk", "looks_at_protected"


class ContactDigest(SealedDigest):
    """A keyed digest of a contact detail, in the form in which contact details are compared."""

    cache_ok = True

    def __init__(self) -> None:
        """Digest what is sealed."""
        super().__init__("sealed_value", PLACE)

    def process_bind_param(self, value: str | None, dialect: "Dialect") -> str | None:
        """Return the digest of a contact detail."""
        if value is None or is_digest(value):
            return value
        return keyring_of(dialect).digest(_compared(value), self.place)


def _compared(value: str) -> str:
    """Return the form that is digested, which never looks like a digest itself."""
    return f"={contact_key(value)}"


def is_seen(person: type["Person"], person_id: int) -> bool:
    """Return whether the session shows how a person at risk can be reached; then the page leaves a line in the audit log."""
    scope = current_scope()
    wider = scope.protected if scope else None
    if wider is None or not (wider.everything or person_id in _seen(person, wider, person_id)):
        return False
    db.session.info.setdefault(_LOOKS, set()).add(person_id)
    return True


def looks() -> set[int]:
    """Return the people at risk whose contact details the session has shown since this was last asked."""
    found: set[int] = db.session.info.pop(_LOOKS, set())
    return found


def _seen(person: type["Person"], scope: Scope, person_id: int) -> set[int]:
    """Return the ids of people at risk in a scope, all of which are read at once."""
    known: tuple[Scope, set[int]] | None = db.session.info.get(_SEEN)
    if known is not None and known[0] == scope and person_id in known[1]:
        return known[1]
    before = current_scope() or Scope()
    enter_scope(scope)
    try:
        with db.session.no_autoflush:
            found = set(db.session.scalars(select(person.id).where(person.is_at_risk)))
    finally:
        enter_scope(before)
    db.session.info[_SEEN] = (scope, found)
    return found


def settle(detail: "ContactDetail", *, is_at_risk: bool) -> None:
    """Seal a contact detail that is about to be written, or open it."""
    text = detail.text
    if not text:
        return  # it was read while the house is locked: nothing is known but that there is something
    if detail.is_email or not is_at_risk:
        detail.value, detail.key = text, contact_key(text)
        detail.sealed_value = detail.key_digest = None
        return
    detail.value = detail.key = ""
    detail.sealed_value, detail.key_digest = text, digest_of(text)


def digest_of(text: str) -> str:
    """Return the digest by which a sealed contact detail is found."""
    return keyring_of(db.engine.dialect).digest(_compared(text), PLACE)


def keys_of(typed: Iterable[str]) -> set[str]:
    """Return the forms in which contact details are found."""
    return {contact_key(one) for one in typed} - {""}


def digests_of(typed: Iterable[str]) -> set[str]:
    """Return the forms in which they are found where they are sealed."""
    return {digest_of(one) for one in typed}
