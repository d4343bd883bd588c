"""Real processes with a separate database."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field

import pytest

from app.config import ROOT, Config
from app.extensions import db
from tests.conftest import House
from tests.databases import FIELD_KEY, SECRET_KEY, migrated
from tests.mailserver import free_port


@dataclass
class Services:
    """Starts processes of the application, and ends all of them."""

    env: dict
    processes: list = field(default_factory=list)

    def start(self, *arguments, **env):
        process = subprocess.Popen(
            [sys.executable, "-m", "app.commands", *arguments],
            env=self.env | env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def end(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stdout.close()


@pytest.fixture
def services(tmp_path, request):
    """Processes with a separate SQLite database and broker folder."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        "VAR_DIR": str(tmp_path),
        "DELIVERY_LEASE_SECONDS": "2",
        "PORT": str(free_port()),
        "SECRET_KEY": SECRET_KEY,
        "FIELD_KEY": FIELD_KEY,
        "BASE_URL": "http://encuentro.test",
    }
    running = Services(env)
    yield running
    running.end()


@pytest.fixture
def own_house(services):
    """The database of the processes, migrated."""
    app = migrated(Config.from_env(services.env))
    yield House(app)
    with app.app_context():
        db.engine.dispose()


def wait_until(condition, seconds=90):
    """Wait until a condition is true, up to a limit."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False
