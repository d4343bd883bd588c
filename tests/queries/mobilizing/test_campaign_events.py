"""The timeline of a campaign: every kind of event, pages without gaps, and nothing out of scope or still to come."""

from datetime import date, timedelta

import pytest

from app import clock
from app.domain.campaigns import digests
from app.domain.mobilizing import mobilizations
from app.extensions import db
from app.models.campaigns.campaigns import GoalKind
from app.models.campaigns.origins import Origin
from app.models.mobilizing.mobilizations import MobilizationStatus
from app.models.scoping import Scope, enter_scope
from app.queries.mobilizing import campaign_events
from app.queries.mobilizing.campaign_events import CampaignEvent
from app.queries.people import timelines
from tests.factories import local, utc


@pytest.fixture
def campaign(make, at):
    """Return a campaign in which something of each kind has happened."""
    at(utc("2026-03-02 15:00"))
    campaign = make.campaign(start_date=date(2025, 12, 1), end_date=date(2026, 3, 1))
    resolution = make.resolution(make.congress(), adopted_on=date(2025, 11, 1))
    db.session.add(Origin(campaign=campaign, resolution_id=resolution.id))
    make.campaign("Part", parent_id=campaign.id, start_date=date(2026, 1, 1))
    make.campaign("Later part", parent_id=campaign.id, start_date=date(2027, 1, 1))
    make.cite(make.article(), campaign)
    make.day_of_action(campaign)
    make.statement(campaign)
    make.target_entry(make.target(campaign), happened_on=date(2026, 2, 1))
    make.mobilization(campaign, starts=local("2026-01-10 18:00"))
    make.mobilization(campaign, starts=local("2026-01-11 18:00"), status=MobilizationStatus.PROPOSED)
    mobilizations.cancel(make.mobilization(campaign, starts=local("2026-05-11 18:00")), None)
    make.mobilization(campaign, starts=local("2026-05-10 18:00"))
    return campaign


def kinds(campaign):
    return [one.kind for one in campaign_events.of_campaign(campaign).events]


def test_what_happened_is_listed_latest_first_and_nothing_that_is_still_to_come(campaign):
    found, k = kinds(campaign), CampaignEvent
    assert {*campaign_events.SOURCES, k.MILESTONE} == set(CampaignEvent)
    assert set(found[:3]) == {k.ARTICLE, k.DAY_OF_ACTION, k.STATEMENT}
    assert found[3:] == [k.ENDED, k.TARGET, k.MOBILIZATION, k.PART, k.BEGUN, k.RESOLUTION]


def test_a_digest_is_in_the_timeline_once_it_is_sent(campaign):
    digest = digests.compose_now(campaign)
    assert CampaignEvent.DIGEST not in kinds(campaign)
    digest.sent_at = clock.now()
    db.session.flush()
    assert CampaignEvent.DIGEST in kinds(campaign)


def test_pages_follow_each_other_without_gaps(make, campaign, monkeypatch):
    target = make.target(campaign, "Ship")
    for number in range(4):
        make.target_entry(target, happened_on=(clock.now() - timedelta(days=number // 2)).date())
    whole = campaign_events.of_campaign(campaign).events
    monkeypatch.setattr(timelines, "SIZE", 3)
    paged, after = [], None
    while True:
        page = campaign_events.of_campaign(campaign, after and timelines.Position.read(str(after)))
        paged += page.events
        after = page.next
        if after is None:
            break
    assert [one.position for one in paged] == [one.position for one in whole]


def test_resolutions_and_parts_out_of_scope_are_not_listed(campaign):
    enter_scope(Scope(campaign_ids=frozenset({campaign.id})))
    db.session.expunge_all()
    found = kinds(campaign)
    assert {CampaignEvent.RESOLUTION, CampaignEvent.PART}.isdisjoint(found)
    assert CampaignEvent.TARGET in found


def test_milestones_of_the_goal_are_among_the_events_and_on_their_page(make, campaign, at):
    campaign.goal_kind, campaign.goal_number = GoalKind.MOBILIZATIONS, 4
    found = campaign_events.of_campaign(campaign).events
    [quarter, half] = reversed([one for one in found if one.kind is CampaignEvent.MILESTONE])
    assert (quarter.row.share, quarter.row.reached, half.row.share) == (25, 1, 50)
    assert [one.position for one in found] == sorted((one.position for one in found), reverse=True)
    later = campaign_events.of_campaign(campaign, half.position).events
    assert [one.row.share for one in later if one.kind is CampaignEvent.MILESTONE] == [25]
