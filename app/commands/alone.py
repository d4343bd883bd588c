"""One supervisor for each VAR_DIR."""

import fcntl
import os
from pathlib import Path

import click

from app.config import LOCK_FILE

_held: list[int] = []
"""The open locks of this process; the system releases them when it ends, however it ends."""


def be_alone(var_dir: Path) -> None:
    """Keep every other process from doing the same with VAR_DIR until this one has ended; refuse if another one does."""
    var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(var_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        other = os.read(lock, 20).decode(errors="replace").strip()
        os.close(lock)
        raise click.ClickException(
            f"Encuentro is already running with the folder {var_dir} (process {other or 'unknown'}). Stop it first, or "
            "give this one another VAR_DIR."
        ) from error
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    _held.append(lock)
