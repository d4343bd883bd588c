"""A real Postfix for tests: on loopback, with its own configuration, queue and mailboxes in a folder of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tests.mailserver import free_port

_MASTER = Path("/usr/lib/postfix/sbin/master")
_SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
scache unix - - n - 1 scache
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


def is_here():
    """Return whether Postfix is installed and may be started."""
    return _MASTER.exists() and os.geteuid() == 0


@contextmanager
def short_folder():
    """Yield a folder with a short path, because it contains sockets; Postfix has to be able to open it."""
    made = Path(tempfile.mkdtemp(prefix="pf-", dir="/tmp"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


class Postfix:
    """Takes all emails for a domain and keeps them in one maildir; `folder` has to be near the root of the disk."""

    def __init__(self, folder, domain, **options):
        self.port = free_port()
        self._folder, self._config = folder, folder / "config"
        self.maildir = folder / "mail" / "all"
        self._config.mkdir(parents=True)
        (folder / "mail").mkdir()
        shutil.chown(folder / "mail", "postfix")
        for one in (folder.parent, folder, self._config):
            one.chmod(0o755)
        chosen = {
            "compatibility_level": "3.6", "queue_directory": folder / "queue", "data_directory": folder / "data",
            "maillog_file": folder / "log", "maillog_file_prefixes": folder, "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4", "myhostname": f"mail.{domain}", "mydestination": "", "mynetworks": "127.0.0.0/8",
            "local_recipient_maps": "", "alias_maps": "", "alias_database": "",
            "virtual_mailbox_domains": domain, "virtual_mailbox_base": folder / "mail",
            "virtual_mailbox_maps": "static:all/", "virtual_uid_maps": f"static:{self._uid}",
            "virtual_gid_maps": f"static:{self._uid}", "virtual_minimum_uid": "1",
            "smtpd_client_connection_count_limit": "0", "smtputf8_enable": "yes",
        }  # fmt: skip
        lines = [f"{name} = {value}" for name, value in (chosen | options).items()]
        (self._config / "main.cf").write_text("\n".join(lines) + "\n")
        (self._config / "master.cf").write_text(_SERVICES.format(port=self.port))

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def _uid(self):
        return shutil._get_uid("postfix")

    def __enter__(self):
        for name in ("queue", "data"):
            (self._folder / name).mkdir()
            (self._folder / name).chmod(0o755)
        shutil.chown(self._folder / "data", "postfix")
        environment = os.environ | {"MAIL_CONFIG": str(self._config)}
        subprocess.run(
            ["/usr/sbin/postfix", "-c", self._config, "check"],
            check=True,
            env=environment,
            capture_output=True,
            timeout=30,
        )
        self._process = subprocess.Popen([_MASTER, "-c", self._config, "-d"], env=environment, start_new_session=True)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        self.__exit__()
        raise RuntimeError((self._folder / "log").read_text() if (self._folder / "log").exists() else "no log")

    def __exit__(self, *_exc):
        self._process.terminate()
        self._process.wait(timeout=20)

    def taken(self, count):
        """Return the emails, once there are so many."""
        for _ in range(100):
            found = sorted((self.maildir / "new").glob("*"))
            if len(found) >= count:
                return [one.read_bytes() for one in found]
            time.sleep(0.1)
        raise AssertionError((self._folder / "log").read_text()[-3000:])
