"""What comes of fetching: an answer, or one exception that says why there is none."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Validators:
    """What a server told about a version of a page, to be shown to it the next time."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Answer:
    """A page, a feed or a text; or the news that it is still what it was."""

    final_url: str
    """Where it lay in the end, after redirects and without a fragment."""
    permanent_url: str | None
    """Where to ask from now on: where redirects led that were all permanent and none from https to http; else none."""
    status: int
    content: bytes
    """What was sent, unpacked; empty when nothing changed."""
    content_type: str
    """The media type in small letters without parameters; empty when nothing changed."""
    charset: str
    """The charset as the server calls it, in small letters; empty where it says nothing. It is often wrong."""
    validators: Validators
    """To be kept and given with the next question, also when nothing changed."""
    retry_after: datetime | None
    not_modified: bool
    body_hash: str | None
    """SHA-256 of the content in hexadecimal digits; none when nothing changed."""


class Failure(StrEnum):
    """Why nothing was fetched, for callers that tell people."""

    REFUSED_ADDRESS = "refused_address"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    UNREACHABLE = "unreachable"
    NOT_FOUND = "not_found"
    GONE = "gone"
    BLOCKED = "blocked"
    WRONG_TYPE = "wrong_type"
    TOO_MANY_REDIRECTS = "too_many_redirects"


class Failed(Exception):
    """Nothing was fetched. The detail is for logs and carries no query of an address."""

    def __init__(
        self, failure: Failure, detail: str = "", status: int | None = None, retry_after: datetime | None = None
    ) -> None:
        super().__init__(failure, detail, status, retry_after)
        self.failure = failure
        self.detail = detail
        self.status = status
        self.retry_after = retry_after

    def __str__(self) -> str:
        return f"{self.failure}: {self.detail}" if self.detail else str(self.failure)
