"""After the web process is killed while a file is attached, there are a row and its file, or neither; nothing acknowledged is lost."""

import re
import threading
import time
import uuid
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from app import clock, tokens
from app.attached_files import KEPT_FOR, Shelf
from app.domain.actions import attachments
from app.extensions import db
from app.models.actions.attachments import Attachment
from tests.services.conftest import wait_until
from tests.test_attached_files import PDF

ROUNDS = 2


@pytest.fixture
def link(own_house):
    """The address of the page of an action, for a person without an account."""
    with own_house.open() as make:
        campaign = make.campaign()
        action = make.follow_up(campaign, make.person("Rosa", campaign=campaign), by=make.user())
        settings = own_house.app.config["SETTINGS"]
        token = tokens.sign_shared_action(settings.secret_key, action)
    return f"http://127.0.0.1:{settings.port}/action/{token}"


def answered(request):
    """Return the text of an answer; None if there was none."""
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.read().decode()
    except (URLError, HTTPException, OSError):
        return None


def send(link, name):
    """Return whether the server acknowledged a file with this name."""
    page = answered(link)
    fields = {
        one: re.search(rf'name="{one}"[^>]*value="([^"]*)"', page)[1] for one in ("csrf_token", "idempotency_key")
    }
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{one}"\r\n\r\n{value}\r\n' for one, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join((*parts, head)).encode() + PDF + f"\r\n--{edge}--\r\n".encode()
    request = Request(f"{link}/comment", body, {"Content-Type": f"multipart/form-data; boundary={edge}"})
    said = answered(request)
    return said is not None and name in said


def kill_at_file(process, folder, known):
    """Kill a process as soon as a folder has another file than those that are known."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if folder.is_dir() and {one.name for one in folder.iterdir()} - known:
            process.kill()
            process.wait()
            return


def test_killing_the_web_process_between_the_file_and_its_row_leaves_both_or_neither(services, own_house, link, at):
    settings = own_house.app.config["SETTINGS"]
    folder, acknowledged = settings.attachments_dir, []

    def started():
        web = services.start("web")
        assert wait_until(lambda: answered(link) is not None)
        return web

    web = started()
    for number in range(ROUNDS):
        assert send(link, f"sent-{number}.pdf")
        acknowledged.append(f"sent-{number}.pdf")
        killer = threading.Thread(target=kill_at_file, args=(web, folder, {one.name for one in folder.iterdir()}))
        killer.start()
        if send(link, f"killed-{number}.pdf"):
            acknowledged.append(f"killed-{number}.pdf")
        killer.join()
        assert web.poll() is not None, "it was killed"
        web = started()
    with own_house.open():
        rows = {one.name: one.key for one in db.session.query(Attachment)}
        shelf = Shelf(folder)
        assert set(acknowledged) <= set(rows)
        assert all(shelf.read(key) == PDF for key in rows.values()), "no row without its file"
        at(clock.now() + KEPT_FOR * 2)
        attachments.sweep(shelf)
        assert {one.name for one in folder.iterdir()} == set(rows.values()), "no file without its row"
    page = answered(link)
    assert all(name in page for name in acknowledged)
