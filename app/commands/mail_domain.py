"""Commands for the domain that emails are sent from: its keys, and what its DNS records lack."""

import os

import click
from flask_babel import force_locale

from app import create_app
from app.config import LOCALES, Config
from app.mailer import domain_check
from app.mailer.dkim import ED25519_FILE, RSA_FILE, domain_of, keys_of, make_key, sender_domain
from app.mailer.name_server import NameServer
from app.private_files import write_whole
from app.startup import settings_of_process
from app.wording.mail_domain import sentence


@click.group()
def mail() -> None:
    """Prepare and check the domain that emails are sent from."""


@mail.command()
@click.option("--only", type=click.Choice(["rsa", "ed25519"]), help="Make one of the two keys only.")
def key(only: str | None) -> None:
    """Make the keys that sign emails (DKIM), if they are not there yet, and print the DNS records to publish.

    Workers sign with them at once. Until the records are published, the signatures count for nothing.
    """
    settings = settings_of_process()
    for name, kind in ((RSA_FILE, "rsa"), (ED25519_FILE, "ed25519")):
        path = settings.var_dir / name
        if only in (None, kind) and not path.exists():
            write_whole(path, make_key(path))
            click.echo(f"Made {path}", err=True)
    for made in keys_of(settings):
        click.echo(_record(f"{made.selector}._domainkey.{domain_of(settings)}", made.record))


@mail.command()
@click.argument("domain", required=False)
@click.option(
    "--language", type=click.Choice(LOCALES), help="The language of the answer; that of the terminal if not given."
)
@click.option(
    "--resolver", help="The name server to ask, as address or address:port; those of the system if not given."
)
def check(domain: str | None, language: str | None, resolver: str | None) -> None:
    """Say what SPF, DKIM, DMARC, PTR and TLS still lack for emails from DOMAIN, by default that of MAIL_FROM.

    Exits with 1 if something has to be done.
    """
    settings: Config = settings_of_process()
    app = create_app(settings)
    with app.app_context(), force_locale(language or _of_terminal()):
        found = domain_check.check(settings, domain or sender_domain(settings), NameServer(resolver))
        for one in found:
            click.echo(f"{'!' if one.is_wrong else ' '} {sentence(one)}")
    if any(one.is_wrong for one in found):
        raise SystemExit(1)


def _record(name: str, text: str) -> str:
    """Return a DNS record in the form of a zone file, whose strings have at most 255 characters."""
    strings = " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))
    return f"{name}. IN TXT ( {strings} )"


def _of_terminal() -> str:
    language = (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en")[:2]
    return language if language in LOCALES else "en"
