"""One complete fetch: requesting a page, following redirects, and returning an answer."""

import hashlib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import ssrfguard
from ssrfguard.httpx import Client

from app.fetching import addresses, body, kinds
from app.fetching.answer import Answer, Failed, Failure, Validators
from app.fetching.deadline import Deadline, Transport
from app.fetching.policy import USER_AGENT, Limits, Policy

logger = logging.getLogger(__name__)
for _wordy in ("httpx", "httpcore"):
    # They write complete addresses and headers into logs, with queries and cookies.
    logging.getLogger(_wordy).setLevel(logging.WARNING)

_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9,"
    " text/xml;q=0.9, application/pdf;q=0.7, application/json;q=0.5, text/plain;q=0.5, */*;q=0.1"
)
_FOR_GOOD = frozenset({301, 308})
_NOT_FOR_US = frozenset({401, 402, 403, 407, 429, 451})
_LONGEST_WAIT = timedelta(days=30)
_LONGEST_VALIDATOR = 500


def fetch(url: str, policy: Policy, now: datetime, validators: Validators, limits: Limits) -> Answer:
    """Do what `app.fetching.fetch` says."""
    request = _Fetch(policy, now, validators, limits)
    started = time.monotonic()
    result = "failed"
    try:
        answer = request.run(url)
        result = str(answer.status)
        return answer
    except Failed as failed:
        result = str(failed)
        raise
    finally:
        logger.info("Fetched %s in %.1f s: %s", request.shown, time.monotonic() - started, result)


class _Moved(Exception):
    """A redirect; raised before httpx handles it."""

    def __init__(self, location: str, status: int) -> None:
        super().__init__()
        self.location = location
        self.for_good = status in _FOR_GOOD


class _Fetch:
    def __init__(self, policy: Policy, now: datetime, validators: Validators, limits: Limits) -> None:
        self.shown = "nothing"
        self._policy = policy
        self._now = now
        self._known = _usable(validators)
        self._limits = limits
        self._deadline = Deadline(limits.seconds)

    def run(self, text: str) -> Answer:
        url = addresses.checked(text, self._policy)
        for_good = True
        for hop in range(1 + self._limits.redirects):
            self.shown = addresses.shown(url)
            try:
                answer = self._visit(url)
                return replace(answer, permanent_url=answer.final_url if hop and for_good else None)
            except _Moved as moved:
                target = addresses.checked(moved.location, self._policy, base=url)
                for_good = for_good and moved.for_good and (url.scheme, target.scheme) != ("https", "http")
                url = target
        raise Failed(Failure.TOO_MANY_REDIRECTS, f"more than {self._limits.redirects}")

    def _visit(self, url: httpx.URL) -> Answer:
        """Send one request to one server, with a separate client, so that no cookie remains from the previous server."""
        guard = addresses.guard_of(url, self._policy)
        transport = Transport(guard, self._policy.resolver, self._deadline)
        with (
            _converting_errors(),
            Client(
                transport=transport,
                trust_env=False,
                follow_redirects=False,
                headers=self._headers(),
                event_hooks={"response": [_raise_for_redirect]},
                timeout=self._limits.seconds,
            ) as client,
            client.stream("GET", url) as response,
        ):
            return self._read(url, response)

    def _headers(self) -> dict[str, str]:
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": _ACCEPT,
            "Accept-Language": self._policy.languages,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        if self._known.etag:
            headers["If-None-Match"] = self._known.etag
        if self._known.last_modified:
            headers["If-Modified-Since"] = self._known.last_modified
        return headers

    def _read(self, url: httpx.URL, response: httpx.Response) -> Answer:
        new = _usable(Validators(response.headers.get("etag"), response.headers.get("last-modified")))
        retry_after = _retry_after(response.headers.get("retry-after"), self._now)
        if response.status_code == 304 and self._known != Validators():
            kept = Validators(new.etag or self._known.etag, new.last_modified or self._known.last_modified)
            return Answer(str(url), None, 304, b"", "", "", kept, retry_after, not_modified=True, body_hash=None)
        if response.status_code not in (200, 203):
            raise Failed(_failure_of(response), f"status {response.status_code}", response.status_code, retry_after)
        header = response.headers.get("content-type", "")
        kind = kinds.media_type(header)
        kinds.check(kind)
        content = body.read(response, self._limits.size, may_be=lambda start: kinds.may_be(kind, start))
        content = body.unpacked(content, self._limits.size)
        return Answer(
            final_url=str(url),
            permanent_url=None,
            status=response.status_code,
            content=content,
            content_type=kinds.settled(kind, content),
            charset=kinds.charset_of(header),
            validators=new,
            retry_after=retry_after,
            not_modified=False,
            body_hash=hashlib.sha256(content).hexdigest(),
        )


def _raise_for_redirect(response: httpx.Response) -> None:
    """Stop before httpx builds the next request: it would first read the whole body, no matter how long it is."""
    if response.has_redirect_location:
        raise _Moved(response.headers["location"], response.status_code)


@contextmanager
def _converting_errors() -> Iterator[None]:
    """Raise our own error for one of httpx. Those may quote a complete address, so they are not chained."""
    try:
        yield
    except httpx.TimeoutException:
        raise Failed(Failure.TOO_SLOW, "the time is over") from None
    except ssrfguard.SSRFGuardError as error:
        raise Failed(Failure.REFUSED_ADDRESS, getattr(error, "reason", type(error).__name__)) from None
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, ValueError) as error:
        raise Failed(Failure.UNREACHABLE, type(error).__name__) from None


def _failure_of(response: httpx.Response) -> Failure:
    if response.status_code == 404:
        return Failure.NOT_FOUND
    if response.status_code == 410:
        return Failure.GONE
    if response.status_code in _NOT_FOR_US or response.headers.get("cf-mitigated") == "challenge":
        return Failure.BLOCKED
    return Failure.UNREACHABLE


def _usable(validators: Validators) -> Validators:
    """Leave out validators that could not be sent back unchanged."""

    def kept(text: str | None) -> str | None:
        return text if text and text.isascii() and text.isprintable() and len(text) <= _LONGEST_VALIDATOR else None

    return Validators(kept(validators.etag), kept(validators.last_modified))


def _retry_after(header: str | None, now: datetime) -> datetime | None:
    """Return when a server allows the next request, within reasonable limits."""
    if not header:
        return None
    seconds = body.int_or(header, -1)
    if seconds >= 0:
        return now + min(timedelta(seconds=min(seconds, 10**9)), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max(now, min(moment, now + _LONGEST_WAIT))
