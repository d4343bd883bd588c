"""A small IMAP server for tests: one account, one folder, emails in memory, a thread for each connection."""

import re
import socketserver
import threading


class ImapServer:
    """Stores emails by number; `commands` are all that were received, `on_command` may override a response."""

    USER, PASSWORD = "articles", "pass word"

    def __init__(self):
        self.letters = {}
        self.seen = set()
        self.flagged = set()
        self.commands = []
        self.on_command = lambda _words: None

    def __enter__(self):
        server = self

        class Visit(socketserver.StreamRequestHandler):
            timeout = 5

            def handle(self):
                server.serve(self.rfile, self.wfile)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Visit)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_exc):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    @property
    def port(self):
        return self._server.server_address[1]

    @property
    def url(self):
        return f"imap://articles:pass%20word@127.0.0.1:{self.port}/INBOX"

    def put(self, letter):
        """Add an email to the folder; return its number."""
        number = len(self.letters) + 1
        self.letters[number] = letter
        return number

    def serve(self, lines, out):
        out.write(b"* OK ready\r\n")
        for line in lines:
            tag, command = line.decode().strip().split(" ", 1)
            self.commands.append(command)
            answer = self.on_command(command) or self._answer(command)
            *said, ending = answer if isinstance(answer, list) else [answer]
            for one in said:
                out.write(one + b"\r\n")
            out.write(f"{tag} {ending}\r\n".encode())
            if command == "LOGOUT":
                return

    def _answer(self, command):
        if command == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1", "OK done"]
        if command.startswith("LOGIN"):
            return "OK in" if command == f'LOGIN {self.USER} "{self.PASSWORD}"' else "NO who are you"
        if command.startswith("SELECT"):
            return [f"* {len(self.letters)} EXISTS".encode(), "OK open"] if command == 'SELECT "INBOX"' else "NO none"
        if command == "UID SEARCH UNSEEN":
            unseen = " ".join(str(number) for number in self.letters if number not in self.seen)
            return [f"* SEARCH {unseen}".encode(), "OK found"]
        if found := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command):
            number, most = map(int, found.groups())
            letter = self.letters[number][:most]
            head = f"* {number} FETCH (UID {number} BODY[]<0> {{{len(letter)}}}\r\n".encode()
            return [head + letter + b")", "OK there"]
        if found := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", command):
            self.seen.add(int(found[1]))
            return "OK noted"
        if found := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen \\Flagged\)", command):
            self.seen.add(int(found[1]))
            self.flagged.add(int(found[1]))
            return "OK noted"
        return ["OK bye"] if command == "LOGOUT" else "BAD what"
