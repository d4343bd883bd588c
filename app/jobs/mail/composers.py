"""The email for each kind of delivery, composed from current rows when it is sent.

A composer returns None if the email is no longer needed.
"""

from collections.abc import Callable

from app import clock
from app.domain.actions import reminders
from app.domain.campaigns import address_changes, approvals
from app.domain.campaigns.variants import variant_of
from app.domain.mail import deliveries
from app.domain.mobilizing import brigade_members, next_asks
from app.domain.mobilizing.shift_reminders import REMINDED
from app.domain.people import mailings
from app.emails.accounts import invitations, ready_files
from app.emails.actions import assignments, mentions, shared_actions
from app.emails.actions import reminders as reminder_letters
from app.emails.campaigns import confirmations, drafts
from app.emails.campaigns import digests as digest_letters
from app.emails.mobilizing import mobilizations as mobilization_letters
from app.emails.mobilizing import shifts as shift_letters
from app.emails.mobilizing import sign_ups as sign_up_letters
from app.emails.people import mailings as mailing_letters
from app.emails.travel import check_ins, help_calls, travel_links
from app.extensions import db
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.digests import OPEN, Digest, DigestPart
from app.models.campaigns.subscriptions import AddressChange, Subscription, SubscriptionRequest, SubscriptionStatus
from app.models.congress.delegations import Delegate
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.shifts import ShiftPlace
from app.models.mobilizing.sign_ups import SignUp
from app.models.people.mailings import Mailing
from app.models.scoping import in_scope
from app.models.travel.check_ins import CheckIn, HelpCall
from app.policy import Permission, giving
from app.queries.accounts import accounts
from app.queries.actions import follow_ups
from app.queries.actions import reminders as reminder_queries
from app.queries.mobilizing import sign_ups
from app.queries.people import scheduled_exports as export_queries


def compose(delivery: Delivery) -> Letter | None:
    """Compose the email of a delivery, or None if it is no longer needed."""
    if delivery.user_id is not None:
        user = db.session.get_one(User, delivery.user_id)
        return _TO_USERS[delivery.kind](delivery, user) if user.is_active else None
    if delivery.delegate_id is not None:
        delegate = db.session.get_one(Delegate, delivery.delegate_id)
        return _TO_DELEGATES[delivery.kind](delivery, delegate) if delegate.person.email else None
    if delivery.person_id is not None:
        return _TO_PEOPLE[delivery.kind](delivery)
    if delivery.kind is DeliveryKind.MOBILIZATION_CHANGED:
        return _mobilization_changed(delivery, db.session.get_one(SignUp, delivery.sign_up_id))
    if delivery.sign_up_id is not None:
        return _sign_up(delivery, db.session.get_one(SignUp, delivery.sign_up_id))
    return _TO_MEMBERS[delivery.kind](delivery, db.session.get_one(Subscription, delivery.subscription_id))


def _test(delivery: Delivery, user: User) -> Letter:
    return digest_letters.compose_test(db.session.get_one(DigestPart, delivery.digest_part_id), user.email)


def _sign_up(delivery: Delivery, sign_up: SignUp) -> Letter | None:
    """Compose an email that asks to confirm; the second one only if it is still open and nobody has asked again."""
    if sign_up.confirmed_at is not None or sign_up.email is None:
        return None
    is_second = delivery.kind is DeliveryKind.SIGN_UP_AGAIN
    if is_second and (sign_ups.standing_like(sign_up) or not sign_ups.is_latest(sign_up)):
        return None
    return sign_up_letters.compose(sign_up, is_second=is_second)


def _mobilization_changed(delivery: Delivery, sign_up: SignUp) -> Letter | None:
    """Compose an email about the current state, to those who still attend and are not told by a later one."""
    mobilization = sign_up.mobilization
    wanted = sign_up.is_confirmed and sign_up.email is not None and sign_ups.is_last_notice(delivery)
    if mobilization is None or mobilization.removed_at is not None or not wanted:
        return None
    return mobilization_letters.compose(sign_up, mobilization)


def _mailing(delivery: Delivery) -> Letter | None:
    address = mailings.address_for(delivery)
    return mailing_letters.compose(delivery.mailing, delivery.person, address) if address else None  # type: ignore[arg-type]


def _brigade_link(delivery: Delivery) -> Letter | None:
    member = db.session.get_one(BrigadeMember, delivery.brigade_member_id)
    address = brigade_members.address_for(member)
    return shift_letters.compose_link(member, address) if address else None


def _shift_reminder(delivery: Delivery) -> Letter | None:
    place = db.session.get_one(ShiftPlace, delivery.shift_place_id)
    address = brigade_members.address_for(place.member)
    if address is None or place.status not in REMINDED:
        return None
    return shift_letters.compose_reminder(place.member, address, place.shift)


def _next_shift(delivery: Delivery) -> Letter | None:
    place = db.session.get_one(ShiftPlace, delivery.shift_place_id)
    address, shift = brigade_members.address_for(place.member), next_asks.open_question(place)
    return shift_letters.compose_question(place.member, address, shift) if address and shift else None


def _mailing_test(delivery: Delivery, user: User) -> Letter:
    return mailing_letters.compose_test(db.session.get_one(Mailing, delivery.mailing_id), user)


def _draft(delivery: Delivery, user: User) -> Letter | None:
    digest = db.session.get_one(Digest, delivery.digest_id)
    may_approve = user in accounts.approvers(digest.campaign_id)
    return drafts.compose(digest, user) if digest.status in OPEN and may_approve else None


def _help_call(delivery: Delivery, user: User) -> Letter | None:
    call = db.session.get_one(HelpCall, delivery.help_call_id)
    works_there = user in accounts.assignees(call.congress_id)
    return help_calls.compose(call, user) if call.is_open and works_there else None


