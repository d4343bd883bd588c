"""What several kinds of cases share."""

from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).resolve().parent.parent.parent / "tests" / "reading"
"""The folder of texts that tests use too."""


@dataclass(frozen=True, slots=True)
class Found:
    """The number of articles, and how many of them were found."""

    right: int
    asked: int

    @property
    def share(self) -> float:
        """The percentage found."""
        return 100 * self.right / max(1, self.asked)
