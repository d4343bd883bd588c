"""Every setting of Encuentro, read once from the environment, one documented line each."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from sqlalchemy import make_url

from app.sealing import new_key
from app.stored_keys import kept, new_secret

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
MIGRATIONS = ROOT / "migrations"
SEEDS = ROOT / "seeds"
STYLESHEET = ROOT / "app" / "static" / "encuentro.css"
TRANSLATIONS = ROOT / "app" / "translations"

LOCALES = ("es", "en")
"""The languages of pages for people with an account."""
MEMBER_LOCALES = ("es", "en", "pt", "fr")
"""The languages of pages and emails for members without an account."""
LOCALE_FALLBACK = {"pt": "es", "fr": "es"}
"""If a reader's language has no catalog, the closest one that has."""

KEY_FILE = "secret-key"
"""The file in VAR_DIR with the secret key."""
FIELD_KEY_FILE = "field-key"
"""The file in VAR_DIR with the key for sensitive fields."""
SEALED_KEY_FILE = "field-key.age"
"""The file in VAR_DIR with the same key, encrypted to BACKUP_RECIPIENT, while the house is locked."""
DKIM_FILES = ("dkim-rsa.pem", "dkim-ed25519.pem")
"""The files in VAR_DIR with the keys that sign emails, if they were made."""
LOCK_FILE = "running"
"""The file in VAR_DIR that the supervisor locks."""
LARGEST_FORM = 16 * 1024 * 1024
"""Bytes of a request, except for those that upload a table."""
LARGEST_REQUEST = 512 * 1024 * 1024
"""Bytes of any request. The web server keeps what it receives on disk, so a table that is larger than those that can be
imported is still received, and the form says so beside its field."""
PAGE_WAIT_SECONDS = 7
"""How long a page waits for a database that another process is writing to; within ten seconds a person is told."""
_COMPILED_STATEMENTS = 2000
"""How many different statements SQLAlchemy keeps compiled; the pages have more than the 500 that are its default."""


