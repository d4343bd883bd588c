"""The application on a separate port, and the browser that visits it."""

import os
import shutil
import socket
import threading
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from flask_babel import force_locale, gettext, ngettext
from playwright.sync_api import sync_playwright
from sqlalchemy import func, select
from waitress import wasyncore
from waitress.server import create_server
from werkzeug.exceptions import NotFound

from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.mail.deliveries import Delivery, DeliveryKind
from tests.conftest import House
from tests.databases import migrated, settings_for

CHROMIUM = shutil.which("chromium")
REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def launched():
    """Chromium, until the end of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Site(House):
    """An application with SQLite, behind the server used in production."""

    def __init__(self, folder, name=None, *, make=migrated, **changes):
        """Serve at a number, or at a name: browsers offer passkeys only to hosts with one. The database is empty and new,
        unless `make` only opens it.
        """
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.host, self.port = listener.getsockname()
        self.url = f"http://{name or self.host}:{self.port}"
        super().__init__(make(settings_for(folder, base_url=self.url, **changes)))
        self._server = create_server(self.app, sockets=[listener], threads=4, ident=None)
        self._over = False
        self._thread = threading.Thread(target=self._serve)

    def _serve(self):
        while not self._over:
            wasyncore.loop(timeout=1, map=self._server._map, count=1)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_exc):
        self._over = True
        self._server.pull_trigger()
        self._thread.join()
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._server._map)
        with self.app.app_context():
            db.engine.dispose()

    def deliver(self):
        """Send the emails that are due, as a worker does; return their number without those about a new device."""
        with self.open():
            due = Delivery.kind == DeliveryKind.ACCOUNT_CHANGED, Delivery.sent_at.is_(None)
            about_devices = db.session.scalar(select(func.count(Delivery.id)).where(*due)) or 0
            return deliver_due() - about_devices

    def endpoint_of(self, path):
        """The view behind a path, or None."""
        with suppress(NotFound):
            return self.app.url_map.bind("").match(urlsplit(path).path)[0]

    def says(self, locale, sentence, plural=None, /, **values):
        """The translation of a sentence in a language; with a plural form, for `num`."""
        with self.app.test_request_context(), force_locale(locale):
            return ngettext(sentence, plural, **values) if plural else gettext(sentence, **values)
