"""The check of the domain that emails are sent from: its records, and the relays."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

from app import clock, mail_settings
from app.config import Config
from app.domain.mail import published
from app.domain.mail.published import Case, Finding, Spf
from app.mailer.dkim import domain_of, keys_of
from app.mailer.encryption import encryption_of
from app.mailer.message import envelope_sender
from app.mailer.name_server import Address, NameServer, NoAnswer
from app.mailer.relay import Relay

_SOON = timedelta(days=14)


def check(settings: Config, domain: str, names: NameServer) -> list[Finding]:
    """Return what is right, and what the domain and the relays of MAIL_URL still lack."""
    relays = [Relay.of(url) for url in mail_settings.relay_urls(settings.mail_url)]
    senders: dict[str, list[Address]] = {}
    for relay in relays:
        with suppress(NoAnswer):
            senders[relay.name] = [] if relay.is_near else names.addresses(relay.host)
    found: list[Finding] = []
    spf = Spf(names.texts, names.addresses, names.mail_servers)
    returns = envelope_sender(settings.mail_bounce_address or f"x@{domain}").rpartition("@")[2]
    for one in dict.fromkeys((returns, domain)):
        found += _asked("SPF", lambda: spf.check(one, dict(senders)))  # noqa: B023 - called at once
        found += _asked("MX", lambda: _incoming(one, names))  # noqa: B023 - called at once
    found += _asked("DKIM", lambda: _keys(settings, domain, names))
    found += _asked("DMARC", lambda: _policy(settings, domain, names))
    for name, addresses in senders.items():
        found += _asked("PTR", lambda: list(_reverse(name, addresses, names)))  # noqa: B023 - called at once
    found += [_encryption(relay) for relay in relays]
    return found if relays else [*found, Finding(Case.NO_RELAY)]


def _asked(what: str, ask: Callable[[], list[Finding]]) -> list[Finding]:
    try:
        return ask()
    except NoAnswer as error:
        return [Finding(Case.NO_ANSWER, {"what": what, "name": str(error)})]


def _incoming(domain: str, names: NameServer) -> list[Finding]:
    """Return whether replies and what cannot be delivered find a way back."""
    taken = names.mail_servers(domain) or names.addresses(domain)
    return [] if taken else [Finding(Case.MX_MISSING, {"domain": domain})]


def _keys(settings: Config, domain: str, names: NameServer) -> list[Finding]:
    keys = keys_of(settings)
    if not keys:
        return [Finding(Case.DKIM_NO_KEY)]
    at = {key: f"{key.selector}._domainkey.{_signing(settings, domain)}" for key in keys}
    return [published.dkim(name, names.texts(name), key.record) for key, name in at.items()]


def _signing(settings: Config, domain: str) -> str:
    """Return the domain that signs emails from a domain: that of the settings, if it is the same or one above it."""
    signs = domain_of(settings)
    return signs if f".{domain}".endswith(f".{signs}") else domain


def _policy(settings: Config, domain: str, names: NameServer) -> list[Finding]:
    """Return what is to be said about the policy of a domain, or else of the domain above it that has one."""
    labels = domain.split(".")
    above = [".".join(labels[at:]) for at in range(max(1, len(labels) - 1))]
    with_policy = next(
        (one for one in above if any("DMARC1" in text.upper() for text in names.texts(f"_dmarc.{one}"))), domain
    )
    return published.dmarc(domain, names.texts(f"_dmarc.{with_policy}"), _signing(settings, domain))


def _reverse(name: str, addresses: list[Address], names: NameServer) -> Iterator[Finding]:
    """Yield what is to be said about the names that the addresses of a relay are said to have."""
    if not addresses:
        yield Finding(Case.PTR_UNSURE, {"relay": name})
    for address in addresses:
        values = {"relay": name, "address": str(address)}
        said = names.names_of(address)
        if not said:
            yield Finding(Case.PTR_MISSING, values)
        elif any(address in names.addresses(one) for one in said):
            yield Finding(Case.PTR_GOOD, values | {"name": said[0]})
        else:
            yield Finding(Case.PTR_OTHER, values | {"name": said[0]})


def _encryption(relay: Relay) -> Finding:
    values = {"relay": relay.name}
    try:
        found = encryption_of(relay)
    except ssl.SSLCertVerificationError as error:
        return Finding(Case.TLS_CERTIFICATE, values | {"reason": error.verify_message})
    except OSError as error:
        return Finding(Case.TLS_UNREACHABLE, values | {"reason": type(error).__name__})
    if not found.version:
        return Finding(Case.TLS_NEAR if relay.is_near else Case.TLS_MISSING, values)
    if found.ends_at and found.ends_at < clock.now() + _SOON:
        return Finding(Case.TLS_ENDS_SOON, values | {"day": f"{found.ends_at:%Y-%m-%d}"})
    return Finding(Case.TLS_GOOD, values | {"version": found.version})
