"""The disk is full while a digest is sent: what the mail server has taken is recorded once there is room again, and nothing is sent twice."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app.domain.campaigns import approvals, digests
from app.emails.campaigns.digests import render
from app.extensions import db
from app.jobs.mail import batches
from app.jobs.mail.outbox import deliver_due
from app.queries.mail import deliveries as delivery_queries
from tests.conftest import House
from tests.databases import migrated, settings_for

MEMBERS = 300
MEGABYTES = 40


class Disk:
    """A file system of its own in memory, which can be full."""

    def __init__(self, folder):
        self.folder = folder

    def fill(self):
        with (self.folder / "filling").open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                while _is_written(file, b"x" * size):
                    pass

    def free(self):
        (self.folder / "filling").unlink(missing_ok=True)


def _is_written(file, data):
    try:
        return file.write(data) == len(data)
    except OSError:
        return False


@pytest.fixture
def disk():
    folder = Path(tempfile.mkdtemp(prefix="full-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=755", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("needs the right to mount a file system")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


def approved(make):
    campaign = make.campaign()
    make.cite(make.article(), campaign)
    for number in range(MEMBERS):
        make.subscription(campaign, f"member{number}@example.org")
    digest = digests.compose_now(campaign)
    approvals.approve(digest, render, by=None, revision=digest.revision)
    db.session.commit()


@pytest.fixture
def noted(disk, mail_server, monkeypatch):
    """Fill the disk after some emails, and free it once a worker has noted that it cannot record them."""
    notes = []

    def note(words, **_others):
        notes.append(words)
        disk.free()

    monkeypatch.setattr(batches.logs, "note", note)
    mail_server.after_data = lambda count: disk.fill() if count == 5 else None
    return notes


def check(mail_server, noted):
    sent = deliver_due()
    assert "results of emails could not be recorded" in noted
    assert sent == MEMBERS
    assert deliver_due() == 0
    assert len(mail_server.ids) == len(set(mail_server.ids)) == MEMBERS
    assert delivery_queries.state().waiting == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session")
def test_with_sqlite_on_a_disk_that_is_full(database_url, disk, mail_server, noted):
    app = migrated(settings_for(disk.folder, mail_url=mail_server.url))
    with House(app).open() as make, app.test_request_context(base_url="http://encuentro.test"):
        approved(make)
        with closing(sqlite3.connect(disk.folder / "encuentro.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM deliveries").fetchone()
            check(mail_server, noted)  # what the reader may still see is not overwritten, so new versions need room
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True, scope="session")
def test_with_postgresql_whose_table_of_emails_is_on_a_disk_that_is_full(house, make, disk, mail_server, noted):
    house.with_settings(mail_url=mail_server.url)
    approved(make)
    with on_disk(disk), db.engine.connect() as reader:
        reader.execution_options(isolation_level="REPEATABLE READ").execute(text("SELECT count(*) FROM deliveries"))
        check(mail_server, noted)


@contextmanager
def on_disk(disk):
    """Keep the emails on the disk."""
    server = create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        data = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one()).stat()
        os.chown(disk.folder, data.st_uid, data.st_gid)
        connection.exec_driver_sql(f"CREATE TABLESPACE tight LOCATION '{disk.folder}'")
        connection.exec_driver_sql("ALTER TABLE deliveries SET TABLESPACE tight")
    try:
        yield
    finally:
        db.session.rollback()
        with server.connect() as connection:
            connection.exec_driver_sql("ALTER TABLE deliveries SET TABLESPACE pg_default")
            connection.exec_driver_sql("DROP TABLESPACE tight")
        server.dispose()
