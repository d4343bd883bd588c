"""Deliveries: emails that are queued, canceled and queued again."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain.updates import changes_one
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.campaigns.digests import DigestPart
from app.models.campaigns.subscriptions import Subscription
from app.models.congress.delegations import Delegate, Delegation
from app.models.mail.deliveries import AnnouncedFollowUp, Delivery, DeliveryKind, priority_of
from app.models.mobilizing.brigades import BrigadeMember
from app.models.people.mailings import Mailing
from app.models.people.people import Person
from app.models.removing import is_hidden
from app.queries.mail.deliveries import WAITING

_WITH_REMOVED = {
    "unscoped": "emails of the whole application are canceled and queued again",
    "synchronize_session": False,
}


def queue(
    kind: DeliveryKind,
    *,
    occasion: str,
    due_at: datetime,
    user: User | None = None,
    subscription: Subscription | None = None,
    delegate: Delegate | None = None,
    person: Person | None = None,
    follow_up_id: int | None = None,
    digest_id: int | None = None,
    digest_part_id: int | None = None,
    check_in_id: int | None = None,
    help_call_id: int | None = None,
    address_change_id: int | None = None,
    mailing_id: int | None = None,
    brigade_member_id: int | None = None,
    shift_place_id: int | None = None,
    shift_notice_id: int | None = None,
) -> bool:
    """Queue an email to one recipient for one occasion; return whether it is new.

    Queuing it again keeps one row; if it was canceled before it was sent, it is reactivated.
    """
    row = _row(kind, occasion, due_at, user=user, subscription=subscription, delegate=delegate, person=person)
    row |= {"follow_up_id": follow_up_id, "check_in_id": check_in_id, "help_call_id": help_call_id}
    row |= {"digest_id": digest_id, "digest_part_id": digest_part_id}
    row |= {"address_change_id": address_change_id, "mailing_id": mailing_id}
    row |= {"brigade_member_id": brigade_member_id, "shift_place_id": shift_place_id}
    row |= {"shift_notice_id": shift_notice_id}
    if insert_missing(db.session, Delivery.__table__, [row]):  # type: ignore[arg-type]
        return True
    again = (
        update(Delivery)
        .where(Delivery.kind == kind, Delivery.recipient == row["recipient"], Delivery.occasion == occasion)
        .where(Delivery.sent_at.is_(None), Delivery.withdrawn_at.is_not(None))
        .values(withdrawn_at=None, due_at=due_at)
    )
    return changes_one(again)


def queue_confirmations(asked: Iterable[tuple[int, int]], *, due_at: datetime) -> None:
    """Queue an email for each request to subscribe, given with its subscription, that asks to confirm it."""
    rows = [
        _row(DeliveryKind.CONFIRMATION, f"request:{asked_id}", due_at)
        | {
            "recipient": f"subscription:{subscription_id}",
            "subscription_id": subscription_id,
            "subscription_request_id": asked_id,
        }
        for asked_id, subscription_id in asked
    ]
    insert_missing(db.session, Delivery.__table__, rows)  # type: ignore[arg-type]


def queue_test(part: DigestPart, user: User) -> None:
    """Queue the email of a digest, as rendered, to a person who works on it."""
    occasion = f"part:{part.id}:{clock.now():%Y-%m-%dT%H:%M}"
    queue(
        DeliveryKind.DIGEST_TEST,
        user=user,
        occasion=occasion,
        due_at=clock.now(),
        digest_id=part.digest_id,
        digest_part_id=part.id,
    )


def queue_mailing(mailing: Mailing, person_ids: Iterable[int]) -> int:
    """Queue a mailing for each of the people; return the number of new deliveries."""
    now = clock.now()
    rows = [
        _row(DeliveryKind.MAILING, f"mailing:{mailing.id}", now)
        | {"recipient": f"person:{one}", "person_id": one, "mailing_id": mailing.id}
        for one in person_ids
    ]
    return insert_missing(db.session, Delivery.__table__, rows)  # type: ignore[arg-type]


def queue_sign_ups(ids: Iterable[int], kind: DeliveryKind, due_at: datetime, occasion: str = "sign-up") -> None:
    """Queue an email to each person who asked for one of these sign-ups; each kind is sent once for an occasion."""
    rows = [_row(kind, occasion, due_at) | {"recipient": f"sign_up:{one}", "sign_up_id": one} for one in ids]
    insert_missing(db.session, Delivery.__table__, rows)  # type: ignore[arg-type]


def queue_new_version(number: int, sign_up_ids: Sequence[int], due_at: datetime) -> None:
    """Queue an email to those who signed earlier versions of a statement: there is a new one, with this number."""
    rows = [
        _row(DeliveryKind.NEW_VERSION, f"version:{number}", due_at) | {"recipient": f"sign_up:{one}", "sign_up_id": one}
        for one in sign_up_ids
    ]
    insert_missing(db.session, Delivery.__table__, rows)  # type: ignore[arg-type]


def withdraw_sign_up(sign_up_id: int) -> None:
    """Cancel the unsent emails that ask to confirm a sign-up."""
    asking = (DeliveryKind.SIGN_UP, DeliveryKind.SIGN_UP_AGAIN)
    unsent = update(Delivery).where(Delivery.sign_up_id == sign_up_id, Delivery.kind.in_(asking), *WAITING)
    db.session.execute(unsent.values(withdrawn_at=clock.now()))


def queue_links(delegation: Delegation) -> int:
    """Queue an email with the personal link to each delegate who has an address; return the number of new ones.

    A renewed link makes a new email; the same link is not sent twice.
    """
    return sum(
        queue(DeliveryKind.TRAVEL_LINK, delegate=one, occasion=f"link:{one.id}:{one.link_number}", due_at=clock.now())
        for one in delegation.delegates
        if one.person.email
    )


def queue_reminders(letters: Iterable[tuple[str, int, str, datetime]]) -> None:
    """Queue a letter to each `user` or `person`, by id, for its occasion at an instant, with all actions that wait by then."""
    rows = [
        _row(DeliveryKind.REMINDER, occasion, at) | {"recipient": f"{noun}:{number}", f"{noun}_id": number}
        for noun, number, occasion, at in letters
    ]
    insert_missing(db.session, Delivery.__table__, rows)  # type: ignore[arg-type]


def queue_assignment(
    follow_ups: Sequence[FollowUp], to: User | Person, *, occasion: str, member: BrigadeMember | None = None
) -> None:
    """Queue one email that announces actions to their assignee, or to a `member` who coordinates the brigade that has them.

    When it is composed, it lists those that are still open and assigned to the recipient or the brigade.
    """
    kind = DeliveryKind.BRIGADE_ACTION if member else DeliveryKind.ASSIGNMENT
    user, person = (to, None) if isinstance(to, User) else (None, to)
    about = member.id if member else None
    queue(kind, user=user, person=person, occasion=occasion, due_at=clock.now(), brigade_member_id=about)
    same = (Delivery.kind == kind, Delivery.recipient == f"{'user' if user else 'person'}:{to.id}")
    delivery_id = db.session.scalars(select(Delivery.id).where(*same, Delivery.occasion == occasion)).one()
    links = [{"delivery_id": delivery_id, "follow_up_id": one.id} for one in follow_ups]
    insert_missing(db.session, AnnouncedFollowUp.__table__, links)  # type: ignore[arg-type]


def announce_only(delivery_id: int, follow_ups: Sequence[FollowUp]) -> None:
    """Record that an email announces these actions and no others, so that it is not hidden with an action it leaves out."""
    links = delete(AnnouncedFollowUp).where(AnnouncedFollowUp.delivery_id == delivery_id)
    links = links.where(AnnouncedFollowUp.follow_up_id.not_in([one.id for one in follow_ups]))
    db.session.execute(links.execution_options(synchronize_session=False))


def withdraw_removed(at: datetime) -> None:
    """Withdraw the unsent emails about rows that were removed at `at`."""
    unsent = update(Delivery).where(is_hidden(Delivery), *WAITING).execution_options(**_WITH_REMOVED)
    db.session.execute(unsent.values(withdrawn_at=at))


def requeue_restored(removed_at: datetime) -> None:
    """Reactivate the emails that were withdrawn by a removal at `removed_at`, unless their time has passed."""
    again = update(Delivery).where(
        ~is_hidden(Delivery), Delivery.withdrawn_at == removed_at, Delivery.sent_at.is_(None)
    )
    again = again.where(Delivery.due_at > clock.now()).execution_options(**_WITH_REMOVED)
    db.session.execute(again.values(withdrawn_at=None))


def withdraw_about(column: InstrumentedAttribute[int | None], ids: Collection[int], *, at: datetime) -> None:
    """Withdraw all unsent emails whose `column` is one of the ids; `at` identifies them for `requeue`."""
    unsent = update(Delivery).where(column.in_(ids), *WAITING)
    db.session.execute(unsent.values(withdrawn_at=at))


def requeue(column: InstrumentedAttribute[int | None], ids: Collection[int], *, withdrawn_at: datetime) -> None:
    """Reactivate the emails that `withdraw_about` withdrew at that instant."""
    withdrawn = update(Delivery).where(column.in_(ids), Delivery.withdrawn_at == withdrawn_at)
    db.session.execute(withdrawn.where(Delivery.sent_at.is_(None)).values(withdrawn_at=None))


def withdraw_subscription(subscription_id: int) -> None:
    """Cancel every unsent email to a subscription."""
    unsent = update(Delivery).where(Delivery.subscription_id == subscription_id, *WAITING)
    db.session.execute(unsent.values(withdrawn_at=clock.now()))


def clear_parts(subscription_id: int) -> None:
    """Have a member's waiting digests rendered again with the member's current preferences."""
    unsent = update(Delivery).where(Delivery.subscription_id == subscription_id, *WAITING)
    db.session.execute(unsent.values(digest_part_id=None))


def _row(
    kind: DeliveryKind,
    occasion: str,
    due_at: datetime,
    *,
    user: User | None = None,
    subscription: Subscription | None = None,
    delegate: Delegate | None = None,
    person: Person | None = None,
) -> dict[str, Any]:
    named = {"user": user, "subscription": subscription, "delegate": delegate, "person": person}
    return {
        "kind": kind,
        "priority": priority_of(kind),
        "recipient": next((f"{name}:{one.id}" for name, one in named.items() if one is not None), ""),
        "occasion": occasion,
        "user_id": user.id if user else None,
        "subscription_id": subscription.id if subscription else None,
        "delegate_id": delegate.id if delegate else None,
        "person_id": person.id if person else None,
        "due_at": due_at,
        "attempts": 0,
        "message_id": str(uuid.uuid4()),
    }
