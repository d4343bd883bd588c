"""Recovery codes, which belong to an account: it has them as long as it has a second factor, of whichever kind."""

import secrets

from sqlalchemy import delete, update

from app import clock, one_time
from app.domain.accounts import notices
from app.domain.accounts.notices import Notice
from app.domain.updates import changes_one
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.factors import RecoveryCodes
from app.queries.accounts import factors as factor_queries
from app.text import N_


def provide(user: User) -> None:
    """Give an account recovery codes, unless it has some already: it has a second factor now."""
    if factor_queries.recovery_codes(user.id) is None:
        db.session.add(RecoveryCodes(user_id=user.id, nonce=secrets.token_urlsafe(24), created_at=clock.now()))
        db.session.flush()


def renew(user: User) -> None:
    """Replace the recovery codes of an account; the earlier ones no longer work."""
    if not factor_queries.has_one(user.id):
        raise DomainError(None, N_("Turn on a second factor first."))
    forget(user)
    provide(user)
    notices.factor_changed(user, Notice.CODES_RENEWED)


def forget(user: User) -> None:
    """Delete the recovery codes of an account, which has no second factor any more or gets new ones."""
    db.session.execute(delete(RecoveryCodes).where(RecoveryCodes.user_id == user.id))


def accept(user: User, typed: str, secret_key: str) -> bool:
    """Return whether an unused recovery code was typed. None is accepted twice."""
    codes = factor_queries.recovery_codes(user.id)
    if codes is None:
        return False
    number = one_time.matching_recovery(one_time.secret_of(secret_key, codes.nonce), typed)
    if number is None:
        return False
    unused = update(RecoveryCodes).where(RecoveryCodes.id == codes.id, RecoveryCodes.used.op("&")(1 << number) == 0)
    return changes_one(unused.values(used=RecoveryCodes.used.op("|")(1 << number)))


def shown(codes: RecoveryCodes, secret_key: str) -> list[str]:
    """Return recovery codes, until their owner says that they are written down."""
    if codes.seen_at is not None:
        return []
    secret = one_time.secret_of(secret_key, codes.nonce)
    return [one_time.recovery_code(secret, number) for number in range(one_time.RECOVERY_CODES)]


def hide(user: User) -> None:
    """Never show the recovery codes of an account again, if it has any."""
    codes = factor_queries.recovery_codes(user.id)
    if codes is not None:
        codes.seen_at = codes.seen_at or clock.now()
