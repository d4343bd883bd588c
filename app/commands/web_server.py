"""The web server: waitress, with a share of its connections for each client, and turns that whoever is refused takes last."""

from collections.abc import Callable
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import MultiSocketServer, TcpWSGIServer

from app.commands.lanes import Dispatcher, client_of, noting_refusals
from app.config import LARGEST_REQUEST, Config

THREADS = 8
CONNECTIONS = 1000
"""Many phones on slow connections hold a connection for a long time; they must not block others."""
SHARE = 200
"""The connections of one client. Many phones may have the same address, so one more ends the one that has been idle longest."""
HEADER_SECONDS = 30
"""How long a client may take to say what it wants."""
IDLE_SECONDS = 120
"""How long a connection may do nothing; so long may an upload from a phone be interrupted."""


class Server(TcpWSGIServer):  # type: ignore[misc]
    """A listening socket that ends connections which take more than their share or do not say what they want."""

    share = SHARE
    """Without a limit, it is 0: behind a proxy, all clients have its address."""
    header_seconds: float = HEADER_SECONDS

    def handle_accept(self) -> None:
        """Accept a connection."""
        super().handle_accept()
        if self.share and self.active_channels:
            self._make_room([one for one in self.active_channels.values() if not one.will_close])

    def maintenance(self, now: float) -> None:
        """End idle connections, and those whose request has not begun within its time."""
        super().maintenance(now)
        for channel in self.active_channels.values():
            since = channel.__dict__.setdefault("waits_since", now) if _waits(channel) else None
            if since is None:
                channel.__dict__.pop("waits_since", None)
            elif now - since >= self.header_seconds:
                channel.will_close = True

    def _make_room(self, open_channels: list[HTTPChannel]) -> None:
        newest = open_channels[-1]
        same = [one for one in open_channels if _client(one) == _client(newest)]
        if len(same) > self.share:
            idle = (one for one in same if not one.requests and (one.request is None or _waits(one)))
            next(idle, newest).will_close = True


def _waits(channel: HTTPChannel) -> bool:
    """Return whether a client has not said yet what it wants; one between two requests has said something."""
    if channel.request is None:
        return not channel.requests and channel.last_activity == channel.creation_time
    return not channel.request.headers_finished


def _client(channel: HTTPChannel) -> str:
    return client_of(str(channel.addr[0]))


def listening(app: Callable[..., Any], settings: Config) -> MultiSocketServer:
    """Return a server for an application, on the address of the settings; raises OSError or ValueError if it is unusable."""
    options = Adjustments(
        host=settings.host, port=settings.port, threads=THREADS, connection_limit=CONNECTIONS, ident=None,
        channel_timeout=IDLE_SECONDS, cleanup_interval=10, max_request_body_size=LARGEST_REQUEST,
    )  # fmt: skip
    sockets: dict[int, Any] = {}
    threads = Dispatcher()
    threads.set_thread_count(options.threads)
    if not settings.proxies:
        app = noting_refusals(app, threads)
    for place in options.listen:
        server = Server(app, sockets, dispatcher=threads, adj=options, sockinfo=place)
        server.share = 0 if settings.proxies else SHARE
    return MultiSocketServer(sockets, options, dispatcher=threads)
