"""Targets of a campaign: how they have answered, and what counts as an answer."""

from datetime import date

import pytest

from app import clock
from app.domain.accounts import removals
from app.domain.mobilizing import targets
from app.domain_errors import DomainError
from app.models.campaigns.campaigns import GoalKind
from app.models.mobilizing.targets import EntryKind, TargetStatus
from app.queries.lookup import REMOVED_FOR, Missing
from app.queries.mobilizing import goals
from app.queries.mobilizing import targets as target_queries
from app.queries.mobilizing.targets import Wanted
from tests.factories import utc

ASKED, REPLIED, COMMITTED, REFUSED, SIGNED = EntryKind


@pytest.fixture
def campaign(make, at):
    at(utc("2025-12-10 12:00"))
    return make.campaign(goal_kind=GoalKind.COMMITMENTS, goal_number=10)


def names(campaign, **wanted):
    page = target_queries.find(campaign.id, Wanted(**wanted), 1, language="en")
    return [one.name for one in page.rows]


@pytest.mark.parametrize(
    ("log", "status"),
    [
        ([], TargetStatus.NEW),
        ([(ASKED, 1)], TargetStatus.ASKED),
        ([(REPLIED, 2), (ASKED, 5)], TargetStatus.REPLIED),
        ([(COMMITTED, 2), (REPLIED, 5), (ASKED, 6)], TargetStatus.COMMITTED),
        ([(REFUSED, 5), (COMMITTED, 2)], TargetStatus.REFUSED),
        ([(REFUSED, 2), (SIGNED, 2)], TargetStatus.SIGNED),
    ],
)
def test_the_latest_decision_says_how_a_target_has_answered(make, campaign, log, status):
    target, other = make.target(campaign), make.target(campaign, "Other")
    for kind, day in log:
        make.target_entry(target, kind, date(2025, 12, day))
    assert target_queries.statuses([target, other]) == {target.id: status, other.id: TargetStatus.NEW}
    assert target_queries.counts(campaign.id)[status] >= 1
    assert target.name in names(campaign, status=status.value)
    assert goals.progress_of(campaign).reached == status.is_won


def test_an_entry_that_is_removed_changes_how_the_target_has_answered(make, campaign):
    target = make.target(campaign)
    entry = make.target_entry(target, SIGNED)
    targets.remove_entry(entry)
    assert target_queries.statuses([target]) == {target.id: TargetStatus.NEW}


def test_nothing_is_logged_that_has_not_happened_yet(make, campaign):
    with pytest.raises(DomainError) as refused:
        make.target_entry(make.target(campaign), happened_on=date(2025, 12, 12))
    assert refused.value.field == "happened_on"


def test_a_list_is_filtered_and_ordered_by_country(make, campaign):
    make.target(campaign, "Zeta", country="BR")
    make.target(campaign, "Ministry of Ports", country="VE", post="Minister Péres")
    make.target(campaign, "Alfa", country=None)
    assert names(campaign) == ["Zeta", "Ministry of Ports", "Alfa"]
    assert names(campaign, typed="peres") == ["Ministry of Ports"]
    assert names(campaign, typed="brasil") == ["Zeta"]
    assert names(campaign, country="VE") == ["Ministry of Ports"]
    assert names(campaign, kind="company") == []
    assert set(target_queries.countries(campaign.id)) == {"BR", "VE"}


def test_a_removed_target_is_in_no_list_and_counts_no_more_until_it_is_restored(make, campaign):
    target = make.target(campaign)
    make.target_entry(target, COMMITTED)
    removals.remove(target, by=None)
    assert (names(campaign), goals.progress_of(campaign).reached) == ([], 0)
    with pytest.raises(Missing):
        target_queries.get(campaign.id, target.id)
    assert list(target_queries.removed()) == [target]
    removals.bring_back(target_queries.get_restorable(campaign.id, target.id))
    assert (names(campaign), goals.progress_of(campaign).reached) == (["Port Authority"], 1)


def test_targets_that_were_removed_long_ago_are_deleted_with_their_logs(make, campaign):
    target = make.target(campaign)
    make.target_entry(target)
    target.removed_at = clock.now() - REMOVED_FOR
    targets.sweep()
    with pytest.raises(Missing):
        target_queries.get_restorable(campaign.id, target.id)
