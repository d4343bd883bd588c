"""Sign-ups of the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mobilizing.sign_ups import DECIDED, SUBJECTS, CallOutcome, SignUp, SignUpKind, SignUpState
from app.queries.lookup import one
from app.queries.paging import Page, holding_words, ids_of, page_of

STANDING = (SignUp.confirmed_at.is_not(None), SignUp.withdrawn_at.is_(None))
"""The conditions for a sign-up that counts."""
TO_CALL = (
    SignUp.email.is_(None),
    SignUp.confirmed_at.is_(None),
    SignUp.call_outcome.is_distinct_from(CallOutcome.DECLINED),
)
"""The conditions for one whose owner has to be called."""
_STATES: dict[SignUpState, tuple[ColumnElement[bool], ...]] = {
    SignUpState.ASKED: (SignUp.confirmed_at.is_(None),),
    SignUpState.CONFIRMED: STANDING,
    SignUpState.WITHDRAWN: (SignUp.withdrawn_at.is_not(None),),
}


def get(campaign_id: int, sign_up_id: int) -> SignUp:
    """Return a sign-up of a campaign."""
    return one(SignUp, SignUp.id == sign_up_id, SignUp.campaign_id == campaign_id)


def asked_since(campaign_id: int, email: str | None, phone: str | None, since: datetime) -> Sequence[SignUp]:
    """Return what was asked since an instant with an address or, without one, with a phone number."""
    same = select(SignUp).where(SignUp.campaign_id == campaign_id, SignUp.asked_at > since, _from(email, phone))
    return db.session.scalars(same.order_by(SignUp.id)).all()


def standing_like(sign_up: SignUp) -> SignUp | None:
    """Return the sign-up of the same person for the same thing that counts, which may be this one."""
    same = select(SignUp).where(*_same_thing(sign_up), _from(sign_up.email, sign_up.phone), *STANDING)
    return db.session.scalars(same.order_by(SignUp.id).limit(1)).first()


def is_latest(sign_up: SignUp) -> bool:
    """Return whether nobody has asked for the same thing with the same address since."""
    later = select(SignUp.id).where(*_same_thing(sign_up), _from(sign_up.email, sign_up.phone), SignUp.id > sign_up.id)
    return db.session.scalar(later.limit(1)) is None


def find(campaign_id: int, typed: str, kind: str, state: str, number: int) -> Page[SignUp]:
    """Return a page of a campaign's sign-ups, latest first, in which every word of `typed` is found.

    `kind` and `state` are values of SignUpKind and SignUpState, or empty for all.
    """
    return page_of(listed(campaign_id, typed, kind, state), number)


def listed(campaign_id: int, typed: str, kind: str, state: str) -> Select[SignUp]:
    """Return the statement that `find` shows a page of."""
    searched = (SignUp.name, SignUp.email, SignUp.phone, SignUp.organization_name, SignUp.locality)
    found = select(SignUp).where(SignUp.campaign_id == campaign_id, *holding_words(typed, *searched))
    if kind:
        found = found.where(SignUp.kind == SignUpKind(kind))
    if state:
        found = found.where(*_STATES[SignUpState(state)])
    return found.order_by(SignUp.id.desc())


def numbers(campaign_id: int, typed: str, kind: str, state: str) -> Sequence[int]:
    """Return the ids of the sign-ups that `find` lists, in its order."""
    return ids_of(SignUp.id, listed(campaign_id, typed, kind, state))


def some(campaign_id: int, ids: Sequence[int]) -> Sequence[SignUp]:
    """Return the sign-ups of a campaign with these ids, with what they are about."""
    found = select(SignUp).where(SignUp.campaign_id == campaign_id, SignUp.id.in_(ids))
    return db.session.scalars(found.options(joinedload(SignUp.mobilization), joinedload(SignUp.brigade))).all()


def untaken(campaign_id: int, kind: str, most: int) -> Sequence[SignUp]:
    """Return confirmed sign-ups of a campaign, of one kind or all, behind which nobody is recorded yet, the first ones."""
    found = select(SignUp).where(SignUp.campaign_id == campaign_id, SignUp.person_id.is_(None), *STANDING)
    if kind in set(SignUpKind):
        found = found.where(SignUp.kind == SignUpKind(kind))
    return db.session.scalars(found.order_by(SignUp.id).limit(most)).all()


def to_call(campaign_id: int, number: int) -> Page[SignUp]:
    """Return a page of those who have to be called: first those nobody has tried to reach, longest waiting first."""
    found = select(SignUp).where(SignUp.campaign_id == campaign_id, *TO_CALL)
    return page_of(found.order_by(SignUp.called_at.is_not(None), SignUp.called_at, SignUp.id), number)


@dataclass(frozen=True, slots=True)
class Counts:
    """The sign-ups of one kind in a campaign."""

    kind: SignUpKind
    confirmed: int
    asked: int
    """Those that are confirmed by email, and are not confirmed yet."""
    to_call: int
    withdrawn: int


def counts(campaign_id: int) -> list[Counts]:
    """Return the number of sign-ups of a campaign, for each kind that there is."""
    counted = select(
        SignUp.kind,
        func.count().filter(*STANDING),
        func.count().filter(SignUp.confirmed_at.is_(None), SignUp.email.is_not(None)),
        func.count().filter(*TO_CALL),
        func.count().filter(SignUp.withdrawn_at.is_not(None)),
    ).where(SignUp.campaign_id == campaign_id)
    return [Counts(*row) for row in db.session.execute(counted.group_by(SignUp.kind).order_by(SignUp.kind))]


def confirmed(campaign_id: int, kind: SignUpKind) -> int:
    """Return the number of sign-ups of one kind in a campaign that count."""
    counted = select(func.count()).select_from(SignUp).where(SignUp.campaign_id == campaign_id, SignUp.kind == kind)
    return db.session.scalar(counted.where(*STANDING)) or 0


def waiting(campaign_id: int) -> dict[SignUpKind, int]:
    """Return how many sign-ups of each kind wait for a decision of the organizers."""
    counted = select(SignUp.kind, func.count().label("number")).where(SignUp.campaign_id == campaign_id)
    undecided = counted.where(SignUp.kind.in_(DECIDED), SignUp.decision.is_(None), *STANDING).group_by(SignUp.kind)
    return {row.kind: row.number for row in db.session.execute(undecided)}


def attending(mobilization_id: int, *, by_email: bool = True) -> Sequence[int]:
    """Return the ids of the sign-ups to attend a mobilization that count, with an address or with a number only."""
    reached = SignUp.email.is_not(None) if by_email else SignUp.email.is_(None)
    attends = (SignUp.kind == SignUpKind.ATTEND, SignUp.mobilization_id == mobilization_id)
    found = select(SignUp.id).where(*attends, reached, *STANDING)
    return db.session.scalars(found.order_by(SignUp.id)).all()


def attendance(mobilization_id: int) -> tuple[int, int]:
    """Return how many people who attend a mobilization have an email address, and how many only a phone number."""
    counted = select(func.count(SignUp.email), func.count()).where(SignUp.mobilization_id == mobilization_id)
    by_email, total = db.session.execute(counted.where(SignUp.kind == SignUpKind.ATTEND, *STANDING)).one()
    return by_email, total - by_email


def hosting(mobilization_id: int) -> SignUp | None:
    """Return the confirmed sign-up of whoever proposed a mobilization by the public form."""
    found = select(SignUp).where(SignUp.kind == SignUpKind.HOST, SignUp.mobilization_id == mobilization_id)
    return db.session.scalars(found.where(SignUp.confirmed_at.is_not(None)).limit(1)).first()


def is_last_notice(delivery: Delivery) -> bool:
    """Return whether no later email of its kind tells the same person of the same thing."""
    later = select(Delivery.id).where(
        Delivery.sign_up_id == delivery.sign_up_id,
        Delivery.kind == delivery.kind,
        Delivery.id > delivery.id,
    )
    return db.session.scalar(later.limit(1)) is None


def untold(delivery: Delivery) -> Sequence[Delivery]:
    """Return the emails of a kind to the same person since the last one that was sent, in order, with this one."""
    same = (Delivery.sign_up_id == delivery.sign_up_id, Delivery.kind == delivery.kind)
    last = select(func.max(Delivery.id)).where(*same, Delivery.sent_at.is_not(None)).scalar_subquery()
    since = Delivery.id > func.coalesce(last, 0)
    return db.session.scalars(select(Delivery).where(*same, since).order_by(Delivery.id)).unique().all()


def unanswered(campaign_id: int) -> int:
    """Return the number of sign-ups whose second email was sent, too, and that nobody has confirmed."""
    sent = select(Delivery.id).where(
        Delivery.sign_up_id == SignUp.id, Delivery.kind == DeliveryKind.SIGN_UP_AGAIN, Delivery.sent_at.is_not(None)
    )
    counted = select(func.count()).select_from(SignUp).where(SignUp.campaign_id == campaign_id)
    return db.session.scalar(counted.where(SignUp.confirmed_at.is_(None), sent.exists())) or 0


def _from(email: str | None, phone: str | None) -> ColumnElement[bool]:
    return SignUp.email == email if email else SignUp.email.is_(None) & (SignUp.phone == phone)


def _same_thing(sign_up: SignUp) -> list[ColumnElement[bool]]:
    same = [SignUp.campaign_id == sign_up.campaign_id, SignUp.kind == sign_up.kind]
    return same + [getattr(SignUp, name).is_not_distinct_from(getattr(sign_up, name)) for name in SUBJECTS]
