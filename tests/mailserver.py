"""A real SMTP server for tests, with configurable responses."""

import email
import socket
from email.policy import default

from aiosmtpd.controller import Controller


class MailServer:
    """Stores every accepted message, and whether it came encrypted; `on_mail` and `on_data` may override a response or do something at that time."""

    def __init__(self, *, port=None, **options):
        self._port = port
        self.messages = []
        self.raw = []
        self.senders = []
        self.encrypted = []
        self.on_rcpt = None
        self.on_data = None
        self.after_data = None
        self._controller = Controller(
            self, **({"hostname": "127.0.0.1", "port": 0, "enable_SMTPUTF8": False} | options)
        )

    def __enter__(self):
        self._controller.port = self._port or free_port()
        self._controller.start()
        return self

    def __exit__(self, *_exc):
        self._controller.stop()

    @property
    def port(self):
        return self._controller.port

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self._controller.port}"

    @property
    def ids(self):
        return [message["Message-ID"] for message in self.messages]

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        answer = self.on_rcpt(address) if self.on_rcpt else None
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802
        answer = self.on_data(len(self.messages)) if self.on_data else None
        if answer is not None:
            return answer
        self.encrypted.append(session.ssl is not None)
        self.senders.append(envelope.mail_from)
        self.raw.append(envelope.content)
        self.messages.append(email.message_from_bytes(envelope.content, policy=default))
        if self.after_data:
            self.after_data(len(self.messages))
        return "250 OK"


def free_port():
    """Return a free port on loopback."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]
