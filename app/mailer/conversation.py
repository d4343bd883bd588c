"""One connection's dialog in SMTP, without a socket: what to send, given what was received.

RFC 5321 (SMTP), 2920 (PIPELINING), 3207 (STARTTLS), 4954 (AUTH), 1870 (SIZE), 6531 (SMTPUTF8). Each command leaves a
handler for its reply in a queue, so a server with PIPELINING gets several commands at once: the end of one email goes out
together with the envelope of the next.
"""

import re
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.mailer.outcome import Outcome, Verdict
from app.mailer.relay import Relay
from app.mailer.replies import Broken, Replies, Reply
from app.text import N_

NOT_ASCII = N_("The mail server accepts only plain ASCII letters before the @ (it does not support SMTPUTF8).")
TOO_LARGE = N_("The mail server accepts no emails of this size.")
NOT_ENCRYPTED = (
    "the server offers no encryption (STARTTLS), so nothing was sent; MAIL_URL can allow it with ?tls=optional"
)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f<>]")
_OVER = b".\r\n"
_TAKEN = Outcome(Verdict.SENT)


@dataclass(frozen=True, slots=True)
class Envelope:
    """An email on its way to one recipient."""

    key: int
    """By which the sender of the email knows it again."""
    sender: str
    recipient: str
    content: Sequence[bytes]
    """The message in pieces, with CRLF at the end of each line and each dot at the beginning of a line doubled."""

    def __post_init__(self) -> None:
        """Refuse addresses that would be read as more than an address."""
        for address in (self.sender, self.recipient):
            if _FORBIDDEN.search(address):
                raise ValueError("an address contains a character that ends it")


class _Sending:
    """An email that was begun on this connection."""

    __slots__ = ("ends_at", "envelope", "failure")

    def __init__(self, envelope: Envelope) -> None:
        self.envelope = envelope
        self.failure: Outcome | None = None
        self.ends_at: int | None = None
        """How many bytes have been handed over when its last one has, since the beginning of the connection."""


