"""Scoping: which rows a session can read and write, whatever a query selects."""

from contextlib import suppress
from datetime import time, timedelta

import pytest
from sqlalchemy import delete, exists, func, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased, joinedload, selectinload, subqueryload
from sqlalchemy.orm.exc import StaleDataError

from app import clock
from app.domain.actions import comments
from app.domain.campaigns import address_changes, approvals, digests
from app.domain.mobilizing import shift_swaps, shifts
from app.domain.press import articles
from app.domain.travel import check_ins, parties
from app.emails.campaigns import digests as letters
from app.extensions import Base, db
from app.models.accounts.accounts import Grant
from app.models.accounts.audit import SHARED, AuditEntry
from app.models.accounts.undo import UndoEntry
from app.models.actions.follow_ups import FollowUp, Priority
from app.models.actions.series import FollowUpSeries
from app.models.actions.templates import Anchor, TemplateUse
from app.models.campaigns.campaigns import Campaign
from app.models.campaigns.digests import Digest
from app.models.campaigns.origins import Origin
from app.models.campaigns.subscriptions import Subscription
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Capacity, Delegate, Delegation
from app.models.people.custom_fields import RecordKind
from app.models.people.memberships import Membership
from app.models.people.merges import Merge
from app.models.people.organizations import Organization
from app.models.people.people import ContactDetail, ContactType, Participation, Person
from app.models.people.segments import SegmentMember
from app.models.press.articles import Article, Citation
from app.models.scoping import EVERYTHING, OutOfScope, Scope, Scoped, enter_scope
from app.models.travel.check_ins import Answer
from app.models.travel.journeys import Direction, Passage
from tests.snapshots import remembered

SCOPED = sorted(
    (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Scoped)),
    key=lambda cls: cls.__name__,
)


PAST_THE_WALL = {"unscoped": "the test looks behind the scope"}


def numbers(cls):
    return set(db.session.scalars(select(cls.__table__.c.id), execution_options=PAST_THE_WALL))


def public(cls):
    """Return the entries about shared records, which every scope shows like the records."""
    if cls is not AuditEntry:
        return set()
    table = AuditEntry.__table__.c
    return set(db.session.scalars(select(table.id).where(table.subject.in_(SHARED)), execution_options=PAST_THE_WALL))


