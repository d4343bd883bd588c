"""Queuing a digest for millions of members, against one bare INSERT of as many emails."""

import time
from collections.abc import Callable

from sqlalchemy import text

from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from benchmarks import Case
from benchmarks.mail_cases import members

_TARGET = 2.0
_BARE = """
    INSERT INTO deliveries (kind, priority, recipient, occasion, subscription_id, due_at, attempts, message_id)
    SELECT 'digest', 2, 'subscription:' || id, 'bare', id, requested_at, 0, {token} FROM subscriptions
"""
_TOKEN = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "CAST(gen_random_uuid() AS TEXT)"}


def cases(campaign: Campaign, kind: str) -> list[Case]:
    """Measure both; the emails of the bare statement are deleted, and those of the digest as well."""
    bare = _seconds(lambda: _write(_BARE.format(token=_TOKEN[kind])))
    _write("DELETE FROM deliveries")
    digest = members.draft(campaign)
    planned = _seconds(lambda: members.approve(digest))
    _write("DELETE FROM deliveries")
    return [Case("queuing a digest for all members to a bare INSERT", planned / bare, _TARGET, "times")]


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _write(statement: str) -> None:
    db.session.execute(text(statement), execution_options={"unscoped": "rows of the benchmark"})
    db.session.commit()
