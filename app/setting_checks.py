"""What settings have to look like; whoever sets one otherwise reads a sentence that names it."""

import re
from collections.abc import Mapping
from email.utils import parseaddr
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app import mail_settings
from app.config import Config, SettingError
from app.sealing import Keyring, SealError

SHORTEST_KEY = 32
SHORTEST_PASSPHRASE = 16
LONGEST_BOUNCE_NAME = 31
"""Characters before the @ of MAIL_BOUNCE_ADDRESS: 64 without the 33 that `app.mailer.return_address` adds."""
_LETTERS = 10
"""Different characters of a secret key; chosen at random, 32 of them practically always have more."""
_SCHEMES = {
    "database_url": ("sqlite", "postgresql+psycopg"),
    "broker_url": ("filesystem", "redis", "rediss", "amqp", "amqps", "memory"),
    "limits_url": ("memory", "redis", "rediss", "redis+sentinel", "redis+cluster"),
    "mail_in_url": ("imap", "imaps"),
    "mail_bounce_url": ("maildir", "imap", "imaps"),
    "base_url": ("http", "https"),
}
_AT_LEAST_ONE = (
    "delivery_lease_seconds",
    "worker_concurrency",
    "worker_silence_seconds",
    "attachment_megabytes",
    "backup_days",
)
_HIGHEST_PORT = 65535


def check(settings: Config, given: Mapping[str, str]) -> None:
    """Check all settings; `given` has those of the environment. Raises SettingError with a sentence about the first."""
    _check_key(settings, given)
    check_all_but_key(settings, given)


def check_all_but_key(settings: Config, given: Mapping[str, str]) -> None:
    """Check all settings but the secret key, which a restored house brings along."""
    for name in _AT_LEAST_ONE:
        if getattr(settings, name) < 1:
            raise SettingError(f"{name.upper()} has to be at least 1.")
    if not 0 < settings.port <= _HIGHEST_PORT:
        raise SettingError(f"PORT has to be between 1 and {_HIGHEST_PORT}, not {settings.port}.")
    for name, schemes in _SCHEMES.items():
        if getattr(settings, name):
            _address(name.upper(), getattr(settings, name), schemes)
    _check_database(settings)
    _check_mail(settings, given)
    _check_field_key(settings)
    _check_backups(settings)
    _check_base(settings)
    settings.disputed()
    settings.fetched_loopback()