class Objects:
    """A congress and a campaign with a row of every kind."""

    def __init__(self, make, title):
        before = {cls: numbers(cls) for cls in SCOPED}
        congress, campaign, article = make.congress(title), make.campaign(title), make.article(title)
        delegation = make.delegation(congress)
        make.leg(delegation, "MEX", "BOG", "2025-12-10 02:00", "2025-12-10 07:00")
        db.session.add(Passage(congress_id=congress.id, leg_id=make.leg(delegation).id, country="EC", recorded=False))
        parties.begin_party(delegation, Direction.BACK, delegation.delegates[:1])
        problem = make.problem(congress)
        check_ins.ask(problem)
        check_ins.record_report(delegation.delegates[0], Answer.NEED_HELP, None)
        action = make.follow_up(congress, make.user(), problem=problem, delegation=delegation)
        for one in (action, make.follow_up(campaign, make.user())):
            make.checklist_item(one), comments.comment(one, "Call first"), make.attachment(one)
        db.session.add(Origin(campaign=campaign, resolution_id=make.resolution(congress).id))
        make.partner(campaign), make.sign_up(campaign)
        brigade, days = make.brigade(campaign), [clock.now() + timedelta(days=day) for day in (3, 4)]
        places = [
            make.shift_place(
                make.shift(brigade, f"{day:%Y-%m-%d}T09:00"),
                make.brigade_member(brigade, make.person("Luz", campaign=campaign)),
            )
            for day in days
        ]
        shift_swaps.propose(*places)
        shifts.remove(make.shift_place(make.shift(brigade, f"{days[0]:%Y-%m-%d}T18:00")).shift)
        make.statement(campaign)
        make.sent_letter(make.target_entry(make.target(campaign)).target)
        make.letter_text(campaign)
        for place in (congress, campaign):
            where = {f"{type(place).__name__.lower()}_id": place.id}
            make.template(place, before_7="Book rooms")
            db.session.add(TemplateUse(
                title="Before", anchor=Anchor.DAY, anchored_on=clock.now().date(), timezone="UTC", used_at=clock.now(), **where
            ))  # fmt: skip
            db.session.add(FollowUpSeries(
                recurrence="FREQ=DAILY", first_on=clock.now().date(), at=time(9), timezone="UTC", title="Call",
                remind_before_hours=24, priority=Priority.NORMAL, **where,
            ))  # fmt: skip
        held = make.mobilization(campaign, make.day_of_action(campaign), host=delegation.organization)
        make.picture(held), make.press_link(held)
        for where in ({"congress": congress}, {"campaign": campaign}):
            person = make.person(email="rosa@example.org", organization=delegation.organization, **where)
            eva = make.person("Eva", **where)
            make.other_name(person), make.relation(person, eva), make.person_pair(person, eva)
            db.session.add(Merge(person=person, kept_id=person.id, merged_id=0, merged_name=title, at=clock.now()))
            make.tagging(person), make.consent(person), make.mention(article, person)
            make.custom_value(person, make.custom_field(RecordKind.PERSON))
            make.interaction(person, **where), make.interaction(organization=delegation.organization, **where)
            make.imported(**where)
            segment = make.segment(**where)
            make.condition(segment)
            make.mailing(segment)
            db.session.add(SegmentMember(segment_id=segment.id, frozen_at=clock.now(), person_id=person.id))
        make.cite(article, campaign)
        articles.cite_on_problem(article, problem, by=None)
        make.note(article, congress=congress), make.note(article, campaign=campaign)
        address_changes.request(make.subscription(campaign), "new@example.org")
        make.subscription(campaign, confirmed=False)
        make.call(campaign)
        for owner in ({"congress_id": congress.id}, {"campaign_id": campaign.id}):
            db.session.add(UndoEntry(endpoint="calls.remove", name=title, at=clock.now(), changes=[], **owner))
        digest = digests.compose_now(campaign)
        approvals.approve(digest, letters.render, by=None, revision=digest.revision)
        db.session.commit()
        self.ids = {cls: numbers(cls) - before[cls] - public(cls) for cls in SCOPED}
        self.congress_id, self.campaign_id = congress.id, campaign.id
        self.scope = Scope(frozenset({congress.id}), frozenset({campaign.id}))

    def row(self, cls):
        """Return a row of a class, loaded with access to everything."""
        within(EVERYTHING)
        return db.session.get(cls, min(self.ids[cls]))


@remembered
def furnished(make, *titles):
    """Return what belongs to one place after the other."""
    return [Objects(make, title) for title in titles]


@pytest.fixture
def places(make, request):
    """A place, and another one if the test needs it."""
    yield furnished(make, *(("Here", "There") if "there" in request.fixturenames else ("Here",)))
    within(EVERYTHING)


@pytest.fixture
def here(places):
    return places[0]


@pytest.fixture
def there(places):
    return places[1]


def within(scope):
    """Work in a scope, with an empty session."""
    db.session.rollback()
    db.session.expunge_all()
    enter_scope(scope)


def without_scope():
    within(EVERYTHING)
    del db.session.info["scope"]


def stored():
    """Return the contents of the scoped tables, without a scope."""
    every = {cls: select(cls.__table__).order_by(cls.__table__.c.id) for cls in SCOPED}
    return {cls: db.session.execute(one, execution_options=PAST_THE_WALL).all() for cls, one in every.items()}


