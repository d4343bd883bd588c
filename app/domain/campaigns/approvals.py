"""Decisions on a draft: propose, approve and queue it for each member, pause, stop and resume, or discard."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update

from app import clock
from app.domain.accounts import audit
from app.domain.campaigns.variants import Variant, shows_times, variant_of
from app.domain.campaigns.windows import Rhythm, first_letter
from app.domain.mail import deliveries, holds
from app.domain.mail.deliveries import DigestLetter
from app.domain.recording import note_updates
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import User
from app.models.campaigns.campaigns import Approval
from app.models.campaigns.digests import OPEN, Digest, DigestPart, DigestStatus
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mail.holds import HoldReason, SendingHold
from app.queries.campaigns import digests, subscriptions
from app.queries.campaigns.subscriptions import Member
from app.queries.mail import failures
from app.queries.mail.deliveries import WAITING
from app.queries.mail.holds import Run
from app.text import N_


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """The email of a digest as one group of members gets it."""

    locale: str
    subject: str
    text: str
    html: str


Render = Callable[[Digest, Variant], RenderedPart]


@dataclass(frozen=True, slots=True)
class Share:
    """Members who read the same languages and for whom the same number of articles is new."""

    languages: list[str]
    articles: int
    members: int


def shares(digest: Digest) -> list[Share]:
    """Return how many articles each group would get from a draft, the largest group first."""
    counts = Counter[tuple[str, int]]()
    new: dict[tuple[str, datetime], int] = {}
    for member in _served(digest):
        same = (member.languages, member.covered_until)
        if same not in new:
            variant = variant_of(digest, member.languages.split(","), member.timezone, member.covered_until)
            new[same] = len(variant.versions)
        counts[member.languages, new[same]] += 1
    return [Share(languages.split(","), articles, count) for (languages, articles), count in counts.most_common()]


def propose(digest: Digest, *, by: User, revision: int) -> None:
    """Ask a second person to approve a draft in its current state."""
    require_open(digest)
    _require_latest(digest, revision)
    with audit.changing(digest, _facts):
        digest.status, digest.proposed_by_id = DigestStatus.PROPOSED, by.id


def approve(digest: Digest, render: Render, *, by: User | None, revision: int) -> int:
    """Approve a digest as it was shown and queue it for each member for whom something is new; return how many.

    Each email is due at the member's own hour, or at once if that has passed. It is rendered once for all members who
    get the same. Approving twice queues nothing twice.
    """
    require_open(digest)
    _require_latest(digest, revision)
    _require_right(digest, by)
    now = clock.now()
    with audit.changing(digest, _facts):
        digest.status, digest.approved_at, digest.approved_by_id = DigestStatus.APPROVED, now, by.id if by else None
    members = _served(digest, lock=True)
    letters = list(_letters(digest, members, render, now))
    queued = deliveries.queue_digest(digest.id, letters)
    _cover(members, digest.serves_until or digest.period_end, digest.period_end)
    return queued


def discard(digest: Digest) -> None:
    """Do not send it. Its articles do not come back in a later one, unless this is undone."""
    require_open(digest)
    with audit.changing(digest, _facts):
        digest.status = DigestStatus.DISCARDED
    _cover(_served(digest, lock=True), digest.serves_until or digest.period_end, digest.period_end)


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

    Raises DomainError while a worker is sending one of its emails, if another draft is waiting, or if a later digest
    has reached a member who would get this one after it.
    """
    _require_status(digest, DigestStatus.STOPPED, otherwise=N_("It was not stopped."))
    if digests.open_draft(digest.campaign_id) is not None:
        raise DomainError(None, N_("This campaign already has a draft waiting. Approve or discard it first."))
    for one in deliveries.delete_unsent(digest.id):
        _uncover(digest, one)
    holds.forget(Run(digest_id=digest.id))
    with audit.changing(digest, _facts):
        digest.status = DigestStatus.DRAFT
        digest.approved_at = digest.approved_by_id = digest.proposed_by_id = None


def _uncover(digest: Digest, delivery: Delivery) -> None:
    """Make a member due again for what was held back; raises DomainError if a later digest has reached them since."""
    member = delivery.subscription
    if member is None or delivery.covered_from is None:
        return
    if member.covered_until != digest.period_end:
        raise DomainError(None, N_("A later digest has been approved since. You can still send the rest of this one."))
    member.covered_until = delivery.covered_from
    if digest.serves_until is not None and member.next_letter_at is not None:
        member.next_letter_at = min(delivery.due_at, digest.serves_until - timedelta(seconds=1))


