"""Campaigns that are part of others never make a circle."""

from functools import partial

import pytest

from app.domain.campaigns import campaigns
from app.domain_errors import DomainError
from app.extensions import db
from app.models.campaigns.campaigns import Campaign
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.campaigns import origins
from tests.races import meet, together


def part_of(campaign, parent_id):
    """Return the values of a campaign as they are, as part of another one."""
    values = {name: getattr(campaign, name, None) for name in campaigns.CampaignValues.__annotations__}
    return values | {"parent_id": parent_id, "resolution_ids": []}


def test_a_campaign_cannot_be_part_of_its_own_part(make):
    whole = make.campaign("Whole")
    middle = make.campaign("Middle", parent_id=whole.id)
    part = make.campaign("Part", parent_id=middle.id)
    for inner in (whole, middle, part):
        with pytest.raises(DomainError) as refused:
            campaigns.update(whole, part_of(whole, inner.id))
        assert refused.value.field == "parent_id"


def test_of_two_changes_at_once_that_would_make_a_circle_one_is_refused(make, app, monkeypatch):
    one, other = make.campaign("One"), make.campaign("Other")
    meet(monkeypatch, origins, "is_within")

    def move(part_id, whole_id):
        with app.app_context():
            enter_scope(EVERYTHING)
            try:
                part = db.session.get_one(Campaign, part_id)
                campaigns.update(part, part_of(part, whole_id))
                db.session.commit()
                return "changed"
            except DomainError as error:
                db.session.rollback()
                return error.field

    db.session.commit()
    outcomes = together(partial(move, one.id, other.id), partial(move, other.id, one.id))
    assert sorted(outcomes) == ["changed", "parent_id"]
