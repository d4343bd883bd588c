"""The progress of background work, and how soon a page that shows it refreshes."""

from datetime import timedelta

import pytest

from app import clock
from app.queries.mail.runs import Report
from app.queries.progress import Progress, Stage
from tests.factories import utc

NOW = utc("2025-12-01 12:00")


@pytest.mark.parametrize(
    ("waited", "seconds"),
    [(timedelta(), 2), (timedelta(seconds=50), 10), (timedelta(minutes=5), 30), (timedelta(minutes=16), None)],
)
def test_a_page_refreshes_less_and_less_often_and_then_stops(at, waited, seconds):
    at(NOW)
    assert Progress(Stage.WAITING, NOW - waited).seconds_to_refresh == seconds


@pytest.mark.parametrize(
    "work",
    [
        Progress(Stage.DONE, NOW),
        Progress(Stage.FAILED, NOW, failure="gone"),
        Progress(Stage.WAITING, NOW, next_try_at=NOW + timedelta(hours=1)),
        Progress(Stage.WAITING),
    ],
)
def test_a_page_does_not_refresh_if_nothing_will_change(at, work):
    at(NOW)
    assert work.seconds_to_refresh is None


@pytest.mark.parametrize(
    ("sent", "waiting", "failed", "due", "stage"),
    [
        (0, 3, 0, 0, Stage.WAITING),
        (2, 1, 0, 0, Stage.RUNNING),
        (2, 1, 0, 60, Stage.WAITING),
        (2, 0, 1, None, Stage.DONE),
        (0, 0, 2, None, Stage.FAILED),
    ],
)
def test_emails_of_a_digest_count_as_progress(at, sent, waiting, failed, due, stage):
    at(NOW)
    due_at = None if due is None else clock.now() + timedelta(minutes=due)
    report = Report(
        sent, 0, waiting, failed, 4, bounced=0, postponed=0, due_at=due_at, last_sent_at=NOW if sent else None,
        sent_lately=0, hold=None,
    )  # fmt: skip
    work = report.progress(NOW)
    assert (work.stage, work.done, work.total) == (stage, sent, sent + waiting + failed)
    assert work.is_in_motion == (bool(waiting) and due == 0)
