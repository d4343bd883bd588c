"""A mailbox that emails are read from, over IMAP, with one connection per visit."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from app.mailer.outcome import Unreachable

TIMEOUT = 20
"""Seconds for each step of the protocol."""
MOST = 50
"""Emails processed in one visit; the next visit processes the others."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Mailbox:
    """An open mailbox."""

    def __init__(self, connection: imaplib.IMAP4, largest: int) -> None:
        self._connection = connection
        self._largest = largest

    def unseen(self) -> list[str]:
        """Return the numbers of unseen emails, oldest first."""
        _kind, found = self._connection.uid("SEARCH", "UNSEEN")
        numbers = b" ".join(one for one in found if isinstance(one, bytes)).decode("ascii", "replace").split()
        return [number for number in numbers if number.isdecimal()][:MOST]

    def letter(self, number: str) -> bytes:
        """Return an email as received, or its beginning if it is too large; it stays unseen."""
        _kind, parts = self._connection.uid("FETCH", number, f"(BODY.PEEK[]<0.{self._largest + 1}>)")
        return next((part[1] for part in parts if isinstance(part, tuple)), b"")

    def mark_seen(self, number: str) -> None:
        """Mark an email as seen."""
        self._connection.uid("STORE", number, "+FLAGS.SILENT", "(\\Seen)")

    def put_aside(self, number: str) -> None:
        """Mark an email as seen and flagged, so that a person looks at it."""
        self._connection.uid("STORE", number, "+FLAGS.SILENT", "(\\Seen \\Flagged)")


@contextmanager
def opened(mail_in_url: str, largest: int) -> Iterator[Mailbox]:
    """Open the mailbox at `imaps://user:password@host/folder`; emails up to `largest` bytes are read completely.

    `imap://` is encrypted before the password is sent, except on this machine. Raises Unreachable.
    """
    server = urlsplit(mail_in_url)
    try:
        connection = _connect(server)
        try:
            _secure(connection, server)
            connection.login(unquote(server.username or ""), unquote(server.password or ""))
            _checked(connection.select(_quoted(unquote(server.path.strip("/")) or "INBOX")))
            yield Mailbox(connection, largest)
        finally:
            _leave(connection)
    except (OSError, imaplib.IMAP4.error) as error:
        # its message may quote an email or an account, so it is not passed on
        raise Unreachable(type(error).__name__, reason=_reason_of(error)) from None


def _reason_of(error: Exception) -> str:
    """Return why a mailbox cannot be read: `abort` is what imaplib calls a connection that was lost."""
    if isinstance(error, ssl.SSLError):
        return "insecure"
    is_answer = isinstance(error, imaplib.IMAP4.error) and not isinstance(error, imaplib.IMAP4.abort)
    return "closed" if is_answer else "away"


def _connect(server: SplitResult) -> imaplib.IMAP4:
    host = server.hostname or "localhost"
    if server.scheme == "imaps":
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(host, server.port or 993, ssl_context=context, timeout=TIMEOUT)
    return imaplib.IMAP4(host, server.port or 143, timeout=TIMEOUT)


def _secure(connection: imaplib.IMAP4, server: SplitResult) -> None:
    if server.scheme != "imaps" and server.hostname not in _LOOPBACK:
        if "STARTTLS" not in connection.capabilities:
            raise ssl.SSLError("the server does not encrypt")
        connection.starttls(ssl.create_default_context())


def _checked(answer: tuple[str, list[Any]]) -> None:
    if answer[0] != "OK":
        raise imaplib.IMAP4.error("there is no such folder")


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _leave(connection: imaplib.IMAP4) -> None:
    try:
        connection.logout()
    except (OSError, imaplib.IMAP4.error):
        connection.shutdown()
