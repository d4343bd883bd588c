"""`encuentro lock` and `encuentro unlock`: the panic lock, on the machine."""

from pathlib import Path

import click

from app import create_app
from app.backups import key_files
from app.backups.errors import BackupError
from app.commands.backups import IDENTITY, identity_in
from app.config import FIELD_KEY_FILE, Config
from app.domain.accounts import field_keys, house, locks
from app.extensions import db
from app.jobs.accounts.withdraw_key import withdraw_key
from app.models.scoping import EVERYTHING, enter_scope
from app.models.types import give_keyring
from app.queries.accounts import locks as lock_queries
from app.sealing import Keyring, SealError
from app.startup import settings_of_process


@click.command()
def lock() -> None:
    """Lock the house at once: all sessions and links end, letters are held, and its key is withdrawn."""
    settings = settings_of_process()
    with create_app(settings).app_context():
        enter_scope(EVERYTHING)
        field_keys.follow(settings.var_dir)
        was_open = locks.lock(by=None)
        db.session.commit()
        withdraw_key(settings)
        db.engine.dispose()
    click.echo("The house is locked." if was_open else "The house was locked already.")
    click.echo(about_key(settings))


@click.command()
@IDENTITY
def unlock(identity: Path | None) -> None:
    """Open the house again. If its key was sealed, the private key of BACKUP_RECIPIENT is needed."""
    settings = settings_of_process()
    with create_app(settings).app_context():
        enter_scope(EVERYTHING)
        if lock_queries.held() is None:
            raise click.ClickException("The house is not locked.")
        key = _key(settings, identity)
        give_keyring(db.engine.dialect, Keyring.from_text(key))
        try:
            house.check_field_key()
        except SealError as error:
            raise click.ClickException("This is not the key of this house; nothing was changed.") from error
        locks.open_on_machine()
        if settings.key_is_sealed:
            key_files.put_back(settings.var_dir, key)
        db.session.commit()
        key_files.discard(settings.var_dir)
        db.engine.dispose()
    click.echo("The house is open. Everybody signs in again, and letters that were held are sent now.")


def about_key(settings: Config) -> str:
    """Return in a sentence what is true of the key of a house that is locked."""
    if settings.key_is_sealed:
        return (
            "Its key is sealed to BACKUP_RECIPIENT: it opens only with the private key, by: "
            "encuentro unlock --identity FILE"
        )
    where = f"in {settings.var_dir}" if (settings.var_dir / FIELD_KEY_FILE).exists() else "in the environment"
    return (
        f"Its key is still {where}: whoever takes this machine can read everything. Two people with second factors open "
        f"the house at {settings.base_url}/house/open, or this command: encuentro unlock"
    )


def refuse_while_locked() -> None:
    """Refuse a command that needs the key, while the house is locked."""
    standing = lock_queries.standing()
    db.session.rollback()
    if standing is not None:
        raise click.ClickException("The house is locked. Open it first, with: encuentro unlock")


def _key(settings: Config, identity: Path | None) -> str:
    if not settings.key_is_sealed:
        return settings.field_key
    if identity is None:
        raise click.ClickException(
            "The key of the house was sealed. Name the file of the private key of BACKUP_RECIPIENT with --identity."
        )
    try:
        return key_files.opened(settings.var_dir, identity_in(identity))
    except BackupError as error:
        raise click.ClickException(str(error)) from error
