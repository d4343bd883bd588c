"""Argon2id for passwords, and the rules for choosing one."""

import gzip
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from app.domain_errors import DomainError
from app.text import N_, plain, words_of

MIN_LENGTH, MAX_LENGTH = 12, 500
_LEAST_CHARACTERS = 5
"""Different letters and digits in a password."""
_OF_THE_HOUSE = ("encuentro",)
_SHORTEST_WORD = 3
_LEAST_OF_ITS_OWN = 5
"""Characters that a password has besides names, addresses, and digits around it."""
_hasher = PasswordHasher()


@cache
def _unusable() -> str:
    """Return a hash to compare with if there is no account; it is computed when first needed."""
    return _hasher.hash("nobody has this password")


def check(password: str, *names: str) -> None:
    """Raise DomainError if a password is too short or too long, common, or made of the owner's names and addresses."""
    if len(password) < MIN_LENGTH:
        raise DomainError("password", N_("Use at least %(length)s characters."), length=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        raise DomainError("password", N_("Use at most %(length)s characters."), length=MAX_LENGTH)
    if _is_common(password):
        raise DomainError("password", N_("This is one of the passwords that are tried first. Choose another one."))
    if names and len(_without(words_of(" ".join([*names, *_OF_THE_HOUSE])), password)) < _LEAST_OF_ITS_OWN:
        raise DomainError("password", N_("This is little more than your name or address. Choose another password."))


@cache
def _common() -> frozenset[str]:
    """Return the most common passwords; README names their source."""
    with gzip.open(Path(__file__).parent / "common_passwords.txt.gz", "rt", encoding="utf-8") as file:
        return frozenset(file.read().split())


def _is_common(password: str) -> bool:
    """Return whether a password is common, also if it is repeated, or has digits and signs around it."""
    typed = plain(password).replace(" ", "")
    bare = typed.strip("0123456789")
    repeated = (one[: (one + one).index(one, 1)] for one in (typed, bare) if one)
    return len(set(typed)) < _LEAST_CHARACTERS or not _common().isdisjoint([password.lower(), typed, bare, *repeated])


def _without(words: list[str], password: str) -> str:
    """Return what is left of a password without some words, and without digits around the rest."""
    left = plain(password).replace(" ", "")
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "") if len(word) >= _SHORTEST_WORD else left
    return left.strip("0123456789")


def hash_password(password: str, *names: str) -> str:
    """Return the hash to store; raises DomainError on `password` if `check` refuses it."""
    check(password, *names)
    return _hasher.hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Return whether `password` is correct; takes the same time whether or not there is an account."""
    try:
        _hasher.verify(password_hash or _unusable(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return password_hash is not None
