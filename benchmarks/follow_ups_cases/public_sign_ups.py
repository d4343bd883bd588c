"""Public sign-ups: many connections at once, asked for and confirmed, while the web process is killed and started again."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from itsdangerous import URLSafeSerializer

from app import create_app
from app.commands.start import migrate_to_head
from app.config import ROOT, Config
from app.extensions import db
from app.models.scoping import EVERYTHING, enter_scope
from benchmarks import Case
from benchmarks.follow_ups_cases.signatures import open_campaign

CONNECTIONS = 50
_A_PERSON_TYPES = 3.5
"""Seconds between opening the form and sending it."""
_SECRET = "for benchmarks only, and as long as a key has to be"  # noqa: S105 - of a database that is deleted at the end


@dataclass
class Crowd:
    """People who sign up at the same time, each over a connection of their own, and repeat what was not answered."""

    port: int
    database: Path
    secret_key: str
    slug: str
    confirmed: set[str] = field(default_factory=set)
    """The addresses whose confirmation was acknowledged."""

    def run(self, connections: int, seconds: float) -> float:
        """Let them sign up for some seconds; return how many were confirmed in a second."""
        path = f"/c/{self.slug}/endorse"
        hidden = _hidden(self._answer("GET", path))
        time.sleep(_A_PERSON_TYPES)
        until, started = time.monotonic() + seconds, time.monotonic()
        threads = [threading.Thread(target=self._sign_up, args=(path, hidden, until)) for _ in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(self.confirmed) / (time.monotonic() - started)

    def lost(self) -> set[str]:
        """Return the addresses that were told that they have signed up, and have not."""
        with sqlite3.connect(self.database) as connection:
            stored = connection.execute("SELECT email FROM sign_ups WHERE confirmed_at IS NOT NULL").fetchall()
        return self.confirmed - {email for (email,) in stored}

    def _sign_up(self, path: str, hidden: Mapping[str, str], until: float) -> None:
        inbox = sqlite3.connect(self.database)  # opened once, because that takes as long as a page
        while time.monotonic() < until:
            email = f"{uuid.uuid4().hex}@example.org"
            form = {"name": "Ana", "email": email, "mandate": "personal", "agreed": "y", **hidden}
            self._answer("POST", path, form | {"idempotency_key": uuid.uuid4().hex})
            found = inbox.execute("SELECT campaign_id, id FROM sign_ups WHERE email = ?", [email]).fetchone()
            link = f"/sign-up/{URLSafeSerializer(self.secret_key, salt='sign-up').dumps(list(found))}"
            self._answer("POST", link, _hidden(self._answer("GET", link)))
            self.confirmed.add(email)
        inbox.close()

    def _answer(self, method: str, path: str, form: Mapping[str, str] | None = None) -> str:
        """Send a request until it is answered; return the page, which is empty for a redirect."""
        body = urlencode(form) if form else None
        heads = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        # each request comes from another address of this machine, because each address has a limit
        here = f"127.{'.'.join(str(one % 250 + 1) for one in uuid.uuid4().bytes[:3])}"
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(here, 0))
            try:
                connection.request(method, path, body, heads)
                answer = connection.getresponse()
                page = answer.read().decode()
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
                continue
            finally:
                connection.close()
            if answer.status not in (200, 302):
                raise RuntimeError(f"{method} {path}: {answer.status}")
            return page


def cases(quick: bool) -> list[Case]:
    """Measure sign-ups that are confirmed, and those that are lost when the process is killed half way."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        env = {
            "VAR_DIR": folder, "SECRET_KEY": _SECRET, "PORT": str(_free_port()),
            "BASE_URL": "http://encuentro.test",
        }  # fmt: skip
        settings = Config.from_env(env)
        app = create_app(settings)
        with app.app_context():
            migrate_to_head()
            enter_scope(EVERYTHING)
            slug = open_campaign().slug
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        crowd = Crowd(settings.port, Path(folder) / "encuentro.db", _SECRET, slug)
        rate = killed_half_way(
            lambda: _web(env), lambda: crowd.run(CONNECTIONS, 2 if quick else 30), 2 if quick else 15
        )
        lost = len(crowd.lost())
    return [
        Case(f"public sign-ups over {CONNECTIONS} connections, confirmed", rate, 30.0, "a second", at_least=True),
        Case("confirmed sign-ups that were lost when the process was killed and started again", lost, 0.0, "rows"),
    ]


def killed_half_way(web: Callable[[], "subprocess.Popen[bytes]"], act: Callable[[], float], seconds: float) -> float:
    """Run an act while the web process is killed after some seconds and started again; return what the act returns."""
    processes = [web()]

    def kill() -> None:
        os.kill(processes[-1].pid, signal.SIGKILL)
        processes[-1].wait()
        processes.append(web())

    timer = threading.Timer(seconds + _A_PERSON_TYPES, kill)
    timer.start()
    try:
        return act()
    finally:
        timer.join()
        processes[-1].kill()
        processes[-1].wait()


def _web(env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    arguments = [sys.executable, "-m", "app.commands", "web"]
    return subprocess.Popen(  # noqa: S603 - our own process
        arguments, env=os.environ | env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    )


def _hidden(page: str) -> dict[str, str]:
    found: list[tuple[str, str]] = re.findall(
        r'name="(csrf_token|shown_at|idempotency_key)"[^>]* value="([^"]*)"', page
    )
    return dict(found)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
