"""The journal of erasures, beside the backups: who was erased since a backup was made is erased again when it is restored.

It contains no name and no address: the numbers that people had, which are never given again, and keyed digests.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from app.private_files import write_whole

NAME = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased once."""

    at: str
    """The instant, in ISO 8601."""
    people: tuple[int, ...]
    """All numbers that the person had."""
    addresses: tuple[str, ...]
    """The digests of the addresses that are never written to since."""

    @property
    def instant(self) -> datetime:
        """When it was erased."""
        return datetime.fromisoformat(self.at)


def read(folder: Path) -> list[Erased]:
    """Return what the journal in a folder tells, the earliest first; nothing if there is none."""
    path = folder / NAME
    lines = path.read_text().splitlines() if path.is_file() else []
    stored = (json.loads(line) for line in lines if line.strip())
    return [Erased(one["at"], tuple(one["people"]), tuple(one["addresses"])) for one in stored]


def write(folder: Path, erased: Iterable[Erased]) -> None:
    """Add what the journal in a folder does not tell yet."""
    known = read(folder)
    told = {(one.at, one.people) for one in known}
    new = [one for one in erased if (one.at, one.people) not in told]
    if new:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        ordered = sorted([*known, *new], key=lambda one: one.at)
        write_whole(folder / NAME, "".join(json.dumps(asdict(one)) + "\n" for one in ordered).encode())
