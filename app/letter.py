"""What a letter says, before it meets the wire."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says, to whom, and the headers that belong to it."""

    address: str
    subject: str
    text: str
    html: str
    language: str
    headers: dict[str, str] = field(default_factory=dict)
