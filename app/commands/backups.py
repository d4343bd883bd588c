"""`encuentro backup` and `encuentro restore`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine import make_url

from app import clock, create_app
from app.backups import age, journal, making, restoring
from app.backups.errors import BackupError
from app.backups.folders import stored
from app.commands import versions
from app.commands.alone import be_alone
from app.commands.audit import written
from app.config import DKIM_FILES, Config, SettingError
from app.domain.accounts import backups as record
from app.extensions import db
from app.migrating import downgrade, upgrade
from app.private_files import write_whole
from app.queries.accounts import backups as recorded
from app.queries.accounts import locks, log
from app.startup import settings_of_process

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
IDENTITY = click.option("--identity", type=_FILE, help="The file with the private key of BACKUP_RECIPIENT.")
_SCRATCH_SCHEMA = "encuentro_check"
_GENTLE = 10
"""How much less important the process of the night is than the others."""


@click.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--to", "folder", type=_FOLDER, help="Store it in this folder instead of BACKUP_DIR.")
@click.option(
    "--check", is_flag=True, help="Make none: restore FILE, or the latest one, in a scratch folder and compare."
)
@click.option(
    "--new-key", type=click.Path(dir_okay=False, path_type=Path), help="Make none: write a new private key to a file."
)
@click.option("--gently", is_flag=True, hidden=True)
@IDENTITY
def backup(
    file: Path | None, folder: Path | None, check: bool, new_key: Path | None, gently: bool, identity: Path | None
) -> None:
    """Make an encrypted backup of the database, the secret key and attached files, while everything runs."""
    if new_key is not None:
        _write_key(new_key)
        return
    settings = settings_of_process()
    if gently:
        os.nice(_GENTLE)
    app = create_app(settings)
    with app.app_context(), _in_a_sentence():
        place = folder or settings.backups_dir
        if check:
            _check(settings, file or _latest(place), place, identity)
        elif file is not None:
            raise click.ClickException("A file is named only with --check.")
        else:
            if locks.standing() is not None:
                raise BackupError("The house is locked, and a backup without its key is worth nothing.")
            _make(settings, place)


@click.command()
@click.argument("file", type=_FILE)
@IDENTITY
def restore(file: Path, identity: Path | None) -> None:
    """Restore a backup into an empty VAR_DIR and database."""
    settings = settings_of_process(new_keys=False)
    be_alone(settings.var_dir)
    app = create_app(settings)
    with app.app_context(), _in_a_sentence():
        by = _reader(settings, file, identity)
        manifest = restoring.restore(settings, db.engine, file, by, prepare=_prepare, newest=versions.newest())
        journal.write(settings.backups_dir, journal.read(file.parent))
        db.engine.dispose()
    click.echo(
        f"Restored {manifest.rows} rows in {len(manifest.tables)} tables and {len(manifest.attachments)} attached files "
        f"of {manifest.made_at}; all counts and checksums are equal. Start it with ./run start or ./run migrate."
    )
    if not any((settings.var_dir / name).exists() for name in DKIM_FILES):
        click.echo(
            "There are no keys in it that sign emails (DKIM). If this house has published records of such keys, "
            "make new ones with ./run mail key and publish what it prints."
        )


def writer_of(settings: Config) -> age.Passphrase | age.Recipient:
    """Return to whom backups are encrypted. Raises SettingError."""
    if settings.backup_recipient:
        try:
            return age.Recipient(settings.backup_recipient)
        except ValueError as error:
            raise SettingError("BACKUP_RECIPIENT has to be a public key of age, which begins with age1.") from error
    if settings.backup_passphrase:
        return age.Passphrase(settings.backup_passphrase)
    raise SettingError(
        "A backup is always encrypted. Set BACKUP_RECIPIENT to a public key (./run backup --new-key FILE makes one), or "
        "BACKUP_PASSPHRASE to a passphrase that is also kept elsewhere."
    )


def _make(settings: Config, folder: Path) -> None:
    to, now, head = writer_of(settings), clock.now(), log.head()
    db.session.rollback()
    try:
        made = making.make(settings, db.engine, to, now, folder=folder)
    except BackupError as error:
        record.record_failure(now, str(error))
        db.session.commit()
        raise
    record.record_made(now, name=made.path.name, size=made.size, row_count=made.manifest.rows)
    db.session.commit()
    click.echo(
        f"{made.path}: {made.manifest.rows} rows in {len(made.manifest.tables)} tables and "
        f"{len(made.manifest.attachments)} attached files, {made.size / 1_000_000:.1f} MB. "
        f"Old backups removed: {made.removed}."
    )
    click.echo(f"Head of the audit log: {written(head)} (it is in this backup).")
    if made.manifest.missing:
        click.echo(
            f"Attached files that are missing in {settings.attachments_dir}: {len(made.manifest.missing)}.", err=True
        )


def _check(settings: Config, file: Path, folder: Path, identity: Path | None) -> None:
    by = _reader(settings, file, identity)
    with _scratch_database(settings) as (engine, prepare):
        manifest = restoring.check(file, by, folder=folder, scratch_engine=lambda: engine, prepare=prepare)
    known = recorded.named(file.name) if inspect(db.engine).has_table("backups") else None
    if known is not None:
        record.record_check(known, clock.now())
        db.session.commit()
    click.echo(
        f"{file}: restored in a scratch folder, {manifest.rows} rows in {len(manifest.tables)} tables and "
        f"{len(manifest.attachments)} attached files; all counts and checksums are equal."
    )


@contextmanager
def _scratch_database(settings: Config) -> Iterator[tuple[Engine, restoring.Prepare]]:
    """Yield where tables can be restored without touching those of the house: in PostgreSQL, a schema of its own."""
    if settings.embedded:
        yield db.engine, lambda _version: None
        return
    url = make_url(settings.database_url).update_query_dict({"options": f"-csearch_path={_SCRATCH_SCHEMA}"})
    scratch = create_app(replace(settings, database_url=url.render_as_string(hide_password=False)))

    def ask(statement: str) -> None:
        with db.engine.begin() as connection:
            connection.execute(text(statement))

    def prepare(version: str) -> None:
        with scratch.app_context():
            upgrade(revision=version)

    ask(f"DROP SCHEMA IF EXISTS {_SCRATCH_SCHEMA} CASCADE")
    ask(f"CREATE SCHEMA {_SCRATCH_SCHEMA}")
    engine = create_engine(url)
    try:
        yield engine, prepare
    finally:
        engine.dispose()
        with scratch.app_context():
            db.engine.dispose()
        ask(f"DROP SCHEMA IF EXISTS {_SCRATCH_SCHEMA} CASCADE")


def _prepare(version: str) -> None:
    """Create the tables of a migration in the empty database, if it has not got them; others are removed first."""
    if versions.current() != version:
        downgrade(revision="base")
        upgrade(revision=version)


def _reader(settings: Config, file: Path, identity: Path | None) -> age.Passphrase | age.Identity:
    """Return who can decrypt a file: a private key, or the passphrase of the settings or from the terminal."""
    if identity is not None:
        return identity_in(identity)
    if settings.backup_recipient:
        raise click.ClickException("Name the file of the private key of BACKUP_RECIPIENT with --identity.")
    words = settings.backup_passphrase or click.prompt(f"Passphrase of {file.name}", hide_input=True)
    return age.Passphrase(words)


def identity_in(file: Path) -> age.Identity:
    """Return the private key in a file."""
    try:
        return age.Identity.from_text(file.read_text())
    except (ValueError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file} is not a private key of age (AGE-SECRET-KEY-1…).") from error


def _latest(folder: Path) -> Path:
    found = stored(folder)
    if not found:
        raise click.ClickException(f"There is no backup in {folder}.")
    return found[0]


def _write_key(file: Path) -> None:
    if file.exists():
        raise click.ClickException(f"{file} exists already; a private key is never overwritten.")
    identity = age.Identity.new()
    write_whole(file, f"# public key: {identity.recipient.text}\n{identity.text}\n".encode())
    click.echo(
        f"BACKUP_RECIPIENT={identity.recipient.text}\n"
        f"{file} has the private key, without which no backup can be restored. Keep it in two places, and not on this machine."
    )


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    try:
        yield
    except BackupError as error:
        raise click.ClickException(str(error)) from error
