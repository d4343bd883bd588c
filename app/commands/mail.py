"""Importing an emailed article: the command that a mail server runs for each email to MAIL_IN_ADDRESS."""

import os
import sys

import click

from app import create_app
from app.config import Config
from app.jobs.press.receive_mail import receive_email
from app.models.scoping import EVERYTHING, enter_scope
from app.reading.mail import LARGEST


@click.command("take-mail")
def take_mail_command() -> None:
    """Take in the article in one letter from standard input, for an alias of a mail server.

    Ends with 0 where the letter was taken or let go, and with 75, upon which a mail server tries again later, where not.
    """
    try:
        settings = Config.from_env()
        if not settings.mail_in_address:
            raise click.ClickException("MAIL_IN_ADDRESS is not set.")  # noqa: TRY301 - it ends like any other trouble
        raw = sys.stdin.buffer.read(LARGEST + 1)
        while sys.stdin.buffer.read(LARGEST):  # a server whose pipe breaks would send it again
            pass
        app = create_app(settings)
        with app.app_context():
            enter_scope(EVERYTHING)
            receive_email(raw)
    except Exception as error:  # noqa: BLE001 - whatever it was may be over by the next time
        click.echo(f"Not taken: {error if isinstance(error, click.ClickException) else type(error).__name__}", err=True)
        sys.exit(os.EX_TEMPFAIL)
