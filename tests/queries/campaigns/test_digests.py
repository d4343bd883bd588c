"""Lists of a campaign's digests, and which of their emails is shown."""

from datetime import timedelta

import pytest

from app.extensions import db
from app.models.campaigns.campaigns import Approval
from app.models.campaigns.digests import Digest, DigestPart, DigestStatus
from app.queries.campaigns import digests
from tests.databases import ONE_DATABASE
from tests.factories import utc

pytestmark = ONE_DATABASE

DAY = utc("2025-12-01 12:00")


def kept(row):
    db.session.add(row)
    db.session.flush()
    return row


@pytest.fixture
def digest(make):
    """Return a function that creates digests of a campaign, each a day later than the previous one."""
    days = iter(range(9))

    def made(campaign, status=DigestStatus.SENT):
        day = DAY + timedelta(days=next(days))
        return kept(Digest(
            campaign_id=campaign.id, period_start=day, period_end=day + timedelta(days=1), status=status,
            approval=Approval.ONE_PERSON, revision=1, openings={}, with_calls=False, composed_at=day,
        ))  # fmt: skip

    return made


def part(digest, key, text, locale="en"):
    names = {"digest_id": digest.id, "campaign_id": digest.campaign_id, "key": key, "locale": locale}
    return kept(DigestPart(**names, subject=key, text=text, html=text))


def test_digests_of_a_campaign_are_listed_latest_first_and_by_status(make, digest):
    here, there = make.campaign("Here", slug="here"), make.campaign("There", slug="there")
    first, second = digest(here), digest(here)
    stopped, _other = digest(here, DigestStatus.DISCARDED), digest(there)
    assert digests.find(here.id, "", 1).rows == [stopped, second, first]
    assert digests.find(here.id, DigestStatus.SENT.value, 1).rows == [second, first]


def test_the_longest_email_in_a_language_is_shown_and_the_first_of_equals(make, digest):
    shown, other = digest(make.campaign("Here", slug="here")), digest(make.campaign("There", slug="there"))
    part(shown, "short", "one")
    longest = part(shown, "long", "one two")
    part(shown, "as long", "two one")
    part(shown, "spanish", "uno dos tres", locale="es")
    part(other, "elsewhere", "one two three")
    assert digests.part_in(shown.id, "en") is longest
    assert digests.part_in(shown.id, "pt") is None
    assert digests.part(shown.id, "short").text == "one"
    assert digests.part(other.id, "short") is None
