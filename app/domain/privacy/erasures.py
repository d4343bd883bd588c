"""Erasing a person for good, with every copy that the house knows of. Needs access to everything.

What tells how many took part in something stays without her: her signatures and other sign-ups are emptied, her seats are
counted. What was written about her in free texts is not touched: `queries.privacy.hits` finds it for people to edit.
"""

import secrets
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import delete, func, insert, or_, select, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.dialects.names import delete_unused
from app.domain.accounts import log, removals
from app.domain.accounts.accounts import FORGOTTEN
from app.domain.congress import removed_people
from app.domain.mail import totals
from app.domain.privacy import copies, suppressions
from app.domain.privacy.needles import Needles
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.subscriptions import AddressChange, Subscription
from app.models.congress.delegations import Delegate, Delegation
from app.models.mail.deliveries import Delivery
from app.models.mobilizing.sign_ups import OWNER_PLACE, Mandate, SignUp
from app.models.naming import SearchWord
from app.models.people.consents import Consent, ConsentMeans, ConsentPurpose
from app.models.people.people import Person
from app.models.privacy.erasures import ConsentProof, Erasure
from app.models.privacy.suppressions import Suppression, SuppressionReason
from app.models.removing import REMOVED
from app.models.scoping import in_every_scope
from app.models.types import digest_of_address, keyring_of
from app.queries.privacy import rows, subjects
from app.queries.privacy.subjects import Subject
from app.text import N_, words_of

_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
"""Nobody else was removed at this instant, so what is hidden since then is hidden with her."""
_IN_BULK: dict[str, Any] = {"synchronize_session": False}
_FOR_OTHERS = (Mandate.OFFICER, Mandate.ASSEMBLY)
"""Who signs so signs for an organization, whose name stays."""


def check(person: Person) -> None:
    """Raise DomainError if a person has an account that is still there: it acts, and its name is hers."""
    with in_every_scope():
        if any(one.removed_at is None for one in subjects.accounts_at(subjects.subject_of(person))):
            raise DomainError(None, N_("There is an account with an address of this person. Remove the account first."))


def erase(person: Person, *, by: User | None, is_again: bool = False) -> Erasure:
    """Erase a person; it cannot be undone. Raises DomainError as `check` does, unless an older backup has brought her back.

    The attached files and what the database keeps of deleted rows are cleaned by `app.jobs.privacy.cleaning` after the
    commit.
    """
    if not is_again:
        check(person)
    with in_every_scope():
        subject = subjects.subject_of(person)
        if person.removed_at is None:
            removed_people.remove(person, by=by, may_edit=lambda _congress_id, _campaign_id: True)
        db.session.flush()
        erasure = Erasure(
            person_id=person.id, person_ids=sorted(subject.person_ids), at=clock.now(), by_id=by.id if by else None,
            counts={}, file_keys=[],
            address_digests=[digest_of_address(one, db.engine.dialect) for one in sorted(subject.addresses)],
        )  # fmt: skip
        _keep_proofs(subject)
        _count_seats(subject)
        suppressions.suppress(subject.addresses, SuppressionReason.ERASED)
        db.session.flush()
        keys = copies.attached_to(subject)
        counts = _erase_rows(subject)
        copied = copies.erase(subject, Needles(subject.texts))
        _forget_words(subject)
        log.note_erasure(Person.__tablename__, person.id)
        erasure.counts = {name: count for name, count in sorted({**counts, **copied.counts}.items()) if count}
        erasure.file_keys = sorted({*keys, *copied.file_keys})
        db.session.add(erasure)
        db.session.flush()
        db.session.expire_all()
    return erasure


def suppress_again(digests: Collection[str]) -> None:
    """Never write to addresses that were suppressed by an erasure since the backup that was restored."""
    missing = [{"digest": one, "reason": SuppressionReason.ERASED, "at": clock.now()} for one in digests]
    insert_missing(db.session, cast("Any", Suppression.__table__), missing)


def _erase_rows(subject: Subject) -> dict[str, int]:
    """Delete the person with everything that depends on her, and what her addresses lead to; return how many rows."""
    _keep_numbers(subject)
    counts = {SignUp.__tablename__: _erase_sign_ups(subject)}
    for model, condition in (
        (
            AddressChange,
            AddressChange.old_email.in_(subject.addresses) | AddressChange.new_email.in_(subject.addresses),
        ),
        (Subscription, Subscription.email.in_(subject.addresses)),
    ):
        counts[model.__tablename__] = _delete(model, condition)
    counts[User.__tablename__] = _empty_accounts(subject)
    at_once = update(Person).where(Person.id == subject.person_id).values(removed_at=_BEFORE_ALL)
    db.session.execute(at_once, execution_options=_IN_BULK)
    gone = removals.forget_whole(Person, until=_BEFORE_ALL)
    log.erase_about(Person.__tablename__, sorted(subject.person_ids))
    return counts | {name: len(ids) for name, ids in gone.items()}


