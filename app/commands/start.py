"""Starting all processes on one machine."""

import os
import socket
import sys
import threading
import time
from contextlib import suppress

import click
from flask import Flask, url_for
from flask_migrate import upgrade
from sqlalchemy import inspect, text

from app import create_app, tokens
from app.commands import story
from app.commands.supervisor import Child, Supervisor
from app.config import MIGRATIONS, Config
from app.domain.travel import gazetteer
from app.extensions import db
from app.queries.accounts import accounts

PASSWORD_FILE = "demo-password"  # noqa: S105 - the name of a file


@click.command()
@click.option("--empty", is_flag=True, help="Do not load the demo story into an empty database.")
def start(empty: bool) -> None:
    """Migrate, load the demo story if the database is empty, and run web, worker and beat (what ./run does)."""
    settings = Config.from_env()
    app = create_app(settings)
    with app.app_context():
        migrate_to_head()
        if settings.embedded and not empty and accounts.is_empty():
            _load_demo(app, settings)
        with app.test_request_context():
            lines = [*_how_to_sign_in(settings), *_about_root()]
        db.session.remove()
        db.engine.dispose()
    _run(settings, lines)


@click.command()
def migrate() -> None:
    """Migrate the database to the latest version; safe to run again."""
    app = create_app()
    with app.app_context():
        migrate_to_head()


def migrate_to_head() -> None:
    """Migrate if needed, and load the built-in places; the latest migration has the highest number."""
    newest = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    with db.engine.connect() as connection:
        known = inspect(connection).has_table("alembic_version")
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None
    if version != newest:
        upgrade()
    if not gazetteer.is_loaded():
        gazetteer.load()
        db.session.commit()
    db.session.rollback()


def _load_demo(app: Flask, settings: Config) -> None:
    click.echo("Loading the demo story …")
    password = story.load(app)
    file = settings.var_dir / PASSWORD_FILE
    file.touch(mode=0o600)
    file.write_text(password)


def _how_to_sign_in(settings: Config) -> list[str]:
    """Return the lines that tell a new user which address to open and how to sign in."""
    file = settings.var_dir / PASSWORD_FILE
    if file.exists():
        password = file.read_text().strip()
        return [
            "Sign in as an organizer:  diego@example.org",
            "       as a coordinator:  claire@example.org",
            "             or as admin: admin@example.org",
            f"                password: {password}",
            "These accounts are the demo's. To begin your own: ./run start --empty, with another VAR_DIR.",
        ]
    if accounts.is_empty():
        first = url_for("accounts.first_admin", token=tokens.sign_first_admin(settings.secret_key), _external=False)
        return [
            f"Nobody has an account yet. Create the first admin within a day at {settings.base_url}{first}",
            "(or in another terminal: ./run user add EMAIL --name NAME)",
        ]
    return []


def _about_root() -> list[str]:
    """Return a warning for anyone who runs this as root."""
    if os.geteuid() != 0:
        return []
    return ["It runs as root. Where others can reach it, run it as a user of its own."]


def _run(settings: Config, lines: list[str]) -> None:
    """Run the three processes until stopped; print the address as soon as the web process responds."""
    own = [sys.executable, "-m", "app.commands"]
    settings.pulse_file.unlink(missing_ok=True)
    children = [
        Child("web", [*own, "web"]),
        Child("worker", [*own, "worker"], pulse_file=settings.pulse_file),
        Child("beat", [*own, "beat"]),
    ]
    threading.Thread(target=_announce, args=(settings, lines), daemon=True).start()
    sys.exit(Supervisor(children, silence_seconds=settings.worker_silence_seconds).run())


def _announce(settings: Config, lines: list[str]) -> None:
    for _ in range(600):
        with suppress(OSError), socket.create_connection((settings.host, settings.port), timeout=1):
            break
        time.sleep(0.05)
    for line in (f"Encuentro is at {settings.base_url}", *lines, "Stop it with Ctrl-C."):
        click.echo(line)
