"""What an email is about is asked again when it is composed, for every kind of email."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app import clock
from app.domain.accounts import notices as account_notices
from app.domain.actions import comments, losing_access
from app.domain.campaigns import address_changes, approvals, digests, subscriptions
from app.domain.campaigns.variants import variant_of
from app.domain.mail import deliveries, escalations
from app.domain.mobilizing import (
    brigade_members,
    decisions,
    notices,
    shift_places,
    sign_ups,
    statements,
)
from app.domain.people import consents, contact_details, mailings
from app.domain.travel import check_ins, help_calls, problems
from app.emails.campaigns import digests as digest_letters
from app.extensions import db
from app.jobs.mail.composers import compose
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import Delivery, DeliveryKind
from app.models.mobilizing.sign_ups import Decision, SignUpKind
from app.models.people.consents import ConsentMeans
from app.models.travel.check_ins import Answer, CheckIn
from app.models.travel.problems import EntityKind
from tests.factories import period, utc

NOW = utc("2025-12-01 14:00")
KIND = DeliveryKind


@pytest.fixture
def story(make, at):
    """Bob works on a congress and coordinates a campaign, in each of which Alice has an address or an action."""
    at(NOW)
    story = SimpleNamespace(make=make, congress=make.congress(), campaign=make.campaign(), bob=make.user("Bob"))
    story.alice = make.user("Alice")
    make.grant(story.alice, Role.ADMIN)
    story.grants = [
        make.grant(story.bob, Role.COORDINATOR, congress=story.congress),
        make.grant(story.bob, Role.COORDINATOR, campaign=story.campaign),
    ]
    return story


def revoked(story):
    """Take every role of Bob away, and nothing else."""
    for one in story.grants:
        one.revoked_at = clock.now()


def action(story, **changes):
    return story.make.follow_up(story.congress, story.bob, by=story.alice, **changes)


def assignment(story):
    action(story)


def reminder(story):
    action(story, due_at=utc("2025-12-02 14:00"))
    deliveries.queue_reminders([("user", story.bob.id, "day:1", clock.now())])


def escalation(story):
    late = story.make.follow_up(
        story.congress, story.alice, utc("2025-11-28 14:00"), escalate_to=story.bob, escalate_after_hours=24
    )
    late.escalated_at = clock.now()
    escalations.queue([late], story.bob, occasion="day:1")


def mention(story):
    comments.comment(action(story), "@Bob look", by=story.alice, readers=[story.bob])


def invitation(story):
    deliveries.queue(KIND.INVITATION, user=story.bob, occasion="one", due_at=clock.now())


def account_changed(story):
    account_notices.new_device(story.bob, story.make.session(story.bob))


def closed(story):
    story.bob.deactivated_at = clock.now()


def drafted(story):
    """Return a digest that waits for approval; its approvers are told."""
    story.make.cite(story.make.article(), story.campaign)
    story.make.subscription(story.campaign)
    return digests.compose_now(story.campaign)


def draft(story):
    digest = drafted(story)
    deliveries.queue(KIND.DRAFT, user=story.bob, occasion="draft", due_at=clock.now(), digest_id=digest.id)


def digest_test(story):
    digest = drafted(story)
    variant = variant_of(digest, ["en"], "UTC", digest.period_start)
    approvals.send_test(digest, variant, digest_letters.render, story.bob)


def mailing_test(story):
    mailings.send_test(story.make.mailing(congress=story.congress), story.bob)


def export(story):
    schedule = story.make.scheduled_export(story.make.segment(congress=story.congress), story.bob)
    story.make.exported_file(schedule)
    deliveries.queue(KIND.EXPORT, user=story.bob, occasion="file", due_at=clock.now())


def traveler(story):
    delegation = story.make.delegation(story.congress, delegates=0)
    story.make.leg(delegation)
    person = story.make.person("Rosa", congress=story.congress, email="rosa@example.org")
    return story.make.seat(delegation, person)


def help_call(story):
    help_calls.call(traveler(story))


def check_in(story):
    problem = story.make.problem(story.congress)
    problems.add_entity(problem, {"kind": EntityKind.COUNTRY, "country": "VE"})
    problems.add_period(problem, period(clock.now()))
    traveler(story)
    check_ins.ask(problem)
    return lambda: check_ins.answer(db.session.scalars(select(CheckIn)).one(), Answer.SAFE, None)


def travel_link(story):
    rosa = traveler(story)
    deliveries.queue_links(rosa.delegation)
    return lambda: contact_details.remove(rosa.person.contact_details[0])


def member(story, **changes):
    brigade = story.make.brigade(story.campaign)
    rosa = story.make.person("Rosa", campaign=story.campaign, email="rosa@example.org")
    return story.make.brigade_member(brigade, rosa, **changes)


def brigade_link(story):
    one = member(story)
    brigade_members.send_link(one)
    return lambda: brigade_members.decline(one)


def shift_reminder(story):
    one = member(story)
    place = story.make.shift_place(story.make.shift(one.brigade), one)
    return lambda: shift_places.give_back(place)


def shift_changed(story):
    one = member(story)
    story.make.shift_place(story.make.shift(one.brigade), one)
    return lambda: brigade_members.decline(one)


def next_shift(story):
    one = member(story)
    place = story.make.shift_place(story.make.shift(one.brigade), one)
    place.next_shift = story.make.shift(one.brigade, "2025-12-12T09:00")
    deliveries.queue(
        KIND.NEXT_SHIFT, person=one.person, occasion="next", due_at=clock.now(), shift_place_id=place.id
    )  # fmt: skip
    return lambda: brigade_members.set_asks(one, wanted=False)


def mailing(story):
    rosa = story.make.person("Rosa", congress=story.congress, email="rosa@example.org")
    consent = story.make.consent(rosa)
    segment = story.make.segment(congress=story.congress)
    story.make.condition(segment)
    letter = story.make.mailing(segment)
    mailings.approve(letter, by=story.bob, shown=mailings.reviewed(letter, mailings.audience(letter)))
    return lambda: consents.withdraw(consent, clock.now().date(), ConsentMeans.LINK, by=None)


def sign_up(story):
    asked = story.make.sign_up(story.campaign, confirmed=False)
    return lambda: sign_ups.confirm(asked)


def decided(story):
    brigade = story.make.brigade(story.campaign, is_open=True)
    asked = story.make.sign_up(story.campaign, SignUpKind.JOIN, about={"brigade_id": brigade.id})
    decisions.decide(asked, Decision.DECLINED, "Too many", by=story.bob)
    decisions.tell(asked)
    return lambda: sign_ups.withdraw(asked)


def mobilization_changed(story):
    mobilization = story.make.mobilization(story.campaign)
    about = {"mobilization_id": mobilization.id}
    attending = story.make.sign_up(story.campaign, SignUpKind.ATTEND, about=about)
    notices.tell(mobilization, "as it was before")
    return lambda: sign_ups.withdraw(attending)


def new_version(story):
    statement = story.make.statement(story.campaign)
    signature = story.make.signature(statement.published)
    statements.update(statement, {"titles": {"en": "For peace"}, "texts": {"en": "Peace now."}})
    statements.publish(statement)
    return lambda: sign_ups.withdraw(signature)


def confirmation(story):
    asked = story.make.subscription(story.campaign, confirmed=False)
    return lambda: subscriptions.confirm(asked)


def subscribed(story):
    return story.make.subscription(story.campaign, "rosa@example.org")


def member_link(story):
    one = subscribed(story)
    deliveries.queue(KIND.MEMBER_LINK, subscription=one, occasion="link", due_at=clock.now())
    return lambda: subscriptions.unsubscribe(one)


def address_change(story):
    one = subscribed(story)
    address_changes.request(one, "luz@example.org")
    return lambda: subscriptions.unsubscribe(one)


def address_changed(story):
    one = subscribed(story)
    change = address_changes.request(one, "luz@example.org")
    address_changes.confirm(change, [one])
    return lambda: setattr(change, "undone_at", clock.now())


def digest(story):
    made = drafted(story)
    approvals.approve(made, digest_letters.render, by=None, revision=made.revision)
    member = db.session.scalars(select(Delivery).where(Delivery.kind == KIND.DIGEST)).one().subscription
    return lambda: subscriptions.unsubscribe(member)


TO_ACCOUNTS = {
    KIND.ASSIGNMENT: assignment,
    KIND.REMINDER: reminder,
    KIND.ESCALATION: escalation,
    KIND.MENTION: mention,
    KIND.DRAFT: draft,
    KIND.DIGEST_TEST: digest_test,
    KIND.MAILING_TEST: mailing_test,
    KIND.EXPORT: export,
    KIND.HELP_CALL: help_call,
}
"""Emails that an account gets for its roles. Each function has one queued to Bob."""

TO_OTHERS = {
    KIND.CHECK_IN: check_in,
    KIND.TRAVEL_LINK: travel_link,
    KIND.BRIGADE_LINK: brigade_link,
    KIND.SHIFT_REMINDER: shift_reminder,
    KIND.SHIFT_CHANGED: shift_changed,
    KIND.NEXT_SHIFT: next_shift,
    KIND.MAILING: mailing,
    KIND.SIGN_UP: sign_up,
    KIND.SIGN_UP_AGAIN: sign_up,
    KIND.SIGN_UP_DECIDED: decided,
    KIND.MOBILIZATION_CHANGED: mobilization_changed,
    KIND.NEW_VERSION: new_version,
    KIND.CONFIRMATION: confirmation,
    KIND.MEMBER_LINK: member_link,
    KIND.ADDRESS_CHANGE: address_change,
    KIND.ADDRESS_CHANGED: address_changed,
    KIND.DIGEST: digest,
}
"""Emails to people without an account. Each function has one queued, and returns what makes it unwanted."""

OWN = {KIND.INVITATION: invitation, KIND.ACCOUNT_CHANGED: account_changed}
"""Emails about the account itself, for which only closing the account is asked."""
OF_BRIGADES = {KIND.BRIGADE_ACTION}
"""Emails to the coordinators of a brigade, which only being one of them allows; the tests of brigades' actions ask it."""
OF_ADMINS = {KIND.ALARM}
"""Emails to admins, which only being one allows; the tests of alarms ask it."""
OF_ROLES = {KIND.ROLE_ENDS}
"""Emails about a role, while it ends as they say; the tests of ending roles ask it."""
PAST = {KIND.OVERDUE}
"""Kinds that are no longer queued."""


