"""A mail server that takes every email and forgets it: `python -m benchmarks.mail_cases.slow_sink PORT DELAY CERTIFICATE`."""

import asyncio
import ssl
import sys
from collections.abc import Callable

_END = b"\r\n.\r\n"
_REPLIES = {b"MAIL": b"250 2.1.0 Ok", b"RCPT": b"250 2.1.5 Ok", b"QUIT": b"221 2.0.0 Bye", b"RSET": b"250 2.0.0 Ok"}


class Session(asyncio.Protocol):
    """One connection. Each reply waits for the delay, which commands that were sent together share."""

    def __init__(self, delay: float, features: bytes) -> None:
        self._delay, self._features = delay, features
        self._received = b""
        self._is_in_data = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self._write: Callable[[bytes], None] = transport.write  # type: ignore[attr-defined]
        self._answer(b"220 sink.invalid ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer every command that is whole."""
        self._received += data
        answers = b""
        while (answer := self._next()) is not None:
            answers += answer
        if answers:
            self._answer(answers)

    def _next(self) -> bytes | None:
        if self._is_in_data:
            end = self._received.find(_END)
            if end < 0:
                self._received = self._received if len(self._received) < len(_END) else self._received[-len(_END) :]
                return None
            self._received, self._is_in_data = self._received[end + len(_END) :], False
            return b"250 2.0.0 Ok\r\n"
        line, separator, rest = self._received.partition(b"\r\n")
        if not separator:
            return None
        self._received = rest
        command = line[:4].upper()
        if command == b"DATA":
            self._is_in_data = True
            return b"354 Go on\r\n"
        if command in (b"EHLO", b"HELO"):
            return self._features
        return (b"235 2.7.0 Ok" if command == b"AUTH" else _REPLIES.get(command, b"500 5.5.1 What?")) + b"\r\n"

    def _answer(self, reply: bytes) -> None:
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._write, reply)
        else:
            self._write(reply)


async def _serve(port: int, delay: float, certificate: str) -> None:
    context = None
    features = b"250-sink.invalid\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        features = features.replace(b"250-8BIT", b"250-AUTH PLAIN LOGIN\r\n250-8BIT")
    server = await asyncio.get_running_loop().create_server(
        lambda: Session(delay, features), "127.0.0.1", port, ssl=context
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))
