"""Signed tokens for links in emails, each valid for one purpose."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

from app.keyed_digests import KeyedDigest
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.subscriptions import AddressChange, SubscriptionRequest
from app.models.congress.delegations import Delegate
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.sign_ups import SignUp
from app.queries.accounts import accounts
from app.queries.lookup import Missing

DAY_SECONDS = 24 * 3600
INVITATION_SECONDS = 7 * DAY_SECONDS
RESET_SECONDS = 3600
"""A link to choose a new password works for an hour, because whoever asks for it waits for it."""
CHANGE_SECONDS = 7 * DAY_SECONDS
UNDO_SECONDS = 30 * DAY_SECONDS
PREFERENCES_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class MemberLink:
    """The contents of a member's link: its number is that of the subscription when the link was made."""

    campaign_id: int
    subscription_id: int
    number: int = 0


def sign_subscription(secret_key: str, campaign_id: int, subscription_id: int, number: int = 0) -> str:
    """Return the token with which a member ends a subscription, without an account; it works for good, and for nothing else."""
    return subscription_signer(secret_key)(campaign_id, subscription_id, number)


def subscription_signer(secret_key: str) -> Callable[[int, int, int], str]:
    """Return a function that does the same for many members, with what `URLSafeSerializer` does each time done once."""
    signer = URLSafeSerializer(secret_key, salt="subscription").make_signer(b"subscription")
    digests, separator = KeyedDigest(signer.derive_key(), "sha1"), signer.sep

    def sign(campaign_id: int, subscription_id: int, number: int) -> str:
        values = f"[{campaign_id},{subscription_id},{number}]" if number else f"[{campaign_id},{subscription_id}]"
        payload = base64_encode(values)
        return (payload + separator + base64_encode(digests.of(payload))).decode()

    return sign


def read_subscription(secret_key: str, token: str) -> MemberLink | None:
    """Return the contents of the link that ends a subscription, or None if the token is invalid."""
    try:
        return MemberLink(*map(int, URLSafeSerializer(secret_key, salt="subscription").loads(token)))
    except (BadSignature, ValueError, TypeError):
        return None


def sign_preferences(secret_key: str, campaign_id: int, subscription_id: int, number: int) -> str:
    """Return the token with which a member changes a subscription within the next hour."""
    values = [campaign_id, subscription_id, number]
    return str(URLSafeTimedSerializer(secret_key, salt="preferences").dumps(values))


def read_preferences(secret_key: str, token: str, *, expired: bool = False) -> MemberLink | None:
    """Return the contents of such a link, or None if the token is invalid or, unless `expired`, older than an hour."""
    max_age = None if expired else PREFERENCES_SECONDS
    try:
        return MemberLink(*map(int, URLSafeTimedSerializer(secret_key, salt="preferences").loads(token, max_age)))
    except (BadSignature, ValueError, TypeError):
        return None


def sign_request(secret_key: str, asked: SubscriptionRequest) -> str:
    """Return the token with which the owner of an address confirms a request."""
    values = [asked.campaign_id, asked.subscription_id, asked.id]
    return str(URLSafeSerializer(secret_key, salt="subscription request").dumps(values))


def read_request(secret_key: str, token: str) -> tuple[MemberLink, int] | None:
    """Return the request's id and its subscription, or None if the token is invalid."""
    numbers = _numbers(secret_key, "subscription request", token, 3)
    return (MemberLink(*numbers[:2]), numbers[2]) if numbers else None


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
    numbers = _numbers(secret_key, "sign-up", token, 2)
    return (numbers[0], numbers[1]) if numbers else None


def sign_host(secret_key: str, sign_up: SignUp) -> str:
    """Return the token with which a host changes a mobilization, without an account, until the link is renewed."""
    content = [sign_up.campaign_id, sign_up.id, sign_up.link_number]
    return str(URLSafeSerializer(secret_key, salt="host").dumps(content))


class HostLink(NamedTuple):
    """The contents of the link of a mobilization's host."""

    campaign_id: int
    sign_up_id: int
    number: int
    """The link's number, which increases when the link is renewed, so that older links stop working."""


def read_host(secret_key: str, token: str) -> HostLink | None:
    """Return the contents of a host's link, or None if the token is invalid."""
    numbers = _numbers(secret_key, "host", token, 3)
    return HostLink(*numbers) if numbers else None


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
    numbers = _numbers(secret_key, "delegate", token, 3)
    return DelegateLink(*numbers) if numbers else None


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
    numbers = _numbers(secret_key, "brigade member", token, 3)
    return BrigadeLink(*numbers) if numbers else None


