"""A campaign with many members, and digests for all of them."""

import time
from dataclasses import replace
from datetime import timedelta

from flask import current_app
from sqlalchemy import func, insert, select

from app import clock
from app.config import Config
from app.dialects import keep_statistics
from app.domain.campaigns import approvals, digests
from app.domain.press import articles
from app.emails.campaigns import digests as letters
from app.extensions import db
from app.jobs.mail.digest_batches import DigestBatch
from app.jobs.mail.holding import follow
from app.jobs.mail.outbox import deliver_due
from app.jobs.mail.queuing import queue_rest
from app.models.campaigns.campaigns import Campaign, Frequency
from app.models.campaigns.digests import Digest
from app.models.campaigns.subscriptions import Subscription, SubscriptionStatus
from app.queries.mail import deliveries
from benchmarks import composing
from benchmarks.mail_cases.wire import Sent

_AT_ONCE = 100_000
_ARTICLES = 8
_SENTENCES = 2
"""Of an excerpt, so that an email has about 15 kB."""


def campaign_of(members: int) -> Campaign:
    """Create a campaign with members who all read the same languages, because smtp-source sends everybody the same too."""
    campaign = composing.campaign()
    now = clock.now()
    row = {
        "consent_text": "Yes.", "campaign_id": campaign.id, "status": SubscriptionStatus.CONFIRMED, "languages": "es,en", "frequency": Frequency.WEEKLY,
        "weekday": 4, "hour": 8, "timezone": "America/Caracas", "confirmed_at": now, "covered_until": now - timedelta(days=7),
        "next_letter_at": now + timedelta(days=1), "link_number": 0, "requested_at": now,
    }  # fmt: skip
    for start in range(0, members, _AT_ONCE):
        rows = [row | {"email": f"member{one}@example.org"} for one in range(start, min(members, start + _AT_ONCE))]
        db.session.execute(insert(Subscription.__table__), rows, execution_options={"unscoped": "invented members"})  # type: ignore[arg-type]
        db.session.commit()
    keep_statistics(db.session)
    db.session.commit()
    return campaign


def draft(campaign: Campaign) -> Digest:
    """Compose a digest of new articles for all members."""
    count = db.session.scalar(select(func.count()).select_from(Digest)) or 0
    with clock.travel(clock.now() + timedelta(minutes=count)):
        for number in range(_ARTICLES):
            article = composing.article(count * _ARTICLES + number, "es", sentences=_SENTENCES)
            articles.cite_in_campaign(article, campaign, by=None)
    db.session.commit()
    with clock.travel(clock.now() + timedelta(minutes=count + 1)):
        digest = digests.compose_now(campaign)
    if digest is None:
        raise RuntimeError("nothing was composed")
    db.session.commit()
    return digest


def approve(digest: Digest) -> int:
    """Approve a digest and queue it for all members; return the number of emails."""
    queued = approvals.approve(digest, letters.render, by=None, revision=digest.revision)
    db.session.commit()
    return queued + queue_rest()


def send(digest: Digest) -> Sent:
    """Approve a digest, and send it in this process until every result is recorded."""
    started, cpu = time.perf_counter(), time.process_time()
    queued = approve(digest)
    sent = deliver_due()
    taken = Sent(sent, time.perf_counter() - started, time.process_time() - cpu)
    if sent != queued:
        raise RuntimeError(f"{sent} of {queued} emails were sent")
    return taken


def hand_over_to(url: str) -> None:
    """Let emails be handed to a server."""
    settings: Config = current_app.config["SETTINGS"]
    current_app.config["SETTINGS"] = replace(settings, mail_url=url)


def bytes_of(digest: Digest) -> int:
    """Approve a digest, and return the size of one of its emails as it is sent; none of them is."""
    approve(digest)
    [one] = deliveries.due_ids(1)
    batch = DigestBatch("Encuentro <encuentro@example.org>")
    with current_app.test_request_context():
        batch.add([one])
        filled = batch.filled(one)
    db.session.rollback()
    approvals.stop(digest)
    db.session.commit()
    while follow():
        pass
    return len(filled.content) if filled else 0
