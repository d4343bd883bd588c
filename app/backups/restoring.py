"""Restoring a backup into an empty place, and checking that one can be restored."""

import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.backups import age, archive, folders
from app.backups.errors import BackupError
from app.config import DKIM_FILES, Config
from app.dialects import postgresql_copies, sqlite_copies
from app.dialects.sqlite_copies import Figures
from app.private_files import write_whole

_KEYS = (
    ("secret_key", archive.SECRET_KEY, "all links in letters and all sessions would be invalid"),
    ("field_key", archive.FIELD_KEY, "no sensitive field could be read"),
)
"""The setting of each key, its file in VAR_DIR and in an archive, and what happens with another one."""
Prepare = Callable[[str], None]
"""Creates the tables of a migration in the PostgreSQL database."""


def restore(
    settings: Config, engine: Engine, file: Path, by: age.Passphrase | age.Identity, *, prepare: Prepare, newest: str
) -> archive.Manifest:
    """Restore a backup where there is no house yet. Raises BackupError; then nothing was stored."""
    _check_place(engine)
    try:
        with folders.scratch(settings.var_dir / "restoring") as working:
            manifest = _checked(file, by, working)
            _check_fits(manifest, settings, engine, working, newest)
            if manifest.database == "postgresql":
                _load(engine, working, manifest, prepare, before_commit=lambda: _move_files(settings, working))
            else:
                _move_files(settings, working)
                _move_database(Path(str(engine.url.database)), working / archive.DATABASE)
    except OSError as error:
        raise BackupError(f"The backup could not be restored: {error.strerror or error}.") from error
    except (psycopg.Error, SQLAlchemyError) as error:
        raise BackupError(
            f"The database did not take the backup: {type(error).__name__}. Nothing was stored."
        ) from error
    finally:
        shutil.rmtree(settings.var_dir / "restoring", ignore_errors=True)
    return manifest


def check(
    file: Path,
    by: age.Passphrase | age.Identity,
    *,
    folder: Path,
    scratch_engine: Callable[[], Engine],
    prepare: Prepare,
) -> archive.Manifest:
    """Restore a backup into a scratch folder and compare all counts and checksums. Raises BackupError."""
    try:
        with folders.scratch(folder) as working:
            manifest = _checked(file, by, working)
            if manifest.database == "postgresql":
                _load(scratch_engine(), working, manifest, prepare, before_commit=lambda: None)
            return manifest
    except OSError as error:
        raise BackupError(f"The backup could not be checked: {error.strerror or error}.") from error


def _check_place(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        empty = sqlite_copies.is_empty(Path(str(engine.url.database)))
    else:
        with engine.connect() as connection:
            empty = postgresql_copies.is_empty(connection)
    if not empty:
        raise BackupError(
            "There is a house in this database already, and a backup is restored only into an empty place. Name another "
            "VAR_DIR, or another DATABASE_URL; what is here is left alone."
        )


def _checked(file: Path, by: age.Passphrase | age.Identity, working: Path) -> archive.Manifest:
    """Unpack a backup, and compare what is in it with what was recorded when it was made."""
    manifest = archive.unpack(file, by, working)
    attached = working / archive.ATTACHMENTS
    for name, checksum in manifest.attachments.items():
        path = attached / name
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != checksum:
            raise BackupError(f"The backup is not complete: the attached file {name} is not what it was.")
    if manifest.database == "sqlite":
        path = working / archive.DATABASE
        defects = sqlite_copies.defects(path) if path.is_file() else ["it is missing"]
        if defects:
            raise BackupError(f"The database in the backup is damaged: {'; '.join(defects)}.")
        _compare(manifest.tables, sqlite_copies.figures(path))
    return manifest


def _check_fits(manifest: archive.Manifest, settings: Config, engine: Engine, working: Path, newest: str) -> None:
    if manifest.database != engine.dialect.name:
        kinds = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise BackupError(
            f"The backup is of a {kinds.get(manifest.database)} database, and DATABASE_URL names one of "
            f"{kinds.get(engine.dialect.name)}."
        )
    if manifest.version > newest:
        raise BackupError("The backup was made by a newer version of Encuentro. Restore it with that one.")
    for setting, file, consequence in _KEYS:
        given = getattr(settings, setting)
        if given and given != _key_in(working, file):
            where = settings.var_dir / file
            raise BackupError(
                f"The backup has another {file.replace('-', ' ')} than this place: {consequence}. Leave {setting.upper()} "
                f"unset and remove {where if where.exists() else 'it from the environment'}; the key in the backup is then used."
            )


def _key_in(working: Path, file: str) -> str:
    """Return a key in an unpacked backup; the first ones had no key for fields, because none were encrypted."""
    path = working / file
    return path.read_text() if path.exists() else ""


def _compare(recorded: Figures, found: Figures) -> None:
    differing = [table for table in sorted({*recorded, *found}) if recorded.get(table) != found.get(table)]
    if differing:
        raise BackupError(f"The restored rows are not those of the backup, in: {', '.join(differing)}.")


def _load(
    engine: Engine, working: Path, manifest: archive.Manifest, prepare: Prepare, *, before_commit: Callable[[], None]
) -> None:
    prepare(manifest.version)
    with engine.connect() as connection, connection.begin():
        _compare(manifest.tables, postgresql_copies.load(connection, working / archive.TABLES, manifest.sequences))
        before_commit()


def _move_files(settings: Config, working: Path) -> None:
    """Put the attached files and the keys in their place, keys that are there already left alone.

    This is done before the database, so a house that has one is complete.
    """
    attached = working / archive.ATTACHMENTS
    if attached.is_dir():
        settings.attachments_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in attached.iterdir():
            path.replace(settings.attachments_dir / path.name)
    for setting, file, _consequence in _KEYS:
        if not getattr(settings, setting) and (key := _key_in(working, file)):
            write_whole(settings.var_dir / file, key.encode())
    for name in DKIM_FILES:
        if (working / name).exists() and not (settings.var_dir / name).exists():
            write_whole(settings.var_dir / name, (working / name).read_bytes())


def _move_database(target: Path, restored: Path) -> None:
    for leftover in ("-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.move(restored, beside)
        folders.publish(beside, target)
    finally:
        beside.unlink(missing_ok=True)
