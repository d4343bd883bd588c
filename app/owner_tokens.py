"""Signed tokens of admins and of the owners of accounts: for the first account, and against a reset of a second factor."""

import secrets

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

FIRST_ADMIN_SECONDS = 24 * 3600


def sign_factor_reset(secret_key: str, reset_id: int) -> str:
    """Return the token with which the owner of an account cancels a reset of its second factor, without signing in."""
    return str(URLSafeSerializer(secret_key, salt="factor reset").dumps(reset_id))


def read_factor_reset(secret_key: str, token: str) -> int | None:
    """Return the id of the reset, or None if the token is invalid."""
    try:
        return int(URLSafeSerializer(secret_key, salt="factor reset").loads(token))
    except (BadSignature, ValueError, TypeError):
        return None


def sign_first_admin(secret_key: str) -> str:
    """Return the token with which the first admin account is created, valid while there is no account."""
    return str(URLSafeTimedSerializer(secret_key, salt="first admin").dumps(secrets.token_urlsafe(16)))


def is_first_admin_link(secret_key: str, token: str) -> bool:
    """Return whether a token is from `sign_first_admin` and not older than a day."""
    try:
        URLSafeTimedSerializer(secret_key, salt="first admin").loads(token, max_age=FIRST_ADMIN_SECONDS)
    except BadSignature:
        return False
    return True
