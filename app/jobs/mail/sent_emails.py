"""Records that emails were sent, a few at a time and as fast as the database allows.

This module commits: an email counts as sent when its row says so, and not before.
"""

from collections.abc import Collection
from typing import Any, cast

from sqlalchemy import Table

from app import clock
from app.dialects.quick_updates import QuickUpdate
from app.extensions import db
from app.models.mail.deliveries import Delivery

_SENT: dict[str, Any] = dict.fromkeys(("sent_at", "withdrawn_at", "claim", "leased_until", "last_error"))


class SentEmails:
    """Records that emails were sent, no matter who holds the claim by now, and even if they were canceled on their way.

    Each call commits by itself, apart from the session, which must not have an open transaction.
    """

    def __init__(self) -> None:
        self._update = QuickUpdate(db.engine, cast("Table", Delivery.__table__), _SENT, "sent_at IS NULL")

    def keep(self, delivery_ids: Collection[int]) -> None:
        """Record them. Raises DBAPIError, after which nothing is recorded."""
        self._update(delivery_ids, _SENT | {"sent_at": clock.now()})

    def close(self) -> None:
        """Give back the connection."""
        self._update.close()
