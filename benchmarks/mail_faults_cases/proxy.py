"""A proxy between the mail engine and the sink that makes a share of the emails fail, each fault chosen at random."""

import asyncio
import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from enum import StrEnum
from typing import Any, Self, TypeVar

from benchmarks.mail_faults_cases.sink import Ledger, Sink

T = TypeVar("T")
SILENCE = 0.5
"""Seconds without an answer after the last byte, until the connection is closed."""
_ANSWER = 0.02
"""Seconds until an email is answered, so that it takes a while to send them all."""
_DRIP = 0.02
"""Seconds between two bytes of an answer."""
_RESET = struct.pack("ii", 1, 0)
_LONGEST = 1_000_000
"""Bytes of an email."""


class Fault(StrEnum):
    """What happens to an email, or to a connection."""

    MAIL = "451 to MAIL"
    RCPT = "451 to RCPT"
    DATA = "451 to DATA"
    END = "451 after the last byte"
    CLOSING = "421 and the connection is closed"
    RESET = "reset in the middle of the content"
    SILENT = "silence after the last byte, not taken"
    UNHEARD = "silence after the last byte, taken"
    DRIP = "the answer byte by byte"
    GREETING = "554 as greeting"
    REFUSED = "no connection for a while"


_AFTER_REFUSAL = (("RCPT", Fault.MAIL), ("DATA", Fault.MAIL), ("DATA", Fault.RCPT))
_OF_EMAILS = [one for one in Fault if one not in (Fault.GREETING, Fault.REFUSED)]


class Proxy:
    """Listens on loopback, in a thread of its own. `share` of the emails and of the connections get a fault."""

    def __init__(self, share: float, seed: int = 14, *, seconds_refused: float = 1.0) -> None:
        self.ledger = Ledger()
        self.injected: Counter[Fault] = Counter()
        self.emails = 0
        """That were begun."""
        self.open = 0
        """Connections from the engine."""
        self.share = share
        self._seconds_refused = seconds_refused
        self._chance = random.Random(seed)  # noqa: S311 - the same faults each time
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Listen."""
        self._thread.start()
        self._sink = self._do(self._loop.create_server(lambda: Sink(self.ledger), "127.0.0.1", 0))
        self._sink_port = self._sink.sockets[0].getsockname()[1]
        self.port = 0
        self._do(self._listen())
        return self

    def __exit__(self, *_exc: object) -> None:
        """Close everything."""
        with suppress(TimeoutError):
            self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    @property
    def url(self) -> str:
        """The address of the relay."""
        return f"smtp://127.0.0.1:{self.port}"

    def refuse(self) -> None:
        """Drop all connections, and take none for a while."""
        self.injected[Fault.REFUSED] += 1
        self._do(self._close())
        self._loop.call_soon_threadsafe(
            lambda: self._loop.call_later(self._seconds_refused, lambda: self._keep(self._listen()))
        )

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=_LONGEST)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        for one in list(_Line.all_open):
            if one.proxy is self:
                one.reset()

    async def _end(self) -> None:
        self._server.close()
        self._sink.close()
        others = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def chosen(self) -> Fault | None:
        """Return the fault of the next email, if it gets one."""
        self.emails += 1
        if self._chance.random() >= self.share:
            return None
        fault = self._chance.choice(_OF_EMAILS)
        self.injected[fault] += 1
        return fault

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = _Line(self, reader, writer)
        _Line.all_open.add(line)
        self.open += 1
        try:
            if self._chance.random() < self.share:
                self.injected[Fault.GREETING] += 1
                writer.write(b"554 not today\r\n")
            else:
                with suppress(OSError, asyncio.IncompleteReadError):
                    await line.talk(self._sink_port)
        finally:
            self.open -= 1
            _Line.all_open.discard(line)
            line.close()


class _Line:
    """One connection of the engine, with one to the sink."""

    all_open: "set[_Line]" = set()  # noqa: RUF012 - of all proxies

    def __init__(self, proxy: Proxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.proxy, self._reader, self._writer = proxy, reader, writer
        self._sink: asyncio.StreamWriter | None = None
        self._fault: Fault | None = None
        self._begun_at = 0.0
        self._was_reset = False

    def reset(self) -> None:
        """End it without a farewell."""
        self._was_reset = True
        found = self._writer.get_extra_info("socket")
        if found is not None:
            with suppress(OSError):
                found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._writer.transport.abort()

    def close(self) -> None:
        """End both connections."""
        self._writer.close()
        if self._sink is not None:
            self._sink.close()

    async def talk(self, sink_port: int) -> None:
        """Pass on commands and answers, except for those that get a fault."""
        self._answers, self._sink = await asyncio.open_connection("127.0.0.1", sink_port)
        self._writer.write(await self._answer())
        while line := await self._reader.readline():
            if not await self._step(line[:4].upper().decode(errors="replace"), line):
                return

    async def _step(self, command: str, line: bytes) -> bool:
        """Process a command; return whether the connection goes on."""
        if command == "MAIL":
            self._begun_at, self._fault = time.time(), self.proxy.chosen()
        if command not in ("MAIL", "RCPT", "DATA"):
            self._fault = None
        if self._fault in (None, Fault.DRIP, Fault.UNHEARD):
            self._writer.write(await self._passed_on(line))
            return command != "QUIT" and (command != "DATA" or await self._content())
        if self._fault is Fault.CLOSING and command == "RCPT":
            self._writer.write(b"421 too busy, closing\r\n")
            return False
        if command == self._fault.name:
            self._writer.write(b"451 try again later\r\n")
        elif (command, self._fault) in _AFTER_REFUSAL:
            self._writer.write(b"503 no recipient\r\n")
        else:
            self._writer.write(b"354 go on\r\n" if command == "DATA" else b"250 ok\r\n")
            return command != "DATA" or await self._dropped_content()
        return True

    async def _dropped_content(self) -> bool:
        """Read an email that the sink does not get."""
        if self._fault is Fault.RESET:
            await self._reader.readexactly(200)
            self.reset()
            return False
        while await self._reader.readline() not in (b".\r\n", b""):
            pass
        if self._fault is Fault.SILENT:
            await asyncio.sleep(SILENCE)
            return False
        self._writer.write(b"451 try again later\r\n")
        return True

    async def _content(self) -> bool:
        """Pass an email on, and its answer as far as no fault keeps it back."""
        content = await self._reader.readuntil(b"\r\n.\r\n")
        answer = await self._passed_on(content)
        await asyncio.sleep(_ANSWER)
        copy = self.proxy.ledger.copies[int(answer.split()[-1])]
        copy.begun_at = self._begun_at
        if self._fault is Fault.UNHEARD:
            copy.is_unheard = True
            await asyncio.sleep(SILENCE)
            return False
        if self._fault is Fault.DRIP:
            for byte in answer[:-1]:
                self._writer.write(bytes([byte]))
                await self._writer.drain()
                await asyncio.sleep(_DRIP)
            answer = answer[-1:]
        self._writer.write(answer)
        copy.is_unheard = self._was_reset
        return True

    async def _passed_on(self, data: bytes) -> bytes:
        if self._sink is None:
            raise ConnectionError
        self._sink.write(data)
        return await self._answer()

    async def _answer(self) -> bytes:
        lines = [await self._answers.readline()]
        while lines[-1][3:4] == b"-":
            lines.append(await self._answers.readline())
        if not lines[-1]:
            raise ConnectionError
        return b"".join(lines)
