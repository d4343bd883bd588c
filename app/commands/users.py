"""Manages accounts from the command line, because nobody can invite the first admin."""

import click

from app import create_app
from app.domain.accounts import accounts
from app.domain.accounts.passwords import MIN_LENGTH
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.scoping import EVERYTHING, enter_scope


@click.group()
def user() -> None:
    """Accounts."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="How the person is called.")
@click.option("--locale", default="es", show_default=True, help="Language of pages and letters.")
@click.option("--timezone", default="America/Caracas", show_default=True, help="IANA name of the zone.")
@click.password_option(help=f"At least {MIN_LENGTH} characters; asked for when not given.")
def add(email: str, name: str, locale: str, timezone: str, password: str) -> None:
    """Create an account that is an admin of everything."""
    app = create_app()
    with app.app_context():
        enter_scope(EVERYTHING)
        try:
            created = accounts.create_user(email=email, name=name, locale=locale, timezone=timezone, password=password)
            accounts.grant(created, Role.ADMIN, by=None)
        except DomainError as error:
            raise click.ClickException(sentence_of(error)) from error
        db.session.commit()
        click.echo(f"{created.email} can sign in now.")


def sentence_of(error: DomainError) -> str:
    """Return what went wrong, in English."""
    return error.message % error.values if error.values else error.message
