"""Signed tokens for links in emails, each valid for one purpose."""

import hashlib
import hmac
import secrets
from base64 import b32decode, b32encode
from dataclasses import dataclass
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.subscriptions import AddressChange, SubscriptionRequest
from app.models.congress.delegations import Delegate
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.sign_ups import SignUp
from app.queries.accounts import accounts
from app.queries.lookup import Missing

DAY_SECONDS = 24 * 3600
PASSWORD_LINK_SECONDS = 7 * DAY_SECONDS
CHANGE_SECONDS = 7 * DAY_SECONDS
UNDO_SECONDS = 30 * DAY_SECONDS
FIRST_ADMIN_SECONDS = DAY_SECONDS
_NUMBER_BYTES, _SEAL_BYTES = 5, 10
"""Together 24 characters in base32, without padding."""


@dataclass(frozen=True, slots=True)
class MemberLink:
    """The contents of a member's link; only a link with the subscription's current number opens its preferences."""

    campaign_id: int
    subscription_id: int
    number: int = 0


def sign_subscription(secret_key: str, campaign_id: int, subscription_id: int, number: int = 0) -> str:
    """Return the token with which a member changes or ends a subscription, without an account."""
    values = [campaign_id, subscription_id, number] if number else [campaign_id, subscription_id]
    return str(URLSafeSerializer(secret_key, salt="subscription").dumps(values))


def read_subscription(secret_key: str, token: str) -> MemberLink | None:
    """Return the contents of a member's link, or None if the token is invalid."""
    try:
        return MemberLink(*map(int, URLSafeSerializer(secret_key, salt="subscription").loads(token)))
    except (BadSignature, ValueError, TypeError):
        return None


def sign_request(secret_key: str, asked: SubscriptionRequest) -> str:
    """Return the token with which the owner of an address confirms a request."""
    values = [asked.campaign_id, asked.subscription_id, asked.id]
    return str(URLSafeSerializer(secret_key, salt="subscription request").dumps(values))


def read_request(secret_key: str, token: str) -> tuple[MemberLink, int] | None:
    """Return the request's id and its subscription, or None if the token is invalid."""
    try:
        campaign_id, subscription_id, asked_id = URLSafeSerializer(secret_key, salt="subscription request").loads(token)
        return MemberLink(int(campaign_id), int(subscription_id)), int(asked_id)
    except (BadSignature, ValueError, TypeError):
        return None


def sign_address_change(secret_key: str, change: AddressChange, *, undo: bool = False) -> str:
    """Return the token that confirms a new address or, sent to the old one, undoes the change."""
    return str(_address_changes(secret_key, undo).dumps([change.campaign_id, change.id]))


def read_address_change(secret_key: str, token: str, *, undo: bool = False) -> tuple[int, int] | None:
    """Return the ids of the campaign and the change, or None if the token has expired or is invalid."""
    seconds = UNDO_SECONDS if undo else CHANGE_SECONDS
    try:
        campaign_id, change_id = _address_changes(secret_key, undo).loads(token, max_age=seconds)
        return int(campaign_id), int(change_id)
    except (BadSignature, ValueError, TypeError):
        return None


def _address_changes(secret_key: str, undo: bool) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt="address change undone" if undo else "address change")


def sign_sign_up(secret_key: str, sign_up: SignUp) -> str:
    """Return the token with which the person who signed up confirms it and withdraws it, without an account."""
    return str(URLSafeSerializer(secret_key, salt="sign-up").dumps([sign_up.campaign_id, sign_up.id]))


def read_sign_up(secret_key: str, token: str) -> tuple[int, int] | None:
    """Return the ids of the campaign and the sign-up, or None if the token is invalid."""
    try:
        campaign_id, sign_up_id = URLSafeSerializer(secret_key, salt="sign-up").loads(token)
        return int(campaign_id), int(sign_up_id)
    except (BadSignature, ValueError, TypeError):
        return None


def sign_delegate_link(secret_key: str, delegate: Delegate) -> str:
    """Return the token with which a delegate checks in, without an account, until the link is renewed."""
    content = [delegate.congress_id, delegate.id, delegate.link_number]
    return str(URLSafeSerializer(secret_key, salt="delegate").dumps(content))


