"""Digests, queued for many members in one statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Integer, String, Table, case, column, literal, select, values
from sqlalchemy import cast as as_type

from app.dialects.many_rows import insert_selected, random_token
from app.extensions import db
from app.models.campaigns.digests import Digest
from app.models.campaigns.subscriptions import Subscription
from app.models.mail.deliveries import Delivery, DeliveryKind, priority_of
from app.queries.campaigns.members import Members

Part = tuple[str, str, datetime, datetime, int]
"""Languages and zone of members who get the same, from when and before when their windows start, and the id of what they get."""


def queue(digest: Digest, members: Members, parts: Sequence[Part], soonest: datetime) -> int:
    """Queue a digest for those members for whom there is a part; return the number of new emails.

    Each is due at the member's own hour, or `soonest` if that has passed or the digest goes to all.
    """
    mine = Subscription.__table__.c
    window = mine.covered_until
    columns = [column(name, mine[name].type) for name in ("languages", "timezone")]
    columns += [column(name, window.type) for name in ("starts", "ends")]
    their = values(*columns, column("part_id", Integer()), name="parts").data(list(parts)).cte().c
    own_hour = case((mine.next_letter_at > soonest, mine.next_letter_at), else_=soonest)
    number = as_type(mine.id, String())
    row = {
        "kind": literal(DeliveryKind.DIGEST, Delivery.kind.type),
        "priority": literal(int(priority_of(DeliveryKind.DIGEST))),
        "recipient": literal("subscription:").concat(number),
        "occasion": literal(f"digest:{digest.id}"),
        "subscription_id": mine.id,
        "digest_id": literal(digest.id),
        "digest_part_id": their.part_id,
        "covered_from": window,
        "due_at": literal(soonest, Delivery.due_at.type) if digest.serves_until is None else own_hour,
        "attempts": literal(0),
        "message_id": random_token(db.session),
    }
    is_theirs = [their.languages == mine.languages, their.timezone == mine.timezone]
    is_theirs += [window >= their.starts, window < their.ends]
    rows = select(*row.values()).where(*is_theirs, *members.unscoped_conditions)
    return insert_selected(
        db.session, cast("Table", Delivery.__table__), list(row), rows,
        unscoped="all members of a portion, found and locked in scope",
    )  # fmt: skip
