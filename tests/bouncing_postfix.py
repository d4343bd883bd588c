"""A real Postfix for tests: on loopback, with a configuration, a queue and a log of its own, ended by its own command."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.mailserver import free_port

_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def is_there():
    """Return whether Postfix is installed and this user may start it."""
    return shutil.which("postfix") is not None and os.geteuid() == 0


class Postfix:
    """Takes emails, hands those to `members.test` to a mail server, and puts what returns to `news.test` into a maildir."""

    def __init__(self, members_port):
        self._members_port = members_port
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="postfix-", dir="/tmp"))

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def maildir(self):
        return self.folder / "mail" / "bounces"

    def __enter__(self):
        self.folder.chmod(0o755)
        for name in ("etc", "queue", "data", "mail"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        settings = {
            "compatibility_level": "3.6",
            "queue_directory": self.folder / "queue",
            "data_directory": self.folder / "data",
            "maillog_file": self.folder / "data" / "log",
            "maillog_file_prefixes": self.folder,
            "myhostname": "mx.news.test",
            "mydestination": "",
            "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4",
            "recipient_delimiter": "+",
            "alias_maps": "",
            "alias_database": "",
            "transport_maps": f"inline:{{members.test=smtp:[127.0.0.1]:{self._members_port}}}",
            "default_transport": "error:5.1.2 nothing leaves this machine",
            "virtual_mailbox_domains": "news.test",
            "virtual_mailbox_maps": "static:bounces/",
            "virtual_mailbox_base": self.folder / "mail",
            "virtual_uid_maps": f"static:{(self.folder / 'data').stat().st_uid}",
            "virtual_gid_maps": "static:65534",
            "virtual_minimum_uid": "1",
            "smtpd_relay_restrictions": "permit_mynetworks, reject",
            "mynetworks": "127.0.0.0/8",
            "bounce_size_limit": "50000",
        }
        shutil.chown(self.folder / "mail", "postfix")
        (self.folder / "etc" / "main.cf").write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
        (self.folder / "etc" / "master.cf").write_text(_MASTER.format(port=self.port))
        self._run("start")
        return self

    def __exit__(self, *_exc):
        self._run("stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command):
        done = subprocess.run(
            ["/usr/sbin/postfix", "-c", str(self.folder / "etc"), command], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr + done.stdout
