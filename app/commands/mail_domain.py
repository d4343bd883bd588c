"""Commands for the domain that emails are sent from."""

import click

from app.mailer.dkim import ED25519_FILE, RSA_FILE, domain_of, keys_of, make_key
from app.private_files import write_whole
from app.startup import settings_of_process


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


def _record(name: str, text: str) -> str:
    """Return a DNS record in the form of a zone file, whose strings have at most 255 characters."""
    strings = " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))
    return f"{name}. IN TXT ( {strings} )"
