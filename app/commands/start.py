"""Starting all processes on one machine."""

import os
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace

import click
from flask import Flask, current_app, url_for

from app import clock, create_app, owner_tokens
from app.commands import story, versions
from app.commands.alone import be_alone
from app.commands.backups import writer_of
from app.commands.lock import about_key
from app.commands.supervisor import Child, Supervisor
from app.commands.watching import Watch
from app.config import Config, SettingError
from app.domain.accounts import field_keys, house
from app.domain.travel import gazetteer
from app.extensions import db
from app.jobs.accounts.withdraw_key import withdraw_key
from app.jobs.privacy.cleaning import clean, erase_again
from app.migrating import upgrade
from app.private_files import write_whole
from app.queries.accounts import accounts, backups, locks
from app.sealing import SealError
from app.startup import settings_of_process
from app.web import proxies

PASSWORD_FILE = "demo-password"  # noqa: S105 - the name of a file


@click.command()
@click.option("--empty", is_flag=True, help="Do not load the demo story into an empty database.")
def start(empty: bool) -> None:
    """Migrate, load the demo story if the database is empty, and run web, worker and beat (what ./run does)."""
    settings = settings_of_process()
    if settings.makes_backups:
        writer_of(settings)
    be_alone(settings.var_dir)
    app = create_app(settings)
    with app.app_context():
        migrate_to_head()
        withdraw_key(settings)
        if settings.embedded and not empty and accounts.is_empty():
            _load_demo(app, settings)
        with app.test_request_context():
            lines = _about_lock(settings) or _how_to_sign_in(settings)
            lines += [*_about_root(), *_about_proxies(settings), *_about_backups(settings)]
        field_keys.forget()  # the supervisor needs no key
        db.session.remove()
        db.engine.dispose()
    _run(replace(settings, field_key=""), lines)


@click.command()
def migrate() -> None:
    """Migrate the database to the latest version; safe to run again."""
    app = create_app()
    with app.app_context():
        migrate_to_head()


def migrate_to_head() -> None:
    """Migrate if needed, and load the built-in places."""
    if versions.current() != versions.newest():
        upgrade()
    if not gazetteer.is_loaded():
        gazetteer.load()
    if locks.standing() is not None:
        db.session.rollback()
        return
    try:
        house.check_field_key()
    except SealError as error:
        raise SettingError(
            "Sensitive fields of this house were encrypted with another key. Set FIELD_KEY to that one, or put its file "
            f"back: field-key in VAR_DIR, which is also in every backup. ({error})"
        ) from error
    db.session.commit()
    settings: Config = current_app.config["SETTINGS"]
    if again := erase_again(settings):
        click.echo(f"People who were erased after the backup was made, and were erased again: {again}.")
    clean(settings)


def _load_demo(app: Flask, settings: Config) -> None:
    click.echo("Loading the demo story …")
    password = story.load(app)
    file = settings.var_dir / PASSWORD_FILE
    write_whole(file, password.encode())


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
        first = url_for(
            "accounts.first_admin", token=owner_tokens.sign_first_admin(settings.secret_key), _external=False
        )
        return [
            f"Nobody has an account yet. Create the first admin within a day at {settings.base_url}{first}",
            "(or in another terminal: ./run user add EMAIL --name NAME)",
        ]
    return []


def _about_lock(settings: Config) -> list[str]:
    """Return what is to know about a house that is locked."""
    standing = locks.standing()
    return (
        [f"The house is locked since {standing.locked_at:%Y-%m-%d %H:%M} UTC.", about_key(settings)] if standing else []
    )


def _about_root() -> list[str]:
    """Return a warning for anyone who runs this as root."""
    if os.geteuid() != 0:
        return []
    return ["It runs as root. Where others can reach it, run it as a user of its own."]


def _about_proxies(settings: Config) -> list[str]:
    """Return a warning if requests came through a reverse proxy that is not declared."""
    if settings.proxies:
        settings.undeclared_proxy_file.unlink(missing_ok=True)
    return [proxies.WARNING] if proxies.was_undeclared(settings) else []


def _about_backups(settings: Config) -> list[str]:
    """Return a warning if a house with people in it has no recent backup."""
    if (settings.var_dir / PASSWORD_FILE).exists() or accounts.is_empty() or not backups.is_late(clock.now()):
        return []
    last = backups.last_backup()
    when = f"the last good one is of {last.made_at:%Y-%m-%d %H:%M} UTC" if last else "there is none yet"
    if not settings.makes_backups:
        return [f"No backups are made at night, and {when}. Set BACKUP_RECIPIENT: docs/backups.md says how."]
    failed = backups.last_failure()
    return [f"The backup of last night is missing: {when}.", *([failed.failure] if failed and failed.failure else [])]


def _run(settings: Config, lines: list[str]) -> None:
    """Run the three processes until stopped; print the address as soon as the web process responds."""
    own = [sys.executable, "-m", "app.commands"]
    settings.pulse_file.unlink(missing_ok=True)
    children = [
        Child("web", [*own, "web"]),
        Child("worker", [*own, "worker"], pulse_file=settings.pulse_file),
        Child("beat", [*own, "beat"], pulse_file=settings.beat_file),
    ]
    threading.Thread(target=_announce, args=(settings, lines), daemon=True).start()
    supervisor = Supervisor(children, silence_seconds=settings.worker_silence_seconds)
    supervisor.look = Watch(settings, supervisor.say).look
    sys.exit(supervisor.run())


def _announce(settings: Config, lines: list[str]) -> None:
    for _ in range(600):
        with suppress(OSError), socket.create_connection((settings.host, settings.port), timeout=1):
            break
        time.sleep(0.05)
    for line in (f"Encuentro is at {settings.base_url}", *lines, "Stop it with Ctrl-C."):
        click.echo(line)