def touch(row, *, expired=False):
    """Assign a column of a row to itself; an expired row has no loaded values, as after every commit."""
    columns = [attribute.columns[0] for attribute in inspect(type(row)).column_attrs]
    own = [column.key for column in columns if not column.primary_key and not column.foreign_keys]
    others = ("delegate_id", "organization_id", "resolution_id")  # of rows that only tie others together
    name = own[0] if own else next(one for one in others if hasattr(row, one))
    value = getattr(row, name)
    if expired:
        db.session.expire(row)
    setattr(row, name, value)


def is_refused(write=lambda: None):
    """Return whether a change is refused, at once or on flush."""
    try:
        write()
        db.session.flush()
    except OutOfScope:
        return True
    return False


def test_every_table_with_a_congress_or_campaign_is_scoped():
    for mapper in Base.registry.mappers:
        if {"congress_id", "campaign_id"} & set(mapper.columns.keys()):
            assert issubclass(mapper.class_, Scoped) or mapper.class_ is Grant, mapper.class_


def test_a_scope_shows_only_its_own_rows(here, there):
    for cls in SCOPED:
        assert here.ids[cls], f"no {cls.__name__} to look for"
        for objects in (here, there):
            within(objects.scope)
            visible = objects.ids[cls] | public(cls)
            assert {row.id for row in db.session.scalars(select(cls)).unique()} == visible, cls
            assert set(db.session.scalars(select(cls.id))) == visible, cls
            assert {row.id for row in db.session.query(cls).all()} == visible, cls
        within(Scope())
        assert set(db.session.scalars(select(cls.id))) == public(cls), cls
        within(EVERYTHING)
        assert set(db.session.scalars(select(cls.id))) == here.ids[cls] | there.ids[cls] | public(cls), cls


def test_a_congress_gives_no_access_to_a_campaign_or_the_reverse(here):
    in_congress, in_campaign = (
        {cls for cls in SCOPED if name in inspect(cls).columns} for name in ("congress_id", "campaign_id")
    )
    for scope, hidden in (
        (Scope(congress_ids=here.scope.congress_ids), in_campaign - in_congress | {Campaign}),
        (Scope(campaign_ids=here.scope.campaign_ids), in_congress - in_campaign | {Congress}),
    ):
        within(scope)
        assert {cls for cls in SCOPED if not db.session.scalars(select(cls.id)).all()} == hidden
        for cls in in_congress & in_campaign:
            assert set(db.session.scalars(select(cls.id))) - public(cls) < here.ids[cls], cls


def test_without_a_scope_nothing_is_read_or_written(here):
    def asks(cls, number):
        yield lambda: db.session.scalars(select(cls)).all()
        yield lambda: db.session.scalars(select(cls.id)).all()
        yield lambda: db.session.scalar(select(func.count()).select_from(cls))
        yield lambda: db.session.query(cls).count()
        yield lambda: db.session.get(cls, number)
        yield lambda: db.session.execute(update(cls).values(id=cls.id))
        yield lambda: db.session.execute(delete(cls))
        yield lambda: db.session.execute(insert(cls), [{"id": number}])

    read = []
    for cls in SCOPED:
        for place, ask in enumerate(asks(cls, min(here.ids[cls]))):
            without_scope()
            try:
                ask()
            except OutOfScope:
                continue
            read.append((cls.__name__, place))
        row = here.row(cls)
        del db.session.info["scope"]
        touch(row)
        assert is_refused(), cls
    assert read == []


def test_a_row_out_of_scope_is_not_found_by_id(here, there):
    for cls in SCOPED:
        within(here.scope)
        assert db.session.get(cls, min(there.ids[cls])) is None, cls
        assert db.session.get(cls, min(here.ids[cls])) is not None, cls


