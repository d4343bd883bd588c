"""What a process does before anything else: its settings are checked, and its files are closed to other users."""

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import create_app
from app.commands import main
from app.config import SettingError
from app.private_files import write_whole
from app.startup import settings_of_process
from tests.databases import SECRET_KEY


@pytest.fixture
def begin(monkeypatch, tmp_path):
    """Start as a process with these settings, and nothing else in the environment."""
    before = os.umask(0o022)
    for name in list(os.environ):
        if name.isupper() and name not in {"PATH", "HOME", "TMPDIR"}:
            monkeypatch.delenv(name)

    def begin(**env):
        for name, value in ({"VAR_DIR": str(tmp_path / "var"), "SECRET_KEY": SECRET_KEY} | env).items():
            monkeypatch.setenv(name, value)
        return settings_of_process()

    yield begin
    os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_files_that_others_could_read_are_closed_with_a_sentence(begin, tmp_path, capsys):
    inner = tmp_path / "var" / "broker"
    inner.mkdir(parents=True)
    for folder in (inner.parent, inner):
        folder.chmod(0o755)
    files = [inner.parent / "encuentro.db", inner / "message"]
    for file in files:
        file.touch()
        file.chmod(0o644)
    begin()
    assert [mode(path) for path in (inner.parent, inner, *files)] == [0o700, 0o700, 0o600, 0o600]
    assert "could read or change 4 of the files and folders" in capsys.readouterr().err
    begin()
    assert capsys.readouterr().err == ""


def test_a_database_outside_of_the_folder_is_closed_too(begin, tmp_path):
    elsewhere = tmp_path / "data"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    for name in ("house.db", "house.db-wal"):
        (elsewhere / name).touch()
        (elsewhere / name).chmod(0o644)
    begin(DATABASE_URL=f"sqlite:///{elsewhere / 'house.db'}")
    assert [mode(elsewhere / name) for name in ("house.db", "house.db-wal")] == [0o600, 0o600]
    assert mode(elsewhere) == 0o755


def test_new_files_are_closed_from_the_beginning(begin, tmp_path):
    settings = begin()
    (settings.var_dir / "new").touch()
    (settings.var_dir / "folder").mkdir()
    assert (mode(settings.var_dir), mode(settings.var_dir / "new"), mode(settings.var_dir / "folder")) == (
        0o700,
        0o600,
        0o700,
    )


def test_links_to_files_elsewhere_are_left_alone(begin, tmp_path):
    other = tmp_path / "other"
    other.touch()
    other.chmod(0o644)
    (tmp_path / "var").mkdir(mode=0o700)
    (tmp_path / "var" / "link").symlink_to(other)
    begin()
    assert mode(other) == 0o644


def test_files_of_another_user_are_named(begin, tmp_path, monkeypatch):
    (tmp_path / "var").mkdir()

    def refuse(path, _mode):
        raise PermissionError(1, "Operation not permitted", str(path))

    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(SettingError, match=f"{tmp_path / 'var'} belongs to another user of this machine"):
        begin()


def test_a_folder_that_cannot_be_made_is_named(begin, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SettingError, match=f"VAR_DIR cannot be used: {tmp_path / 'file'}"):
        begin(VAR_DIR=str(tmp_path / "file" / "var"))


@pytest.mark.parametrize("folder", ["/", "~", "shared"])
def test_a_folder_that_others_need_is_refused(begin, tmp_path, folder):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    path = {"/": "/", "~": str(Path.home()), "shared": str(shared)}[folder]
    with pytest.raises(SettingError, match="a folder of its own"):
        begin(VAR_DIR=path)
    assert mode(shared) == 0o1777


def test_an_empty_setting_counts_as_unset(begin):
    assert begin(PORT="", MAIL_URL="").port == 8000


