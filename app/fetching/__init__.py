"""Fetches pages and feeds without ever reaching the internal network. Independent of the rest of the application."""

from datetime import datetime
from typing import TYPE_CHECKING

from app.fetching.answer import Answer, Failed, Failure, Validators
from app.fetching.policy import Limits, Policy
from app.later import Later

if TYPE_CHECKING:
    from app.fetching import client
else:
    client = Later("app.fetching.client")  # with it come httpx and others

__all__ = ["Answer", "Failed", "Failure", "Limits", "Policy", "Validators", "fetch"]


def fetch(
    url: str, *, policy: Policy, now: datetime, validators: Validators | None = None, limits: Limits | None = None
) -> Answer:
    """Return the content of an address on the public web, or raise Failed with the reason.

    `now` is for Retry-After, which may count in seconds; `validators` are those of the last answer, so that unchanged
    content is not sent.
    """
    return client.fetch(url, policy, now, validators or Validators(), limits or Limits())