def _keep_numbers(subject: Subject) -> None:
    """Count the emails that are deleted with her, so that digests and mailings go on saying to how many they were sent."""
    hers = or_(
        Delivery.subscription_id.in_(select(Subscription.id).where(Subscription.email.in_(subject.addresses))),
        Delivery.person_id.in_(subject.person_ids),
        Delivery.delegate_id.in_(select(Delegate.id).where(Delegate.person_id.in_(subject.person_ids))),
        Delivery.sign_up_id.in_(rows.sign_up_ids(subject)),
    )
    totals.roll_up(list(db.session.scalars(select(Delivery.id).where(hers), execution_options=REMOVED)))


def _erase_sign_ups(subject: Subject) -> int:
    """Empty the sign-ups that count or were withdrawn, and delete those that nobody confirmed; return how many there were.

    What is left gets the digest of a random text instead of her address, so that it still counts as of one person.
    """
    ids = rows.sign_up_ids(subject)
    log.erase_about(SignUp.__tablename__, ids)
    db.session.execute(delete(Delivery).where(Delivery.sign_up_id.in_(ids)), execution_options=_IN_BULK)
    unconfirmed = delete(SignUp).where(SignUp.id.in_(ids), SignUp.confirmed_at.is_(None))
    db.session.execute(unconfirmed, execution_options=_IN_BULK)
    mine = update(SignUp).where(SignUp.id.in_(ids))
    empty: dict[str, Any] = {
        "name": "",
        "email": None,
        "phone": None,
        "locality": None,
        "details": {},
        "is_named": False,
        "person_id": None,
        "owner_digest": keyring_of(db.engine.dialect).digest(secrets.token_hex(), OWNER_PLACE),
    }
    db.session.execute(mine.values(empty), execution_options=_IN_BULK)
    own_name = SignUp.mandate.is_(None) | SignUp.mandate.not_in(_FOR_OTHERS)
    db.session.execute(mine.where(own_name).values(organization_name=None), execution_options=_IN_BULK)
    return len(ids)


def _empty_accounts(subject: Subject) -> int:
    """Take the name of accounts that were removed before; what they did stays, done by nobody known."""
    ids = [one.id for one in subjects.accounts_at(subject)]
    log.erase_about(User.__tablename__, ids)
    for number in ids:
        bare = {"name": "…", "email": f"{number}{FORGOTTEN}", "password_hash": None, "calendar_key": None}
        db.session.execute(update(User).where(User.id == number).values(bare), execution_options=_IN_BULK)
    return len(ids)


def _keep_proofs(subject: Subject) -> None:
    """Keep that she agreed to letters and other things, under the digests of her addresses: the house may have to prove it."""
    given = db.session.scalars(
        select(Consent).where(Consent.person_id == subject.person_id), execution_options=REMOVED
    ).all()
    proofs = [
        {"digest": address, "purpose": one.purpose, "given_at": one.given_at, "how": one.how, "withdrawn_at": one.withdrawn_at}
        for address in sorted(subject.addresses) for one in given
    ]  # fmt: skip
    subscribed = select(Subscription).where(
        Subscription.email.in_(subject.addresses), Subscription.confirmed_at.is_not(None)
    )
    proofs += [
        {
            "digest": one.email, "purpose": ConsentPurpose.EMAIL, "given_at": cast("datetime", one.confirmed_at).date(),
            "how": ConsentMeans.LINK, "withdrawn_at": one.unsubscribed_at.date() if one.unsubscribed_at else None,
        }
        for one in db.session.scalars(subscribed)
    ]  # fmt: skip
    if proofs:
        db.session.execute(insert(ConsentProof), proofs)


def _count_seats(subject: Subject) -> None:
    """Count her seats at their delegations, so that the number of delegates is still known."""
    seats = select(Delegate.delegation_id, func.count()).where(Delegate.person_id == subject.person_id)
    found = db.session.execute(seats.group_by(Delegate.delegation_id), execution_options=REMOVED).all()
    for delegation_id, number in found:
        counted = update(Delegation).where(Delegation.id == delegation_id)
        more = Delegation.erased_delegates + number
        db.session.execute(counted.values(erased_delegates=more), execution_options=_IN_BULK)


def _forget_words(subject: Subject) -> None:
    """Take the words of her names out of the vocabulary of searches, unless others have them."""
    words = sorted({word for name in subject.all_names for word in words_of(name)})
    delete_unused(db.session, cast("Any", SearchWord.__table__), words)


def _delete(model: Any, condition: Any) -> int:
    ids: Collection[int] = db.session.scalars(select(model.id).where(condition), execution_options=REMOVED).all()
    log.erase_about(model.__tablename__, ids)
    db.session.execute(delete(model).where(model.id.in_(ids)), execution_options=_IN_BULK)
    return len(ids)