def letter(kind, **recipient):
    """Return the email of a kind as the outbox composes it now."""
    db.session.commit()
    db.session.expire_all()
    found = select(Delivery).where(Delivery.kind == kind).filter_by(**recipient).order_by(Delivery.id)
    return compose(db.session.scalars(found).first())


def test_every_kind_of_email_says_how_it_is_asked_again():
    assert {*TO_ACCOUNTS, *TO_OTHERS, *OWN, *OF_BRIGADES, *OF_ADMINS, *OF_ROLES, *PAST} == {*DeliveryKind}


@pytest.mark.parametrize("kind", TO_ACCOUNTS)
def test_an_account_without_its_role_gets_no_email_that_was_promised_before(story, kind):
    TO_ACCOUNTS[kind](story)
    assert letter(kind, user_id=story.bob.id) is not None
    revoked(story)
    assert letter(kind, user_id=story.bob.id) is None


@pytest.mark.parametrize("kind", TO_ACCOUNTS)
def test_an_account_with_a_lower_or_another_role_gets_no_email_for_which_it_does_not_suffice(story, kind):
    TO_ACCOUNTS[kind](story)
    revoked(story)
    for place in ({"congress": story.congress}, {"campaign": story.campaign}):
        story.make.grant(story.bob, Role.MEMBER, **place)
    story.make.grant(story.bob, Role.COORDINATOR, congress=story.make.congress())
    assert letter(kind, user_id=story.bob.id) is None


