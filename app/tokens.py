"""Signed words in the links of letters: each good for one purpose."""

import hashlib
import hmac
from base64 import b32decode, b32encode

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from app.models.accounts.accounts import User
from app.models.congress.delegations import Delegate
from app.queries.accounts import accounts
from app.queries.lookup import Missing

PASSWORD_LINK_SECONDS = 7 * 24 * 3600
_NUMBER_BYTES, _SEAL_BYTES = 5, 10
"""Together 24 characters in base 32, without any to fill it up."""


def sign_subscription(secret_key: str, campaign_id: int, subscription_id: int) -> str:
    """Return the word under which the owner of an address confirms and ends a subscription, without an account."""
    return str(URLSafeSerializer(secret_key, salt="subscription").dumps([campaign_id, subscription_id]))


def read_subscription(secret_key: str, token: str) -> tuple[int, int] | None:
    """Return the campaign's and the subscription's id, or None where the word is not ours."""
    try:
        campaign_id, subscription_id = URLSafeSerializer(secret_key, salt="subscription").loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return int(campaign_id), int(subscription_id)


def sign_delegate_link(secret_key: str, delegate: Delegate) -> str:
    """Return the word under which a delegate answers and reports, without an account, until the link is renewed."""
    word = [delegate.congress_id, delegate.id, delegate.link_number]
    return str(URLSafeSerializer(secret_key, salt="delegate").dumps(word))


def read_delegate_link(secret_key: str, token: str) -> tuple[int, int, int] | None:
    """Return congress, delegate and the number of the link, or None where the word is not ours."""
    try:
        congress_id, delegate_id, number = URLSafeSerializer(secret_key, salt="delegate").loads(token)
        return int(congress_id), int(delegate_id), int(number)
    except (BadSignature, ValueError, TypeError):
        return None


def sign_mail_in(secret_key: str, user_id: int) -> str:
    """Return the word in the address to which the owner of an account mails articles: small letters and digits."""
    number = user_id.to_bytes(_NUMBER_BYTES, "big")
    return b32encode(number + _mail_in_seal(secret_key, number)).decode().lower()


def read_mail_in(secret_key: str, token: str) -> int | None:
    """Return the account's id, or None where the word is not ours; capitals, which mail servers change, do not count."""
    try:
        word = b32decode(token, casefold=True)
    except ValueError:
        return None
    number, seal = word[:_NUMBER_BYTES], word[_NUMBER_BYTES:]
    return int.from_bytes(number, "big") if hmac.compare_digest(seal, _mail_in_seal(secret_key, number)) else None


def _mail_in_seal(secret_key: str, number: bytes) -> bytes:
    return hmac.digest(secret_key.encode(), b"mail in:" + number, "sha256")[:_SEAL_BYTES]


def sign_password_link(secret_key: str, user: User) -> str:
    """Return the word under which the owner of an account chooses a password; choosing one uses it up."""
    return str(URLSafeTimedSerializer(secret_key, salt="password").dumps([user.id, _state(user)]))


def read_password_link(secret_key: str, token: str) -> User | None:
    """Return the account that a word lets choose a password, or None where it is used up, too old or not ours."""
    serializer = URLSafeTimedSerializer(secret_key, salt="password")
    try:
        user_id, state = serializer.loads(token, max_age=PASSWORD_LINK_SECONDS)
        user = accounts.get(user_id)
    except (BadSignature, ValueError, TypeError, Missing):
        return None
    return user if user.is_active and state == _state(user) else None


def _state(user: User) -> str:
    """Return what changes with the password and with nothing else that matters."""
    return hashlib.sha256(f"{user.session_key}{user.password_hash}".encode()).hexdigest()[:20]
