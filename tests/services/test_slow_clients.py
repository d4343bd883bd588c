"""A client that opens many connections and says nothing does not keep others away."""

import socket
import threading
import time
from contextlib import ExitStack

import pytest
from waitress.adjustments import Adjustments
from waitress.server import MultiSocketServer
from waitress.task import ThreadedTaskDispatcher

from app.commands import web_server
from app.commands.web_server import Server
from app.config import Config
from tests.services.conftest import wait_until
from tests.services.test_processes import answers

LIMIT, SHARE = 120, 40
GREETING = b"GET / HTTP/1.1\r\nHost: x\r\n"


class Quick(Server):
    """A server for a test: it has room for few, and waits shortly."""

    share = SHARE


@pytest.fixture
def server():
    """A server on a port of its own."""
    options = Adjustments(
        host="127.0.0.1", port=0, threads=2, connection_limit=LIMIT, cleanup_interval=0, asyncore_loop_timeout=0.05
    )
    sockets, threads = {}, ThreadedTaskDispatcher()
    threads.set_thread_count(2)

    def hello(environ, start_response):
        environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Length", "5")])
        return [b"hello"]

    quick = Quick(hello, sockets, dispatcher=threads, adj=options, sockinfo=options.listen[0])
    stopping = threading.Event()

    def loop():
        while not stopping.is_set():
            quick.asyncore.loop(timeout=0.05, map=sockets, count=1)

    running = threading.Thread(target=loop)
    running.start()
    yield quick
    stopping.set()
    running.join()
    threads.shutdown()
    MultiSocketServer(sockets, options, dispatcher=threads).close()


@pytest.fixture
def connect(server):
    """Return a function that opens a connection and sends something."""
    with ExitStack() as stack:

        def connected(said=b"", source="127.0.0.1"):
            line = socket.create_connection(("127.0.0.1", int(server.effective_port)), 10, (source, 0))
            stack.callback(line.close)
            line.sendall(said)
            return line

        yield connected


def is_answered(line):
    """Read one whole answer, whose head and body may come apart: what is left would be taken for the next one."""
    answer = b""
    while not answer.endswith(b"hello"):
        part = line.recv(1000)
        if not part:
            return False
        answer += part
    return answer.startswith(b"HTTP/1.1 200")


def is_closed(line):
    try:
        return line.recv(1000) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize("said", [b"", GREETING, GREETING + b"X-Slow: "])
def test_slow_connections_of_one_client_leave_room_for_others(connect, said):
    for _ in range(LIMIT + 20):
        connect(said)
    assert is_answered(connect(GREETING + b"\r\n", source="127.0.0.2"))


def test_of_a_crowd_behind_one_address_everyone_is_answered(connect):
    lines = [connect(GREETING + b"\r\n") for _ in range(LIMIT)]
    assert all(map(is_answered, lines))


def test_an_upload_in_progress_is_not_ended_for_a_new_connection_of_the_same_client(connect):
    upload = connect(GREETING + b"Content-Length: 4\r\n\r\nab")
    for _ in range(SHARE + 5):
        connect(GREETING)
    upload.sendall(b"cd")
    assert is_answered(upload)


def test_behind_a_proxy_all_clients_share_its_address(connect, server):
    server.share = 0
    first = connect(GREETING)
    for _ in range(SHARE + 5):
        connect(GREETING)
    first.sendall(b"\r\n")
    assert is_answered(first)


def test_who_does_not_say_what_it_wants_in_time_is_not_waited_for(connect, server):
    server.header_seconds = 0.2
    mute, slow = connect(), connect(GREETING)
    kept_alive = connect(GREETING + b"\r\n")
    assert is_answered(kept_alive)
    for _ in range(10):
        time.sleep(0.05)
        try:
            slow.sendall(b"X-Slow: yes\r\n")
        except ConnectionError:
            break
    assert is_closed(mute)
    assert is_closed(slow)
    kept_alive.sendall(GREETING + b"\r\n")
    assert is_answered(kept_alive)


@pytest.mark.parametrize(("proxies", "is_limited"), [("0", True), ("1", False)])
def test_the_web_process_limits_clients_unless_a_proxy_does(proxies, is_limited):
    serving = web_server.listening(lambda *_: [], Config(port=0, proxies=int(proxies)))
    try:
        servers = [one for one in serving.map.values() if isinstance(one, Server)]
        assert [bool(one.share) for one in servers] == [is_limited]
    finally:
        serving.close()


def test_the_web_process_answers_while_one_client_holds_more_connections_than_it_has(services, own_house):
    services.start("web")
    port = int(services.env["PORT"])
    assert wait_until(lambda: answers(port))
    with ExitStack() as stack:
        for _ in range(400):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", port), 10, ("127.0.0.3", 0)))
            line.sendall(GREETING)
        assert answers(port)
