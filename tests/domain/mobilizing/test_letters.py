"""Letters to targets: whom anyone can write to, and what is counted."""

from datetime import date

import pytest

from app.domain.accounts import removals
from app.domain.mobilizing import letters
from app.domain_errors import DomainError
from app.models.campaigns.campaigns import GoalKind
from app.models.mobilizing.targets import EntryKind, TargetStatus
from app.queries.mobilizing import goals, targets
from app.queries.mobilizing import letters as letter_queries
from tests.factories import utc


@pytest.fixture
def campaign(make, at):
    at(utc("2025-12-10 12:00"))
    return make.campaign(goal_kind=GoalKind.LETTERS, goal_number=100)


def offered(campaign):
    return [one.name for one in targets.offered(campaign.id, language="en")]


def test_only_targets_that_are_open_reachable_and_not_won_are_offered(make, campaign):
    for name, answer in (
        ("Refused", EntryKind.REFUSED),
        ("Committed", EntryKind.COMMITTED),
        ("Signed", EntryKind.SIGNED),
    ):
        make.target_entry(make.target(campaign, name), answer)
    make.target(campaign, "Closed", open_to_letters=False)
    make.target(campaign, "Unreachable", email=None)
    make.target(campaign, "By mail", email=None, postal_address="Calle 1")
    removals.remove(make.target(campaign, "Removed"), by=None)
    make.target(make.campaign("Other"), "Elsewhere")
    assert offered(campaign) == ["By mail", "Refused"]


def test_a_target_that_withdraws_its_commitment_is_offered_again(make, campaign):
    target = make.target(campaign)
    make.target_entry(target, EntryKind.COMMITTED, date(2025, 12, 1))
    assert not targets.is_offered(target)
    make.target_entry(target, EntryKind.REFUSED, date(2025, 12, 2))
    assert targets.is_offered(target)


def test_letters_count_by_target_country_and_language_and_towards_the_goal(make, campaign):
    port, ship = make.target(campaign), make.target(campaign, "Shipping line")
    for target, country, locale in ((port, "CO", "es"), (port, "CO", "es"), (port, None, "fr"), (ship, "BR", "pt")):
        make.sent_letter(target, country, locale)
    make.sent_letter(make.target(make.campaign("Other")))
    assert letter_queries.counts(campaign.id) == {port.id: 3, ship.id: 1}
    tally = letter_queries.tally(campaign.id)
    assert (tally.total, tally.countries[0], tally.languages[0]) == (4, ("CO", 2), ("es", 2))
    assert set(tally.countries) == {("CO", 2), (None, 1), ("BR", 1)}
    assert goals.progress_of(campaign).reached == 4
    assert targets.statuses([port])[port.id] is TargetStatus.ASKED
    removals.remove(port, by=None)
    assert goals.progress_of(campaign).reached == letter_queries.tally(campaign.id).total == 1


def test_a_letter_to_a_target_that_has_agreed_meanwhile_is_not_counted(make, campaign):
    target = make.target(campaign)
    make.target_entry(target, EntryKind.SIGNED)
    with pytest.raises(DomainError):
        letters.count(target, country=None, locale="en")
    assert letter_queries.counts(campaign.id) == {}


def test_texts_in_the_language_of_the_target_come_first(make, campaign):
    for language in ("en", "fr", "pt", "es", "pt"):
        make.letter_text(campaign, letter_language=language)
    languages = [one.letter_language for one in letter_queries.texts(campaign.id, ["pt", "es", "pt"])]
    assert languages == ["pt", "pt", "es", "en", "fr"]
