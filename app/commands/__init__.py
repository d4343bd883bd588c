"""The `encuentro` command."""

from typing import Any

import click

from app.commands import bench, demo, mail, network, processes, start, translations, users
from app.config import SettingError


class Group(click.Group):
    """A command group that reports an invalid setting in one sentence."""

    def invoke(self, context: click.Context) -> Any:
        """Run the given command."""
        try:
            return super().invoke(context)
        except SettingError as error:
            raise click.ClickException(str(error)) from error


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
    mail.take_mail_command,
    network.network,
    translations.translations,
    bench.bench,
):
    main.add_command(command)
