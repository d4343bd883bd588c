"""Passkeys: added, used and removed. Each answer of a device is accepted once."""

from datetime import timedelta

from sqlalchemy import delete, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain.accounts import factors, notices, recovery
from app.domain.updates import changes_one
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.passkeys import Passkey, UsedChallenge
from app.queries.accounts import factors as factor_queries
from app.text import N_
from app.webauthn import NewPasskey, Proof, digest_of

CHALLENGE_LASTS = timedelta(minutes=5)
"""How long a device may take to answer."""
MOST = 20
"""Passkeys of one account."""


def add(user: User, name: str, made: NewPasskey, challenge: bytes) -> Passkey:
    """Record a passkey that a device of the owner has just made for a challenge."""
    if len(factor_queries.passkeys(user.id)) >= MOST:
        raise DomainError(None, N_("You have %(most)s passkeys. Remove one first."), most=MOST)
    _use_up(challenge)
    if factor_queries.passkey_known_as(made.credential_id) is not None:
        raise DomainError(None, N_("This passkey is already recorded."))
    passkey = Passkey(
        user_id=user.id,
        name=name,
        credential_id=made.credential_id,
        credential=made.credential,
        sign_count=made.sign_count,
        created_at=clock.now(),
    )
    db.session.add(passkey)
    db.session.flush()
    recovery.provide(user)
    notices.passkey_added(passkey)
    return passkey


def use(passkey: Passkey, proof: Proof, challenge: bytes) -> None:
    """Record that a passkey was used; raises DomainError if the answer was used before, or if the passkey may be a copy."""
    _use_up(challenge)
    grows = Passkey.sign_count < proof.sign_count
    never_counts = Passkey.sign_count == 0
    counted = grows if proof.sign_count else never_counts
    is_next = update(Passkey).where(Passkey.id == passkey.id, counted)
    if not changes_one(is_next.values(sign_count=proof.sign_count, last_used_at=clock.now())):
        raise DomainError(
            None, N_("This passkey may be a copy: it was used less often than we know. Use a code, and remove it.")
        )


def remove(passkey: Passkey, user: User) -> None:
    """Remove a passkey from its account."""
    if changes_one(delete(Passkey).where(Passkey.id == passkey.id)):
        factors.lost_one(user, notices.Notice.PASSKEY_REMOVED, str(passkey.id))


def sweep() -> None:
    """Forget the challenges that are too old to be used again anyway."""
    db.session.execute(delete(UsedChallenge).where(UsedChallenge.used_at < clock.now() - 2 * CHALLENGE_LASTS))


def _use_up(challenge: bytes) -> None:
    row = {"digest": digest_of(challenge), "used_at": clock.now()}
    if not insert_missing(db.session, UsedChallenge.__table__, [row]):  # type: ignore[arg-type]
        raise DomainError(None, N_("This answer was used before. Press the button again."))
