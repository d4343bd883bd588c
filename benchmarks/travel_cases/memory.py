"""The memory of the world's network in a process of its own."""

import subprocess
import sys
from pathlib import Path

from app.extensions import db
from benchmarks import Case

ROOT = Path(__file__).resolve().parent.parent.parent


_GROWTH = """
import resource
from app import create_app
from app.config import Config
from app.models.scoping import EVERYTHING, enter_scope
from app.extensions import db
from app.queries.travel import network, places
from sqlalchemy import select, text
from pathlib import Path
app = create_app(Config(var_dir=Path({folder!r}), database_url={url!r}, broker_url="filesystem://localhost",
                        base_url="http://encuentro.test", secret_key="for benchmarks only"))
with app.app_context():
    enter_scope(EVERYTHING)
    network.edition()
    before = int(Path("/proc/self/statm").read_text().split()[1])
    net = network.world()
    db.session.remove()
    print((int(Path("/proc/self/statm").read_text().split()[1]) - before) * resource.getpagesize() / 2**20)
"""


def case() -> Case:
    """Measure the memory growth of a new process when it loads the world's network."""
    db.session.rollback()  # SQLite lets one write at a time
    url = str(db.engine.url)
    script = _GROWTH.format(url=url, folder=str(Path(url.removeprefix("sqlite:///")).parent))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603 -- our own script
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Case("memory of the world's network", float(done.stdout.split()[-1]), 150.0, "MB")
