"""Campaigns."""

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.campaigns.campaigns import Campaign, CampaignStatus


def test_saving_a_campaign_keeps_a_congress_that_is_out_of_the_users_scope(house, browse):
    with house.open() as make:
        congress, user = make.congress(), make.user()
        campaign = make.campaign(related_congress_id=congress.id)
        make.grant(user, campaign=campaign)
    alice, path = browse(user), f"/campaigns/{campaign.id}/edit"
    page = alice.get(path).text
    assert congress.title not in page
    assert "a congress that you do not have access to" in page
    assert alice.edit(path, title="Changed").status_code == 302
    with house.open():
        kept = db.session.get(Campaign, campaign.id)
        assert (kept.title, kept.related_congress_id) == ("Changed", congress.id)


def test_a_campaign_that_ended_without_a_last_day_asks_for_it(house, browse):
    with house.open() as make:
        alice = make.user("Alice")
        campaign = make.campaign(end_date=None, status=CampaignStatus.ENDED)
        make.grant(alice, Role.COORDINATOR, campaign=campaign)
    page = f"/campaigns/{campaign.id}"
    assert f'<a href="{page}/edit">Enter the last day</a>' in browse(alice).get(page).text
    browse(alice).edit(f"{page}/edit", end_date="2026-05-01")
    assert "Enter the last day" not in browse(alice).get(page).text
