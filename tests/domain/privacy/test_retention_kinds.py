"""What each kind of data is, when it is due, and what is left of it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from app import clock
from app.domain.actions import comments, follow_ups
from app.domain.campaigns import address_changes, subscriptions
from app.domain.congress import removed_people
from app.domain.mobilizing import statements
from app.domain.people import contact_details
from app.domain.travel import check_ins, help_calls
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from app.models.campaigns.campaigns import CampaignStatus, GoalKind
from app.models.campaigns.subscriptions import Subscription
from app.models.imports.imports import ImportStatus
from app.models.mail.deliveries import Delivery, MailboxLetter
from app.models.mobilizing.sign_ups import SignUp, SignUpKind
from app.models.oversight.lines import LogLine, LogValues
from app.models.people.custom_fields import RecordKind
from app.models.people.other_names import NameKind
from app.models.people.people import ContactDetail, ContactType, Person
from app.models.privacy.retention import RetentionKind as Kind
from app.models.removing import REMOVED
from app.models.travel.check_ins import Answer, GivenAnswer, HelpCall
from app.queries.accounts import log
from app.queries.mobilizing import goals
from app.queries.privacy.retention_rules import RULES
from tests.domain.privacy.periods import due, keep, swept
from tests.factories import local, utc

BEFORE, LATER = utc("2025-11-01 12:00"), utc("2026-06-01 03:00")
DAYS = 30


@pytest.fixture(autouse=True)
def clock_before(at):
    at(BEFORE)


@pytest.fixture
def over(make):
    """A congress that is long over in June 2026."""
    return make.congress()


@pytest.fixture
def ended(make):
    """A campaign that has ended by June 2026."""
    return make.campaign(end_date=date(2025, 12, 31), status=CampaignStatus.ENDED, open_to_sign_ups=True)


def verbs(table, number):
    """Return what the history of a record tells of sweeps."""
    entries = select(AuditEntry).where(AuditEntry.subject == table, AuditEntry.subject_id == number)
    found = db.session.scalars(entries.order_by(AuditEntry.id), execution_options=REMOVED).unique()
    told = [(one.verb, one.before, one.after) for one in found]
    return [one for one in told if one[0] in ("emptied", "period ended")]


def test_every_kind_has_a_rule_and_no_column_is_left_out_of_its_condition():
    assert set(RULES) == set(Kind)
    for rule in RULES.values():
        for part in rule.parts:
            assert set(part.emptied or {}) <= {column.name for column in part.model.__table__.columns}


def test_a_nationality_is_null_with_its_digest_and_its_history_tells_no_value(make, at, over):
    person = make.person(congress=over, nationality="CO")
    at(LATER)
    keep(Kind.NATIONALITIES, DAYS)
    assert due(Kind.NATIONALITIES, DAYS) == 1
    assert swept(Kind.NATIONALITIES) == 1
    stored = db.session.execute(
        text("SELECT nationality, nationality_digest FROM people"), execution_options={"unscoped": "a test"}
    )
    assert stored.all() == [(None, None)]
    assert verbs("people", person.id) == [("emptied", {"nationality": None}, {"nationality": None})]
    assert swept(Kind.NATIONALITIES) == due(Kind.NATIONALITIES, DAYS) == 0


def test_a_nationality_of_somebody_who_takes_part_in_nothing_is_kept_from_the_last_change_on(make, at):
    person = make.person(nationality="CO")
    at(LATER)
    keep(Kind.NATIONALITIES, DAYS)
    contact_details.add(
        person,
        {"type": ContactType.EMAIL, "value": "a@example.org", "note": None, "valid_from": None, "valid_until": None},
    )
    assert swept(Kind.NATIONALITIES) == 0
    at(LATER + timedelta(days=31))
    assert swept(Kind.NATIONALITIES) == 1


def test_a_seat_in_a_removed_delegation_still_counts(make, at, over):
    person = make.person(congress=over, nationality="CO")
    later = make.congress("Next", start_date=date(2026, 8, 1), end_date=date(2026, 8, 3))
    delegation = make.delegation(later, delegates=0)
    make.seat(delegation, person)
    delegation.removed_at = LATER
    at(LATER)
    assert due(Kind.NATIONALITIES, DAYS) == 0


def test_names_in_passports_go_and_are_not_found_any_more(make, at, over):
    person = make.person(congress=over)
    make.other_name(person, "Rosalía Pasaporte")
    make.other_name(person, "Rosita", NameKind.KNOWN_AS)
    at(LATER)
    keep(Kind.PASSPORT_NAMES, DAYS)
    assert swept(Kind.PASSPORT_NAMES) == 1
    assert [one.name for one in person.other_names] == ["Rosita"]
    assert "pasaporte" not in person.words
    assert "rosita" in person.words


def test_notes_of_travelers_go_unless_they_still_call_for_help(make, at, over):
    calling, helped = make.delegation(over).delegates
    alice = make.user("Alice")
    for delegate in (calling, helped):
        check_ins.record_report(delegate, Answer.NEED_HELP, "held at the border")
    call = db.session.scalars(select(HelpCall).where(HelpCall.delegate_id == helped.id)).one()
    help_calls.close(call, by=alice, note="with Ana")
    at(LATER)
    keep(Kind.ANSWER_NOTES, DAYS)
    keep(Kind.HELP_NOTES, DAYS)
    assert (swept(Kind.ANSWER_NOTES), swept(Kind.HELP_NOTES)) == (1, 1)
    notes = db.session.execute(select(GivenAnswer.delegate_id, GivenAnswer.note)).all()
    assert sorted(notes) == [(calling.id, "held at the border"), (helped.id, None)]
    assert (call.closing_note, call.closed_by) == (None, alice)
    assert due(Kind.ANSWER_NOTES, DAYS) == 0


def test_booking_references_go_and_the_leg_stays(make, at, over):
    leg = make.leg(make.delegation(over), booking_reference="X7K2")
    at(LATER)
    keep(Kind.BOOKING_REFERENCES, DAYS)
    assert swept(Kind.BOOKING_REFERENCES) == 1
    assert (leg.booking_reference, leg.carrier) == (None, "Avianca")
    assert [verb for verb, *_ in verbs("legs", leg.id)] == ["emptied"]


def test_contact_details_besides_email_and_own_fields_go_from_whoever_takes_part_in_nothing(make, at, over):
    going, staying = (make.person(congress=over, email=f"{one}@example.org", phone="+58 212 5550142") for one in "ab")
    field = make.custom_field(RecordKind.PERSON)
    for person in (going, staying):
        make.custom_value(person, field)
    at(LATER)
    interactions_of(make, staying)
    for kind in (Kind.CONTACT_DETAILS, Kind.OWN_FIELDS):
        keep(kind, DAYS)
        assert swept(kind) == 1
        assert due(kind, DAYS) == 0
    left = db.session.execute(select(ContactDetail.person_id, ContactDetail.type).order_by(ContactDetail.id)).all()
    assert left == [
        (going.id, ContactType.EMAIL), (staying.id, ContactType.EMAIL), (staying.id, ContactType.PHONE),
    ]  # fmt: skip
    assert {tuple(before) for _verb, before, _after in verbs("people", going.id)} == {
        ("contact_details",), ("custom_values",),
    }  # fmt: skip


def interactions_of(make, person):
    """Somebody has just spoken with a person."""
    return make.interaction(person, by=make.user())


def test_people_who_take_part_in_nothing_are_removed_and_can_be_restored(make, at, over):
    person = make.person(congress=over, nationality="CO")
    at(LATER)
    keep(Kind.PEOPLE, DAYS)
    assert swept(Kind.PEOPLE) == 1
    assert db.session.scalars(select(Person)).all() == []
    assert [verb for verb, *_ in verbs("people", person.id)] == ["period ended"]
    assert swept(Kind.PEOPLE) == 0
    removed_people.bring_back(person, may_edit=lambda *_: True)
    assert person.nationality == "CO"
    assert swept(Kind.PEOPLE) == 0  # whoever restored the record wants it
    at(LATER + timedelta(days=31))
    assert swept(Kind.PEOPLE) == 1


@pytest.mark.parametrize("why", ["account", "subscription", "brigade", "action", "next step", "help"])
def test_people_who_are_needed_are_never_removed(make, at, over, ended, why):
    person, alice = make.person(congress=over, email="rosa@example.org"), make.user("Alice")
    match why:
        case "account":
            make.grant(make.user("Rosa", email="rosa@example.org"), Role.MEMBER)
        case "subscription":
            make.subscription(ended, "rosa@example.org")
        case "brigade":
            make.brigade_member(make.brigade(ended), person)
        case "action":
            make.follow_up(over, alice).person = person
        case "next step":
            make.follow_up(over, alice).interaction = make.interaction(person, by=alice)
        case "help":
            help_calls.call(make.seat(make.delegation(over, delegates=0), person))
    other = make.person(congress=over)
    at(LATER)
    keep(Kind.PEOPLE, DAYS)
    assert swept(Kind.PEOPLE) == 1
    assert (person.removed_at, other.removed_at is None) == (None, False)


def test_notes_of_interactions_and_closed_actions_go_with_comments_and_files(make, at, over):
    alice, running = make.user("Alice"), make.campaign("Running")
    done, open_one = (make.follow_up(over, alice, note="her number is 12") for _ in range(2))
    follow_ups.complete(done)
    elsewhere = make.follow_up(running, alice, note="still on")
    follow_ups.complete(elsewhere)
    make.attachment(done)
    comments.comment(done, "call her sister", by=alice)
    said = [make.interaction(None, organization=make.organization(), by=alice, body="secret", **where)
            for where in ({"congress": over}, {"campaign": running})]  # fmt: skip
    at(LATER)
    for kind, rows in ((Kind.ACTION_NOTES, 2), (Kind.ATTACHMENTS, 1), (Kind.INTERACTION_NOTES, 1)):
        keep(kind, DAYS)
        assert (swept(kind), due(kind, DAYS)) == (rows, 0)
    assert [one.note for one in (done, open_one, elsewhere)] == [None, "her number is 12", "still on"]
    assert [one.body for one in said] == [None, "secret"]
    assert {tuple(before) for _verb, before, _after in verbs("follow_ups", done.id)} == {("note",), ("files",)}


def test_who_attended_goes_after_the_mobilization_and_still_counts(make, at, ended):
    march, later = (
        make.mobilization(ended, contact="Ana", starts=local(day)) for day in ("2025-12-12 18:00", "2026-05-31 22:00")
    )
    coming = [make.sign_up(ended, SignUpKind.ATTEND, about={"mobilization_id": one.id}) for one in (march, later)]
    at(LATER)
    for kind in (Kind.ATTENDANCES, Kind.MOBILIZATION_CONTACTS):
        keep(kind, 1)
        assert (swept(kind), due(kind, 1)) == (1, 0)
    assert [(one.email is None, one.name == "", one.is_confirmed) for one in coming] == [
        (True, True, True), (False, False, True),
    ]  # fmt: skip
    assert [one.contact for one in (march, later)] == [None, "Ana"]


def test_addresses_of_signers_go_and_who_signed_two_versions_still_counts_once(make, at, ended):
    statement = make.statement(ended)
    make.signature(statement.published, email="a@example.org", name="Ana")
    make.signature(statement.published, email="b@example.org")
    statement.texts = statement.texts | {"en": "We want peace now."}
    make.signature(statements.publish(statement), email="a@example.org")
    statements.close(statement)
    at(LATER)
    keep(Kind.SIGNATURES, DAYS)
    assert (swept(Kind.SIGNATURES), due(Kind.SIGNATURES, DAYS)) == (3, 0)
    assert db.session.scalar(goals.COUNTING[GoalKind.SIGNATURES]([ended.id])) == 2
    first = db.session.scalars(select(SignUp).order_by(SignUp.id)).first()
    assert (first.name, first.email, first.is_confirmed) == ("Ana", None, True)


def test_who_endorsed_twice_is_counted_once_without_an_address(make, at, ended):
    parts = [
        ended,
        make.campaign("Part", end_date=date(2025, 12, 31), status=CampaignStatus.ENDED, open_to_sign_ups=True),
    ]
    for campaign in parts:
        make.sign_up(campaign, email="a@example.org")
    make.sign_up(ended, SignUpKind.JOIN, about={"brigade_id": make.brigade(ended, is_open=True).id})
    at(LATER)
    for kind, rows in ((Kind.ENDORSEMENTS, 2), (Kind.BRIGADE_REQUESTS, 1)):
        keep(kind, DAYS)
        assert (swept(kind), due(kind, DAYS)) == (rows, 0)
    assert db.session.scalar(goals.COUNTING[GoalKind.ENDORSEMENTS]([one.id for one in parts])) == 1


def test_subscriptions_go_if_nobody_confirmed_them_or_their_campaign_is_over(make, at, ended):
    running = make.campaign("Running")
    for campaign in (running, ended):  # while a campaign runs, nobody else may subscribe its owner again
        subscriptions.unsubscribe(make.subscription(campaign, "gone@example.org"))
    make.subscription(running, "never@example.org", confirmed=False)
    make.subscription(running, "here@example.org")
    make.subscription(ended, "there@example.org")
    at(LATER)
    for kind in (Kind.ENDED_SUBSCRIPTIONS, Kind.UNCONFIRMED_SUBSCRIPTIONS, Kind.SUBSCRIPTIONS):
        keep(kind, DAYS)
        assert (swept(kind), due(kind, DAYS)) == (1, 0)
    assert db.session.scalars(select(Subscription.email).order_by(Subscription.email)).all() == [
        "gone@example.org",
        "here@example.org",
    ]


def test_letters_go_once_they_were_sent(make, at, ended):
    make.subscription(ended, confirmed=False)
    deliver_due()
    at(LATER)
    make.subscription(ended, confirmed=False)
    for kind, model in ((Kind.DELIVERIES, Delivery), (Kind.MAILBOX_LETTERS, MailboxLetter)):
        keep(kind, DAYS)
        before = db.session.scalar(select(func.count()).select_from(model))
        assert (swept(kind), due(kind, DAYS)) == (1, 0)
        assert db.session.scalar(select(func.count()).select_from(model)) == before - 1


def test_samples_of_imported_files_go_and_their_columns_stay(make, at):
    work = make.imported()
    work.status, work.written_at = ImportStatus.WRITTEN, clock.now()
    assert work.samples
    at(LATER)
    keep(Kind.IMPORT_SAMPLES, DAYS)
    assert (swept(Kind.IMPORT_SAMPLES), due(Kind.IMPORT_SAMPLES, DAYS)) == (1, 0)
    assert (work.samples, work.top, work.header) == ([], [], ["name"])


def test_values_in_the_audit_log_go_and_its_chain_holds(make, at, over):
    db.session.commit()
    lines = db.session.scalar(select(func.count()).select_from(LogLine))
    assert db.session.scalar(select(func.count()).select_from(LogValues))
    at(LATER)
    keep(Kind.LOG_VALUES, DAYS)
    assert swept(Kind.LOG_VALUES) >= 1
    db.session.commit()
    assert due(Kind.LOG_VALUES, DAYS) == 0
    assert db.session.scalar(select(func.count()).select_from(LogLine)) > lines
    assert log.verify().fault is None


def test_changed_addresses_of_subscribers_go(make, at, ended):
    subscription = make.subscription(ended)
    address_changes.request(subscription, "new@example.org")
    at(LATER)
    keep(Kind.ADDRESS_CHANGES, DAYS)
    assert (swept(Kind.ADDRESS_CHANGES), due(Kind.ADDRESS_CHANGES, DAYS)) == (1, 0)