def _assignment(delivery: Delivery, user: User) -> Letter | None:
    announced = follow_ups.announced_by(delivery)
    if not announced:
        return None
    deliveries.announce_only(delivery.id, announced)
    return assignments.compose(announced, user)


def _reminder(_delivery: Delivery, user: User) -> Letter | None:
    """Compose the daily letter, with the actions that the account may still see."""
    with in_scope(accounts.scope(giving(accounts.held(user), Permission.FOLLOW_UP_VIEW))):
        waiting = reminder_queries.waiting_for(user, clock.now() + reminders.AHEAD)
        return reminder_letters.compose(waiting, user) if waiting.follow_ups else None


def _mention(delivery: Delivery, user: User) -> Letter | None:
    follow_up = db.session.get_one(FollowUp, delivery.follow_up_id)
    work_there = accounts.working_on(follow_up.congress_id, follow_up.campaign_id)
    return mentions.compose(follow_up, user) if user in work_there else None


def _shared(delivery: Delivery) -> Letter | None:
    """Return the email to a person without an account about her actions, each with its own link."""
    person = delivery.person
    if person is None or not person.email:
        return None
    if delivery.kind == DeliveryKind.ASSIGNMENT:
        found = follow_ups.announced_by(delivery)
        deliveries.announce_only(delivery.id, found)
    else:
        found = reminder_queries.waiting_for(person, clock.now() + reminders.AHEAD).follow_ups
    return shared_actions.compose(found, person, is_new=delivery.kind == DeliveryKind.ASSIGNMENT) if found else None


def _check_in(delivery: Delivery, _delegate: Delegate) -> Letter | None:
    check_in = db.session.get_one(CheckIn, delivery.check_in_id)
    return check_ins.compose(check_in) if check_in.answer is None else None


def _confirmation(delivery: Delivery, subscription: Subscription) -> Letter | None:
    if subscription.status != SubscriptionStatus.UNCONFIRMED:
        return None
    asked_id = delivery.subscription_request_id
    return confirmations.compose(subscription, db.session.get_one(SubscriptionRequest, asked_id) if asked_id else None)


def _address_changed(delivery: Delivery, subscription: Subscription) -> Letter | None:
    change = db.session.get_one(AddressChange, delivery.address_change_id)
    return confirmations.compose_changed(change, subscription) if change.undone_at is None else None


def _address_change(delivery: Delivery, subscription: Subscription) -> Letter | None:
    change = db.session.get_one(AddressChange, delivery.address_change_id)
    is_open = address_changes.is_open(change, subscription)
    return confirmations.compose_change(change, subscription) if is_open else None


def _member_link(_delivery: Delivery, subscription: Subscription) -> Letter | None:
    return confirmations.compose_link(subscription) if _is_confirmed(subscription) else None


def _digest(delivery: Delivery, subscription: Subscription) -> Letter | None:
    part = _part(delivery, subscription) if _is_confirmed(subscription) else None
    return digest_letters.compose(part, subscription) if part else None


def _is_confirmed(subscription: Subscription) -> bool:
    return subscription.status == SubscriptionStatus.CONFIRMED


def _part(delivery: Delivery, subscription: Subscription) -> DigestPart | None:
    """Return the approved email; if the member's preferences have changed since, the one that matches them now."""
    if delivery.digest_part_id is not None:
        return db.session.get_one(DigestPart, delivery.digest_part_id)
    digest = db.session.get_one(Digest, delivery.digest_id)
    since = delivery.covered_from or digest.period_start
    variant = variant_of(digest, subscription.reads, subscription.timezone, since)
    return approvals.part_for(digest, variant, digest_letters.render) if variant.versions else None


_TO_USERS: dict[DeliveryKind, Callable[[Delivery, User], Letter | None]] = {
    DeliveryKind.INVITATION: lambda _delivery, user: invitations.compose(user),
    DeliveryKind.REMINDER: _reminder,
    DeliveryKind.ASSIGNMENT: _assignment,
    DeliveryKind.DIGEST_TEST: _test,
    DeliveryKind.MAILING_TEST: _mailing_test,
    DeliveryKind.EXPORT: lambda _delivery, user: ready_files.compose(user) if export_queries.files_of(user) else None,
    DeliveryKind.DRAFT: _draft,
    DeliveryKind.HELP_CALL: _help_call,
    DeliveryKind.MENTION: _mention,
}
_TO_PEOPLE: dict[DeliveryKind, Callable[[Delivery], Letter | None]] = {
    DeliveryKind.MAILING: _mailing,
    DeliveryKind.BRIGADE_LINK: _brigade_link,
    DeliveryKind.SHIFT_REMINDER: _shift_reminder,
    DeliveryKind.NEXT_SHIFT: _next_shift,
    **dict.fromkeys((DeliveryKind.ASSIGNMENT, DeliveryKind.REMINDER), _shared),
}
_TO_DELEGATES: dict[DeliveryKind, Callable[[Delivery, Delegate], Letter | None]] = {
    DeliveryKind.CHECK_IN: _check_in,
    DeliveryKind.TRAVEL_LINK: lambda _delivery, delegate: travel_links.compose(delegate),
}
_TO_MEMBERS: dict[DeliveryKind, Callable[[Delivery, Subscription], Letter | None]] = {
    DeliveryKind.CONFIRMATION: _confirmation,
    DeliveryKind.MEMBER_LINK: _member_link,
    DeliveryKind.ADDRESS_CHANGE: _address_change,
    DeliveryKind.ADDRESS_CHANGED: _address_changed,
    DeliveryKind.DIGEST: _digest,
}
