"""`encuentro retention`: how much personal data is due to be deleted, by kind, and deleting it."""

from collections import Counter

import click

from app import create_app
from app.dialects import read_only
from app.extensions import db
from app.jobs.privacy.sweep_retention import sweep
from app.models.privacy.retention import RetentionKind
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.privacy import retention as retention_queries
from app.startup import settings_of_process


@click.command()
@click.option("--dry-run", is_flag=True, help="Only count what is due, and delete nothing.")
def retention(dry_run: bool) -> None:
    """Delete what has been kept long enough, as every night, and print how many records that were.

    It is done once a night: if the nightly task has finished, nothing is left to do. With --dry-run, periods that do not
    count yet are counted as well, with the time of the first sweep in which they will.
    """
    with create_app(settings_of_process()).app_context():
        enter_scope(EVERYTHING)
        if dry_run:
            read_only(db.session)
            _tell_due()
        else:
            _tell_swept(sweep())


def _tell_due() -> None:
    for line in retention_queries.lines(counted=True):
        kept = "kept without end" if line.days is None else f"kept for {line.days} days"
        begins = f", from {line.sweep_at:%Y-%m-%d %H:%M} UTC on" if line.sweep_at else ""
        click.echo(f"{line.kind.value}: {line.due} due ({kept}{begins})")


def _tell_swept(swept: Counter[RetentionKind]) -> None:
    for kind, rows in swept.items():
        click.echo(f"{kind.value}: {rows} deleted")
    if not swept:
        click.echo("Nothing was due, or it has been deleted this night already.")
