"""Making a backup while everything runs."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import psycopg
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.backups import age, archive, folders
from app.backups.errors import BackupError
from app.config import DKIM_FILES, Config
from app.dialects import postgresql_copies, sqlite_copies


@dataclass(frozen=True)
class Made:
    """A finished backup."""

    path: Path
    size: int
    manifest: archive.Manifest
    removed: int
    """How many old ones were removed."""


def make(settings: Config, engine: Engine, to: age.Passphrase | age.Recipient, now: datetime, *, folder: Path) -> Made:
    """Store a backup in a folder. Raises BackupError; then the folder has neither a new file nor a part of one."""
    try:
        with folders.scratch(folder) as working:
            part = working / "part"
            with part.open("wb") as file:
                packing = archive.Packing(file, to)
                manifest = _pack(packing, settings, engine, now, working)
                packing.finish(manifest)
            target = folder / folders.name_at(now)
            folders.publish(part, target)
    except OSError as error:
        raise BackupError(f"The backup could not be written to {folder}: {error.strerror or error}.") from error
    except (sqlite3.Error, psycopg.Error, SQLAlchemyError) as error:
        raise BackupError(f"The database could not be copied to {folder}: {type(error).__name__}.") from error
    removed = folders.remove_old(folder, now, settings.backup_days)
    return Made(target, target.stat().st_size, manifest, len(removed))


def _pack(packing: archive.Packing, settings: Config, engine: Engine, now: datetime, working: Path) -> archive.Manifest:
    packing.add(archive.SECRET_KEY, settings.secret_key.encode())
    packing.add(archive.FIELD_KEY, settings.field_key.encode())
    for name in DKIM_FILES:
        if (path := settings.var_dir / name).is_file():
            packing.add(name, path.read_bytes())
    manifest = _pack_database(packing, engine, now, working)
    named = _named(engine)  # before the files are listed: a file is there before its row
    manifest.attachments = _pack_attachments(packing, settings.attachments_dir)
    manifest.missing = sorted(named - set(manifest.attachments))
    return manifest


def _pack_database(packing: archive.Packing, engine: Engine, now: datetime, working: Path) -> archive.Manifest:
    kind = engine.dialect.name
    if kind == "sqlite":
        copied = working / archive.DATABASE
        sqlite_copies.copy(Path(str(engine.url.database)), copied)
        version, found, sequences = sqlite_copies.version(copied), sqlite_copies.figures(copied), dict[str, int]()
        packing.add_file(archive.DATABASE, copied)
        copied.unlink()
    else:
        tables = working / archive.TABLES
        tables.mkdir()
        found, sequences = postgresql_copies.dump(engine, tables)
        for table in found:
            packing.add_file(f"{archive.TABLES}/{table}", tables / table)
        version = (tables / "alembic_version").read_text().strip() if "alembic_version" in found else None
    if version is None:
        raise BackupError("The database is empty: there is nothing to back up.")
    return archive.Manifest(kind, version, now.isoformat(), found, sequences)


def _pack_attachments(packing: archive.Packing, folder: Path) -> dict[str, str]:
    """Add the attached files, and return their checksums.

    It happens after the database was copied, so every file that its rows name is there: a file is stored before its row,
    never changed, and deleted only a month after the row. One that is being written or deleted now belongs to no row.
    """
    packed = {}
    for path in _files(folder):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        packing.add(f"{archive.ATTACHMENTS}/{path.name}", content)
        packed[path.name] = sha256(content).hexdigest()
    return packed


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else ()


def _named(engine: Engine) -> set[str]:
    """Return the attached files that rows name."""
    with engine.connect().execution_options(read_only=True) as connection:
        return set(connection.scalars(text("SELECT key FROM attachments")))
