"""The email for each kind of delivery, composed from current rows when it is sent.

A composer returns None if the email is no longer needed. What an account may read is asked again before any of its emails
is composed (`domain/actions/letters_of_accounts.py`), and only what is in its scope gets into the email.
"""

from collections.abc import Callable

from app.domain.actions import letters_of_accounts
from app.domain.campaigns import address_changes, serving
from app.domain.campaigns.variants import variant_of
from app.domain.mobilizing import brigade_members, next_asks, notices, shift_notices
from app.domain.mobilizing.shift_reminders import REMINDED
from app.domain.people import mailings
from app.emails.accounts import alarms, ending_roles, invitations, ready_files
from app.emails.accounts import notices as account_notices
from app.emails.campaigns import confirmations, drafts
from app.emails.campaigns import digests as digest_letters
from app.emails.mobilizing import decisions as decision_letters
from app.emails.mobilizing import mobilizations as mobilization_letters
from app.emails.mobilizing import new_versions
from app.emails.mobilizing import shifts as shift_letters
from app.emails.mobilizing import sign_ups as sign_up_letters
from app.emails.people import mailings as mailing_letters
from app.emails.travel import check_ins, help_calls, travel_links
from app.extensions import db
from app.jobs.mail import action_composers
from app.letter import Letter
from app.models.accounts.accounts import User
from app.models.campaigns.digests import OPEN, Digest, DigestPart
from app.models.campaigns.subscriptions import AddressChange, Subscription, SubscriptionRequest, SubscriptionStatus
from app.models.congress.delegations import Delegate
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mobilizing.brigades import BrigadeMember
from app.models.mobilizing.shifts import ShiftNotice, ShiftPlace
from app.models.mobilizing.sign_ups import SignUp
from app.models.people.mailings import Mailing
from app.models.scoping import Scope, in_scope
from app.models.travel.check_ins import CheckIn, HelpCall
from app.queries.mobilizing import sign_ups, statements


def compose(delivery: Delivery) -> Letter | None:
    """Compose the email of a delivery, or None if it is no longer needed."""
    if delivery.user_id is not None:
        user = db.session.get_one(User, delivery.user_id)
        scope = letters_of_accounts.scope_for(delivery, user)
        return _in_scope_of_account(scope, delivery, user) if scope else None
    if delivery.delegate_id is not None:
        delegate = db.session.get_one(Delegate, delivery.delegate_id)
        return _TO_DELEGATES[delivery.kind](delivery, delegate) if delegate.person.email else None
    if delivery.person_id is not None:
        return _TO_PEOPLE[delivery.kind](delivery)
    if delivery.kind is DeliveryKind.SIGN_UP_DECIDED:
        return _decided(delivery, db.session.get_one(SignUp, delivery.sign_up_id))
    if delivery.kind is DeliveryKind.MOBILIZATION_CHANGED:
        return _mobilization_changed(delivery, db.session.get_one(SignUp, delivery.sign_up_id))
    if delivery.sign_up_id is not None:
        return _sign_up(delivery, db.session.get_one(SignUp, delivery.sign_up_id))
    return _TO_MEMBERS[delivery.kind](delivery, db.session.get_one(Subscription, delivery.subscription_id))


def _in_scope_of_account(scope: Scope, delivery: Delivery, user: User) -> Letter | None:
    with in_scope(scope):
        return _TO_USERS[delivery.kind](delivery, user)


def _test(delivery: Delivery, user: User) -> Letter:
    return digest_letters.compose_test(db.session.get_one(DigestPart, delivery.digest_part_id), user.email)


def _sign_up(delivery: Delivery, sign_up: SignUp) -> Letter | None:
    """Compose an email about a sign-up.

    The second one that asks to confirm is sent only if it is still open and nobody has asked again.
    """
    if delivery.kind is DeliveryKind.NEW_VERSION:
        version = statements.unsigned_version(sign_up)
        return new_versions.compose(sign_up, version) if version else None
    if sign_up.confirmed_at is not None or sign_up.email is None:
        return None
    is_second = delivery.kind is DeliveryKind.SIGN_UP_AGAIN
    if is_second and (sign_ups.standing_like(sign_up) or not sign_ups.is_latest(sign_up)):
        return None
    return sign_up_letters.compose(sign_up, is_second=is_second)


