"""Decisions on a draft: propose, approve and queue it for each member, pause, stop and resume, or discard."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from app import clock
from app.domain.accounts import audit
from app.domain.campaigns import serving, taking_back
from app.domain.campaigns.serving import Render
from app.domain.campaigns.variants import Variant
from app.domain.mail import deliveries, holds
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Approval
from app.models.campaigns.digests import OPEN, Digest, DigestStatus
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.holds import HoldReason, SendingHold
from app.queries.campaigns import digests, members
from app.queries.campaigns.members import Members
from app.queries.mail import failures
from app.queries.mail.deliveries import WAITING
from app.queries.mail.holds import Run
from app.text import N_


@dataclass(frozen=True, slots=True)
class Share:
    """Members who read the same languages and for whom the same number of articles is new."""

    languages: list[str]
    articles: int
    members: int


def shares(digest: Digest) -> list[Share]:
    """Return how many articles each group would get from a draft, the largest group first."""
    counts = Counter[tuple[str, int]]()
    for group in serving.groups(digest, serving.served(digest)):
        counts[group.languages, len(serving.group_variant(digest, group).versions)] += group.size
    return [Share(languages.split(","), articles, count) for (languages, articles), count in counts.most_common()]


def propose(digest: Digest, *, by: User, revision: int) -> None:
    """Ask a second person to approve a draft in its current state."""
    require_open(digest)
    _require_latest(digest, revision)
    with audit.changing(digest, _facts):
        digest.status, digest.proposed_by_id = DigestStatus.PROPOSED, by.id


def approve(digest: Digest, render: Render, *, by: User | None, revision: int) -> int:
    """Approve a digest as it was shown and queue it for each member for whom something is new; return how many so far.

    If there are very many members, a job queues it for the others. Each email is due at the member's own hour, or at
    once if that has passed. It is rendered once for all members who get the same.
    """
    require_open(digest)
    _require_latest(digest, revision)
    _require_right(digest, by)
    with audit.changing(digest, _facts):
        digest.status, digest.approved_at = DigestStatus.APPROVED, clock.now()
        digest.approved_by_id = by.id if by else None
    return serving.serve_some(digest, render)


def discard(digest: Digest) -> None:
    """Do not send it. Its articles do not come back in a later one, unless this is undone.

    If there are very many members, a job moves the others on to their next digest, and then it cannot be undone.
    """
    require_open(digest)
    with audit.changing(digest, _facts):
        digest.status = DigestStatus.DISCARDED
    serving.pass_over_some(digest)


def pause(digest: Digest, reason: HoldReason = HoldReason.ASKED) -> None:
    """Let every email that has not been sent wait, at once."""
    _require_status(digest, DigestStatus.APPROVED, otherwise=N_("It is not being sent right now."))
    with audit.changing(digest, _facts):
        digest.status = DigestStatus.PAUSED
    holds.pause(Run(digest_id=digest.id), reason)


def stop(digest: Digest) -> None:
    """Withdraw every email that has not been sent, at once."""
    _require_status(
        digest, DigestStatus.APPROVED, DigestStatus.PAUSED, otherwise=N_("It is not being sent right now.")
    )  # fmt: skip
    with audit.changing(digest, _facts):
        digest.status = DigestStatus.STOPPED
    holds.stop(Run(digest_id=digest.id))


def resume(digest: Digest) -> None:
    """Release the emails that wait or were withdrawn; members who have unsubscribed since are left out when it is composed."""
    _require_status(digest, DigestStatus.PAUSED, DigestStatus.STOPPED, otherwise=N_("It was not stopped."))
    with audit.changing(digest, _facts):
        digest.status = DigestStatus.APPROVED
    run = Run(digest_id=digest.id)
    holds.release(run, postponed=failures.postponed(run))


def reopen(digest: Digest) -> None:
    """Turn a stopped digest back into a draft; members who already got it do not get it again.

    If there are very many emails, a job takes the others back. Raises DomainError while a worker is sending one of its
    emails, if another draft is waiting, or if a later digest has reached a member who would get this one after it.
    """
    _require_status(digest, DigestStatus.STOPPED, otherwise=N_("It was not stopped."))
    if digests.open_draft(digest.campaign_id) is not None:
        raise DomainError(None, N_("This campaign already has a draft waiting. Approve or discard it first."))
    if digests.being_queued(digest.campaign_id):
        raise DomainError(
            None, N_("The previous digest is still being prepared for its members. Try again in a minute.")
        )
    taking_back.require_possible(digest)
    with audit.changing(digest, _facts):
        digest.status = DigestStatus.REOPENING
    reopen_some(digest)


def reopen_some(digest: Digest) -> bool:
    """Take back the next portion of its emails; it is a draft once none is left. Return whether more of them can follow."""
    if taking_back.take_back_some(digest):
        return True
    if not taking_back.is_left(digest):
        holds.forget(Run(digest_id=digest.id))
        with audit.changing(digest, _facts):
            digest.status = DigestStatus.DRAFT
            digest.approved_at = digest.approved_by_id = digest.proposed_by_id = digest.queued_up_to = None
    return False


def send_test(digest: Digest, variant: Variant, render: Render, to: User) -> None:
    """Queue the email in its current state to a person who works on it."""
    deliveries.queue_test(serving.part_for(digest, variant, render), to)


def finish() -> None:
    """Mark as sent every approved digest that has no waiting emails, nor any that have yet to follow its resumption."""
    waiting = select(Delivery.id).where(Delivery.digest_id == Digest.id, Delivery.kind == DeliveryKind.DIGEST, *WAITING)
    unsettled = select(SendingHold.id).where(SendingHold.digest_id == Digest.id, SendingHold.settled_at.is_(None))
    done = update(Digest).where(
        Digest.status == DigestStatus.APPROVED, Digest.queued_up_to.is_(None), ~unsettled.exists(), ~waiting.exists()
    )
    db.session.execute(
        done.values(status=DigestStatus.SENT, sent_at=clock.now()).execution_options(synchronize_session=False)
    )


def move_on(campaign_id: int, serves_until: datetime | None, covered_until: datetime) -> None:
    """Move the members who were due to their next hour, without an email."""
    moved = Members(campaign_id, serves_until)
    members.lock(moved)
    serving.cover(moved, serves_until or covered_until, covered_until)


def require_open(digest: Digest) -> None:
    """Lock the digest and check that nobody has approved or discarded it in the meantime."""
    _lock(digest)
    if digest.status not in OPEN:
        raise DomainError(None, N_("This digest is no longer a draft."))


def _require_status(digest: Digest, *allowed: DigestStatus, otherwise: str) -> None:
    """Lock the digest and check that it is in one of these states now."""
    _lock(digest)
    if digest.status not in allowed:
        raise DomainError(None, otherwise)


def _facts(digest: Digest) -> audit.Facts:
    return {"status": digest.status}


def _lock(digest: Digest) -> None:
    """Lock the digest and read its current state."""
    db.session.refresh(digest, ["status", "revision", "proposed_by_id"], with_for_update=True)


def _require_latest(digest: Digest, revision: int) -> None:
    if digest.revision != revision:
        raise DomainError(None, N_("The digest has changed since you viewed it. Review it again, then decide."))


def _require_right(digest: Digest, by: User | None) -> None:
    """Check that a second person decides if the campaign requires it."""
    if digest.approval != Approval.SECOND_PERSON:
        return
    if digest.status != DigestStatus.PROPOSED:
        raise DomainError(None, N_("One person has to propose it before another approves it."))
    if by is None or by.id == digest.proposed_by_id:
        raise DomainError(None, N_("You proposed it yourself. Another person has to approve it."))
