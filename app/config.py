"""Every setting of Encuentro, read once from the environment, one documented line each."""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

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

LARGEST_FORM = 16 * 1024 * 1024
"""Bytes of a request, except for those that upload a table."""
LARGEST_REQUEST = 512 * 1024 * 1024
"""Bytes of any request. The web server keeps what it receives on disk, so a table that is larger than those that can be
imported is still received, and the form says so beside its field."""
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
    """VAR_DIR: the folder of the embedded database, the broker and the secret key."""
    database_url: str = ""
    """DATABASE_URL: `sqlite:////path` (the default, in VAR_DIR) or `postgresql+psycopg://…`."""
    broker_url: str = ""
    """BROKER_URL: `filesystem://` (the default, in VAR_DIR), `redis://…` or `amqp://…`."""
    limits_url: str = "memory://"
    """LIMITS_URL: where sign-in attempts are counted; `redis://…` if there are several web machines."""
    mail_url: str = "mailbox:"
    """MAIL_URL: `smtp://user:password@host:port` (STARTTLS if offered), `smtps://…`, or `mailbox:` (the default)."""
    mail_from: str = "Encuentro <encuentro@localhost>"
    """MAIL_FROM: the sender of every email."""
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
    secret_key: str = field(default="", repr=False)
    """SECRET_KEY: signs sessions and links; generated and stored in VAR_DIR if not given."""

    @classmethod
    def from_env(cls, environ: dict[str, str] | None = None) -> Self:
        """Read the settings from `environ`, by default the environment of the process."""
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
        given.setdefault("secret_key", "") or given.update(secret_key=_kept_secret(var_dir / "secret-key"))
        return cls(**given)

    @property
    def embedded(self) -> bool:
        """Whether the database is the file in VAR_DIR that needs no server."""
        return self.database_url.startswith("sqlite")

    def fetched_loopback(self) -> frozenset[tuple[str, int]]:
        """Return the servers on this machine that may be fetched."""
        pairs = [one.rpartition(":") for one in self.fetch_loopback.split(",") if one]
        return frozenset((host, int(port)) for host, _, port in pairs)

    def disputed(self) -> dict[str, str]:
        """Return the country that each disputed area is drawn as part of, by code."""
        pairs = [pair.split("=") for pair in self.disputed_areas.replace(" ", "").upper().split(",") if pair]
        if any(len(pair) != 2 or not all(pair) for pair in pairs):
            raise SettingError(f"DISPUTED_AREAS has to look like EH=MA,XK=RS, not “{self.disputed_areas}”.")
        return dict(pairs)

    def with_mail(self, mail_url: str) -> Self:
        """Return the same settings with another mail URL."""
        return replace(self, mail_url=mail_url)

    @property
    def pulse_file(self) -> Path:
        """The file whose modification time shows when a worker last ran a task."""
        return self.var_dir / "worker.pulse"

    def for_flask(self) -> dict[str, Any]:
        """Return the same settings under the names that Flask and its extensions use."""
        return {
            "SETTINGS": self,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {
                "query_cache_size": _COMPILED_STATEMENTS,
                **({"connect_args": {"timeout": 30}} if self.embedded else {"pool_pre_ping": True}),
            },
            "BABEL_DEFAULT_LOCALE": LOCALES[0],
            "BABEL_TRANSLATION_DIRECTORIES": str(TRANSLATIONS),
            "MAX_CONTENT_LENGTH": LARGEST_FORM,
            "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
            "PERMANENT_SESSION_LIFETIME": 14 * 24 * 3600,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.base_url.startswith("https:"),
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": False,
        }


class SettingError(ValueError):
    """A setting has an invalid value."""


def _whole(name: str, value: str) -> int:
    if not value.isdecimal():
        raise SettingError(f"{name} has to be a whole number, not “{value}”.")
    return int(value)


def _kept_secret(path: Path) -> str:
    """Return the secret key stored at `path`; it is generated on first use and readable only by its owner."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
