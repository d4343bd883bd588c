"""`encuentro state`: the state of the house, for terminals, cron and systemd."""

import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from app import clock, create_app
from app.domain.accounts import alarms
from app.extensions import db
from app.jobs.mail.outbox import deliver_alarms
from app.models.accounts.locks import HouseLock
from app.models.scoping import EVERYTHING, enter_scope
from app.queries import state as house
from app.queries.accounts import locks
from app.queries.mail import queue
from app.startup import settings_of_process
from app.wording.state import in_english


@click.command()
@click.option("--tell", is_flag=True, help="Also tell the admins by email of what needs attention for a while.")
def state(tell: bool) -> None:
    """Print what works and what needs attention; exit with 1 if anything does.

    With --tell, letters about alarms are sent by this command itself, so they are sent while no worker works.
    """
    settings = settings_of_process().for_pages()
    app = create_app(settings)
    with app.app_context():
        enter_scope(EVERYTHING)
        standing = _lock()
        if standing is not None:
            click.echo(f"! The house is locked since {standing.locked_at:%Y-%m-%d %H:%M} UTC.")
        lines = house.all_lines(settings)
        for line in lines:
            click.echo(f"{'!' if line.needs_attention else ' '} {in_english(line)}")
        _print_queue()
        if tell and standing is None:
            _tell(lines)
    sys.exit(int(standing is not None or any(line.needs_attention for line in lines)))


def _print_queue() -> None:
    """Print what waits by priority, since when, and how fast emails are sent, for programs that collect it."""
    try:
        for one in queue.waiting():
            age = int((clock.now() - one.oldest_due_at).total_seconds()) if one.oldest_due_at else 0
            click.echo(
                f"  emails {one.priority.name.lower()}: {one.due} due, {one.later} later, oldest due for {age} s"
            )
        click.echo(f"  emails sent in the last {queue.LATELY} minutes: {queue.sent_lately()}")
    except SQLAlchemyError:
        db.session.rollback()


def _lock() -> HouseLock | None:
    """Return the lock of the house; a database that does not answer is told with all else."""
    try:
        return locks.standing()
    except SQLAlchemyError:
        db.session.rollback()
        return None


def _tell(lines: list[house.Line]) -> None:
    try:
        alarms.watch(lines)
        db.session.commit()
        deliver_alarms()
    except SQLAlchemyError:
        click.echo("The database does not answer, so nobody was told by email.", err=True)
