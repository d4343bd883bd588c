"""A house with processes of its own, and people who use it over HTTP as browsers do."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from lxml import html

from app import create_app
from app.commands.start import migrate_to_head
from app.config import ROOT, Config
from app.domain.accounts import accounts
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.scoping import EVERYTHING, enter_scope
from app.sealing import new_key

PASSWORD = "una frase que nadie adivina"  # noqa: S105 - of a house that is deleted at the end
_PATIENCE = 60
"""Seconds for which a request is repeated while nobody answers."""


@dataclass
class House:
    """Processes of the application with a SQLite database of their own."""

    folder: Path
    env: dict[str, str]
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def port(self) -> int:
        """Where the web process listens."""
        return int(self.env["PORT"])

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.folder / "encuentro.db"

    def start(self, name: str) -> None:
        """Start the web process, a worker or beat."""
        self.running[name] = subprocess.Popen(  # noqa: S603 - our own process
            [sys.executable, "-m", "app.commands", name],
            env=os.environ | self.env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def kill(self, name: str) -> None:
        """Kill a process without a warning."""
        self.running[name].kill()
        self.running[name].wait()

    def end(self) -> None:
        """Kill all processes."""
        for name in self.running:
            self.kill(name)


@contextmanager
def house(*processes: str) -> Iterator[House]:
    """Open a house with an admin and a coordinator, start processes, and delete everything afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as last:
        env = {
            "VAR_DIR": name, "PORT": str(_free_port()), "BASE_URL": "http://encuentro.test", "FIELD_KEY": new_key(),
            "SECRET_KEY": "for benchmarks only, and as long as a key has to be", "DELIVERY_LEASE_SECONDS": "2",
        }  # fmt: skip
        with create_app(Config.from_env(env)).app_context():
            migrate_to_head()
            enter_scope(EVERYTHING)
            for email in ("admin@example.org", "bob@example.org"):
                user = accounts.create_user(
                    email=email, name=email.partition("@")[0], locale="en", timezone="UTC", password=PASSWORD, invited=False
                )  # fmt: skip
                accounts.grant(user, Role.ADMIN, by=None)
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        found = House(Path(name), env)
        last.callback(found.end)
        for one in processes:
            found.start(one)
        yield found


class Visitor:
    """A person with a browser; requests that were not answered are sent again, because forms are stored once."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        """Open a browser at an address of this machine, because each address has limits of its own."""
        transport = httpx.HTTPTransport(local_address=address, retries=0)
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=30)

    def sign_in(self, email: str, password: str = PASSWORD) -> bool:
        """Sign in; return whether that was allowed."""
        form = self.sheet("/sign-in", email=email, password=password)
        return self.send("/sign-in", form).status_code == httpx.codes.FOUND

    def sheet(self, path: str, **changes: str) -> dict[str, Any]:
        """Return what the form of a page sends, with some fields changed."""
        forms = html.fromstring(self._answer("GET", path).text).forms
        form = next(one for one in forms if one.method == "POST" and "sheet" in (one.get("class") or "").split())
        values: dict[str, Any] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value.removeprefix("\n"))
        return values | changes

    def send(self, path: str, values: Mapping[str, Any]) -> httpx.Response:
        """Send a form."""
        return self._answer("POST", path, values)

    def _answer(self, method: str, path: str, values: Mapping[str, Any] | None = None) -> httpx.Response:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._client.request(method, path, data=values)
            except httpx.TransportError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
