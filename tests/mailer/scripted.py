"""An SMTP server that does at each step what a test says, also what no proper server does."""

import contextlib
import socket
import threading
import time

PROPER = {
    "greeting": "220 here",
    "EHLO": "250-here\r\n250 PIPELINING",
    "HELO": "250 here",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "end": "250 taken",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}
CLOSE, SILENCE = "close", "silence"


class ScriptedServer:
    """Answers by `script`, a function of the step, the number of the email, and the number of the connection."""

    def __init__(self, script=lambda _step, _email, _connection: None):
        self.script = script
        self.taken = []
        """The content of each email that was answered with 250."""
        self.commands = []
        self.connections = 0
        self.begun = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._is_over = False

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_exc):
        self._is_over = True
        self._listening.close()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self._listening.getsockname()[1]}"

    def _accept(self):
        while not self._is_over:
            try:
                connection, _address = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection, self.connections), daemon=True).start()

    def _serve(self, connection, number):
        with connection, connection.makefile("rb") as lines, contextlib.suppress(OSError):
            _Dialog(self, connection, lines, number).talk()

    def begin(self):
        """Count an email that is begun."""
        self.begun += 1


class _Dialog:
    """One connection."""

    def __init__(self, server, connection, lines, number):
        self.server, self.connection, self.lines, self.number = server, connection, lines, number
        self.last = ""
        self.failed = False

    def talk(self):
        if not self.answers("greeting"):
            return
        for line in self.lines:
            command = line.decode().strip()
            step = command.split()[0].upper()
            self.server.commands.append(command)
            if step == "MAIL":
                self.server.begin()
                self.failed = False
            if not self.answers(step) or step == "QUIT":
                return
            if step == "DATA" and self.last.startswith("354") and not self.takes_content():
                return

    def takes_content(self):
        content = b"".join(piece.removeprefix(b".") for piece in iter(self.lines.readline, b".\r\n"))
        if self.failed and not content:
            self.connection.sendall(b"554 no valid recipients\r\n")
            return True
        return self.answers("end", content)

    def answers(self, step, content=b""):
        """Answer, and return whether the connection goes on; content that is taken is kept before."""
        said = self.server.script(step, self.server.begun, self.number)
        self.last = said = PROPER.get(step, "500 what?") if said is None else said
        self.failed = self.failed or (step in ("MAIL", "RCPT") and said[0] in "45")
        if said == CLOSE:
            return False
        if said == SILENCE:
            time.sleep(2)
            return False
        if content and said.startswith("250"):
            self.server.taken.append(content)
        self.connection.sendall(said.encode() + b"\r\n")
        return not said.startswith("421")
