"""One supervisor for each folder, and files that only its user can read."""

import os
import signal
import stat
import subprocess
import sys

import pytest

from app.commands.alone import LOCK_FILE
from tests.services.conftest import wait_until
from tests.services.test_processes import alive, answers, children_of


@pytest.fixture
def _readable_by_all():
    """Start the processes with the usual permissions of new files."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_readable_by_all")
def test_no_file_of_the_three_processes_can_be_read_by_others_and_a_second_supervisor_refuses(
    services, own_house, tmp_path
):
    tmp_path.chmod(0o755)
    services.start("start", "--empty")
    assert wait_until(lambda: answers(services.env["PORT"]))
    assert wait_until((tmp_path / "worker.pulse").exists)
    written = [tmp_path, *tmp_path.rglob("*")]
    assert {path.name for path in written} > {"broker", "messages", "encuentro.db", LOCK_FILE}
    assert [path for path in written if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077] == []
    second = services.start("start", "--empty", PORT="1")
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"already running with the folder {tmp_path} (process " in said.decode()


def test_no_child_outlives_a_supervisor_that_was_killed(services, own_house, tmp_path):
    supervisor = services.start("start", "--empty")
    assert wait_until(lambda: answers(services.env["PORT"]))
    assert wait_until((tmp_path / "worker.pulse").exists)
    children = children_of(supervisor)
    assert len(children) == 3
    supervisor.kill()
    supervisor.wait(10)
    assert wait_until(lambda: not any(alive(pid) for pid in children), 60)


HOLD = "import sys, time; from pathlib import Path; from app.commands.alone import be_alone; be_alone(Path(sys.argv[1])); print(1, flush=True); time.sleep(60)"


def test_the_folder_is_free_again_when_its_supervisor_was_killed(tmp_path):
    def hold():
        return subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    with hold() as first:
        assert first.stdout.readline() == b"1\n"
        with hold() as second:
            assert b"already running" in second.communicate()[1]
        first.send_signal(signal.SIGKILL)
        first.wait(10)
    with hold() as third:
        assert third.stdout.readline() == b"1\n"
        third.kill()


def test_a_port_in_use_and_an_unreachable_database_are_told_in_a_sentence(services, own_house):
    services.start("web")
    assert wait_until(lambda: answers(services.env["PORT"]))
    second = services.start("web")
    said = second.communicate(timeout=60)[0].decode()
    assert f"Error: HOST and PORT, 127.0.0.1:{services.env['PORT']}, cannot be used" in said
    assert "Traceback" not in said
    lost = services.start("migrate", DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/house")
    said = lost.communicate(timeout=60)[0].decode()
    assert said.startswith("Error: The database of DATABASE_URL cannot be used: ")
    assert "Traceback" not in said
