"""The supervisor and the web process."""

import contextlib
import http.client
import os
import re
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from app.commands.supervisor import Child, Supervisor
from app.models.accounts.accounts import Role
from tests.conftest import Browser
from tests.services.conftest import wait_until


def answers(port, path="/sign-in"):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="this system does not tell the children of a process")
def test_the_supervisor_runs_three_children_restarts_a_dead_one_and_lets_all_finish(services):
    port = services.env["PORT"]
    supervisor = services.start("start", "--empty")
    assert wait_until(lambda: answers(port))
    assert wait_until(lambda: len(children_of(supervisor)) == 3)
    web = next(pid for pid, command in children_of(supervisor).items() if command.endswith("web"))
    os.kill(web, signal.SIGKILL)
    assert wait_until(lambda: answers(port) and web not in children_of(supervisor))
    before = set(children_of(supervisor))
    supervisor.terminate()
    assert supervisor.wait(30) == 0
    assert not any(alive(pid) for pid in before)


def children_of(process):
    """Return the children's commands by process id."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return {int(pid): Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0") for pid in listed.split()}


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_request_in_flight_is_answered_before_the_web_process_ends(services, own_house):
    web = services.start("web")
    port = int(services.env["PORT"])
    assert wait_until(lambda: answers(port))
    body = b"email=nobody%40example.org&password=wrong"
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(
            b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body)
        )
        line.sendall(body)
        time.sleep(0.1)  # hashing the password takes longer than this
        web.terminate()
        assert line.recv(100).startswith(b"HTTP/1.1 ")
    assert web.wait(30) == 0


def test_a_hundred_and_fifty_slow_connections_do_not_block_others(services, own_house):
    services.start("web")
    port = int(services.env["PORT"])
    assert wait_until(lambda: answers(port))
    phones = [socket.create_connection(("127.0.0.1", port)) for _ in range(150)]
    try:
        for phone in phones:
            phone.sendall(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nemail=")
        time.sleep(0.3)
        assert answers(port)
    finally:
        for phone in phones:
            phone.close()


@pytest.fixture
def lines():
    return []


def test_a_silent_child_is_restarted(tmp_path, lines):
    pulse = tmp_path / "pulse"
    child = Child("worker", ["sleep", "60"], pulse_file=pulse)
    supervisor = Supervisor([child], silence_seconds=0, start_seconds=0, say=lines.append)
    supervisor._start(child)
    first = child.process
    time.sleep(0.05)
    supervisor._look_after(child)
    first.wait(5)
    supervisor._look_after(child)
    supervisor._look_after(child)
    assert child.process is not None
    assert child.process.pid != first.pid
    assert any("has not done anything" in line for line in lines)
    supervisor._stop_all()


def test_a_child_that_starts_slowly_is_not_silent_before_it_has_worked(tmp_path, lines):
    pulse = tmp_path / "pulse"
    pulse.touch()  # by the one before it
    child = Child("worker", ["sleep", "60"], pulse_file=pulse)
    supervisor = Supervisor([child], silence_seconds=120, start_seconds=600, say=lines.append)
    supervisor._start(child)
    started = child.started_at
    assert not supervisor._is_silent(child, started + 599)
    os.utime(pulse, (1, 1))
    assert not supervisor._is_silent(child, started + 599)
    assert not supervisor._is_silent(child, started + 599 + 119)
    assert supervisor._is_silent(child, started + 599 + 121)
    supervisor._stop_all()


def test_a_child_that_never_works_is_silent_once_it_must_have_started(tmp_path, lines):
    child = Child("worker", ["sleep", "60"], pulse_file=tmp_path / "pulse")
    supervisor = Supervisor([child], silence_seconds=120, start_seconds=600, say=lines.append)
    supervisor._start(child)
    assert supervisor._is_silent(child, child.started_at + 601)
    supervisor._stop_all()


@pytest.mark.parametrize("hours", [-2, 2])
def test_whether_a_child_is_silent_does_not_depend_on_what_the_clock_is_set_to(tmp_path, lines, hours):
    pulse = tmp_path / "pulse"
    child = Child("worker", [], pulse_file=pulse)
    supervisor = Supervisor([child], silence_seconds=120, say=lines.append)
    pulse.touch()
    os.utime(pulse, (time.time() + hours * 3600,) * 2)
    child.heard_at = 1000.0
    assert not supervisor._is_silent(child, 1200.0)
    assert not supervisor._is_silent(child, 1310.0)
    assert supervisor._is_silent(child, 1330.0)


def test_a_child_that_keeps_ending_is_restarted_less_and_less_often(lines):
    child = Child("web", ["false"])
    supervisor = Supervisor([child], say=lines.append)
    pauses = []
    for _ in range(5):
        supervisor._start(child)
        child.process.wait(5)
        supervisor._look_after(child)
        pauses.append(max(0, round(child.next_start - time.monotonic(), 1)))
    assert pauses == sorted(pauses)
    assert pauses[0] == 0
    assert pauses[-1] > 1


def test_the_demo_runs_its_story_and_sends_nothing_twice(services):
    once = services.start("demo", "--once")
    stdout, _ = once.communicate(timeout=300)
    output = stdout.decode()
    assert once.returncode == 0, output
    assert re.search(r"closure recorded .* → 29 delegations, 78 travelers, 58 legs hit", output)
    order = ["closure recorded", "actions assigned", "[reminder]", "digest composed", "[digest]"]
    places = [output.index(word) for word in order]
    assert places == sorted(places)
    assert "Second run: 0 letters delivered, 0 digests composed." in output


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="this system does not tell the memory of a process")
def test_a_file_of_300_megabytes_is_refused_on_the_form_and_is_never_in_memory(services, own_house):
    web = services.start("web")
    port = int(services.env["PORT"])
    with own_house.open() as make:
        user = make.user("Alice")
        make.grant(user, Role.ADMIN)
    client = Browser(own_house.app, user).client
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/people/imports/upload/people").text)[1]
    assert wait_until(lambda: answers(port))
    before = peak(web)
    head = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\nname,email\r\n'
    ).encode()
    pieces = [head, *[b"Ana Paz,ana@example.org\r\n" * 40_000] * 300, b"\r\n--x--\r\n"]
    page = sent(port, "/people/imports/upload/people", client.get_cookie("session").value, pieces)
    assert "The file is too large: the limit is 64 MB." in page
    assert peak(web) < before + 30_000


def sent(port, path, cookie, pieces):
    """Send a form in pieces to a server on this machine, and return the page of its response."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(sum(map(len, pieces))),
        "Cookie": f"session={cookie}",
    }  # fmt: skip
    line.request("POST", path, iter(pieces), headers)
    with contextlib.closing(line), line.getresponse() as answer:
        return answer.read().decode()


def peak(process):
    """Return the most memory that a process has had, in kilobytes."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())[1])
