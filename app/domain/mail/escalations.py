"""The letters that bring overdue actions to the accounts that were chosen for that."""

from collections.abc import Sequence

from sqlalchemy import select

from app import clock
from app.dialects.many_rows import insert_missing
from app.domain.mail import deliveries
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.actions.follow_ups import FollowUp
from app.models.mail.deliveries import AnnouncedFollowUp, Delivery, DeliveryKind


def queue(follow_ups: Sequence[FollowUp], to: User, *, occasion: str) -> bool:
    """Queue the letter that brings actions to an account, or add them to it; return whether it was not sent before."""
    deliveries.queue(DeliveryKind.ESCALATION, user=to, occasion=occasion, due_at=clock.now())
    same = (Delivery.kind == DeliveryKind.ESCALATION, Delivery.user_id == to.id, Delivery.occasion == occasion)
    delivery = db.session.scalars(select(Delivery).where(*same).with_for_update(of=Delivery)).one()
    if delivery.sent_at is not None or delivery.failed_at is not None or delivery.is_held_at(clock.now()):
        return False
    links = [{"delivery_id": delivery.id, "follow_up_id": one.id} for one in follow_ups]
    insert_missing(db.session, AnnouncedFollowUp.__table__, links)  # type: ignore[arg-type]
    return True
