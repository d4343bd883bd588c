"""The outbox: takes promised letters, one claim at a time, and sends them.

This module commits, because a claim must stand before the letter leaves and the sending must be noted right after it:
a process killed at any instant loses no letter and repeats at most the one that was in its hand.
"""

from collections.abc import Callable
from datetime import timedelta

from flask import current_app

from app.config import Config
from app.domain.campaigns import address_changes, approvals
from app.domain.campaigns.variants import variant_of
from app.domain.mail import deliveries
from app.emails.accounts import invitations
from app.emails.actions import reminders
from app.emails.campaigns import confirmations
from app.emails.campaigns import digests as digest_letters
from app.emails.travel import check_ins, travel_links
from app.extensions import db
from app.letter import Letter
from app.mailer import Refused, Unreachable, send
from app.mailer.message import build
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.digests import Digest, DigestPart
from app.models.campaigns.subscriptions import (
    AddressChange,
    Subscription,
    SubscriptionRequest,
    SubscriptionStatus,
)
from app.models.congress.delegations import Delegate
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.travel.check_ins import CheckIn
from app.queries.mail import deliveries as delivery_queries

_BATCH = 100

Heard = Callable[[str, str, str], None]


def deliver_due(
    *,
    after_each: Callable[[], None] = lambda: None,
    on_sent: Heard = lambda _kind, _address, _subject: None,
) -> int:
    """Send all letters that are due until none is left; return how many were sent.

    `after_each` is called after each try, `on_sent` with kind, address and subject of each letter that left.
    """
    sent = 0
    settings: Config = current_app.config["SETTINGS"]
    while ids := delivery_queries.due_ids(_BATCH):
        db.session.rollback()
        for delivery_id in ids:
            sent += _deliver(settings, delivery_id, on_sent)
            after_each()
    approvals.finish()
    db.session.commit()
    return sent


def _deliver(settings: Config, delivery_id: int, on_sent: Heard) -> bool:
    """Claim one letter, send it, note it; say whether it left."""
    token = deliveries.claim(delivery_id, timedelta(seconds=settings.delivery_lease_seconds))
    db.session.commit()
    if token is None:
        return False
    try:
        letter, kind = _compose_and_send(settings, delivery_id, token)
    except Unreachable as error:
        _after_failure(deliveries.postpone, delivery_id, token, str(error))
    except Refused as error:
        _after_failure(deliveries.give_up, delivery_id, token, str(error))
    except Exception as error:
        current_app.logger.exception("letter %s could not be composed", delivery_id)
        _after_failure(deliveries.postpone, delivery_id, token, type(error).__name__)
    else:
        db.session.commit()
        if letter is not None:
            on_sent(kind, letter.address, letter.subject)
        return letter is not None
    return False


def _compose_and_send(settings: Config, delivery_id: int, token: str) -> tuple[Letter | None, str]:
    with current_app.test_request_context(base_url=settings.base_url):
        delivery = delivery_queries.get(delivery_id)
        letter = _compose(delivery) if delivery else None
        message_id, kind = (delivery.message_id, delivery.kind.value) if delivery else ("", "")
    if letter is None:
        deliveries.forget(delivery_id, token)
        return None, kind
    db.session.commit()  # keeps a part that was rendered anew; nobody holds the database while a distant server dallies
    send(build(letter, sender=settings.mail_from, message_id=message_id), settings.mail_url)
    deliveries.keep(delivery_id)
    return letter, kind


def _after_failure(note: Callable[[int, str, str], None], delivery_id: int, token: str, error: str) -> None:
    db.session.rollback()
    note(delivery_id, token, error)
    db.session.commit()


def _compose(delivery: Delivery) -> Letter | None:
    """Compose the letter, or None where it has lost its reason since it was promised."""
    if delivery.user_id is not None:
        user = db.session.get_one(User, delivery.user_id)
        return _to_user(delivery, user) if user.is_active else None
    if delivery.delegate_id is not None:
        return _to_delegate(delivery, db.session.get_one(Delegate, delivery.delegate_id))
    subscription = db.session.get_one(Subscription, delivery.subscription_id)
    return _to_member(delivery, subscription)


def _to_user(delivery: Delivery, user: User) -> Letter | None:
    if delivery.kind == DeliveryKind.INVITATION:
        return invitations.compose(user)
    if delivery.kind == DeliveryKind.DIGEST_TEST:
        return digest_letters.compose_test(db.session.get_one(DigestPart, delivery.digest_part_id), user.email)
    follow_up = db.session.get_one(FollowUp, delivery.follow_up_id)
    if not follow_up.is_open or follow_up.assignee_id != user.id:
        return None
    return reminders.compose(follow_up, user, overdue=delivery.kind == DeliveryKind.OVERDUE)


def _to_delegate(delivery: Delivery, delegate: Delegate) -> Letter | None:
    if not delegate.person.email:
        return None
    if delivery.kind == DeliveryKind.TRAVEL_LINK:
        return travel_links.compose(delegate)
    check_in = db.session.get_one(CheckIn, delivery.check_in_id)
    return check_ins.compose(check_in) if check_in.answer is None else None


def _to_member(delivery: Delivery, subscription: Subscription) -> Letter | None:
    if delivery.kind == DeliveryKind.CONFIRMATION:
        return _to_confirm(delivery, subscription)
    if delivery.address_change_id is not None:
        return _about_address(delivery, subscription, db.session.get_one(AddressChange, delivery.address_change_id))
    if subscription.status != SubscriptionStatus.CONFIRMED:
        return None
    if delivery.kind == DeliveryKind.MEMBER_LINK:
        return confirmations.compose_link(subscription)
    part = _part(delivery, subscription)
    return digest_letters.compose(part, subscription) if part else None


def _to_confirm(delivery: Delivery, subscription: Subscription) -> Letter | None:
    if subscription.status != SubscriptionStatus.UNCONFIRMED:
        return None
    asked_id = delivery.subscription_request_id
    return confirmations.compose(subscription, db.session.get_one(SubscriptionRequest, asked_id) if asked_id else None)


def _about_address(delivery: Delivery, subscription: Subscription, change: AddressChange) -> Letter | None:
    if delivery.kind == DeliveryKind.ADDRESS_CHANGED:
        return confirmations.compose_changed(change, subscription) if change.undone_at is None else None
    is_open = address_changes.is_open(change, subscription)
    return confirmations.compose_change(change, subscription) if is_open else None


def _part(delivery: Delivery, subscription: Subscription) -> DigestPart | None:
    """Return the letter as it was approved; where the member's wishes have changed since, the one that suits them now."""
    if delivery.digest_part_id is not None:
        return db.session.get_one(DigestPart, delivery.digest_part_id)
    digest = db.session.get_one(Digest, delivery.digest_id)
    since = delivery.covered_from or digest.period_start
    variant = variant_of(digest, subscription.reads, subscription.timezone, since)
    return approvals.part_for(digest, variant, digest_letters.render) if variant.versions else None