ODD = [
    ({"PORT": "http"}, "PORT has to be a whole number"),
    ({"PORT": "70000"}, "PORT has to be between 1 and 65535"),
    ({"WORKER_CONCURRENCY": "0"}, "WORKER_CONCURRENCY has to be at least 1"),
    ({"PROXIES": "-1"}, "PROXIES has to be a whole number"),
    ({"DATABASE_URL": "postgres://house"}, "DATABASE_URL has to begin with one of these: sqlite:, postgresql.psycopg:"),
    ({"DATABASE_URL": "sqlite:///house.db"}, "whole path, with four slashes"),
    ({"DATABASE_URL": "sqlite://"}, "has to name a file"),
    ({"BROKER_URL": "kafka://x"}, "BROKER_URL has to begin with"),
    ({"LIMITS_URL": "localhost:6379"}, "LIMITS_URL has to begin with"),
    ({"MAIL_URL": "mail.example.org:25"}, "MAIL_URL has to begin with"),
    ({"MAIL_URL": "smtp://mail.example.org:port"}, "MAIL_URL is not an address"),
    ({"MAIL_URL": "smtp:///x", "BASE_URL": "https://e.example.org"}, "MAIL_URL has to name a mail server"),
    ({"MAIL_URL": "smtp://x?weight=0", "BASE_URL": "https://e.example.org"}, "weight=3"),
    ({"MAIL_URL": "smtp://x smtp://y:port", "BASE_URL": "https://e.example.org"}, "MAIL_URL is not an address"),
    ({"MAIL_URL": "smtp://a@x:25,smtp://b@x:25", "BASE_URL": "https://e.example.org"}, "the same mail server twice"),
    ({"MAIL_FROM": "josé@example.org"}, "plain letters before the @"),
    ({"MAIL_DOMAIN_RATES": "gmail.com"}, "MAIL_DOMAIN_RATES has to look like"),
    ({"MAIL_WARM_UP": "tomorrow:5"}, "MAIL_WARM_UP has to look like"),
    ({"MAIL_QUIET_HOURS": "22"}, "MAIL_QUIET_HOURS has to look like"),
    ({"MAIL_QUIET_HOURS": "08:00-08:00"}, "at different local times"),
    ({"MAIL_TIMEZONE": "Bogotá"}, "MAIL_TIMEZONE has to look like"),
    ({"MAIL_DKIM_DOMAIN": "other.example"}, "MAIL_DKIM_DOMAIN has to be"),
    ({"MAIL_DKIM_SELECTOR": "a b"}, "MAIL_DKIM_SELECTOR has to be"),
    ({"MAIL_URL": "smtp://x?tls=never", "BASE_URL": "https://e.example.org"}, "only tls=optional"),
    ({"MAIL_FROM": "Encuentro"}, "MAIL_FROM has to contain an email address"),
    ({"MAIL_IN_ADDRESS": "articles"}, "MAIL_IN_ADDRESS has to contain an email address"),
    ({"MAIL_IN_URL": "pop3://mail.example.org"}, "MAIL_IN_URL has to begin with"),
    ({"BASE_URL": "encuentro.example.org"}, "BASE_URL has to begin with one of these: http:, https:"),
    ({"BASE_URL": "https:encuentro.example.org"}, "BASE_URL has to look like https://encuentro.example.org"),
    ({"FETCH_LOOPBACK": "localhost"}, "FETCH_LOOPBACK has to look like"),
    ({"DISPUTED_AREAS": "EH"}, "DISPUTED_AREAS has to look like"),
    ({"MAIL_URL": "smtp://mail.example.org"}, "BASE_URL is not set"),
    ({"MAIL_URL": "smtps://127.0.0.1"}, "BASE_URL is not set"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY is too easy to guess"),
    ({"SECRET_KEY": "abc" * 20}, "SECRET_KEY is too easy to guess"),
]


@pytest.mark.parametrize(("env", "sentence"), ODD, ids=[f"{env}" for env, _ in ODD])
def test_a_setting_that_cannot_work_is_refused_with_a_sentence(begin, env, sentence):
    with pytest.raises(SettingError, match=sentence):
        begin(**env)
    answer = CliRunner().invoke(main, ["migrate"])
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")
    with pytest.raises(SettingError):
        create_app()


def test_real_email_needs_no_more_than_its_server_and_the_address_of_the_house(begin):
    begin(MAIL_URL="smtp://mail.example.org?tls=optional", BASE_URL="https://encuentro.example.org")
    begin(MAIL_URL="smtps://user:word@mail.example.org:465", BASE_URL="https://encuentro.example.org")


def test_a_stored_key_that_was_cut_off_is_refused_and_a_generated_one_is_not(begin, tmp_path):
    kept = tmp_path / "var" / "secret-key"
    key = begin(SECRET_KEY="").secret_key
    assert begin(SECRET_KEY="").secret_key == key == kept.read_text()
    kept.write_text(key[:10])
    with pytest.raises(SettingError, match=f"The key in {kept} is too easy to guess"):
        begin(SECRET_KEY="")


def test_a_key_that_cannot_be_written_whole_leaves_no_file(begin, tmp_path, monkeypatch):
    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingError, match=r"VAR_DIR cannot be used: .* No space left"):
        begin(SECRET_KEY="")
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "var" / "other", b"x")
    assert list((tmp_path / "var").iterdir()) == []