def catalog_of(languages: Iterable[str], catalogs: tuple[str, ...] = LOCALES) -> str:
    """Return the best catalog for a reader of these languages, most preferred first."""
    asked = [language.split("-", maxsplit=1)[0].lower() for language in languages]
    near = [LOCALE_FALLBACK.get(language, "") for language in asked]
    return next((language for language in (*asked, *near) if language in catalogs), catalogs[0])


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one process."""

    var_dir: Path = ROOT / "var"
    """VAR_DIR: the folder of the embedded database, the broker, the keys and attached files."""
    database_url: str = ""
    """DATABASE_URL: `sqlite:////path` (the default, in VAR_DIR) or `postgresql+psycopg://…`."""
    broker_url: str = ""
    """BROKER_URL: `filesystem://` (the default, in VAR_DIR), `redis://…` or `amqp://…`."""
    limits_url: str = "memory://"
    """LIMITS_URL: where sign-in attempts are counted; `redis://…` if there are several web machines."""
    mail_url: str = field(default="mailbox:", repr=False)
    """MAIL_URL: `smtp://user:password@host:port` (with STARTTLS; `?tls=optional` if offered), `smtps://…`, or `mailbox:`. Several
    servers are separated by spaces; each may have `?weight=3&connections=4&rate=50`."""
    mail_domain_rates: str = ""
    """MAIL_DOMAIN_RATES: emails a second to domains that take no more, such as `gmail.com=20 outlook.com=5`."""
    mail_warm_up: str = ""
    """MAIL_WARM_UP: for a new sender, the first day and the emails of each server on it, such as `2026-12-01:200`; they double each day."""
    mail_quiet_hours: str = ""
    """MAIL_QUIET_HOURS: when no digests and mailings are sent, such as `22:00-08:00`, in the recipient's time zone."""
    mail_timezone: str = "UTC"
    """MAIL_TIMEZONE: the time zone of recipients whose own is not known."""
    mail_from: str = "Encuentro <encuentro@localhost>"
    """MAIL_FROM: the sender of every email."""
    mail_dkim_selector: str = "encuentro"
    """MAIL_DKIM_SELECTOR: the name of the keys that sign emails, once `mail key` has made them; that for Ed25519 ends with `-ed25519`."""
    mail_dkim_domain: str = ""
    """MAIL_DKIM_DOMAIN: the domain that signs emails; that of MAIL_FROM if not given, or one above it."""
    mail_bounce_address: str = ""
    """MAIL_BOUNCE_ADDRESS: where undeliverable emails return to, such as `bounces@example.org`; each email gets a variant. Empty: the address of MAIL_FROM, and nothing is read."""
    mail_bounce_url: str = field(default="", repr=False)
    """MAIL_BOUNCE_URL: where they are read from, `maildir:/path` or `imaps://user:password@host/INBOX`; not needed if a mail server runs `take-bounce`."""
    mail_bounce_secret: str = field(default="", repr=False)
    """MAIL_BOUNCE_SECRET: with it, mail servers on other machines may post what returns to `/returned-mail`."""
    mail_in_address: str = ""
    """MAIL_IN_ADDRESS: where articles are emailed to, such as `articles@example.org`; each account gets its own variant."""
    mail_in_url: str = field(default="", repr=False)
    """MAIL_IN_URL: the mailbox where they arrive, `imaps://user:password@host/INBOX`; not needed if a mail server runs `take-mail`."""
    base_url: str = "http://127.0.0.1:8000"
    """BASE_URL: the base address of links in emails."""
    host: str = "127.0.0.1"
    """HOST: the address the web process listens on."""
    port: int = 8000
    """PORT: the port the web process listens on."""
    delivery_lease_seconds: int = 300
    """DELIVERY_LEASE_SECONDS: how long a worker may hold an email or a page before another one takes over."""
    database_wait_seconds: int = 30
    """DATABASE_WAIT_SECONDS: how long a worker waits while another process writes to the database; pages wait at most 7."""
    worker_concurrency: int = 4
    """WORKER_CONCURRENCY: tasks that one worker runs concurrently."""
    worker_silence_seconds: int = 120
    """WORKER_SILENCE_SECONDS: a worker that has finished nothing for this long is restarted by the supervisor."""
    fetch_loopback: str = ""
    """FETCH_LOOPBACK: for tests only, servers on this machine that may be fetched, such as `127.0.0.1:8080`."""
    disputed_areas: str = ""
    """DISPUTED_AREAS: how maps assign disputed areas to countries, such as `EH=MA,XK=RS`; others are drawn separately, dashed."""
    proxies: int = 0
    """PROXIES: number of reverse proxies in front that set X-Forwarded-*."""
    attachment_megabytes: int = 10
    """ATTACHMENT_MEGABYTES: the size of the largest file that can be attached to an action."""
    backup_dir: str = ""
    """BACKUP_DIR: where backups are stored; `backups` in VAR_DIR if not given."""
    backup_passphrase: str = field(default="", repr=False)
    """BACKUP_PASSPHRASE: backups are encrypted to it, and made every night if it is given."""
    backup_recipient: str = ""
    """BACKUP_RECIPIENT: a public key of age (`age1…`) that backups are encrypted to, and made every night if it is given."""
    backup_days: int = 30
    """BACKUP_DAYS: how long a backup is kept; the latest one is always kept."""
    secret_key: str = field(default="", repr=False)
    """SECRET_KEY: signs sessions and links; generated and stored in VAR_DIR if not given."""
    field_key: str = field(default="", repr=False)
    """FIELD_KEY: encrypts sensitive fields; generated and stored in VAR_DIR if not given."""

    @classmethod
    def from_env(cls, environ: dict[str, str] | None = None, *, new_keys: bool = True) -> Self:
        """Read the settings from `environ`, by default the environment of the process.

        Keys that are not there yet are generated and stored, unless `new_keys` is off.
        """
        env = dict(os.environ) if environ is None else environ
        var_dir = Path(env.get("VAR_DIR", ROOT / "var")).resolve()
        given: dict[str, Any] = {}
        for name, kind in cls.__annotations__.items():
            if name.upper() in env:
                given[name] = _whole(name.upper(), env[name.upper()]) if kind is int else env[name.upper()]
        given["var_dir"] = var_dir
        port = given.get("port", cls.__dataclass_fields__["port"].default)
        given.setdefault("database_url", f"sqlite:///{var_dir / 'encuentro.db'}")
        given.setdefault("broker_url", "filesystem://localhost")
        given.setdefault("base_url", f"http://127.0.0.1:{port}")
        for name, file, generate in (("secret_key", KEY_FILE, new_secret), ("field_key", FIELD_KEY_FILE, new_key)):
            is_sealed = file == FIELD_KEY_FILE and (var_dir / SEALED_KEY_FILE).exists()
            if not given.get(name) and ((new_keys and not is_sealed) or (var_dir / file).exists()):
                given[name] = kept(var_dir / file, generate)
        return cls(**given)

    @property
    def embedded(self) -> bool:
        """Whether the database is the file in VAR_DIR that needs no server."""
        return self.database_url.startswith("sqlite")

    @property
    def key_is_sealed(self) -> bool:
        """Whether the key for sensitive fields is nowhere on this machine but in a file that another key opens."""
        return not field_key_in(self.var_dir) and (self.var_dir / SEALED_KEY_FILE).exists()

    @property
    def seals_key(self) -> bool:
        """Whether the key for sensitive fields will be sealed when the house is locked."""
        is_on_disk = not os.environ.get("FIELD_KEY") and (self.var_dir / FIELD_KEY_FILE).exists()
        return bool(self.backup_recipient) and is_on_disk

    def fetched_loopback(self) -> frozenset[tuple[str, int]]:
        """Return the servers on this machine that may be fetched."""
        pairs = [one.rpartition(":") for one in self.fetch_loopback.split(",") if one]
        if not all(host and port.isdecimal() for host, _, port in pairs):
            raise SettingError(f"FETCH_LOOPBACK has to look like 127.0.0.1:8080, not “{self.fetch_loopback}”.")
        return frozenset((host, int(port)) for host, _, port in pairs)

    def disputed(self) -> dict[str, str]:
        """Return the country that each disputed area is drawn as part of, by code."""
        pairs = [pair.split("=") for pair in self.disputed_areas.replace(" ", "").upper().split(",") if pair]
        if any(len(pair) != 2 or not all(pair) for pair in pairs):
            raise SettingError(f"DISPUTED_AREAS has to look like EH=MA,XK=RS, not “{self.disputed_areas}”.")
        return dict(pairs)

    def for_pages(self) -> Self:
        """Return the same settings for a process that serves pages: nobody waits long for a page."""
        return replace(self, database_wait_seconds=min(self.database_wait_seconds, PAGE_WAIT_SECONDS))

    def with_mail(self, mail_url: str) -> Self:
        """Return the same settings with another mail URL."""
        return replace(self, mail_url=mail_url)

    @property
    def attachments_dir(self) -> Path:
        """The folder of the files that are attached to actions; no web server may serve it."""
        return self.var_dir / "attachments"

    @property
    def unread_mail_dir(self) -> Path:
        """The folder of emails to the bounce address that nobody could read and that are in no mailbox."""
        return self.var_dir / "unread-mail"

    @property
    def undeclared_proxy_file(self) -> Path:
        """The file whose presence shows that requests came through a proxy although PROXIES was 0."""
        return self.var_dir / "undeclared-proxy"

    @property
    def running_file(self) -> Path:
        """The file that the supervisor locks while it runs; its modification time shows when that began."""
        return self.var_dir / LOCK_FILE

    @property
    def broker_dir(self) -> Path:
        """The folder of the broker that needs no server."""
        return self.var_dir / "broker"

    @property
    def beat_file(self) -> Path:
        """The file with when each nightly task last ran; its modification time shows that beat lives."""
        return self.var_dir / "beat.json"

    @property
    def backups_dir(self) -> Path:
        """The folder of backups."""
        return Path(self.backup_dir).resolve() if self.backup_dir else self.var_dir / "backups"

    @property
    def makes_backups(self) -> bool:
        """Whether a backup is made every night."""
        return bool(self.backup_passphrase or self.backup_recipient)

    @property
    def pulse_file(self) -> Path:
        """The file whose modification time shows when a worker last ran a task."""
        return self.var_dir / "worker.pulse"

    @property
    def asks_by_https(self) -> bool:
        """Whether people reach Encuentro by https."""
        return self.base_url.startswith("https:")

    def cookie_name(self, name: str) -> str:
        """Return the name of a cookie; with https, browsers take one called so only from this host and for all of it."""
        return f"__Host-{name}" if self.asks_by_https else name

    def for_flask(self) -> dict[str, Any]:
        """Return the same settings under the names that Flask and its extensions use."""
        return {
            "SETTINGS": replace(self, field_key=""),  # only the engine has it, from which it can be withdrawn
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {
                "query_cache_size": _COMPILED_STATEMENTS,
                "hide_parameters": True,
                "pool_timeout": self.database_wait_seconds,
                **self._connecting(),
            },
            "BABEL_DEFAULT_LOCALE": LOCALES[0],
            "BABEL_TRANSLATION_DIRECTORIES": str(TRANSLATIONS),
            "MAX_CONTENT_LENGTH": LARGEST_FORM,
            "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
            "SESSION_COOKIE_NAME": self.cookie_name("session"),
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_REFRESH_EACH_REQUEST": False,  # a late answer would bring back the cookie of an earlier page
            "SESSION_COOKIE_SECURE": self.asks_by_https,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": False,
        }

    def _connecting(self) -> dict[str, Any]:
        """Return the options of the engine for connecting to the database."""
        if self.embedded:
            return {"connect_args": {"timeout": self.database_wait_seconds}}
        wait = self.database_wait_seconds
        own = make_url(self.database_url).query.get("options")  # what is given here replaces that of the address
        options = " ".join(filter(None, [f"-c lock_timeout={wait}s", str(own) if own else None]))
        return {"connect_args": {"connect_timeout": wait, "options": options}, "pool_pre_ping": True}


def field_key_in(var_dir: Path) -> str:
    """Return the key for sensitive fields that is given or stored now; empty if there is none."""
    with suppress(FileNotFoundError):
        return os.environ.get("FIELD_KEY") or (var_dir / FIELD_KEY_FILE).read_text().strip()
    return ""


class SettingError(ValueError):
    """A setting has an invalid value."""


def _whole(name: str, value: str) -> int:
    if not value.isdecimal():
        raise SettingError(f"{name} has to be a whole number, not “{value}”.")
    return int(value)
