"""What came back of emails, whether the relay said so at once or a report did later, and what follows for their addresses.

Nobody is written to any more at an address that does not exist, from which somebody complained, or from which emails come
back again and again. What is the fault of the sender or the relay never concerns an address.
"""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, select, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain.mail import attempts
from app.domain.privacy import suppressions
from app.email_addresses import normalized
from app.extensions import db
from app.models.mail.bounces import Bounce, BounceKind, BounceScore, BounceSource
from app.models.mail.deliveries import Delivery
from app.models.privacy.suppressions import SuppressionReason
from app.reading.refusals import Cause, Refusal, refusal

HALF_LIFE = timedelta(days=30)
"""In this time the score of an address decays to half."""
TOO_MUCH = 4.0
"""The score from which an address is not written to any more: five days of a daily letter, six weeks of a weekly one, never a monthly one."""
COUNTED_ONCE_IN = timedelta(hours=20)
"""Several emails that come back together count once; less than a day, so that a daily letter counts daily."""
FORGOTTEN_BELOW = 0.1
"""A score that has decayed to this is deleted."""
COMPLAINED = "The recipient called it spam."
"""What is recorded of a complaint. Servers write no words of their own."""


def give_up(delivery_id: int, token: str, words: str, address: str) -> None:
    """Record that the relay will never take an email to an address, with its words."""
    judged = _answer(words, address)
    attempts.give_up(delivery_id, token, judged.words)
    _note_refusal(delivery_id, judged, BounceSource.RELAY, address)


def postpone(delivery_id: int, token: str, words: str, address: str, *, is_of_relay: bool = False) -> None:
    """Leave an email due that the relay did not take now; one that was tried too often is given up."""
    judged = _answer(words, address)
    if attempts.postpone(delivery_id, token, judged.words) and not is_of_relay:
        _note_refusal(delivery_id, judged, BounceSource.RELAY, address)


def note_report(delivery_id: int, judged: Refusal, address: str | None) -> bool:
    """Record that an email came back; `address` is where it was sent if that is still known. Return whether it is new."""
    is_new = _note_refusal(delivery_id, judged, BounceSource.REPORT, address)
    known_since = update(Delivery).where(Delivery.id == delivery_id, Delivery.bounced_at.is_(None))
    db.session.execute(known_since.values(bounced_at=clock.now()).execution_options(synchronize_session=False))
    return is_new


def note_complaint(delivery_id: int, address: str | None) -> bool:
    """Record that somebody called an email spam: they are never written to again. Return whether it is new."""
    is_new = _note(delivery_id, BounceKind.COMPLAINT, BounceSource.REPORT, None, COMPLAINED)
    if is_new and address is not None:
        suppressions.suppress([address], SuppressionReason.COMPLAINED)
    return is_new


def forget_scores() -> None:
    """Delete the scores that have decayed, which belong to addresses where emails arrive again."""
    for row in db.session.scalars(select(BounceScore).where(BounceScore.at < clock.now() - HALF_LIFE)):
        if score_of(row) < FORGOTTEN_BELOW:
            db.session.execute(delete(BounceScore).where(BounceScore.id == row.id))


def score_of(row: BounceScore) -> float:
    """Return the score of an address as it is now."""
    return float(row.score * 0.5 ** ((clock.now() - row.at) / HALF_LIFE))


def _answer(words: str, address: str) -> Refusal:
    """Judge what the relay answered; words without its code are our own, about what it cannot take."""
    judged = refusal(words, address=address)
    return judged if words[:3].isdigit() else replace(judged, cause=Cause.REFUSED)


def _note_refusal(delivery_id: int, judged: Refusal, source: BounceSource, address: str | None) -> bool:
    kind = BounceKind(judged.cause.value)
    is_new = _note(delivery_id, kind, source, judged.code, judged.words)
    if is_new and address is not None:
        if kind is BounceKind.HARD:
            suppressions.hold_back(address)
        elif kind is BounceKind.SOFT:
            _add_to_score(normalized(address))
    return is_new


def _note(delivery_id: int, kind: BounceKind, source: BounceSource, code: str | None, reason: str) -> bool:
    row = {
        "delivery_id": delivery_id,
        "kind": kind,
        "source": source,
        "code": code,
        "reason": reason,
        "at": clock.now(),
    }
    return insert_missing(db.session, Bounce.__table__, [row]) == 1  # type: ignore[arg-type]


def _add_to_score(address: str) -> None:
    now = clock.now()
    unknown = {"digest": address, "score": 0.0, "at": now}
    insert_missing(db.session, BounceScore.__table__, [unknown])  # type: ignore[arg-type]
    row = db.session.scalars(select(BounceScore).where(BounceScore.digest == address).with_for_update()).one()
    if row.score and now - row.at < COUNTED_ONCE_IN:
        return
    row.score, row.at = score_of(row) + 1, now
    if row.score >= TOO_MUCH:
        suppressions.hold_back(address)
    db.session.flush()