@pytest.mark.parametrize("kind", TO_ACCOUNTS)
def test_revoking_the_roles_withdraws_the_emails_that_wait(story, kind):
    TO_ACCOUNTS[kind](story)
    db.session.commit()
    for one in story.grants:
        losing_access.revoke(one, by=story.alice)
    db.session.commit()
    waiting = select(Delivery).where(Delivery.kind == kind, Delivery.user_id == story.bob.id)
    waiting = db.session.scalars(waiting.execution_options(populate_existing=True)).all()
    assert [one.withdrawn_at is None for one in waiting] == [False] * len(waiting)


@pytest.mark.parametrize("kind", TO_ACCOUNTS)
def test_revoking_another_role_leaves_the_emails_that_may_still_be_read(story, kind):
    other = story.make.grant(story.bob, Role.ORGANIZER, congress=story.make.congress())
    TO_ACCOUNTS[kind](story)
    losing_access.revoke(other, by=story.alice)
    assert letter(kind, user_id=story.bob.id) is not None


@pytest.mark.parametrize("kind", [*TO_ACCOUNTS, *OWN])
def test_a_closed_account_gets_no_email(story, kind):
    ({**TO_ACCOUNTS, **OWN}[kind])(story)
    assert letter(kind, user_id=story.bob.id) is not None
    closed(story)
    assert letter(kind, user_id=story.bob.id) is None


@pytest.mark.parametrize("kind", TO_OTHERS)
def test_nobody_gets_an_email_that_is_no_longer_wanted(story, kind):
    take = TO_OTHERS[kind](story)
    assert letter(kind) is not None
    take()
    assert letter(kind) is None


def test_an_assignment_names_only_the_actions_that_may_still_be_read(story):
    kept = story.make.follow_up(story.campaign, story.bob, title="Print posters")
    hidden = action(story, title="Hide the list")
    deliveries.queue_assignment([kept, hidden], story.bob, occasion="together")
    story.grants[0].revoked_at = clock.now()
    db.session.commit()
    found = select(Delivery).where(Delivery.occasion == "together")
    text = compose(db.session.scalars(found).one()).text
    assert "Print posters" in text
    assert "Hide the list" not in text
