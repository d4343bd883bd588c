"""Taking emails that a mail server hands over: articles to MAIL_IN_ADDRESS, and what returns to MAIL_BOUNCE_ADDRESS."""

import os
import sys
from collections.abc import Callable

import click

from app import create_app
from app.commands.lock import refuse_while_locked
from app.config import SettingError
from app.jobs.mail.returned import take_handed_over
from app.jobs.press.receive_mail import receive_email
from app.models.scoping import EVERYTHING, enter_scope
from app.reading import mail, returned
from app.startup import settings_of_process


@click.command("take-mail")
def take_mail_command() -> None:
    """Import one email from standard input; used as an alias of a mail server.

    Exits with 0 if the email was accepted or discarded, or with 75 if the mail server should retry later.
    """
    _take("mail_in_address", mail.LARGEST, receive_email)


@click.command("take-bounce")
def take_bounce_command() -> None:
    """Read one email that returned to MAIL_BOUNCE_ADDRESS from standard input; used as an alias of a mail server.

    Exits with 0 if the email was read or put aside, or with 75 if the mail server should retry later.
    """
    _take("mail_bounce_address", returned.LARGEST, take_handed_over)


def _take(address: str, largest: int, take: Callable[[bytes], object]) -> None:
    """Hand over one email from standard input; `address` is the setting that it needs."""
    try:
        settings = settings_of_process()
        if not getattr(settings, address):
            raise click.ClickException(f"{address.upper()} is not set.")  # noqa: TRY301 - handled below like any other error
        raw = sys.stdin.buffer.read(largest + 1)
        while sys.stdin.buffer.read(largest):  # if its pipe breaks, a mail server sends the email again
            pass
        app = create_app(settings)
        with app.app_context():
            enter_scope(EVERYTHING)
            refuse_while_locked()
            take(raw)
    except Exception as error:  # noqa: BLE001 - the cause may be temporary
        said = isinstance(error, click.ClickException | SettingError)
        click.echo(f"Not taken: {error if said else type(error).__name__}", err=True)
        sys.exit(os.EX_TEMPFAIL)
