"""Encrypting sensitive fields with a new key."""

import os
from dataclasses import replace

import click

from app import create_app
from app.commands.alone import be_alone
from app.commands.lock import refuse_while_locked
from app.commands.start import migrate_to_head
from app.config import FIELD_KEY_FILE
from app.domain.accounts.resealing import reseal
from app.extensions import db
from app.private_files import write_whole
from app.sealing import new_key
from app.startup import settings_of_process


@click.command("rotate-key")
def rotate_key() -> None:
    """Encrypt all sensitive fields with a new key. Stop everything first, on all machines.

    If FIELD_KEY is set, set it to the new and the old key with a comma between them, and afterwards to the new one. It
    can be run again if it was interrupted.
    """
    settings = settings_of_process(rotating=True)
    be_alone(settings.var_dir)
    keys, is_given = settings.field_key, bool(os.environ.get("FIELD_KEY"))
    if "," not in keys:
        if is_given:
            raise click.ClickException(f"Set FIELD_KEY to {new_key()},… with your present key in place of the dots.")
        keys = f"{new_key()},{keys}"
        write_whole(settings.var_dir / FIELD_KEY_FILE, keys.encode())
    app = create_app(replace(settings, field_key=keys))
    with app.app_context():
        migrate_to_head()  # migrating alone is refused while there are two keys
        refuse_while_locked()
        count = reseal()
        db.engine.dispose()
    current = keys.partition(",")[0].strip()
    if not is_given:
        write_whole(settings.var_dir / FIELD_KEY_FILE, current.encode())
    click.echo(
        f"{count} rows were encrypted with the new key."
        + (" Now set FIELD_KEY to it alone." if is_given else " Make a backup now: older ones contain the old key.")
    )
