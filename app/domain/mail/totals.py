"""Keeps the numbers of deliveries that are about to be deleted, in the same transaction, so each is counted once."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, select, update

from app.dialects.many_rows import any_of, insert_missing
from app.extensions import db
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.totals import DeliveryTotal

_COUNTED = ("sent", "failed", "withdrawn", "bounced")
_Key = tuple[DeliveryKind, int | None, int | None, date]


def roll_up(delivery_ids: Collection[int]) -> None:
    """Count deliveries that are about to be deleted."""
    _roll_up(any_of(db.session, Delivery.id, delivery_ids))


def roll_up_of_subscriptions(subscription_ids: Collection[int]) -> None:
    """Count the deliveries that are about to be deleted with subscriptions."""
    _roll_up(any_of(db.session, Delivery.subscription_id, subscription_ids))


def _roll_up(meant: ColumnElement[bool]) -> None:
    found = select(
        Delivery.kind, Delivery.digest_id, Delivery.mailing_id, Delivery.due_at, Delivery.sent_at, Delivery.failed_at,
        Delivery.bounced_at,
    ).where(meant)  # fmt: skip
    counts: defaultdict[_Key, Counter[str]] = defaultdict(Counter)
    for row in db.session.execute(found).all():
        count = counts[row.kind, row.digest_id, row.mailing_id, (row.sent_at or row.due_at).date()]
        count["sent" if row.sent_at else "failed" if row.failed_at else "withdrawn"] += 1
        count["bounced"] += bool(row.sent_at and row.bounced_at)
    rows = [
        {
            "kind": kind, "about": _about(digest_id, mailing_id), "digest_id": digest_id, "mailing_id": mailing_id, "day": day,
            **dict.fromkeys(_COUNTED, 0),
        }
        for kind, digest_id, mailing_id, day in counts
    ]  # fmt: skip
    insert_missing(db.session, DeliveryTotal.__table__, rows)  # type: ignore[arg-type]
    for (kind, digest_id, mailing_id, day), count in counts.items():
        same = (
            DeliveryTotal.kind == kind,
            DeliveryTotal.about == _about(digest_id, mailing_id),
            DeliveryTotal.day == day,
        )
        more = {name: getattr(DeliveryTotal, name) + count[name] for name in _COUNTED}
        db.session.execute(update(DeliveryTotal).where(*same).values(more).execution_options(synchronize_session=False))


def _about(digest_id: int | None, mailing_id: int | None) -> str:
    return f"digest:{digest_id}" if digest_id else f"mailing:{mailing_id}" if mailing_id else ""
