"""The settings of mail that are more than one word: addresses of relays, rates, the warm-up plan, and quiet hours."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from urllib.parse import parse_qsl, urlsplit

from app.config import SettingError

_SCHEMES = ("smtp", "smtps")
_MOST_CONNECTIONS = 100


@dataclass(frozen=True, slots=True)
class RelayOptions:
    """What stands after the question mark of a relay's address."""

    tls_is_optional: bool = False
    weight: int = 1
    """Its share of the emails, compared with the other relays."""
    connections: int = 0
    """At most so many at once, of each worker; 0 for what is usual."""
    rate: float = 0
    """Emails a second of all workers together; 0 if there is no limit."""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """How a new sender becomes known: few emails on the first day, and twice as many on each further one."""

    begins_on: date
    first: int
    """Emails of each relay on the first day."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times between which no digests and mailings are sent; it may end on the next day."""

    begins: time
    ends: time


def is_this_machine(host: str | None) -> bool:
    """Return whether a host is this machine itself, so that nobody can listen on the way to it."""
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def relay_urls(mail_url: str) -> list[str]:
    """Return the addresses of the relays in MAIL_URL; none if emails stay in the application's own mailbox."""
    if urlsplit(mail_url.strip()).scheme not in _SCHEMES:
        return []
    return re.split(r"[\s,]+(?=smtps?://)", mail_url.strip())


def relay_name(url: str) -> str:
    """Return the name under which a relay is known: host and port, and never an account."""
    server = urlsplit(url)
    return f"{server.hostname or 'localhost'}:{server.port or server.scheme}"


def relay_options(url: str) -> RelayOptions:
    """Return the options of a relay. Raises SettingError."""
    read: dict[str, Callable[[str], object]] = {
        "tls": lambda text: text == "optional" or _wrong(text),
        "weight": lambda text: _whole(text, 1000),
        "connections": lambda text: _whole(text, _MOST_CONNECTIONS),
        "rate": _rate,
    }
    query = urlsplit(url).query
    try:
        given = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
        options = {name if name != "tls" else "tls_is_optional": read[name](text) for name, text in given}
    except (KeyError, ValueError) as error:
        raise SettingError(
            "After the question mark of MAIL_URL, only tls=optional, weight=3, connections=4 and rate=50 are possible, "
            f"joined by &, not “{query}”."
        ) from error
    return RelayOptions(**options)  # type: ignore[arg-type]


def most_each_second(mail_url: str) -> float | None:
    """Return how many emails a second all relays together may be given; None if one of them has no limit."""
    rates = [relay_options(url).rate for url in relay_urls(mail_url)]
    return sum(rates) if rates and all(rates) else None


def domain_rates(text: str) -> dict[str, float]:
    """Return how many emails a second may be sent to each limited domain. Raises SettingError."""
    rates: dict[str, float] = {}
    for one in filter(None, re.split(r"[\s,]+", text.strip())):
        domain, _equals, rate = one.partition("=")
        try:
            rates[domain.lower().encode("idna").decode()] = _rate(rate)
        except ValueError as error:
            raise SettingError(
                f"MAIL_DOMAIN_RATES has to look like gmail.com=20 outlook.com=5, not “{text}”."
            ) from error
    return rates


def warm_up(text: str) -> WarmUp | None:
    """Return the warm-up plan, if there is one. Raises SettingError."""
    if not text:
        return None
    begins_on, _colon, first = text.partition(":")
    try:
        return WarmUp(date.fromisoformat(begins_on), _whole(first, 10_000_000))
    except ValueError as error:
        raise SettingError(f"MAIL_WARM_UP has to look like 2026-12-01:200, not “{text}”.") from error


def quiet_hours(text: str) -> QuietHours | None:
    """Return the quiet hours, if there are any. Raises SettingError."""
    if not text:
        return None
    begins, _dash, ends = text.partition("-")
    try:
        found = QuietHours(time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip()))
    except ValueError as error:
        raise SettingError(f"MAIL_QUIET_HOURS has to look like 22:00-08:00, not “{text}”.") from error
    if found.begins == found.ends or found.begins.tzinfo or found.ends.tzinfo:
        raise SettingError("MAIL_QUIET_HOURS has to begin and end at different local times.")
    return found


def _whole(text: str, most: int) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise ValueError(text)
    return int(text)


def _rate(text: str) -> float:
    if not re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text) or not float(text):
        raise ValueError(text)
    return float(text)


def _wrong(text: str) -> bool:
    raise ValueError(text)