class DelegateLink(NamedTuple):
    """The contents of a delegate's link."""

    congress_id: int
    delegate_id: int
    number: int
    """The link's number, which increases when the link is renewed, so that older links stop working."""


def read_delegate_link(secret_key: str, token: str) -> DelegateLink | None:
    """Return the contents of a delegate's link, or None if the token is invalid."""
    try:
        return DelegateLink(*map(int, URLSafeSerializer(secret_key, salt="delegate").loads(token)))
    except (BadSignature, ValueError, TypeError):
        return None


def sign_brigade_member(secret_key: str, member: BrigadeMember) -> str:
    """Return the token with which a member of a brigade takes shifts, without an account, until the link is renewed."""
    content = [member.campaign_id, member.id, member.link_number]
    return str(URLSafeSerializer(secret_key, salt="brigade member").dumps(content))


class BrigadeLink(NamedTuple):
    """The contents of the link of a brigade's member."""

    campaign_id: int
    member_id: int
    number: int
    """The link's number, which increases when the link is renewed, so that older links stop working."""


def read_brigade_member(secret_key: str, token: str) -> BrigadeLink | None:
    """Return the contents of the link of a brigade's member, or None if the token is invalid."""
    try:
        return BrigadeLink(*map(int, URLSafeSerializer(secret_key, salt="brigade member").loads(token)))
    except (BadSignature, ValueError, TypeError):
        return None


def sign_person(secret_key: str, person_id: int) -> str:
    """Return the token with which a person withdraws the consent to emails, without an account."""
    return str(URLSafeSerializer(secret_key, salt="consent to emails").dumps(person_id))


def read_person(secret_key: str, token: str) -> int | None:
    """Return the id of the person, or None if the token is invalid."""
    try:
        return int(URLSafeSerializer(secret_key, salt="consent to emails").loads(token))
    except (BadSignature, ValueError, TypeError):
        return None


def sign_shared_action(secret_key: str, follow_up: FollowUp) -> str:
    """Return the token with which a person without an account opens her one action, until it goes to somebody else."""
    return str(URLSafeSerializer(secret_key, salt="shared action").dumps([follow_up.id, follow_up.link_number]))


def read_shared_action(secret_key: str, token: str) -> tuple[int, int] | None:
    """Return the id of the action and the number of the link, or None if the token is invalid."""
    try:
        follow_up_id, number = URLSafeSerializer(secret_key, salt="shared action").loads(token)
        return int(follow_up_id), int(number)
    except (BadSignature, ValueError, TypeError):
        return None


def sign_mail_in(secret_key: str, user_id: int) -> str:
    """Return the token in the address to which an account emails articles: lowercase letters and digits."""
    number = user_id.to_bytes(_NUMBER_BYTES, "big")
    return b32encode(number + _mail_in_seal(secret_key, number)).decode().lower()


def read_mail_in(secret_key: str, token: str) -> int | None:
    """Return the account's id, or None if the token is invalid; ignores case, which mail servers may change."""
    try:
        content = b32decode(token, casefold=True)
    except ValueError:
        return None
    number, seal = content[:_NUMBER_BYTES], content[_NUMBER_BYTES:]
    return int.from_bytes(number, "big") if hmac.compare_digest(seal, _mail_in_seal(secret_key, number)) else None


def _mail_in_seal(secret_key: str, number: bytes) -> bytes:
    return hmac.digest(secret_key.encode(), b"mail in:" + number, "sha256")[:_SEAL_BYTES]


def sign_password_link(secret_key: str, user: User) -> str:
    """Return the token with which an account chooses a password; it becomes invalid once used."""
    return str(URLSafeTimedSerializer(secret_key, salt="password").dumps([user.id, _state(user)]))


def read_password_link(secret_key: str, token: str) -> User | None:
    """Return the account that may choose a password, or None if the token was used, has expired or is invalid."""
    serializer = URLSafeTimedSerializer(secret_key, salt="password")
    try:
        user_id, state = serializer.loads(token, max_age=PASSWORD_LINK_SECONDS)
        user = accounts.get(user_id)
    except (BadSignature, ValueError, TypeError, Missing):
        return None
    return user if user.is_active and state == _state(user) else None


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


def _state(user: User) -> str:
    """Return a value that changes with the password."""
    return hashlib.sha256(f"{user.session_key}{user.password_hash}".encode()).hexdigest()[:20]
