"""The members of segments: the statement finds whom a plain reading of the conditions finds, within the scope."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.accounts import audit
from app.domain.people import conditions, segments, tags
from app.domain.people.conditions import ConditionValues
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.campaigns.subscriptions import Subscription
from app.models.congress.delegations import Capacity, Delegate, DelegationStatus
from app.models.people.consents import Consent, ConsentPurpose
from app.models.people.custom_fields import Comparison, CustomValue, FieldKind, RecordKind
from app.models.people.interactions import Interaction, InteractionKind
from app.models.people.people import ContactType, Person
from app.models.people.segments import BELOW, ConditionKind, SegmentMember
from app.models.people.tags import Tagging
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries.people import segments as segment_queries
from app.text import plain

NOW = datetime(2025, 12, 1, 12, tzinfo=UTC)
K = ConditionKind


def ids(segment):
    return set(db.session.scalars(segment_queries.members(segment)))


class World:
    """Some people who differ in everything that conditions ask, and a plain reading of each condition."""

    def __init__(self, make):
        self.user = make.user()
        make.grant(self.user, Role.ADMIN)
        self.congress, self.campaign = make.congress(), make.campaign()
        world, nation, local = make.organization("World", "CH"), make.organization("Nation"), make.organization("Local")
        make.affiliation(nation, world), make.affiliation(local, nation)
        make.affiliation(make.organization("Gone"), world, end_date=date(2020, 1, 1))
        self.organizations = [world, nation, local]
        self.field = make.custom_field(RecordKind.PERSON, FieldKind.TEXT)
        self.steps = make.custom_field(RecordKind.PERSON, FieldKind.ASSESSMENT, name="Support")
        self.tags = [make.tag("Interpreter"), make.tag("Safety")]
        delegation = make.delegation(self.congress, delegates=1, organization=nation)
        names = [("Rosa", "Peña", "MX", "es"), ("Luz", None, None, "pt-BR"), ("José Rosa", "Díaz", "CU", "pt")]
        self.people = [delegation.delegates[0].person]
        for number, (given_name, family, country, language) in enumerate(names):
            person = make.person(
                given_name, family, country=country, preferred_language=language, nationality=country,
                locality="La Habana" if number else None, email=f"p{number}@example.org" if number != 1 else None,
                phone="+58 212 5550142" if number == 1 else None, congress=self.congress,
            )  # fmt: skip
            self.people.append(person)
            make.membership(
                person, organization=self.organizations[number], end_date=date(2020, 1, 1) if number == 1 else None
            )
        one, two, three = self.people[1:]
        make.tagging(one), make.tagging(two), make.tagging(two, "Safety")
        make.custom_value(one, self.field, "Paz y pan"), make.custom_value(three, self.steps, 4)
        make.seat(delegation, three)
        make.interaction(one, kind=InteractionKind.CALL, occurred_at=NOW - timedelta(days=10), by=self.user)
        make.interaction(two, kind=InteractionKind.VISIT, occurred_at=NOW - timedelta(days=100))
        make.consent(one), make.consent(two, withdrawn_at=date(2025, 6, 1))
        make.consent(three, withdrawn_at=date(2025, 6, 1)), make.consent(three, given_at=date(2025, 7, 1))
        make.subscription(self.campaign, email="p0@example.org")
        make.subscription(self.campaign, email="p2@example.org", confirmed=False)
        make.contact_detail(two, "old@example.org", type=ContactType.EMAIL, valid_until=date(2024, 1, 1))
        audit.act_as(self.user)
        self.segment = make.segment()

    def asked(self):
        """Return every condition that is asked, with its plain reading of a person."""
        world, nation, local = self.organizations
        return [
            (K.NAME, {"text": "ROSA"}, lambda one: "rosa" in plain(one.full_name)),
            (K.NAME, {"text": "diaz jos"}, lambda one: one.full_name == "José Rosa Díaz"),
            (K.COUNTRY, {"text": "MX"}, lambda one: one.country == "MX"),
            (K.NATIONALITY, {"text": "CU"}, lambda one: one.nationality == "CU"),
            (K.LANGUAGE, {"text": "pt"}, lambda one: (one.preferred_language or "").split("-")[0] == "pt"),
            (K.TOWN, {"text": "habana"}, lambda one: "habana" in plain(one.locality or "")),
            *((K.TAG, {"tag_id": tag.id}, self.tagged(tag)) for tag in self.tags),
            (K.FIELD, {"field_id": self.field.id, "comparison": Comparison.IS_SET}, self.valued(self.field, lambda _one: True)),
            (
                K.FIELD, {"field_id": self.field.id, "comparison": Comparison.CONTAINS, "text": "PAN"},
                self.valued(self.field, lambda one: "pan" in plain(one.text)),
            ),
            (
                K.FIELD, {"field_id": self.steps.id, "comparison": Comparison.AT_LEAST, "number": Decimal(4)},
                self.valued(self.steps, lambda one: one.number >= 4),
            ),
            (K.EMAIL, {}, lambda one: one.email is not None),
            (K.PHONE, {}, lambda one: one.contact(ContactType.PHONE) is not None),
            (K.MEMBER, {"organization_id": nation.id}, self.member({nation.id})),
            (K.MEMBER, {"organization_id": world.id, "option": BELOW}, self.member({world.id, nation.id, local.id})),
            (K.PARTICIPATION, {"in_congress_id": self.congress.id}, lambda _one: True),
            (K.PARTICIPATION, {"in_campaign_id": self.campaign.id}, lambda _one: False),
            (K.SEAT, {}, self.seated()),
            (K.SEAT, {"in_congress_id": self.congress.id, "option": Capacity.DELEGATE.value}, self.seated()),
            (K.SEAT, {"status": DelegationStatus.ARRIVED.value}, lambda _one: False),
            (K.INTERACTION, {}, self.spoken(lambda _one: True)),
            (K.INTERACTION, {"number": Decimal(90)}, self.spoken(lambda one: one.occurred_at >= NOW - timedelta(days=90))),
            (
                K.INTERACTION, {"option": InteractionKind.VISIT.value, "number": Decimal(365)},
                self.spoken(lambda one: one.kind is InteractionKind.VISIT),
            ),
            (K.INTERACTION, {"user_id": self.user.id}, self.spoken(lambda one: one.created_by_id == self.user.id)),
            (K.CONSENT, {"option": ConsentPurpose.EMAIL.value}, self.consenting()),
            (K.SUBSCRIPTION, {"in_campaign_id": self.campaign.id}, self.subscribed("confirmed", "unconfirmed")),
            (K.SUBSCRIPTION, {"in_campaign_id": self.campaign.id, "status": "confirmed"}, self.subscribed("confirmed")),
            (K.RECORDED, {"day": date(2025, 12, 1)}, lambda _one: True),
            (K.RECORDED, {"day": date(2025, 12, 2)}, lambda _one: False),
        ]  # fmt: skip

    def tagged(self, tag):
        return lambda one: one.id in {row.person_id for row in rows(Tagging) if row.tag_id == tag.id}

    def valued(self, field, compared):
        return lambda one: any(
            row.person_id == one.id and compared(row) for row in rows(CustomValue) if row.field_id == field.id
        )

    def member(self, organization_ids):
        return lambda one: any(
            row.organization_id in organization_ids and row.end_date is None for row in one.memberships
        )

    def seated(self):
        return lambda one: one.id in {row.person_id for row in rows(Delegate)}

    def spoken(self, compared):
        return lambda one: any(row.person_id == one.id and compared(row) for row in rows(Interaction))

    def consenting(self):
        def has_agreed(one):
            own = [row for row in rows(Consent) if row.person_id == one.id]
            latest = max(own, key=lambda row: (row.stated_at, row.is_withdrawn), default=None)
            return latest is not None and not latest.is_withdrawn

        return has_agreed

    def subscribed(self, *statuses):
        return lambda one: one.email in {row.email for row in rows(Subscription) if row.status in statuses}


def rows(model):
    return db.session.scalars(select(model)).unique().all()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    groups=st.lists(
        st.lists(st.tuples(st.integers(0, 28), st.booleans()), min_size=1, max_size=3), min_size=1, max_size=4
    )
)
def test_the_statement_finds_whom_a_plain_reading_finds(world, groups):
    asked, segment = world.asked(), world.segment
    assert len(asked) == 29
    with db.session.begin_nested() as nested:
        for group, listed in enumerate(groups, start=1):
            for number, is_negated in listed:
                kind, values, _read = asked[number]
                conditions.add(segment, kind, ConditionValues(**values, is_negated=is_negated), group)
        expected = {
            person.id
            for person in rows(Person)
            if all(any(asked[number][2](person) is not negated for number, negated in listed) for listed in groups)
        }
        assert ids(segment) == expected
        nested.rollback()
    db.session.expire_all()


@pytest.fixture
def world(make, at):
    at(NOW)
    return World(make)


def test_each_condition_alone_finds_whom_a_plain_reading_finds(world):
    everybody = rows(Person)
    for kind, values, read in world.asked():
        for is_negated in (False, True):
            with db.session.begin_nested() as nested:
                conditions.add(world.segment, kind, ConditionValues(**values, is_negated=is_negated))
                assert ids(world.segment) == {one.id for one in everybody if read(one) is not is_negated}, (
                    kind,
                    values,
                )
                nested.rollback()
            db.session.expire_all()


def test_organizations_are_found_by_sector_affiliation_delegations_and_silence(make, at):
    at(NOW)
    top, below, other = make.organization("Top", sector="Ports"), make.organization("Below"), make.organization("Other")
    make.affiliation(below, top)
    congress = make.congress()
    make.delegation(congress, organization=below, delegates=0)
    make.interaction(organization=other, congress=congress, occurred_at=NOW - timedelta(days=91))

    def found(kind, **values):
        segment = make.segment(RecordKind.ORGANIZATION)
        make.condition(segment, kind, **values)
        return ids(segment)

    assert found(K.SECTOR, text="port") == {top.id}
    assert found(K.CLASSIFICATION, option="union") == {top.id, below.id, other.id}
    assert found(K.COUNTRY, text="MX", is_negated=True) == set()
    assert found(K.AFFILIATED, organization_id=top.id) == {below.id}
    assert found(K.DELEGATION, in_congress_id=congress.id) == {below.id}
    assert found(K.DELEGATION, in_congress_id=congress.id, status="accepted", is_negated=True) == {top.id, other.id}
    assert found(K.INTERACTION, number=Decimal(92)) == {other.id}
    assert found(K.QUIET, number=Decimal(90)) == {top.id, other.id}
    assert found(K.QUIET, number=Decimal(90), is_negated=True) == {below.id}


def test_only_people_in_scope_are_members_and_only_what_is_in_scope_counts(make):
    here, there = make.congress("Here"), make.congress("There")
    rosa, luz, ana = (
        make.person("Rosa", congress=here),
        make.person("Luz", congress=there),
        make.person("Ana", congress=here),
    )
    make.tagging(rosa), make.tagging(luz)
    make.seat(make.delegation(there, delegates=0), ana)
    segment, seats = make.segment(congress=here), make.segment(congress=here)
    make.condition(segment, K.TAG, tag_id=make.tag().id)
    make.condition(seats, K.SEAT, in_congress_id=there.id)
    everywhere, negated = make.segment(), make.segment(congress=here)
    make.condition(everywhere, K.TAG, tag_id=make.tag().id)
    make.condition(negated, K.SEAT, in_congress_id=there.id, is_negated=True)
    assert ids(seats) == {ana.id}
    assert ids(everywhere) == {rosa.id, luz.id}
    for scope, members in ((Scope(frozenset({here.id})), {rosa.id}), (Scope(frozenset({there.id})), {luz.id})):
        db.session.expunge_all()
        enter_scope(scope)
        assert ids(everywhere) == members
    db.session.expunge_all()
    enter_scope(Scope(frozenset({here.id})))
    assert [one.id for one in segment_queries.listing(RecordKind.PERSON)] == [segment.id, seats.id, negated.id]
    for one in (seats, negated):  # what the reader does not see is met by nobody, negated or not
        assert ids(segment_queries.get(one.id)) == set()
    assert segment_queries.total(segment_queries.get(segment.id)) == 1
    enter_scope(EVERYTHING)


def test_who_may_not_see_subscribers_does_not_learn_who_subscribes(make):
    campaign = make.campaign()
    rosa = make.person("Rosa", campaign=campaign, email="rosa@example.org")
    make.subscription(campaign, email="rosa@example.org")
    segment = make.segment(campaign=campaign)
    make.condition(segment, K.SUBSCRIPTION, in_campaign_id=campaign.id)
    for role, members in ((Role.ORGANIZER, set()), (Role.COORDINATOR, {rosa.id})):
        user = make.user()
        make.grant(user, role, campaign=campaign)
        audit.act_as(user)
        assert ids(segment) == members
    audit.act_as(None)
    assert ids(segment) == set()


def test_a_condition_about_what_is_gone_is_met_by_nobody(make):
    rosa = make.person(congress=make.congress())
    segment = make.segment()
    make.condition(segment, K.TAG, tag_id=make.tag().id, is_negated=True)
    assert ids(segment) == {rosa.id}
    tags.remove(make.tag())
    db.session.commit()
    db.session.expire_all()
    assert segment.conditions[0].is_void
    assert ids(segment) == set()


def test_a_merged_tag_and_a_merged_organization_stay_in_conditions(make):
    one, other, tag = make.organization(), make.organization(), make.tag("Kept")
    segment = make.segment()
    condition = make.condition(segment, K.MEMBER, organization_id=other.id)
    tagged = make.condition(segment, K.TAG, tag_id=make.tag().id)
    make.merge(one, other)
    tags.merge(make.tag(), tag)
    db.session.commit()
    assert (condition.organization_id, tagged.tag_id) == (one.id, tag.id)


def test_a_frozen_segment_keeps_its_members(make):
    congress = make.congress()
    rosa, luz = make.person("Rosa", congress=congress), make.person("Luz", congress=congress)
    segment = make.segment()
    make.condition(segment, text="rosa")
    assert segments.freeze(segment) == 1
    eva = make.person("Rosa Eva", congress=congress)
    assert ids(segment) == {rosa.id}
    assert segments.freeze(segment) == 2
    assert ids(segment) == {rosa.id, eva.id}
    make.merge(luz, eva)
    assert ids(segment) == {rosa.id, luz.id}
    ana = make.person("Rosa Ana", congress=congress)
    segments.unfreeze(segment)
    assert ids(segment) == {rosa.id, luz.id, ana.id}


def test_members_of_earlier_times_are_deleted_when_nothing_can_bring_them_back(make, at):
    at(NOW)
    make.person("Rosa", congress=make.congress())
    segment = make.segment()
    segments.freeze(segment)
    at(NOW + timedelta(days=1))
    segments.freeze(segment)
    at(NOW + timedelta(days=32))
    segments.sweep()
    assert [one.frozen_at.date() for one in rows(SegmentMember)] == [date(2025, 12, 2)]


def test_segments_may_be_part_of_others_but_not_in_a_circle_or_without_end(make):
    rosa, luz = make.person("Rosa", congress=make.congress()), make.person("Luz")
    first, second, third, fourth = (make.segment(name=name) for name in "1234")
    make.condition(first, text="rosa")
    make.condition(second, K.SEGMENT, other_id=first.id, is_negated=True)
    make.condition(third, K.SEGMENT, other_id=second.id)
    assert ids(third) == ids(second) == {luz.id}
    assert ids(first) == {rosa.id}
    for segment, other in ((first, third), (first, first), (fourth, third)):
        with pytest.raises(DomainError) as error:
            conditions.add(segment, K.SEGMENT, ConditionValues(other_id=other.id))
        assert error.value.field == "other_id"
        db.session.rollback()
    segments.remove(first, by=None)
    assert ids(second) == set() == ids(third)
