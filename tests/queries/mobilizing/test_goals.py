"""How far campaigns have come with their goals."""

import pytest

from app.domain.accounts import removals
from app.domain.mobilizing import mobilizations, sign_ups, statements
from app.domain_errors import DomainError
from app.models.campaigns.campaigns import GoalKind
from app.models.mobilizing.mobilizations import MobilizationStatus
from app.models.mobilizing.sign_ups import SignUpKind
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries.mobilizing import goals
from tests.factories import utc

NOW = utc("2025-12-20 12:00")


@pytest.fixture
def counted(make, at):
    """Return a function that makes a campaign counting something, optionally with its parts."""
    at(NOW)

    def made(kind, **changes):
        return make.campaign(goal_kind=kind, goal_number=10, **changes)

    return made


def reached(campaign):
    progress = goals.progress_of(campaign)
    assert progress.number == 10
    return progress.reached


def test_every_kind_of_goal_is_counted_and_begins_at_zero(make, at):
    at(NOW)
    assert set(goals.COUNTING) == set(GoalKind)
    for kind in GoalKind:
        assert reached(make.campaign(f"Counting {kind}", goal_kind=kind, goal_number=10)) == 0, kind
    assert goals.progress_of(make.campaign("In words only")) is None


@pytest.mark.parametrize(
    ("kind", "number", "field"), [(GoalKind.SIGNATURES, None, "goal_number"), (None, 5, "goal_kind")]
)
def test_a_goal_has_both_a_kind_and_a_number(make, at, kind, number, field):
    at(NOW)
    with pytest.raises(DomainError) as refused:
        make.campaign(goal_kind=kind, goal_number=number)
    assert refused.value.field == field


def test_who_signs_a_new_version_of_a_statement_counts_once(make, counted):
    campaign = counted(GoalKind.SIGNATURES)
    statement = make.statement(campaign)
    first = make.signature(statement.published, email="ana@example.org")
    make.signature(statement.published, email="bea@example.org")
    make.signature(statement.published, email="cleo@example.org", confirmed=False)
    statements.update(statement, {"titles": {"en": "For peace"}, "texts": {"en": "At once."}})
    statements.sign_anew(first, statements.publish(statement))
    assert reached(campaign) == 2
    make.signature(make.statement(campaign).published, email="ana@example.org")
    assert reached(campaign) == 3
    sign_ups.withdraw(first)
    assert reached(campaign) == 3, "the signature under the second version stands"


def test_who_signs_again_without_an_email_address_is_known_by_phone(make, counted):
    campaign = counted(GoalKind.SIGNATURES)
    statement = make.statement(campaign)
    phones = [make.signature(statement.published, email=None, phone=f"+57 601 555010{n}") for n in range(2)]
    for number in (2, 3):
        statements.update(statement, {"titles": {"en": "For peace"}, "texts": {"en": f"Version {number}."}})
        statements.sign_anew(phones[0], statements.publish(statement))
    assert reached(campaign) == 2


def test_withdrawn_and_unconfirmed_endorsements_do_not_count(make, counted):
    campaign = counted(GoalKind.ENDORSEMENTS)
    sign_ups.withdraw(make.sign_up(campaign))
    make.sign_up(campaign, confirmed=False)
    make.sign_up(campaign)
    assert reached(campaign) == 1


def test_proposed_canceled_and_removed_mobilizations_do_not_count(make, counted):
    campaign = counted(GoalKind.MOBILIZATIONS)
    make.mobilization(campaign, status=MobilizationStatus.PROPOSED)
    mobilizations.cancel(make.mobilization(campaign, starts=utc("2025-12-21 18:00").replace(tzinfo=None)), None)
    removals.remove(make.mobilization(campaign), by=make.user())
    make.mobilization(campaign)
    assert reached(campaign) == 1


def test_of_a_reported_range_the_lowest_number_counts(make, counted):
    campaign = counted(GoalKind.PARTICIPANTS)
    report = {"turnout_least": 5, "turnout_most": 8, "not_counted": False, "turnout_by": None, "turnout_source": None}
    mobilizations.report(make.mobilization(campaign), report)
    mobilizations.report(make.mobilization(campaign), report | {"turnout_least": 2, "turnout_most": None})
    make.mobilization(campaign)
    assert reached(campaign) == 7


def test_the_parts_of_a_campaign_count_at_any_depth_and_nobody_counts_twice(make, counted):
    whole = counted(GoalKind.ENDORSEMENTS, goal_with_parts=True)
    part = make.campaign("Part", parent_id=whole.id)
    deeper = make.campaign("Part of the part", parent_id=part.id)
    for campaign, email in (
        (whole, "ana"),
        (part, "ana"),
        (part, "bea"),
        (deeper, "cleo"),
        (make.campaign("Other"), "eva"),
    ):
        make.sign_up(campaign, SignUpKind.ENDORSE, email=f"{email}@example.org")
    assert reached(whole) == 3
    whole.goal_with_parts = False
    assert reached(whole) == 1


def test_organizations_and_subscribers_of_several_parts_count_once(make, counted):
    union = make.organization()
    for kind in (GoalKind.ORGANIZATIONS, GoalKind.SUBSCRIBERS):
        whole = counted(kind, title=f"Whole {kind}", goal_with_parts=True)
        part = make.campaign(f"Part {kind}", parent_id=whole.id)
        for campaign in (whole, part):
            make.partner(campaign, union)
            make.subscription(campaign, "ana@example.org")
        make.partner(part)
        make.subscription(part, "bea@example.org")
        make.subscription(part, confirmed=False)
        assert reached(whole) == 2, kind


def test_everybody_reads_the_same_figure_whatever_they_may_see_of_the_parts(make, counted):
    whole = counted(GoalKind.ENDORSEMENTS, goal_with_parts=True)
    make.sign_up(make.campaign("Part", parent_id=whole.id))
    enter_scope(Scope(campaign_ids=frozenset({whole.id})))
    assert reached(whole) == 1
    enter_scope(EVERYTHING)
