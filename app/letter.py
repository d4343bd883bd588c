"""The content of an email, before it becomes a message."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """Calendar entries attached to an email, with what the recipient's calendar is to do with them (RFC 5546)."""

    name: str
    method: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """The content of an email, its recipient, and its additional headers."""

    address: str
    subject: str
    text: str
    html: str
    language: str
    headers: dict[str, str] = field(default_factory=dict)
    calendar: CalendarFile | None = None