def _address(name: str, value: str, schemes: tuple[str, ...]) -> SplitResult:
    """Return the parts of an address with one of these schemes."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        raise SettingError(f"{name} is not an address: {error}.") from error
    if parts.scheme not in schemes or not value.startswith(f"{parts.scheme}:") or port == 0:
        begin = ", ".join(f"{scheme}:" for scheme in schemes)
        raise SettingError(f"{name} has to begin with one of these: {begin}")
    return parts


def _check_database(settings: Config) -> None:
    url = settings.database_url
    if settings.embedded and not url.removeprefix("sqlite:///").removeprefix("/").strip("/"):
        raise SettingError("DATABASE_URL has to name a file: sqlite:////path")
    if settings.embedded and not url.startswith("sqlite:////"):
        raise SettingError("DATABASE_URL has to name a file by its whole path, with four slashes: sqlite:////path")


def _check_mail(settings: Config, given: Mapping[str, str]) -> None:
    for name in ("mail_from", "mail_in_address", "mail_bounce_address"):
        value = getattr(settings, name)
        if value and "@" not in parseaddr(value)[1]:
            raise SettingError(f"{name.upper()} has to contain an email address, not “{value}”.")
    if not parseaddr(settings.mail_from)[1].rpartition("@")[0].isascii():
        raise SettingError("MAIL_FROM has to have plain letters before the @, which every mail server accepts.")
    _check_relays(settings, given)
    for name in ("mail_in_url", "mail_bounce_url"):
        parts = urlsplit(getattr(settings, name))
        if parts.scheme not in {"", "maildir"}:
            _named(name.upper(), parts)
    _check_bounces(settings)
    _check_signing(settings)
    mail_settings.domain_rates(settings.mail_domain_rates)
    mail_settings.warm_up(settings.mail_warm_up)
    mail_settings.quiet_hours(settings.mail_quiet_hours)
    try:
        ZoneInfo(settings.mail_timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingError(f"MAIL_TIMEZONE has to look like America/Bogota, not “{settings.mail_timezone}”.") from error


def _check_relays(settings: Config, given: Mapping[str, str]) -> None:
    urls = mail_settings.relay_urls(settings.mail_url) or [settings.mail_url]
    for url in urls:
        parts = _address("MAIL_URL", url, ("mailbox", "smtp", "smtps"))
        if parts.scheme != "mailbox":
            _named("MAIL_URL", parts)
            mail_settings.relay_options(url)
    if len({mail_settings.relay_name(url) for url in urls}) < len(urls):
        raise SettingError("MAIL_URL names the same mail server twice.")
    if mail_settings.relay_urls(settings.mail_url) and "BASE_URL" not in given:
        raise SettingError(
            f"MAIL_URL sends real emails, but BASE_URL is not set: the links in them would lead to {settings.base_url}, "
            "which is each reader's own machine. Set BASE_URL to the address where people reach Encuentro, such as "
            "https://encuentro.example.org"
        )


def _check_bounces(settings: Config) -> None:
    name = parseaddr(settings.mail_bounce_address)[1].rpartition("@")[0]
    if len(name) > LONGEST_BOUNCE_NAME or not name.isascii():
        raise SettingError(
            f"Before the @ of MAIL_BOUNCE_ADDRESS there is room for {LONGEST_BOUNCE_NAME} ASCII characters, because each "
            "email adds its own 33."
        )
    if (settings.mail_bounce_url or settings.mail_bounce_secret) and not name:
        raise SettingError("MAIL_BOUNCE_URL and MAIL_BOUNCE_SECRET need MAIL_BOUNCE_ADDRESS.")
    if settings.mail_bounce_url.startswith("maildir:") and not urlsplit(settings.mail_bounce_url).path.startswith("/"):
        raise SettingError("MAIL_BOUNCE_URL has to name a maildir by its whole path: maildir:/path")
    if settings.mail_bounce_secret and len(settings.mail_bounce_secret) < SHORTEST_KEY:
        raise SettingError(
            f"MAIL_BOUNCE_SECRET needs at least {SHORTEST_KEY} characters: whoever guesses it can post bounces."
        )


def _check_signing(settings: Config) -> None:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,40}[a-z0-9])?", settings.mail_dkim_selector):
        raise SettingError(
            f"MAIL_DKIM_SELECTOR has to be a name such as encuentro, not “{settings.mail_dkim_selector}”."
        )
    sender = parseaddr(settings.mail_from)[1].rpartition("@")[2].lower()
    signs = settings.mail_dkim_domain
    if signs and signs != sender and not (sender.endswith(f".{signs}") and "." in signs):
        raise SettingError(f"MAIL_DKIM_DOMAIN has to be the domain of MAIL_FROM or one above it, not “{signs}”.")


def _named(name: str, parts: SplitResult) -> None:
    if not parts.hostname:
        raise SettingError(f"{name} has to name a mail server, for example {parts.scheme}://mail.example.org")


def _check_key(settings: Config, given: Mapping[str, str]) -> None:
    """Check that nobody can guess the key: whoever has it can sign in as anyone."""
    key = settings.secret_key
    if len(key) < SHORTEST_KEY or len(set(key)) < _LETTERS:
        where = "SECRET_KEY" if "SECRET_KEY" in given else f"The key in {settings.var_dir / 'secret-key'}"
        raise SettingError(
            f"{where} is too easy to guess: it needs at least {SHORTEST_KEY} characters, and {_LETTERS} different ones. "
            "Whoever guesses it can sign in as anyone. Leave SECRET_KEY unset to have one generated, or use what this "
            'prints: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )


def check_one_field_key(settings: Config) -> None:
    """Check that sensitive fields are not being encrypted with another key."""
    if "," in settings.field_key:
        raise SettingError(
            "There are several keys for sensitive fields. Finish their rotation with: encuentro rotate-key"
        )


def _check_field_key(settings: Config) -> None:
    try:
        Keyring.from_text(settings.field_key)
    except SealError as error:
        raise SettingError(f"FIELD_KEY is not a key: {error} Leave it unset to have one generated.") from error


def _check_backups(settings: Config) -> None:
    if settings.backup_passphrase and settings.backup_recipient:
        raise SettingError("Set BACKUP_PASSPHRASE or BACKUP_RECIPIENT, not both.")
    if settings.backup_passphrase and len(settings.backup_passphrase) < SHORTEST_PASSPHRASE:
        raise SettingError(
            f"BACKUP_PASSPHRASE needs at least {SHORTEST_PASSPHRASE} characters: whoever has a backup can try to guess it "
            "for years. Six random words are a good passphrase."
        )


def _check_base(settings: Config) -> None:
    parts = urlsplit(settings.base_url)
    if not parts.hostname or parts.query or parts.fragment:
        raise SettingError(f"BASE_URL has to look like https://encuentro.example.org, not “{settings.base_url}”.")
    if not settings.host.strip():
        raise SettingError("HOST is empty; leave it unset to listen on this machine only.")
