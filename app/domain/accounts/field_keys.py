"""The key for sensitive fields in the memory of a process: withdrawn while the house is locked, taken again afterwards.

Whether the house is locked is a row, which every request and every task reads, so all processes learn of it with the next
thing that they do.
"""

from pathlib import Path

from app.config import field_key_in
from app.extensions import db
from app.models.accounts.locks import HouseLock
from app.models.types import give_keyring, keyring_of
from app.queries.accounts import locks
from app.sealing import Box, Keyring


def follow(var_dir: Path) -> HouseLock | None:
    """Return the lock of the house, if it is locked; this process has its key exactly if it is not."""
    standing, dialect = locks.standing(), db.engine.dialect
    ring = keyring_of(dialect)
    if standing is not None:
        if isinstance(ring, Keyring):
            give_keyring(dialect, Box(standing.box))
    elif isinstance(ring, Box) or not ring:
        give_keyring(dialect, Keyring.from_text(field_key_in(var_dir)))
    return standing


def forget() -> None:
    """Forget the key in a process that does not need it, or until it asks for it again."""
    give_keyring(db.engine.dialect, Keyring(()))