def sign_shifts_calendar(secret_key: str, member: BrigadeMember) -> str:
    """Return the token in the address of a member's calendar, which works until it or her personal link is replaced."""
    content = [member.campaign_id, member.id, member.link_number, member.calendar_number]
    return str(URLSafeSerializer(secret_key, salt="calendar of shifts").dumps(content))


def read_shifts_calendar(secret_key: str, token: str) -> tuple[BrigadeLink, int] | None:
    """Return the link to which the address of a member's calendar belongs, and its number; None if it is invalid."""
    numbers = _numbers(secret_key, "calendar of shifts", token, 4)
    return (BrigadeLink(*numbers[:3]), numbers[3]) if numbers else None


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
    numbers = _numbers(secret_key, "shared action", token, 2)
    return (numbers[0], numbers[1]) if numbers else None


def sign_action_calendar(secret_key: str, follow_up: FollowUp) -> str:
    """Return the token in the address of the calendar of a person who has an action, without an account."""
    content = [follow_up.id, follow_up.link_number, follow_up.calendar_number]
    return str(URLSafeSerializer(secret_key, salt="calendar of an action").dumps(content))


def read_action_calendar(secret_key: str, token: str) -> tuple[int, int, int] | None:
    """Return the id of the action and the numbers of the link and of the calendar, or None if the token is invalid."""
    numbers = _numbers(secret_key, "calendar of an action", token, 3)
    return (numbers[0], numbers[1], numbers[2]) if numbers else None


def sign_step(secret_key: str, follow_up: FollowUp, user: User | None, sent_on: date) -> str:
    """Return the token with which the daily letter of a day lets its recipient act on an action.

    It belongs to an account or, without one, to the person who has the action.
    """
    account = [user.id, user.link_number] if user else []
    content = [follow_up.id, follow_up.link_number, sent_on.toordinal(), *account]
    return str(URLSafeSerializer(secret_key, salt="step").dumps(content))


class StepLink(NamedTuple):
    """The contents of a link in a daily letter."""

    follow_up_id: int
    number: int
    """The number of the links of the action, which rises when it goes to somebody else."""
    sent_on: date
    user_id: int | None
    user_number: int
    """The number of the links of the account, which rises when its owner ends them."""


def read_step(secret_key: str, token: str) -> StepLink | None:
    """Return the contents of a link in a daily letter, or None if the token is invalid."""
    try:
        follow_up_id, number, day, *account = map(int, URLSafeSerializer(secret_key, salt="step").loads(token))
        user_id, user_number = account or (None, 0)
        return StepLink(follow_up_id, number, date.fromordinal(day), user_id, user_number)
    except (BadSignature, ValueError, TypeError):
        return None


def sign_password_link(secret_key: str, user: User) -> str:
    """Return the token with which an account chooses a password; it becomes invalid once used.

    It works for a week until the account has a password, and then for an hour.
    """
    return str(URLSafeTimedSerializer(secret_key, salt="password").dumps([user.id, _state(user)]))


def read_password_link(secret_key: str, token: str) -> User | None:
    """Return the account that may choose a password, or None if the token was used, has expired or is invalid."""
    serializer = URLSafeTimedSerializer(secret_key, salt="password")
    try:
        user_id, state = serializer.loads(token, max_age=INVITATION_SECONDS)
        user = accounts.get(user_id)
        if user.password_hash is not None:
            serializer.loads(token, max_age=RESET_SECONDS)
    except (BadSignature, ValueError, TypeError, Missing):
        return None
    return user if user.is_active and state == _state(user) else None


def _state(user: User) -> str:
    """Return a value that changes with the password and the address."""
    return hashlib.sha256(f"{user.email}:{user.password_hash}".encode()).hexdigest()[:20]


def _numbers(secret_key: str, salt: str, token: str, count: int) -> list[int] | None:
    """Return the numbers of which a token of a kind consists, or None if it is invalid."""
    try:
        numbers = [int(one) for one in URLSafeSerializer(secret_key, salt=salt).loads(token)]
    except (BadSignature, ValueError, TypeError):
        return None
    return numbers if len(numbers) == count else None
