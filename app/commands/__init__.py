"""The `encuentro` command."""

import click

from app.commands import demo, processes, start, translations, users


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Encuentro: contacts, congresses and campaigns of labor solidarity.

    Settings are environment variables; app/config.py names each of them.
    """


for command in (
    start.start,
    demo.demo,
    processes.web,
    processes.worker,
    processes.beat,
    start.migrate,
    users.user,
    translations.translations,
):
    main.add_command(command)
