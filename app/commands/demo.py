"""`encuentro demo`: the demo story, step by step."""

import os
import sys
from dataclasses import replace

import click

from app import create_app
from app.commands import story
from app.commands.start import migrate_to_head, start
from app.config import Config
from app.domain.campaigns import digests
from app.emails.campaigns import digests as digest_letters
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.accounts import accounts
from app.queries.campaigns import campaigns
from app.queries.mail import deliveries
from app.startup import settings_of_process


@click.command()
@click.option("--once", is_flag=True, help="Tell the whole story on an empty database of its own, and exit.")
@click.pass_context
def demo(context: click.Context, once: bool) -> None:
    """Start with the demo story, or run it once and print each step."""
    if not once:
        context.invoke(start, empty=False)
        return
    settings = _own_database(settings_of_process())
    app = create_app(settings)
    with app.app_context():
        migrate_to_head()
        if not accounts.is_empty():
            raise click.ClickException("The database is not empty. Name an empty one in DATABASE_URL.")
        story.load(app, mail_url=settings.mail_url, report=click.echo)
        enter_scope(EVERYTHING)
        sys.exit(_report_second_run())


def _own_database(settings: Config) -> Config:
    """Return settings with a temporary database for this run, unless one was given."""
    if "DATABASE_URL" in os.environ:
        return settings
    file = settings.var_dir / "demo-once.db"
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)
    return replace(settings, database_url=f"sqlite:///{file}")


def _report_second_run() -> int:
    """Repeat all background work and check that nothing is delivered twice; return the exit code."""
    before = deliveries.state()
    click.echo(f"{before.sent} letters delivered in all, {before.failed} failed, {before.waiting} wait for their day.")
    db.session.rollback()
    composed = [digests.run(campaigns.get(one), digest_letters.render) for one in campaigns.due_for_digest()]
    db.session.commit()
    again = deliver_due()
    after = deliveries.state()
    click.echo(f"Second run: {again} letters delivered, {sum(one is not None for one in composed)} digests composed.")
    return 0 if again == 0 and after.sent == before.sent and before.failed == 0 else 1