def test_aliased_joined_and_counted_rows_are_restricted_too(here, there):
    def found(statement):
        within(here.scope)
        return set(db.session.scalars(statement))

    own, other = here.ids[Delegation], aliased(Delegation)
    bodies = {row.organization_id for row in stored()[Delegation] if row.id in own}
    assert found(select(other.id)) == own
    assert found(select(Delegate.delegation_id).join(Delegate.delegation)) == own
    assert found(select(other.id).select_from(Delegation).join(other, other.country == Delegation.country)) == own
    assert found(select(Delegation.id).join(other, other.country == Delegation.country)) == own
    assert found(select(other.id).select_from(Delegate).join(other, other.country == "MX")) == own
    assert found(select(other.id).select_from(Delegate).join(Delegate.delegation.of_type(other))) == own
    assert found(select(Delegation.id).union_all(select(other.id))) == own
    assert found(select(select(Delegation.id).subquery().c.id)) == own
    assert found(select(select(Delegation.id).cte().c.id)) == own
    assert found(select(Organization.id).join(Delegation, Delegation.organization_id == Organization.id)) == bodies
    assert found(select(Organization.id).where(Organization.id.in_(select(Delegation.organization_id)))) == bodies
    assert found(select(Organization.id).where(exists().where(other.organization_id == Organization.id))) == bodies
    assert found(select(func.count()).select_from(Delegation)) == {len(own)}
    assert found(select(func.count(Delegation.id))) == {len(own)}
    assert found(select(select(func.count(Delegation.id)).scalar_subquery())) == {len(own)}
    within(here.scope)
    assert db.session.query(Delegation).count() == len(own)
    assert db.session.query(Delegate).join(other, other.country == "MX").count() == len(here.ids[Delegate])


def test_related_rows_are_loaded_only_within_the_scope(here, there):
    article_id, problem_id = here.row(Citation).article_id, there.row(FollowUp).problem_id
    for cls, crossing in (
        (Citation, {"article_id": article_id}),
        (FollowUp, {"problem_id": problem_id}),
        (Campaign, {"related_congress_id": there.congress_id}),
    ):
        objects = there if cls is Citation else here
        within(EVERYTHING)
        db.session.execute(update(cls).where(cls.id == min(objects.ids[cls])).values(crossing))
        db.session.commit()
    cited = Article.citations
    for how in ((), (selectinload(cited),), (joinedload(cited),), (subqueryload(cited),)):
        within(here.scope)
        article = db.session.scalars(select(Article).where(Article.id == article_id).options(*how)).unique().one()
        assert {citation.id for citation in article.citations} == here.ids[Citation], how
    for way in (Campaign.related_congress, FollowUp.problem):
        for how in ((), (selectinload(way),), (joinedload(way),)):
            within(here.scope)
            changed = select(way.class_).where(way.class_.id == min(here.ids[way.class_])).options(*how)
            row = db.session.scalars(changed).one()
            assert getattr(row, way.key) is None, (way, how)


def test_a_guest_from_another_scope_can_be_read_but_not_written(here, there, make):
    guest = there.row(ContactDetail).person
    delegation = db.session.get(Delegation, min(here.ids[Delegation]))
    seat = {"capacity": Capacity.GUEST, "is_head": False, "congress_id": here.congress_id}
    db.session.add(Delegate(person=guest, delegation=delegation, **seat))
    db.session.commit()
    number, before = guest.id, stored()

    def seen():
        within(here.scope)
        return db.session.get(Person, number)

    guest = seen()
    assert [detail.value for detail in guest.contact_details] == ["rosa@example.org"]
    assert len(guest.memberships) == 1
    for spoil in (
        lambda guest: setattr(guest, "locality", "Lima"),
        lambda guest: setattr(guest.contact_details[0], "value", "taken@example.org"),
        lambda guest: guest.contact_details.append(ContactDetail(type=ContactType.PHONE, value="1")),
        lambda guest: guest.contact_details.clear(),
        lambda guest: setattr(guest.memberships[0], "post", "Chair"),
        lambda guest: db.session.delete(guest.memberships[0]),
        db.session.delete,
    ):
        guest = seen()
        spoil(guest)
        assert is_refused()
    for statement in (
        update(Person).where(Person.id == number).values(locality="Lima"),
        update(ContactDetail).where(ContactDetail.person_id == number).values(value="taken@example.org"),
        delete(Membership).where(Membership.person_id == number),
    ):
        within(here.scope)
        with suppress(OutOfScope):
            db.session.execute(statement, execution_options={"synchronize_session": False})
        assert stored() == before, statement


