"""Who may read the history of a record, what it never contains, and when it is deleted."""

import pytest
from sqlalchemy import Text, cast, delete, func, select
from sqlalchemy.orm import aliased

from app.domain.accounts import audit
from app.domain.actions import losing_access
from app.domain.congress import congresses
from app.domain.people import organizations, people
from app.domain.recording import recording
from app.domain.undo import undo
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.audit import SHARED, AuditEntry
from app.models.congress.delegations import Delegate
from app.models.people.people import Person
from app.models.scoping import OutOfScope, Scope
from tests.views.test_history import history_on


class Shared:
    """Records that Alice changed, with a sentinel in each change, and what Charlie, who works elsewhere, can reach."""

    def __init__(self, house):
        with house.open() as make:
            self.alice, self.charlie, self.member = make.user("Alice"), make.user("Charlie"), make.user("Member")
            here, there = make.congress("Here"), make.congress("There")
            campaign = make.campaign("Here too")
            make.grant(self.alice, Role.COORDINATOR, congress=here)
            make.grant(self.charlie, Role.COORDINATOR, congress=there)
            make.grant(self.member, Role.MEMBER, congress=there)
            audit.act_as(self.alice)
            organization, article = make.organization(), make.article()
            person, guest = make.person(congress=here), make.person("Guest", congress=here)
            make.seat(make.delegation(there), guest)
            values = audit.facts_of(organization, organizations.OrganizationValues.__annotations__)
            organizations.update(organization, values | {"sector": "docks"})
            for one in (person, guest):
                people.update(one, make.person_values(one.given_name, one.family_name, locality="SENTINEL"))
            losing_access.deactivate(make.user("Sentinel"))
            self.scope = Scope(frozenset({there.id}))
            self.person, self.guest = f"/people/{person.id}", f"/people/{guest.id}"
            self.organization, self.article = f"/organizations/{organization.id}", f"/articles/{article.id}"
            self.others = f"/congresses/{here.id}", f"/campaigns/{campaign.id}"
            self.guest_id = guest.id


@pytest.fixture
def shared(house):
    return Shared(house)


def test_the_history_of_a_shared_record_names_only_people_who_work_with_the_reader(shared, browse):
    charlie, alice = browse(shared.charlie), browse(shared.alice)
    shown = history_on(charlie, shared.organization)
    assert "Sector: <del>–</del> → docks" in shown
    assert "another organizer" in shown
    assert "Alice" not in charlie.get(shared.organization).get_data(as_text=True)
    assert "Alice" in history_on(alice, shared.organization)


def test_the_history_of_a_guest_is_visible_with_the_guest_and_of_nobody_else(shared, browse):
    charlie = browse(shared.charlie)
    assert "→ SENTINEL" in (shown := history_on(charlie, shared.guest))
    assert "Alice" not in shown
    assert [charlie.get(page).status_code for page in (shared.person, *shared.others)] == [404, 404, 404]


def test_members_see_no_history_of_an_article(shared, browse):
    assert history_on(browse(shared.member), shared.article) == ""
    assert "Recorded" in history_on(browse(shared.charlie), shared.article)


def test_a_scope_selects_only_the_entries_of_the_rows_that_it_shows(shared, house):
    with house.open(shared.scope):
        found = db.session.scalars(select(AuditEntry)).unique().all()
        assert {entry.person_id for entry in found} == {None, shared.guest_id} | {
            delegate.person_id for delegate in db.session.scalars(select(Delegate))
        }
        assert {entry.congress_id for entry in found} <= {None, *shared.scope.congress_ids}
        assert {entry.campaign_id for entry in found} == {None}
        assert "users" not in {entry.subject for entry in found}
        every = aliased(AuditEntry)
        assert len(found) == db.session.scalar(select(func.count()).select_from(every))
    with house.open(Scope()):
        assert {entry.subject for entry in db.session.scalars(select(AuditEntry)).unique()} <= SHARED


def test_an_organizer_cannot_write_an_entry_about_a_person_of_another_congress(shared, house):
    with house.open(shared.scope):
        guest = db.session.get(Person, shared.guest_id)
        with pytest.raises(OutOfScope):
            audit.note(guest, "changed", {"locality": "A"}, {"locality": "B"})
        db.session.rollback()


def test_contact_details_and_long_texts_never_enter_the_history_as_values(house):
    with house.open() as make:
        congress = make.congress(help_phone="+52 SENTINEL 1")
        person = make.person(email="sentinel@example.org", phone="+52 SENTINEL 2")
        people.update(person, make.person_values(email="sentinel2@example.org"))
        facts_of_congress = audit.facts_of(congress, congresses.CongressValues.__annotations__)
        congresses.update(congress, facts_of_congress | {"help_phone": "+52 SENTINEL 3"})
        make.leg(make.delegation(congress), booking_reference="SENTINEL")
        make.article(text="SENTINEL " * 100)
        both = [cast(side, Text) for side in (AuditEntry.before, AuditEntry.after)]
        stored = " ".join(text for row in db.session.execute(select(*both)) for text in row)
    assert '"contact_details": null' in stored
    assert "sentinel" not in stored.lower()


def test_the_history_of_a_person_is_deleted_with_her_for_good(house):
    with house.open() as make:
        rosa, luz = make.person(), make.person("Luz")
        db.session.execute(delete(Person).where(Person.id == rosa.id))
        assert db.session.scalars(select(AuditEntry.person_id)).all() == [luz.id]


def test_a_change_to_a_person_can_be_undone_and_the_history_says_so(house):
    with house.open() as make:
        ana, person = make.user("Ana"), make.person(congress=make.congress(), email="rosa@example.org")
        with recording("people.edit", "Rosa", by=ana) as entry:
            people.update(person, make.person_values(locality="Cork"))
        undo(entry, by=ana)
        last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).unique().first()
        assert (person.locality, person.email) == (None, "rosa@example.org")
        assert (last.verb, last.person_id, last.before["locality"], last.after["locality"]) == (
            "undone", person.id, "Cork", None,
        )  # fmt: skip