class Conversation:
    """A dialog with a relay. `take` returns the next email, or None if there is none now."""

    def __init__(self, relay: Relay, take: Callable[[], Envelope | None], *, own_name: str = "localhost") -> None:
        self.outgoing: deque[bytes] = deque()
        self.results: list[tuple[Envelope, Outcome]] = []
        self.wants_tls = False
        """Whether the connection has to be encrypted now, followed by `secured`."""
        self.is_ready = False
        """Whether the server is ready for emails."""
        self.is_idle = False
        """Whether it waits for an email."""
        self._relay, self._take, self._own_name = relay, take, own_name
        self._replies = Replies()
        self._handlers: deque[Callable[[Reply], None]] = deque([self._greeted])
        self._begun: deque[_Sending] = deque()
        """The email on its way, and with PIPELINING perhaps the next one: replies are about the first."""
        self._queued = 0
        self._is_secure = relay.is_encrypted_at_once
        self._features: dict[str, str] = {}
        self._pipelines, self._largest = False, 0
        self._must_reset = False

    @property
    def is_waiting(self) -> bool:
        """Whether a reply is due."""
        return bool(self._handlers)

    @property
    def is_occupied(self) -> bool:
        """Whether an email is on its way."""
        return bool(self._begun)

    @property
    def awaits_an_end(self) -> bool:
        """Whether the next reply is the one to the last byte of an email."""
        return bool(self._begun) and self._begun[0].ends_at is not None

    def received(self, data: bytes) -> None:
        """Process what the server said. Raises Broken if the connection is of no more use."""
        for reply in self._replies.feed(data):
            if not self._handlers or reply.code == 421:
                self._dismissed(reply)
                raise Broken(str(reply))
            self._handlers.popleft()(reply)

    def secured(self) -> None:
        """Begin again over an encrypted connection: what was said before may be from somebody else (RFC 3207)."""
        if self._replies.are_pending:
            raise Broken("the server sent something between STARTTLS and the encryption")
        self.wants_tls, self._is_secure = False, True
        self._say(self._hello, f"EHLO {self._own_name}")

    def proceed(self) -> None:
        """Begin the next email, if the connection waits for one and there is one."""
        if self.is_idle:
            self._next()

    def quit(self) -> None:
        """Take leave."""
        self._say(lambda _reply: None, "QUIT")

    def lost(self, words: str, handed_over: int) -> list[Envelope]:
        """End the dialog after a lost connection, when so many bytes had been handed over.

        Emails whose last byte was not sent are returned, because no server may take them.
        """
        unfinished: list[Envelope] = []
        for sending in self._begun:
            if sending.failure is not None:
                self.results.append((sending.envelope, sending.failure))
            elif sending.ends_at is not None and handed_over >= sending.ends_at:
                self.results.append((sending.envelope, Outcome(Verdict.UNKNOWN, words, is_of_relay=True)))
            else:
                unfinished.append(sending.envelope)
        self._begun.clear()
        self._handlers.clear()
        return unfinished

    def _dismissed(self, reply: Reply) -> None:
        """Note that the server ends the dialog, which it may also say instead of an answer to the last byte of an email."""
        if self.awaits_an_end:
            self._finish(Outcome(Verdict.LATER, str(reply)))

    # the beginning

    def _greeted(self, reply: Reply) -> None:
        self._require(reply, 220)
        self._say(self._hello, f"EHLO {self._own_name}")

    def _hello(self, reply: Reply) -> None:
        if reply.is_final:
            self._say(self._old_hello, f"HELO {self._own_name}")
            return
        self._require(reply, 250)
        words = (line.upper().partition(" ") for line in reply.lines[1:])
        self._features = {name: rest for name, _space, rest in words}
        self._pipelines = "PIPELINING" in self._features
        most = self._features.get("SIZE", "")
        self._largest = int(most) if most.isdecimal() else 0
        if "STARTTLS" in self._features and not self._is_secure:
            self._say(self._start_tls, "STARTTLS")
        else:
            self._log_in()

    def _old_hello(self, reply: Reply) -> None:
        self._require(reply, 250)
        self._features, self._pipelines, self._largest = {}, False, 0
        self._log_in()

    def _start_tls(self, reply: Reply) -> None:
        self._require(reply, 220)
        self.wants_tls = True

    def _log_in(self) -> None:
        if self._relay.must_encrypt and not self._is_secure:
            raise Broken(NOT_ENCRYPTED)
        if not self._relay.username:
            self._next()
            return
        if not (self._is_secure or self._relay.is_near):
            raise Broken("the server offers no encryption (STARTTLS); the password was not sent")
        offered = self._features.get("AUTH", "").split()
        name, word = self._relay.username.encode(), self._relay.password.encode()
        if "PLAIN" in offered:
            self._say(self._logged_in, "AUTH PLAIN " + b64encode(b"\0" + name + b"\0" + word).decode())
        elif "LOGIN" in offered:
            self._say(partial(self._asked, name, partial(self._asked, word, self._logged_in)), "AUTH LOGIN")
        else:
            raise Broken("the server offers no way to log in (AUTH PLAIN or LOGIN)")

    def _asked(self, answer: bytes, then: Callable[[Reply], None], reply: Reply) -> None:
        self._require(reply, 334)
        self._say(then, b64encode(answer).decode())

    def _logged_in(self, reply: Reply) -> None:
        self._require(reply, 235)
        self._next()

    # emails

    def _next(self) -> None:
        """Begin the next email that this server can take."""
        self.is_ready, self.is_idle = True, False
        while (envelope := self._take()) is not None:
            reason = self._why_not(envelope)
            if reason is None:
                self._begin(envelope)
                return
            self.results.append((envelope, Outcome(Verdict.NEVER, reason)))
        self.is_idle = True

    def _why_not(self, envelope: Envelope) -> str | None:
        if not envelope.recipient.isascii() and "SMTPUTF8" not in self._features:
            return NOT_ASCII
        if 0 < self._largest < sum(map(len, envelope.content)):
            return TOO_LARGE
        return None

    def _begin(self, envelope: Envelope) -> None:
        self._begun.append(_Sending(envelope))
        if self._must_reset:
            self._must_reset = False
            self._say(lambda _reply: None, "RSET")
        option = "" if envelope.recipient.isascii() else " SMTPUTF8"
        mail = f"MAIL FROM:<{envelope.sender}>{option}"
        if self._pipelines:
            self._handlers += (self._mail, self._rcpt, self._data)
            self._put(f"{mail}\r\nRCPT TO:<{envelope.recipient}>\r\nDATA\r\n".encode())
        else:
            self._say(self._mail, mail)

    def _mail(self, reply: Reply) -> None:
        sending = self._begun[0]
        if not reply.is_good:
            # it is about the sender, or the server is busy
            sending.failure = Outcome(Verdict.LATER, str(reply), is_of_relay=True)
        if not self._pipelines:
            self._step(self._rcpt, f"RCPT TO:<{sending.envelope.recipient}>")

    def _rcpt(self, reply: Reply) -> None:
        sending = self._begun[0]
        self._must_reset = True
        if not reply.is_good and sending.failure is None:
            sending.failure = _failure(reply)
        if not self._pipelines:
            self._step(self._data, "DATA")

    def _step(self, handler: Callable[[Reply], None], command: str) -> None:
        """Send the next command of an envelope."""
        if (failure := self._begun[0].failure) is None:
            self._say(handler, command)
        else:
            self._finish(failure)
            self._next()

    def _data(self, reply: Reply) -> None:
        sending = self._begun[0]
        if reply.code != 354:
            self._finish(sending.failure or _failure(reply))
            self._next()
            return
        if sending.failure is None:
            for piece in sending.envelope.content:
                self._put(piece)
        self._put(_OVER)
        self._handlers.append(self._end)
        if sending.failure is None:
            sending.ends_at = self._queued
        self._must_reset = False
        if self._pipelines:
            self._next()

    def _end(self, reply: Reply) -> None:
        self._finish(self._begun[0].failure or (_TAKEN if reply.is_good else _failure(reply)))
        if not self._pipelines:
            self._next()

    def _finish(self, outcome: Outcome) -> None:
        self.results.append((self._begun.popleft().envelope, outcome))

    def _say(self, handler: Callable[[Reply], None], command: str) -> None:
        self._handlers.append(handler)
        self._put(command.encode() + b"\r\n")

    def _put(self, piece: bytes) -> None:
        self._queued += len(piece)
        self.outgoing.append(piece)

    def _require(self, reply: Reply, code: int) -> None:
        if reply.code != code:
            raise Broken(str(reply))


def _failure(reply: Reply) -> Outcome:
    return Outcome(Verdict.NEVER if reply.is_final else Verdict.LATER, str(reply))