def test_a_bulk_statement_writes_no_row_out_of_scope(here, there):
    def touched(statement, scope):
        within(scope)
        try:
            return db.session.execute(statement, execution_options={"synchronize_session": False}).rowcount
        except OutOfScope:
            return 0

    before = stored()
    for cls in SCOPED:
        everywhere, aimed = update(cls).values(id=cls.id), cls.id.in_(there.ids[cls])
        assert touched(everywhere, EVERYTHING) == len(here.ids[cls] | there.ids[cls] | public(cls)), cls
        assert touched(everywhere, here.scope) <= len(here.ids[cls]), cls
        assert touched(everywhere.where(aimed), here.scope) == 0, cls
        assert touched(delete(cls).where(aimed), here.scope) == 0, cls
        within(here.scope)
        with suppress(OutOfScope):
            assert db.session.query(cls).filter(aimed).delete(synchronize_session=False) == 0, cls
    within(EVERYTHING)
    assert stored() == before


@pytest.mark.parametrize(
    ("cls", "values"),
    [(Congress, {"title": "Taken"}), (Delegation, {"seats": 99}), (Subscription, {"email": "x@example.org"})],
)
def test_a_bulk_update_by_id_writes_no_row_out_of_scope(here, there, cls, values):
    before = stored()
    within(here.scope)
    with suppress(OutOfScope, StaleDataError):
        db.session.execute(update(cls), [{"id": min(there.ids[cls]), **values}])
    assert stored() == before


@pytest.mark.parametrize(
    ("cls", "name"), [(Delegation, "congress_id"), (Subscription, "campaign_id"), (Participation, "congress_id")]
)
def test_a_bulk_statement_moves_no_row_out_of_its_scope(here, there, cls, name):
    before = stored()
    within(here.scope)
    moved = update(cls).where(getattr(cls, name).is_not(None)).values({name: getattr(there, name)})
    with suppress(OutOfScope):
        db.session.execute(moved, execution_options={"synchronize_session": False})
    assert stored() == before


def test_rows_are_inserted_in_bulk_only_with_access_to_everything(here):
    row = {
        "organization_id": here.row(Delegation).organization_id, "congress_id": here.congress_id, "country": "MX",
        "seats": 1, "status": "invited", "created_at": clock.now(),
    }  # fmt: skip
    for write in (
        lambda: db.session.execute(insert(Delegation), [row]),
        lambda: db.session.execute(insert(Delegation).values(row)),
        lambda: db.session.scalars(insert(Delegation).returning(Delegation.id), [row]).all(),
    ):
        within(here.scope)
        assert is_refused(write)
        within(EVERYTHING)
        assert not is_refused(write)


@pytest.mark.parametrize("expired", [False, True], ids=["as-loaded", "expired"])
def test_a_row_is_changed_only_within_its_scope(here, there, expired):
    for cls in SCOPED:
        for objects, refused in ((here, False), (there, True)):
            row = objects.row(cls)
            enter_scope(here.scope)
            touch(row, expired=expired)
            assert is_refused() == refused, (cls, refused)


@pytest.mark.parametrize("expired", [False, True], ids=["as-loaded", "expired"])
def test_a_row_out_of_scope_is_not_deleted(here, there, expired):
    before = stored()
    for cls in SCOPED:
        row = there.row(cls)
        if expired:
            db.session.expire(row)
        enter_scope(here.scope)
        assert is_refused(lambda row=row: db.session.delete(row)), cls
    within(EVERYTHING)
    assert stored() == before