def send_test(digest: Digest, variant: Variant, render: Render, to: User) -> None:
    """Queue the email in its current state to a person who works on it."""
    deliveries.queue_test(part_for(digest, variant, render), to)


def part_for(digest: Digest, variant: Variant, render: Render) -> DigestPart:
    """Return the email for a variant, rendered and stored if it is not yet."""
    key = variant.key(digest)
    part = digests.part(digest.id, key)
    if part is None:
        made = render(digest, variant)
        part = DigestPart(
            campaign_id=digest.campaign_id,
            digest_id=digest.id,
            key=key,
            locale=made.locale,
            subject=made.subject,
            text=made.text,
            html=made.html,
        )
        db.session.add(part)
        db.session.flush()
    return part


def finish() -> None:
    """Mark as sent every approved digest that has no waiting emails, nor any that have yet to follow its resumption."""
    waiting = select(Delivery.id).where(Delivery.digest_id == Digest.id, Delivery.kind == DeliveryKind.DIGEST, *WAITING)
    unsettled = select(SendingHold.id).where(SendingHold.digest_id == Digest.id, SendingHold.settled_at.is_(None))
    done = update(Digest).where(Digest.status == DigestStatus.APPROVED, ~unsettled.exists(), ~waiting.exists())
    db.session.execute(
        done.values(status=DigestStatus.SENT, sent_at=clock.now()).execution_options(synchronize_session=False)
    )


def move_on(campaign_id: int, serves_until: datetime | None, covered_until: datetime) -> None:
    """Move the members who were due to their next hour, without an email."""
    members = subscriptions.members(campaign_id, serves_until, lock=True)
    _cover(members, serves_until or covered_until, covered_until)


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


def _served(digest: Digest, *, lock: bool = False) -> list[Member]:
    """Return the members who get a digest: those who are due and expect no more than it contains.

    Members who changed their preferences while it waited for approval may expect more; they are left to the next run.
    """
    return subscriptions.members(digest.campaign_id, digest.serves_until, opens_at=digest.period_start, lock=lock)


def _letters(digest: Digest, members: Sequence[Member], render: Render, now: datetime) -> Iterator[DigestLetter]:
    """Return the email for each member for whom something is new; members who get the same share the rendered text."""
    parts: dict[tuple[str, str, datetime], DigestPart | None] = {}
    soonest, hours = max(now, digest.send_at or now), shows_times(digest)
    for member in members:
        same = (member.languages, member.timezone if hours else "", member.covered_until)
        if same not in parts:
            variant = variant_of(digest, member.languages.split(","), member.timezone, member.covered_until)
            parts[same] = part_for(digest, variant, render) if variant.versions else None
        part = parts[same]
        if part is not None:
            yield DigestLetter(member.id, part.id, member.covered_until, _due_at(digest, member, soonest))


def _due_at(digest: Digest, member: Member, soonest: datetime) -> datetime:
    """Return when a member's email is sent: at their hour, or at once if that has passed or the digest goes to all."""
    out_of_turn = digest.serves_until is None or member.next_letter_at is None
    return soonest if out_of_turn or member.next_letter_at is None else max(soonest, member.next_letter_at)


def _cover(members: Sequence[Member], reach: datetime, covered_until: datetime) -> None:
    """Start the members' next window where this one closed, and set their next hour to the first one after `reach`."""

    @cache
    def next_hour(rhythm: Rhythm) -> datetime | None:
        return first_letter(rhythm, reach)

    table = Subscription.__table__.c
    rows: list[dict[str, Any]] = [
        {
            "member": one.id,
            "until": max(one.covered_until, covered_until),
            "next": one.next_letter_at
            if one.next_letter_at and one.next_letter_at >= reach
            else next_hour(Rhythm(one.frequency, one.weekday, one.hour, one.timezone)),
        }
        for one in members
    ]
    if rows:
        db.session.flush()
        columns = {"covered_until": "until", "next_letter_at": "next"}
        changed = {row["member"]: {name: row[key] for name, key in columns.items()} for row in rows}
        note_updates(cast("Table", Subscription.__table__), changed)
        covered = update(Subscription.__table__).where(table.id == bindparam("member"))  # type: ignore[arg-type]
        covered = covered.values(covered_until=bindparam("until"), next_letter_at=bindparam("next"))
        db.session.execute(covered.execution_options(unscoped="all members at once, found and locked in scope"), rows)
        _forget_loaded()


def _forget_loaded() -> None:
    """Expire subscriptions in the session: they were changed in bulk without it."""
    for row in list(db.session.identity_map.values()):
        if isinstance(row, Subscription):
            db.session.expire(row)


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
