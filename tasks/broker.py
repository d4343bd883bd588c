"""The broker without a server: a folder whose unreadable messages are set aside instead of ending the worker."""

import uuid
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual
from kombu.utils.json import dumps, loads

from app.broker_folder import BrokerFolder


def use_own_transport() -> None:
    """Let `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:{Transport.__name__}"


def sweep(options: dict[str, Any]) -> None:
    """Set aside what cannot be read in the folder, and delete what has expired; `options` are those of the transport."""
    if "folder" in options:
        BrokerFolder(Path(options["folder"])).sweep(parse)


def parse(content: bytes) -> Any:
    """Return the message in a file; raises any error unless it is one as kombu writes it."""
    payload = loads(content)
    properties, headers = payload["properties"], payload["headers"]
    where = properties["delivery_info"]
    texts = (properties["delivery_tag"], where["exchange"], where["routing_key"], payload["body"])
    if not all(isinstance(text, str) for text in texts) or not isinstance(headers, dict):
        raise TypeError("not a message")
    virtual.Channel.codecs[properties["body_encoding"]].decode(payload["body"])
    return payload


class Channel(filesystem.Channel):
    """Kombu's channel, for files that may be empty, truncated or of another kind."""

    @property
    def folder(self) -> BrokerFolder:
        """The folder of the messages."""
        return BrokerFolder(Path(self.transport_options["folder"]))

    def get_table(self, exchange: str) -> list[Any]:
        """Return the queues of an exchange; none if its table cannot be read."""
        try:
            return list(super().get_table(exchange))
        except (TypeError, ValueError):
            self.folder.set_aside(self.folder.control / f"{exchange}.exchange")
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str | None, queue: str) -> None:
        try:
            super()._queue_bind(exchange, routing_key, pattern, queue)
        except (TypeError, ValueError):
            self.folder.set_aside(self.folder.control / f"{exchange}.exchange")
            super()._queue_bind(exchange, routing_key, pattern, queue)

    def _put(self, queue: str, payload: dict[str, Any], **_kwargs: Any) -> None:  # type: ignore[override]
        """Put `payload` onto `queue`; kombu lets workers see the file before it is written."""
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        try:
            self.folder.put(name, dumps(payload).encode())
        except OSError as error:
            raise ChannelError(f"A message cannot be stored: {error.strerror}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:  # noqa: ARG002 - kombu passes it
        """Return the next message from `queue` that can be read."""
        for name in self.folder.waiting():
            if name.partition(".")[2] == f"{queue}.msg":
                payload = self.folder.take(name, parse)
                if payload is not None:
                    return payload
        raise Empty


class Transport(filesystem.Transport):
    """Kombu's transport with this channel."""

    Channel = Channel