def test_a_row_is_added_only_within_its_scope(here, there):
    for cls in SCOPED:
        for objects, refused in ((here, cls in (Congress, Campaign, Person)), (there, True)):
            row = objects.row(cls)
            names = [column.key for column in inspect(cls).columns if not column.primary_key]
            added = cls(**{name: getattr(row, name) for name in names})
            within(here.scope)
            db.session.add(added)
            try:
                assert is_refused() == refused, (cls, refused)
            except IntegrityError:
                assert not refused, cls  # allowed, but a row with the same key already exists


def test_a_person_is_added_only_with_a_participation_in_scope(here, there):
    for congresses, refused in (([here.congress_id], False), ([there.congress_id], True), ([], True)):
        within(here.scope)
        parts = [Participation(congress_id=number, created_at=clock.now()) for number in congresses]
        db.session.add(Person(given_name="Ana", created_at=clock.now(), participations=parts))
        assert is_refused() == refused, congresses


def test_a_participation_gives_nobody_access_who_had_none(here, there):
    guest = there.row(ContactDetail).person
    delegation = db.session.get(Delegation, min(here.ids[Delegation]))
    db.session.add(
        Delegate(
            person=guest, delegation=delegation, capacity=Capacity.GUEST, is_head=False, congress_id=here.congress_id
        )
    )
    db.session.commit()
    number = guest.id
    for added in (
        lambda guest: guest.participations.append(Participation(congress_id=here.congress_id, created_at=clock.now())),
        lambda guest: db.session.add(
            Participation(person_id=guest.id, congress_id=here.congress_id, created_at=clock.now())
        ),
    ):
        within(here.scope)
        guest = db.session.get(Person, number)
        added(guest)
        guest.locality = "Lima"
        assert is_refused(), added


@pytest.mark.parametrize("expired", [False, True], ids=["as-loaded", "expired"])
@pytest.mark.parametrize("into", [False, True], ids=["away", "in"])
def test_a_row_moves_neither_into_a_scope_nor_out_of_it(here, there, into, expired):
    source, target = (there, here) if into else (here, there)
    for cls in SCOPED:
        for name in {"congress_id", "campaign_id"} & set(inspect(cls).columns.keys()):
            row = source.row(cls)
            if expired:
                db.session.expire(row)
            enter_scope(here.scope)
            setattr(row, name, getattr(target, name))
            assert is_refused(), (cls, name)


@pytest.mark.parametrize("cls", [Citation, Digest, Subscription])
@pytest.mark.parametrize("new", [False, True], ids=["stored", "new"])
def test_a_campaign_out_of_scope_cannot_be_assigned_by_relationship(here, there, cls, new):
    before = stored()
    row = here.row(cls)
    foreign = db.session.get(Campaign, there.campaign_id)
    if new:
        names = {column.key for column in inspect(cls).columns} - {"id", "campaign_id"}
        row = cls(**{name: getattr(row, name) for name in names})
    enter_scope(here.scope)
    row.campaign = foreign
    db.session.add(row)
    with suppress(OutOfScope, IntegrityError):
        db.session.commit()
    db.session.rollback()
    assert stored() == before


@pytest.mark.parametrize("cls", [ContactDetail, Membership])
@pytest.mark.parametrize("into", [False, True], ids=["away", "in"])
def test_records_of_a_person_cannot_be_moved_to_a_person_out_of_scope(here, there, cls, into):
    source, target = (there, here) if into else (here, there)
    for move in (
        lambda row, person: setattr(row, "person", person),
        lambda row, person: setattr(row, "person_id", person.id),
    ):
        row = source.row(cls)
        person = db.session.get(Person, min(target.ids[Person]))
        enter_scope(here.scope)
        move(row, person)
        assert is_refused()
