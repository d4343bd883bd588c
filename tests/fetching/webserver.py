"""A real web server on loopback with configurable responses, which records its requests."""

import socket
import threading
import time


class WebServer:
    """Responds to each path with its value in `pages`: bytes, or a function of the connection."""

    def __init__(self):
        self.pages = {}
        self.requests = []
        self.connections = 0
        self.stopping = threading.Event()
        self._threads = []
        self._listeners = []

    def __enter__(self):
        first = socket.create_server(("127.0.0.1", 0))
        self.port = first.getsockname()[1]
        self._listeners.append(first)
        if socket.has_dualstack_ipv6():
            self._listeners.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for listener in self._listeners:
            listener.settimeout(0.02)
            self._start(self._accept, listener)
        return self

    def __exit__(self, *_exc):
        self.stopping.set()
        for listener in self._listeners:
            listener.close()
        for thread in self._threads:
            thread.join(timeout=5)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self):
        return [request.split(" ")[1] for request in self.requests]

    def _start(self, work, *arguments):
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener):
        while not self.stopping.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            self.connections += 1
            self._start(self._serve, connection)

    def _serve(self, connection):
        with connection:
            connection.settimeout(5)
            try:
                request = b""
                while b"\r\n\r\n" not in request:
                    piece = connection.recv(65536)
                    if not piece:
                        return
                    request += piece
                self.requests.append(request.decode("latin-1"))
                page = self.pages.get(self.paths[-1].partition("?")[0], answer(b"nothing", status="404 Not Found"))
                if callable(page):
                    page(connection)
                else:
                    connection.sendall(page)
                # Closing a connection with unread data resets it, and the response is lost.
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass

    def drip(self, *pieces, pause=0.05, first=b""):
        """Return a page that sends its pieces again and again, with a pause after each, until the client disconnects."""

        def page(connection):
            connection.sendall(first)
            while not self.stopping.is_set():
                for piece in pieces:
                    connection.sendall(piece)
                    time.sleep(pause)

        return page


def answer(content=b"", *, status="200 OK", kind="text/html", length=True, **headers):
    """Return a raw response; underscores in header names become hyphens."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"Content-Type: {kind}"] if kind is not None else []
    lines += [f"Content-Length: {len(content)}"] if length else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + content


def moved(location, status="302 Found"):
    """Return a redirect; a location in bytes is sent unchanged."""
    location = location if isinstance(location, bytes) else location.encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nLocation: ".encode() + location + b"\r\n\r\n"
