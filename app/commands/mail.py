"""Importing an emailed article: the command that a mail server runs for each email to MAIL_IN_ADDRESS."""

import os
import sys

import click

from app import create_app
from app.commands.lock import refuse_while_locked
from app.config import SettingError
from app.jobs.press.receive_mail import receive_email
from app.models.scoping import EVERYTHING, enter_scope
from app.reading.mail import LARGEST
from app.startup import settings_of_process


@click.command("take-mail")
def take_mail_command() -> None:
    """Import one email from standard input; used as an alias of a mail server.

    Exits with 0 if the email was accepted or discarded, or with 75 if the mail server should retry later.
    """
    try:
        settings = settings_of_process()
        if not settings.mail_in_address:
            raise click.ClickException("MAIL_IN_ADDRESS is not set.")  # noqa: TRY301 - handled below like any other error
        raw = sys.stdin.buffer.read(LARGEST + 1)
        while sys.stdin.buffer.read(LARGEST):  # if its pipe breaks, a mail server sends the email again
            pass
        app = create_app(settings)
        with app.app_context():
            enter_scope(EVERYTHING)
            refuse_while_locked()
            receive_email(raw)
    except Exception as error:  # noqa: BLE001 - the cause may be temporary
        said = isinstance(error, click.ClickException | SettingError)
        click.echo(f"Not taken: {error if said else type(error).__name__}", err=True)
        sys.exit(os.EX_TEMPFAIL)
