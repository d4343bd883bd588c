"""Keys that are generated on first use and stored in a file of their own."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def new_secret() -> str:
    """Return a new secret."""
    return secrets.token_urlsafe(48)


def kept(path: Path, generate: Callable[[], str]) -> str:
    """Return the key stored at `path`; it is generated on first use and readable only by its owner.

    The file gets its name only when the key is in it, so that neither a full disk nor another process that starts at the
    same time leaves an empty key.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        new = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(generate())
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                path.hardlink_to(new)
        finally:
            new.unlink(missing_ok=True)
    return path.read_text().strip()
