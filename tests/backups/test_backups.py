"""Backups: made, checked and restored with the command, as an operator does it."""

import os
import sqlite3
import threading
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from app import clock
from app.attached_files import Shelf
from app.backups import age, archive, folders, making
from app.config import DKIM_FILES
from app.domain.accounts import backups as record
from app.extensions import db
from app.models.accounts.backups import Backup
from app.models.actions.attachments import Attachment
from app.models.people.people import Person
from app.queries.accounts import backups
from tasks import backups as task
from tests.databases import ONE_DATABASE, SECRET_KEY


def stored(env):
    return folders.stored(Path(env["BACKUP_DIR"]))


def left_in(folder):
    """Return the files in a folder, except for locks."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name not in {".lock", "running"})


def test_a_backup_is_made_checked_and_restored_with_the_key_and_the_files(places, full):
    made = places.run(full, "backup")
    assert made.exit_code == 0, made.output
    (file,) = stored(full)
    assert file.stat().st_mode & 0o077 == 0
    assert "Genève".encode() not in file.read_bytes()
    checked = places.run(full, "backup", "--check")
    assert checked.exit_code == 0, checked.output
    assert "all counts and checksums are equal" in checked.output
    empty = places.new("empty_place")
    restored = places.run(empty, "restore", file)
    assert restored.exit_code == 0, restored.output
    assert "all counts and checksums are equal" in restored.output
    assert (Path(empty["VAR_DIR"]) / "secret-key").read_text() == (Path(full["VAR_DIR"]) / "secret-key").read_text()
    assert left_in(Path(full["BACKUP_DIR"])) == [file.name]
    house = places.open(empty)
    with house.open() as make:
        (attachment,) = db.session.scalars(select(Attachment))
        assert Shelf(Path(empty["VAR_DIR"]) / "attachments").read(attachment.key) == b"%PDF-1.7 %%EOF"
        assert db.session.scalars(select(Person.given_name)).all() == ["Ana"]
        assert make.person("Eva", "Luz").id not in {attachment.id, None}  # keys go on where they were
    with house.app.app_context():
        db.engine.dispose()


def test_the_keys_that_sign_emails_are_restored_unless_there_are_others(places, full):
    rsa, ed25519 = (Path(full["VAR_DIR"]) / name for name in DKIM_FILES)
    rsa.write_text("the key of this house")
    ed25519.write_text("its other key")
    places.run(full, "backup")
    (file,) = stored(full)
    assert places.run(full, "backup", "--check").exit_code == 0
    empty = places.new("empty_place", template=places.migrated)
    var = Path(empty["VAR_DIR"])
    var.mkdir(mode=0o700)
    (var / ed25519.name).write_text("a key that was made here")
    restored = places.run(empty, "restore", file)
    assert restored.exit_code == 0, restored.output
    assert "DKIM" not in restored.output
    assert (var / rsa.name).read_text() == rsa.read_text()
    assert (var / rsa.name).stat().st_mode & 0o077 == 0
    assert (var / ed25519.name).read_text() == "a key that was made here"


def test_whoever_restores_a_backup_without_keys_that_sign_emails_is_told(places, full):
    places.run(full, "backup")
    (file,) = stored(full)
    empty = places.new("empty_place", template=places.migrated)
    restored = places.run(empty, "restore", file)
    assert "no keys in it that sign emails (DKIM)" in restored.output
    assert "./run mail key" in restored.output


def test_the_last_good_backup_and_a_failed_one_are_recorded(places, full, monkeypatch):
    house = places.open(full)
    with house.open():
        assert backups.last_backup() is None
        assert backups.is_late(clock.now())
    places.run(full, "backup")
    places.run(full, "backup", "--check")
    monkeypatch.setattr(folders, "publish", _disk_full)
    failed = places.run(full, "backup")
    assert failed.exit_code == 1
    assert "could not be written" in failed.output
    assert "No space left" in failed.output
    with house.open():
        last = backups.last_backup()
        assert last.name == stored(full)[0].name
        assert last.size == stored(full)[0].stat().st_size
        assert last.checked_at is not None
        assert "No space left" in backups.last_failure().failure
        assert not backups.is_late(clock.now())
        assert backups.is_late(clock.now() + timedelta(hours=37))
    assert left_in(Path(full["BACKUP_DIR"])) == [last.name]
    with house.app.app_context():
        db.engine.dispose()


def _disk_full(*_arguments):
    raise OSError(28, "No space left on device")


def test_a_house_is_never_overwritten(places, full):
    places.run(full, "backup")
    (file,) = stored(full)
    answer = places.run(full, "restore", file)
    assert answer.exit_code == 1
    assert "only into an empty place" in answer.output
    house = places.open(full)
    with house.open():
        assert db.session.scalar(select(func.count()).select_from(Person)) == 1
    with house.app.app_context():
        db.engine.dispose()


def test_what_cannot_be_restored_leaves_nothing_behind_and_says_why(places, full, tmp_path):
    places.run(full, "backup")
    (file,) = stored(full)
    content = file.read_bytes()
    altered, cut = tmp_path / "altered", tmp_path / "cut"
    altered.write_bytes(content[:-2000] + bytes([content[-2000] ^ 1]) + content[-1999:])
    cut.write_bytes(content[: len(content) // 2])
    empty = places.new("empty_place", template=places.migrated)
    var = Path(empty["VAR_DIR"])
    for target, changes, reason in (
        (file, {"BACKUP_PASSPHRASE": "another sentence of words"}, "The passphrase is wrong"),
        (altered, {}, "damaged"),
        (cut, {}, "damaged"),
        (file, {"SECRET_KEY": SECRET_KEY}, "has another secret key than this place"),
    ):
        answer = places.run(empty, "restore", target, **changes)
        assert answer.exit_code == 1
        assert reason in answer.output
        assert left_in(var) == []
    assert places.run(empty, "restore", file).exit_code == 0


@ONE_DATABASE
def test_a_backup_to_a_public_key_needs_the_private_one(places, full, tmp_path):
    key = tmp_path / "private"
    said = places.run(full, "backup", "--new-key", key).output
    recipient = said.splitlines()[0].removeprefix("BACKUP_RECIPIENT=")
    mine = full | {"BACKUP_RECIPIENT": recipient, "BACKUP_PASSPHRASE": ""}
    assert places.run(mine, "backup").exit_code == 0
    (file,) = stored(full)
    assert "with --identity" in places.run(mine, "backup", "--check").output
    assert places.run(mine, "backup", "--check", "--identity", key).exit_code == 0
    empty = places.new("empty_place", template=places.migrated)
    assert "to a public key" in places.run(empty, "restore", file).output
    assert places.run(empty, "restore", file, "--identity", key).exit_code == 0
    assert places.run(full, "backup", "--new-key", key).exit_code == 1


@ONE_DATABASE
def test_without_a_passphrase_or_key_there_is_no_backup(places, full):
    answer = places.run(full, "backup", BACKUP_PASSPHRASE="")
    assert answer.exit_code == 1
    assert "always encrypted" in answer.output
    assert stored(full) == []


def test_old_backups_are_removed_but_never_the_latest(tmp_path):
    now = clock.now()
    for days in (1, 29, 31, 90):
        (tmp_path / folders.name_at(now - timedelta(days=days))).touch()
    (tmp_path / "notes.age").touch()
    assert len(folders.remove_old(tmp_path, now, 30)) == 2
    assert len(folders.remove_old(tmp_path, now + timedelta(days=400), 30)) == 1
    assert left_in(tmp_path) == sorted([folders.name_at(now - timedelta(days=1)), "notes.age"])


@ONE_DATABASE
def test_a_killed_backup_leaves_no_file_under_a_name_and_the_next_one_clears_up(places, full, monkeypatch):
    pid = os.fork()
    if pid == 0:
        monkeypatch.setattr(making, "_pack_attachments", lambda *_: os._exit(9))
        places.run(full, "backup")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    assert stored(full) == []
    assert "part" in left_in(Path(full["BACKUP_DIR"]))
    assert places.run(full, "backup").exit_code == 0
    assert left_in(Path(full["BACKUP_DIR"])) == [stored(full)[0].name]


@ONE_DATABASE
def test_two_backups_at_once_do_not_disturb_each_other(places, full):
    with folders.scratch(Path(full["BACKUP_DIR"])):
        answer = places.run(full, "backup")
    assert answer.exit_code == 1
    assert "Another backup or check is working" in answer.output


@ONE_DATABASE
def test_a_backup_under_writers_has_each_transaction_whole_and_makes_nobody_wait(places, full, tmp_path):
    path = Path(full["VAR_DIR"]) / "encuentro.db"
    setup = sqlite3.connect(path, isolation_level=None)
    setup.execute("CREATE TABLE pairs (id INTEGER PRIMARY KEY, half TEXT, filling BLOB)")
    setup.execute(
        "INSERT INTO pairs (half, filling) VALUES ('left', randomblob(3000000)), ('right', randomblob(3000000))"
    )
    stop, waits, written = threading.Event(), [], []

    def write():
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        while not stop.is_set():
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO pairs (half) VALUES ('left')")
            connection.execute("INSERT INTO pairs (half) VALUES ('right')")
            connection.execute("COMMIT")
            waits.append(time.perf_counter() - began)
            written.append(1)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        answers = [places.run(full, "backup") for _ in range(2)]
    finally:
        stop.set()
        writer.join()
        setup.close()
    assert [answer.exit_code for answer in answers] == [0, 0]
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    archive.unpack(stored(full)[0], age.Passphrase(full["BACKUP_PASSPHRASE"]), unpacked)
    restored = sqlite3.connect(unpacked / "database.sqlite")
    left, right = (
        restored.execute("SELECT count(*) FROM pairs WHERE half = ?", (one,)).fetchone()[0] for one in ("left", "right")
    )
    restored.close()
    assert left == right > 1
    assert len(written) > left


@ONE_DATABASE
def test_files_that_are_written_or_swept_during_the_backup_do_not_stop_it(places, full, monkeypatch):
    folder = Path(full["VAR_DIR"]) / "attachments"
    listed = making._files

    def changing(place):
        found = [*listed(place), folder / "swept-meanwhile"]
        (folder / "being-written").write_bytes(b"half")
        return found

    monkeypatch.setattr(making, "_files", changing)
    assert places.run(full, "backup").exit_code == 0
    monkeypatch.undo()
    for path in folder.iterdir():
        path.unlink()
    answer = places.run(full, "backup")
    assert answer.exit_code == 0
    assert "Attached files that are missing" in answer.output


@ONE_DATABASE
def test_the_task_of_the_night_makes_a_backup_only_if_one_is_configured(house, monkeypatch):
    started = []

    class Process:
        def __init__(self, command, **_options):
            started.append(command[1:])

        __enter__ = lambda self: self  # noqa: E731
        __exit__ = lambda *_: None  # noqa: E731
        wait = lambda self, _seconds: 0  # noqa: E731

    monkeypatch.setattr(task.subprocess, "Popen", Process)
    with house.app.app_context():
        task.make.run()
        assert started == []
        house.with_settings(backup_passphrase="six random words that nobody guesses")
        task.make.run()
    assert started == [["-m", "app.commands", "backup", "--gently"]]


def test_rows_of_failures_are_kept_for_about_a_year(make):
    now = clock.now()
    record.record_failure(now - timedelta(days=500), "x")
    record.record_made(now, name="a", size=1, row_count=1)
    assert db.session.scalar(select(func.count()).select_from(Backup)) == 1
