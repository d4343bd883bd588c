"""Keys of saved forms, and how long they are kept."""

from datetime import timedelta

from sqlalchemy import select

from app.domain.accounts import submissions
from app.extensions import db
from app.models.accounts.submissions import Submission
from tests.databases import ONE_DATABASE
from tests.factories import utc

pytestmark = ONE_DATABASE

NOW = utc("2025-12-05 12:00")


def test_a_key_can_be_claimed_once_and_is_deleted_after_a_month(make, at):
    for days in (31, 29):
        at(NOW - timedelta(days=days))
        assert submissions.begin(f"{days} days", None, "digest")
        assert not submissions.begin(f"{days} days", None, "digest")
    at(NOW)
    submissions.sweep()
    assert list(db.session.scalars(select(Submission.key))) == ["29 days"]
