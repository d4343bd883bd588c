"""Emails that have to wait although they are due: for the budget of a domain, or for the end of quiet hours."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update

from app import clock
from app.extensions import db
from app.models.mail.deliveries import Delivery
from app.queries.mail.deliveries import WAITING


def hold(until: Mapping[int, datetime]) -> None:
    """Let emails be due later, each from an instant on, unless a worker has them."""
    together: defaultdict[datetime, list[int]] = defaultdict(list)
    for delivery_id, instant in until.items():
        together[instant].append(delivery_id)
    for instant, ids in together.items():
        held = update(Delivery).where(Delivery.id.in_(ids), *WAITING, Delivery.free_at(clock.now()))
        db.session.execute(held.values(due_at=instant).execution_options(synchronize_session=False))
