"""Queuing a digest for its members, and moving them on to their next one: by the database, in portions.

There can be millions of members. None of them is read; what differs from group to group is rendered once and joined.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, case, column, literal, select, update, values
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app import clock
from app.domain.campaigns.variants import Variant, shows_times, turns, variant_of
from app.domain.campaigns.windows import Rhythm, first_letter
from app.domain.mail import digest_letters
from app.domain.recording import noting_updates
from app.extensions import db
from app.models.campaigns.campaigns import Frequency
from app.models.campaigns.digests import Digest, DigestPart
from app.models.campaigns.subscriptions import Subscription
from app.queries.campaigns import digests
from app.queries.campaigns import members as member_queries
from app.queries.campaigns.members import Group, Members

PORTION = 20_000
"""Members who are served in one transaction; a second or so on SQLite, which lets nobody else write meanwhile."""
_AT_ONCE = "all members of a portion, found and locked in scope"


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """The email of a digest as one group of members gets it."""

    locale: str
    subject: str
    text: str
    html: str


Render = Callable[[Digest, Variant], RenderedPart]


def served(digest: Digest) -> Members:
    """Return the members who get a digest: those who are due and expect no more than it contains.

    Members who changed their preferences while it waited for approval may expect more; they are left to the next run.
    """
    return Members(digest.campaign_id, digest.serves_until, opens_at=digest.period_start)


def serve_some(digest: Digest, render: Render) -> int:
    """Queue a digest for the next portion of its members for whom something is new; return the number of new emails.

    `queued_up_to` says how far it has come. Serving the same members twice queues nothing twice.
    """
    members = _next(digest)
    queued = _queue(digest, members, render)
    cover(members, digest.serves_until or digest.period_end, digest.period_end)
    # past the session, because a digest of another revision would be rendered again
    kept = update(Digest.__table__).where(Digest.__table__.c.id == digest.id).values(queued_up_to=members.up_to)  # type: ignore[arg-type]
    db.session.execute(kept.execution_options(unscoped="a digest in scope, by its id"))
    set_committed_value(digest, "queued_up_to", members.up_to)
    return queued


def pass_over_some(digest: Digest) -> None:
    """Move the next portion of the members of a discarded digest on to their next one, without an email."""
    members = _next(digest)
    cover(members, digest.serves_until or digest.period_end, digest.period_end)
    digest.queued_up_to = members.up_to
    db.session.flush()


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


def groups(digest: Digest, members: Members) -> list[Group]:
    """Return the groups of members who get the same, the largest first."""
    return member_queries.groups(members, turns(digest))


def group_variant(digest: Digest, group: Group) -> Variant:
    """Return what a group gets."""
    return variant_of(digest, group.languages.split(","), group.timezone, max(group.starts, digest.period_start))


def cover(members: Members, reach: datetime, covered_until: datetime) -> None:
    """Start the members' next window where this one closed, and set their next hour to the first one after `reach`."""
    table = cast("Table", Subscription.__table__)
    mine = table.c
    hours = {one: first_letter(Rhythm(*one), reach) for one in member_queries.rhythms(members)}
    moved = update(table).where(*members.unscoped_conditions).values(
        covered_until=case((mine.covered_until < covered_until, covered_until), else_=mine.covered_until),
        next_letter_at=case((mine.next_letter_at >= reach, mine.next_letter_at), else_=_hour_of(mine, hours)),
    )  # fmt: skip
    db.session.flush()
    with noting_updates(table, *members.unscoped_conditions):
        db.session.execute(moved.execution_options(unscoped=_AT_ONCE))
    forget_loaded()


def _next(digest: Digest) -> Members:
    """Return and lock the next portion of the members."""
    members = served(digest).portion(digest.queued_up_to or 0, PORTION)
    member_queries.lock(members)
    return members


def _queue(digest: Digest, members: Members, render: Render) -> int:
    shown_in_zones = shows_times(digest)
    made: dict[tuple[str, str, datetime], int | None] = {}
    parts: list[digest_letters.Part] = []
    for group in groups(digest, members):
        same = (group.languages, group.timezone if shown_in_zones else "", group.starts)
        if same not in made:
            variant = group_variant(digest, group)
            made[same] = part_for(digest, variant, render).id if variant.versions else None
        part_id = made[same]
        if part_id is not None:
            parts.append((group.languages, group.timezone, group.starts, group.ends, part_id))
    soonest = max(clock.now(), digest.send_at or clock.now())
    return digest_letters.queue(digest, members, parts, soonest) if parts else 0


def _hour_of(
    mine: ReadOnlyColumnCollection[str, Any], hours: Mapping[tuple[Frequency, int, int, str], datetime | None]
) -> ColumnElement[datetime | None]:
    """Return the expression for the hour that belongs to a member's rhythm; those who want each article at once have none."""
    names = ("frequency", "weekday", "hour", "timezone")
    columns = (*(column(name, mine[name].type) for name in names), column("next_at", mine.next_letter_at.type))
    known = [(*rhythm, hour) for rhythm, hour in hours.items() if hour is not None]
    if not known:
        return literal(None, mine.next_letter_at.type)
    theirs = values(*columns, name="rhythms").data(known).cte().c
    return select(theirs.next_at).where(*(theirs[name] == mine[name] for name in names)).scalar_subquery()


def forget_loaded() -> None:
    """Expire subscriptions in the session: they were changed in bulk without it."""
    for row in list(db.session.identity_map.values()):
        if isinstance(row, Subscription):
            db.session.expire(row)
