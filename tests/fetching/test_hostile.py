"""Nothing on the internal network is ever reached: a server on loopback counts the attempts."""

import http.client
import re
import socket
from ipaddress import ip_address
from urllib.parse import quote

import pytest

from app.fetching import Failed, Failure, Policy
from tests.fetching import hostile
from tests.fetching.webserver import answer, moved

NOBODY = frozenset()


@pytest.fixture
def refused(ask, server, tried):
    """Fetch an address and return its failure; the server must not have been reached."""
    web = frozenset({80, 443, server.port})

    def refused(text, **kwargs):
        before = len(tried), server.connections
        with pytest.raises(Failed) as caught:
            ask(text, **{"loopback": NOBODY, "ports": web} | kwargs)
        assert (len(tried), server.connections) == before
        return caught.value.failure

    return refused


def test_an_unprotected_client_would_reach_the_server(server):
    """Otherwise the other tests would prove nothing."""
    server.pages["/inside"] = answer(b"secret")
    reached = 0
    for host in hostile.LOOPBACK:
        connection = http.client.HTTPConnection(host.strip("[]"), server.port, timeout=2)
        try:
            connection.request("GET", "/inside")
            reached += connection.getresponse().read() == b"secret"
        except (OSError, ValueError):
            pass
        finally:
            connection.close()
    assert reached == len(server.requests)
    assert reached >= 10


def test_there_are_many_hostile_addresses_to_try():
    assert len(set(hostile.hostile_addresses())) == len(hostile.hostile_addresses()) >= 150


def test_no_hostile_address_is_reached(refused, server):
    failures = {text: refused(text) for text in hostile.hostile_addresses(server.port)}
    assert {text: failure for text, failure in failures.items() if failure != Failure.REFUSED_ADDRESS} == {}
    assert server.requests == []


def test_no_hostile_address_is_reached_on_the_web_ports(refused):
    failures = {text: refused(text) for text in hostile.hostile_addresses(80) + hostile.hostile_addresses(443)}
    assert {text: failure for text, failure in failures.items() if failure != Failure.REFUSED_ADDRESS} == {}


def test_no_redirect_leads_to_a_hostile_address(ask, server, tried):
    """Only the test's own server is allowed, and not even that under another name or address."""
    web = frozenset({80, 443, server.port})
    staying = []
    encrypted = f"https://127.0.0.1:{server.port}/"  # allowed too; this server would wait for more
    for text in [text for text in hostile.hostile_addresses(server.port) if text != encrypted]:
        server.pages["/away"] = moved(text.replace("\r\n", "").replace("\x00", "").encode())
        with pytest.raises(Failed) as caught:
            ask("/away", ports=web)
        if caught.value.failure != Failure.REFUSED_ADDRESS:
            # It leads to the allowed server, where there is no such page, or back to its start.
            assert caught.value.failure in (Failure.NOT_FOUND, Failure.TOO_MANY_REDIRECTS)
            staying.append(text)
    assert set(tried) == {(ip_address("127.0.0.1"), server.port)}
    own = f"127.0.0.1:{server.port}"
    elsewhere = [text for text in staying if own not in text.replace("。", ".")]
    assert elsewhere == ["/etc/passwd", "", "http:", "http://"]
    assert [text for text in staying if "@" in re.split(r"[?#]", text)[0]] == [f"http://@{own}/"]


def test_no_redirect_reaches_a_second_server_on_loopback(ask, server):
    with type(server)() as other:
        other.pages["/inside"] = answer(b"secret")
        for text in hostile.hostile_addresses(other.port):
            server.pages["/away"] = moved(text.replace("\r\n", "").replace("\x00", "").encode())
            with pytest.raises(Failed):
                ask("/away", ports=frozenset({80, 443, other.port}))
        assert (other.connections, other.requests) == (0, [])


def test_a_name_is_resolved_once_and_the_checked_address_is_used(ask, server, tried):
    """A name that resolves to a public address first and a private one later gains nothing."""
    asked = []

    def rebind(host, port, *_question):
        asked.append(host)
        return hostile.rows(["93.184.215.14"] if len(asked) == 1 else ["127.0.0.1"], port)

    with pytest.raises(Failed) as caught:
        ask(f"http://rebind.example:{server.port}/inside", resolver=rebind, ports=frozenset({server.port}))
    assert caught.value.failure == Failure.UNREACHABLE
    assert asked == ["rebind.example"]
    assert tried == [(ip_address("93.184.215.14"), server.port)]
    with pytest.raises(Failed) as caught:
        ask(f"http://rebind.example:{server.port}/inside", resolver=rebind, ports=frozenset({server.port}))
    assert caught.value.failure == Failure.REFUSED_ADDRESS
    assert len(tried) == 1
    assert server.connections == 0


def test_a_name_is_resolved_and_checked_again_at_every_redirect(ask, server, tried):
    server.pages["/away"] = moved(f"http://rebind.example:{server.port}/inside")

    def inside(_host, port, *_question):
        return hostile.rows(["127.0.0.1"], port)

    with pytest.raises(Failed, match=Failure.REFUSED_ADDRESS):
        ask("/away", resolver=inside, ports=frozenset({server.port}))
    assert server.paths == ["/away"]


def test_a_connection_to_another_address_is_not_used(ask, server, monkeypatch):
    """The remote address of a connection is checked before anything is sent."""
    connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda sock, _address: connect(sock, ("127.0.0.1", server.port)))
    with pytest.raises(Failed, match=Failure.REFUSED_ADDRESS):
        ask("http://press.example/", resolver=lambda _host, port, *_rest: hostile.rows(["93.184.215.14"], port))
    assert server.requests == []


@pytest.mark.parametrize(
    "host", ["router", "printer.local", "metadata.google.internal", "foo.localhost", "0x7f.1", "a.0x7f"]
)
def test_internal_names_are_not_looked_up(refused, host):
    def resolver(*_question):
        raise AssertionError("asked")

    assert refused(f"http://{host}/", resolver=resolver) == Failure.REFUSED_ADDRESS


def test_a_query_in_a_redirect_gives_no_access(refused, server):
    inner = quote(f"http://127.0.0.1:{server.port}/inside", safe="")
    assert refused(f"http://127.0.0.1:{server.port}/?next={inner}") == Failure.REFUSED_ADDRESS


def test_proxy_settings_of_the_environment_are_ignored(ask, server, monkeypatch):
    server.pages["/page"] = answer(b"page")
    with type(server)() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert ask("/page").content == b"page"
        with pytest.raises(Failed, match=Failure.UNREACHABLE):
            ask("http://press.example/", resolver=lambda _host, port, *_rest: hostile.rows(["93.184.215.14"], port))
        assert proxy.connections == 0


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "192.168.0.1", "169.254.169.254", "93.184.215.14", "0.0.0.0", "localhost"]
)
def test_only_loopback_can_be_allowed_for_tests(host):
    with pytest.raises(ValueError, match=r"."):
        Policy(loopback=frozenset({(host, 80)}))


def test_nothing_on_loopback_is_allowed_by_default(server, ask):
    server.pages["/page"] = answer(b"page")
    with pytest.raises(Failed, match=Failure.REFUSED_ADDRESS):
        ask("/page", loopback=NOBODY)
    assert Policy().loopback == NOBODY
    assert server.connections == 0
