"""What tests of periods share."""

from datetime import UTC, datetime

from app.domain.privacy import retention
from app.extensions import db
from app.models.privacy.retention import RetentionPeriod
from app.queries.privacy import retention as retention_queries

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def keep(kind, days, *, since=LONG_AGO):
    """Let a kind of data be kept for some days, as if that had been announced in time."""
    db.session.add(RetentionPeriod(kind=kind, days=days, in_force_at=since))
    db.session.flush()


def due(kind, days):
    """Return how many rows a dry run counts."""
    return retention_queries.count_due(kind, days)


def swept(kind):
    """Sweep everything of a kind, and return how many rows that were."""
    total = 0
    while rows := retention.sweep_some(kind):
        total += rows
    return total
