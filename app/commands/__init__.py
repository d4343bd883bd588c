"""The `encuentro` command."""

from typing import Any

import click
from sqlalchemy.exc import OperationalError

from app.commands import (
    audit,
    backups,
    bench,
    demo,
    keys,
    lock,
    mail,
    mail_domain,
    network,
    privacy,
    processes,
    retention,
    sbom,
    start,
    state,
    translations,
    users,
)
from app.config import SettingError
from app.models.oversight.chain import Actor
from app.models.oversight.lines import ActorKind
from app.models.oversight.watching import act


class Group(click.Group):
    """A command group that reports an invalid setting, or a database that cannot be reached, in one sentence."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command; the audit log names it as what acts in this process."""
        name, command, rest = super().resolve_command(ctx, args)
        act(Actor(ActorKind.COMMAND, name or ""))
        return name, command, rest

    def invoke(self, context: click.Context) -> Any:
        """Run the given command."""
        try:
            return super().invoke(context)
        except SettingError as error:
            raise click.ClickException(str(error)) from error
        except OperationalError as error:
            cause = " ".join(str(error.orig).split())
            raise click.ClickException(f"The database of DATABASE_URL cannot be used: {cause}") from error


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Encuentro: contacts, congresses and campaigns of labor solidarity.

    Settings are environment variables; app/config.py lists all of them.
    """


for command in (
    start.start,
    demo.demo,
    processes.web,
    processes.worker,
    processes.beat,
    start.migrate,
    users.user,
    audit.audit,
    state.state,
    backups.backup,
    backups.restore,
    keys.rotate_key,
    privacy.erase,
    privacy.about,
    privacy.proofs,
    lock.lock,
    lock.unlock,
    retention.retention,
    mail.take_mail_command,
    mail.take_bounce_command,
    mail_domain.mail,
    network.network,
    sbom.sbom,
    translations.translations,
    bench.bench,
):
    main.add_command(command)
