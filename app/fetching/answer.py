"""The result of fetching: an answer, or one exception that says why there is none."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Validators:
    """The validators that a server sent for a version of a page, for the next request."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Answer:
    """A page, a feed or a text, or the information that it has not changed."""

    final_url: str
    """Its final address, after redirects and without a fragment."""
    permanent_url: str | None
    """The address for future requests: the target of redirects that were all permanent and none from https to http; else none."""
    status: int
    content: bytes
    """The content, unpacked; empty if nothing changed."""
    content_type: str
    """The media type in lowercase without parameters; empty if nothing changed."""
    charset: str
    """The charset that the server states, in lowercase; empty if it states none. It is often wrong."""
    validators: Validators
    """To be stored and sent with the next request, even if nothing changed."""
    retry_after: datetime | None
    not_modified: bool
    body_hash: str | None
    """SHA-256 of the content in hexadecimal digits; none if nothing changed."""


class Failure(StrEnum):
    """Why nothing was fetched, for callers that show it to people."""

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
    """Nothing was fetched. The detail is for logs and contains no query of an address."""

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
