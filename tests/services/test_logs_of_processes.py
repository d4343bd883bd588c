"""What web, worker and beat log while people use them."""

from sqlalchemy import text

from app.extensions import db
from tests.services.conftest import wait_until
from tests.services.test_kill import queue, unsent
from tests.services.test_processes import answers
from tests.test_logs import CANARY


def test_web_worker_and_beat_log_nothing_about_people(services, own_house):
    queue(own_house, 1)
    env = {"MAIL_URL": "smtp://127.0.0.1:9"}
    running = [services.start(name, **env) for name in ("web", "worker", "beat")]
    port = int(services.env["PORT"])
    assert wait_until(lambda: answers(port))
    answers(port, "/sign-in?next=/canary%40example.org")
    assert wait_until(lambda: tried(own_house))
    for process in running:
        process.terminate()
    said = [process.communicate(timeout=60)[0].decode() for process in running]
    assert unsent(own_house) == 1
    assert 'event="a mail server takes no emails"' in said[1]
    assert not [one for one in said if CANARY.search(one) or "user0" in one]


def tried(house):
    with house.open():
        return bool(
            db.session.scalar(text("SELECT max(attempts) FROM deliveries"), execution_options={"unscoped": "a test"})
        )
