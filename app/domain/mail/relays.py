"""Relays that take no emails: asked again at growing distances, while the emails go to others or wait untouched."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import delete, select, update

from app import clock
from app.dialects.many_rows import insert_missing
from app.extensions import db
from app.models.mail.relays import RelayTrouble

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)


def left_out(names: Collection[str]) -> set[str]:
    """Return those of some relays that are in trouble and not to be asked again yet."""
    found = select(RelayTrouble.relay).where(RelayTrouble.relay.in_(names), RelayTrouble.next_try_at > clock.now())
    return set(db.session.scalars(found))


def forget_others(names: Collection[str]) -> None:
    """Forget what was known of relays by other names, which the settings no longer contain."""
    db.session.execute(delete(RelayTrouble).where(RelayTrouble.relay.not_in(names)))


def note(states: Mapping[str, str]) -> None:
    """Record why relays take no emails, by their names; an empty reason says that one does."""
    now = clock.now()
    good = [name for name, reason in states.items() if not reason]
    if good:
        db.session.execute(delete(RelayTrouble).where(RelayTrouble.relay.in_(good)))
    for name, reason in states.items():
        if not reason:
            continue
        row = {"relay": name, "reason": "", "since": now, "failures": 0, "next_try_at": now}
        insert_missing(db.session, RelayTrouble.__table__, [row])  # type: ignore[arg-type]
        same = select(RelayTrouble).where(RelayTrouble.relay == name).execution_options(populate_existing=True)
        known = db.session.scalars(same).one_or_none()
        if known is not None:
            known.failures += 1
            known.reason = reason[:200]
            known.next_try_at = now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(known.failures - 1, 10))
    db.session.flush()


def try_at_once() -> None:
    """Let every relay be tried at once, at a person's request."""
    now = clock.now()
    db.session.execute(update(RelayTrouble).where(RelayTrouble.next_try_at > now).values(next_try_at=now))