def _mobilization_changed(delivery: Delivery, sign_up: SignUp) -> Letter | None:
    """Compose an email about the current state, to those who still attend and do not know it."""
    mobilization, reached = sign_up.mobilization, sign_up.is_confirmed and sign_up.email is not None
    if mobilization is None or mobilization.removed_at is not None or not reached:
        return None
    return mobilization_letters.compose(sign_up, mobilization) if notices.is_news(delivery, mobilization) else None


def _decided(delivery: Delivery, sign_up: SignUp) -> Letter | None:
    """Compose an email about the last decision, unless the sign-up has been withdrawn."""
    is_wanted = sign_up.is_confirmed and sign_up.email is not None and sign_ups.is_last_notice(delivery)
    return decision_letters.compose(sign_up) if is_wanted and sign_up.decision is not None else None


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
    return shift_letters.compose_reminder(place, address)


def _next_shift(delivery: Delivery) -> Letter | None:
    place = db.session.get_one(ShiftPlace, delivery.shift_place_id)
    address, shift = brigade_members.address_for(place.member), next_asks.open_question(place)
    return shift_letters.compose_question(place.member, address, shift) if address and shift else None


def _shift_changed(delivery: Delivery) -> Letter | None:
    notice = db.session.get_one(ShiftNotice, delivery.shift_notice_id)
    address = brigade_members.address_for(notice.member)
    news = shift_notices.news(notice) if address else None
    return shift_letters.compose_change(news, address) if address and news else None


def _mailing_test(delivery: Delivery, user: User) -> Letter:
    return mailing_letters.compose_test(db.session.get_one(Mailing, delivery.mailing_id), user)


def _draft(delivery: Delivery, user: User) -> Letter | None:
    digest = db.session.get_one(Digest, delivery.digest_id)
    return drafts.compose(digest, user) if digest.status in OPEN else None


def _help_call(delivery: Delivery, user: User) -> Letter | None:
    call = db.session.get_one(HelpCall, delivery.help_call_id)
    return help_calls.compose(call, user) if call.is_open else None


def _check_in(delivery: Delivery, _delegate: Delegate) -> Letter | None:
    check_in = db.session.get_one(CheckIn, delivery.check_in_id)
    return check_ins.compose(check_in) if check_in.answer is None else None


def _confirmation(delivery: Delivery, subscription: Subscription) -> Letter | None:
    asked_id = delivery.subscription_request_id
    if subscription.status != SubscriptionStatus.UNCONFIRMED or asked_id is None:
        return None
    return confirmations.compose(subscription, db.session.get_one(SubscriptionRequest, asked_id))


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
    return serving.part_for(digest, variant, digest_letters.render) if variant.versions else None


_TO_USERS: dict[DeliveryKind, Callable[[Delivery, User], Letter | None]] = {
    DeliveryKind.INVITATION: lambda _delivery, user: invitations.compose(user),
    DeliveryKind.REMINDER: action_composers.reminder,
    DeliveryKind.ASSIGNMENT: action_composers.assignment,
    DeliveryKind.BRIGADE_ACTION: action_composers.of_brigade,
    DeliveryKind.DIGEST_TEST: _test,
    DeliveryKind.MAILING_TEST: _mailing_test,
    DeliveryKind.EXPORT: lambda _delivery, user: ready_files.compose(user),
    DeliveryKind.ACCOUNT_CHANGED: account_notices.compose,
    DeliveryKind.ALARM: alarms.compose,
    DeliveryKind.ROLE_ENDS: ending_roles.compose,
    DeliveryKind.DRAFT: _draft,
    DeliveryKind.HELP_CALL: _help_call,
    DeliveryKind.MENTION: action_composers.mention,
    DeliveryKind.ESCALATION: action_composers.escalation,
}
_TO_PEOPLE: dict[DeliveryKind, Callable[[Delivery], Letter | None]] = {
    DeliveryKind.MAILING: _mailing,
    DeliveryKind.BRIGADE_LINK: _brigade_link,
    DeliveryKind.SHIFT_REMINDER: _shift_reminder,
    DeliveryKind.NEXT_SHIFT: _next_shift,
    DeliveryKind.SHIFT_CHANGED: _shift_changed,
    DeliveryKind.BRIGADE_ACTION: action_composers.of_brigade,
    **dict.fromkeys((DeliveryKind.ASSIGNMENT, DeliveryKind.REMINDER), action_composers.shared),
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
