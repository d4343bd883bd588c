"""Campaigns and calls to action: what is stored and what is rejected."""

from datetime import date

import pytest

from app.domain.campaigns import calls
from app.domain_errors import DomainError
from app.queries.campaigns import calls as call_queries
from tests.databases import ONE_DATABASE
from tests.factories import local, utc

pytestmark = ONE_DATABASE

NOTHING = {"titles": {}, "details": {}, "url": None, "starts_at": None, "timezone": "America/Caracas", "last_day": None}


@pytest.fixture
def campaign(make, at):
    at(utc("2025-12-05 12:00"))
    return make.campaign()


def refused_field(write):
    with pytest.raises(DomainError) as refused:
        write()
    return refused.value.field


def test_a_campaign_does_not_end_before_it_starts(make, campaign):
    starts = date(2025, 12, 1)
    assert make.campaign("One day", start_date=starts, end_date=starts).end_date == starts
    assert refused_field(lambda: make.campaign(start_date=starts, end_date=date(2025, 11, 30))) == "end_date"


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"last_day": date(2025, 12, 4)}, "last_day"),
        ({"starts_at": local("2025-12-05 08:00")}, "starts_at"),
    ],
)
def test_a_call_to_action_cannot_be_in_the_past(make, campaign, times, field):
    assert refused_field(lambda: make.call(campaign, **times)) == field


def test_a_call_to_action_may_end_today(make, campaign):
    assert make.call(campaign, last_day=date(2025, 12, 5)).id
    assert make.call(campaign, starts_at=local("2025-12-05 08:01")).starts_at == utc("2025-12-05 12:01")


def test_a_call_needs_a_title_in_at_least_one_language(make, campaign):
    assert refused_field(lambda: calls.create(campaign, NOTHING | {"titles": {"en": ""}})) is None


def test_changing_a_call_stores_the_new_values(make, campaign):
    call = make.call(campaign)
    values = NOTHING | {
        "titles": {"es": "Vengan", "en": ""}, "details": {"es": "A las ocho", "en": "At eight", "pt": ""},
        "url": "https://example.org/square", "starts_at": local("2025-12-09 08:00"), "last_day": date(2025, 12, 9),
    }  # fmt: skip
    calls.update(call, values)
    assert (call.titles, call.details) == ({"es": "Vengan"}, {"es": "A las ocho"})
    assert (call.url, call.last_day) == (values["url"], values["last_day"])
    assert call.starts_at == utc("2025-12-09 12:00")


def test_a_removed_call_is_deleted(make, campaign):
    gone, kept = make.call(campaign), make.call(campaign)
    calls.remove(gone)
    assert call_queries.of_campaign(campaign.id) == [kept]
