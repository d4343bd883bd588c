"""Argon2id for passwords, and the rules for choosing one."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from app.domain_errors import DomainError
from app.text import N_

MIN_LENGTH, MAX_LENGTH = 12, 500
_hasher = PasswordHasher()


@cache
def _unusable() -> str:
    """Return a hash to compare with if there is no account; it is computed when first needed."""
    return _hasher.hash("nobody has this password")


def check(password: str) -> None:
    """Raise DomainError if a password is too short or too long."""
    if len(password) < MIN_LENGTH:
        raise DomainError("password", N_("Use at least %(length)s characters."), length=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        raise DomainError("password", N_("Use at most %(length)s characters."), length=MAX_LENGTH)


def hash_password(password: str) -> str:
    """Return the hash to store; raises DomainError on `password` if it is too short or too long."""
    check(password)
    return _hasher.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Return whether `password` is correct; takes the same time whether or not there is an account."""
    try:
        _hasher.verify(password_hash or _unusable(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return password_hash is not None
