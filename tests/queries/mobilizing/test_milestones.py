"""When shares of a goal were reached, compared with naive counting."""

from datetime import timedelta
from itertools import accumulate, count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.mobilizing import sign_ups
from app.extensions import db
from app.models.campaigns.campaigns import GoalKind
from app.models.mobilizing.mobilizations import MobilizationStatus
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.models.mobilizing.targets import EntryKind
from app.queries.mobilizing import goals, milestones
from tests.factories import local, utc

NOW = utc("2025-12-20 12:00")
NAIVE = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
NUMBERS = count(1)
SIGNED = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 50), st.sampled_from("cccwu")), max_size=12)
"""Who signs up, after how many hours, and whether it is confirmed, withdrawn or unconfirmed."""
CAME = st.lists(st.tuples(st.integers(1, 25), st.integers(0, 400), st.booleans()), max_size=8)
"""On which day a mobilization is, how many came, and whether it is canceled."""


def naive(counted, goal, kind):
    """Return the milestones by counting one after another: pairs of an instant and how many it adds, in order."""
    totals = list(accumulate(added for _at, added in counted))
    found = {}
    for share in milestones.SHARES:
        for (at, _added), total in zip(counted, totals, strict=True):
            if total * 100 >= goal * share:
                wanted = -(-goal * share // 100)
                found[at, total] = milestones.Milestone(share, at, wanted, goal, kind)
                break
    return list(found.values())


@NAIVE
@given(SIGNED, st.integers(1, 9))
def test_people_are_counted_once_from_their_first_confirmation(make, at, signed, goal):
    at(NOW)
    campaign = make.campaign(f"Example {next(NUMBERS)}", goal_kind=GoalKind.ENDORSEMENTS, goal_number=goal)
    for number, (who, hours, state) in enumerate(signed):
        at(NOW + timedelta(days=number, hours=hours))  # far enough apart that one address may ask so often
        one = make.sign_up(campaign, email=f"{who}@example.org", confirmed=state != "u")
        if state == "w":
            sign_ups.withdraw(one)
    db.session.flush()
    first = {}
    for one in db.session.query(SignUp).filter_by(campaign_id=campaign.id):
        if one.confirmed_at is not None and one.withdrawn_at is None:
            first[one.email] = min(first.get(one.email, one.confirmed_at), one.confirmed_at)
    counted = [(when, 1) for when in sorted(first.values())]
    assert milestones.of(campaign) == naive(counted, goal, GoalKind.ENDORSEMENTS)


@NAIVE
@given(CAME, st.integers(1, 1000))
def test_a_mobilization_adds_all_who_came(make, at, came, goal):
    at(NOW)
    campaign = make.campaign(f"Example {next(NUMBERS)}", goal_kind=GoalKind.PARTICIPANTS, goal_number=goal)
    counted = []
    for number, (day, people, is_canceled) in enumerate(came):
        one = make.mobilization(campaign, starts=local(f"2025-11-{day:02} 10:{number:02}"))
        one.turnout_least = one.turnout_most = people
        if is_canceled:
            one.status = MobilizationStatus.CANCELLED
        elif people:
            counted.append((one.starts_at, people))
    db.session.flush()
    assert milestones.of(campaign) == naive(sorted(counted), goal, GoalKind.PARTICIPANTS)


@pytest.mark.parametrize("with_parts", [False, True])
def test_what_has_a_milestone_is_what_the_goal_counts(make, at, with_parts):
    at(NOW)
    whole = make.campaign(goal_kind=GoalKind.SIGNATURES, goal_number=4, goal_with_parts=with_parts)
    for campaign in (whole, make.campaign("Part", parent_id=whole.id)):
        statement = make.statement(campaign)
        for number in range(3):
            make.signature(statement.published, email=f"{number}@example.org")
        make.sign_up(campaign, SignUpKind.ENDORSE, email="ana@example.org")
        make.subscription(campaign, email="ana@example.org")
        make.partner(campaign)
        make.mobilization(campaign)
        make.target_entry(make.target(campaign), kind=EntryKind.SIGNED)
    for kind in GoalKind:
        whole.goal_kind = kind
        reached = goals.progress_of(whole).reached
        found = milestones.of(whole)
        assert [one.reached for one in found] == [one for one in (1, 2, 3, 4) if one <= reached], kind
    assert set(milestones.COUNTED) == set(goals.COUNTING)


def test_what_is_withdrawn_moves_the_milestones(make, at):
    at(NOW)
    campaign = make.campaign(goal_kind=GoalKind.ENDORSEMENTS, goal_number=2)
    first = make.sign_up(campaign)
    at(NOW + timedelta(hours=1))
    second = make.sign_up(campaign)
    assert [(one.share, one.at) for one in milestones.of(campaign)] == [
        (50, first.confirmed_at), (100, second.confirmed_at)
    ]  # fmt: skip
    sign_ups.withdraw(first)
    assert [(one.share, one.at) for one in milestones.of(campaign)] == [(50, second.confirmed_at)]
