"""Merging two people or organizations: what follows, what is united, and undoing it."""

import pytest
from sqlalchemy import select

from app.domain.accounts import removals
from app.domain.people import contact_details, duplicates, merges
from app.domain.people.merges import MergedPersonValues
from app.domain.people.organizations import OrganizationValues
from app.domain.recording import recording
from app.domain.travel import check_ins
from app.domain.undo import undo
from app.domain_errors import DomainError
from app.extensions import Base, db
from app.models.accounts.audit import AuditEntry
from app.models.congress.delegations import Delegate
from app.models.people.duplicates import PersonPair
from app.models.people.merges import Merge, MergedId
from app.models.people.organizations import Organization
from app.models.people.other_names import NameKind
from app.models.people.people import Person
from app.models.people.relations import Relation
from app.models.press.mentions import Mention, MentionKind
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.models.travel.check_ins import Answer, CheckIn
from app.queries.people import merges as merge_queries

FOLLOWING = {
    "audit_entries",
    "log_lines",
    "log_values",
    "merges",
    "organization_keys",
    "person_keys",
    "search_words",
    "undo_entries",
    "undone_delegations",
    "undone_people",
}


def merge(kept, gone, **changes):
    if isinstance(kept, Person):
        values = merges.combined(MergedPersonValues, kept, gone) | changes
        done = merges.merge_people(kept, gone, values, by=None)
    else:
        done = merges.merge_organizations(
            kept, gone, merges.combined(OrganizationValues, kept, gone) | changes, by=None
        )
    db.session.commit()
    return done


def take_back(make, done, *, by=None):
    undo(merges.undo_entry(done), by=by or make.user())
    merges.close(done)
    db.session.commit()


def stored():
    """Return all rows by table and id, without revisions and tables that follow from others."""
    db.session.expire_all()
    return {
        name: {row["id"]: {**row, "revision": None, "compared_at": None} for row in _rows(table)}
        for name, table in Base.metadata.tables.items()
        if name not in FOLLOWING
    }


def without_times(tables):
    """Return rows without the time of their removal, which is later the second time."""
    return {name: {key: row | {"removed_at": None} for key, row in rows.items()} for name, rows in tables.items()}


def _rows(table):
    return db.session.execute(select(table), execution_options={"unscoped": "a test"}).mappings().all()


def test_lists_are_united_gaps_are_filled_and_the_other_name_is_kept(make):
    union, congress, campaign = make.organization(), make.congress(), make.campaign()
    kept = make.person("José", "Quispe", congress=congress, email="jose@example.org", organization=union)
    gone = make.person(
        "Pepe", "Quispe", campaign=campaign, email="jose@example.org", phone="+51 999 123 456", organization=union,
        locality="Puno",
    )  # fmt: skip
    make.other_name(kept, "José Quispe Mamani")
    make.other_name(gone, "Jose Quispe M.")
    merge(kept, gone)
    [person] = db.session.scalars(select(Person))
    assert (person.full_name, person.locality) == ("José Quispe", "Puno")
    assert [one.value for one in person.contact_details] == ["jose@example.org", "+51 999 123 456"]
    assert len(person.memberships) == 1
    assert [one.key for one in person.participations] == [f"congress:{congress.id}", f"campaign:{campaign.id}"]
    assert {(one.kind, one.name) for one in person.other_names} == {
        (NameKind.PASSPORT, "José Quispe Mamani"),
        (NameKind.KNOWN_AS, "Jose Quispe M."),
        (NameKind.KNOWN_AS, "Pepe Quispe"),
    }
    assert "pepe" in person.words
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).unique().all()
    assert {(one.subject_id, one.person_id) for one in entries if one.subject == "people"} == {(person.id, person.id)}
    assert entries[-1].verb == "merged"


def test_seats_of_one_delegation_are_united_with_everything_that_refers_to_them(make):
    congress = make.congress()
    delegation = make.delegation(congress, delegates=0)
    kept, gone = make.person("Ana", "Rojas", congress=congress), make.person("Ana", "R.", congress=congress)
    first, second = make.seat(delegation, kept), make.seat(delegation, gone, is_head=True)
    second.link_number = 4
    make.leg(delegation)
    problem = make.problem(congress)
    check_ins.ask(problem)
    asked = db.session.scalars(select(CheckIn).where(CheckIn.delegate_id == second.id)).one()
    check_ins.answer(asked, Answer.NEED_HELP, "At the bridge")
    make.party(delegation, second)
    number = second.id
    merge(kept, gone)
    [delegate] = db.session.scalars(select(Delegate)).unique()
    assert (delegate.id, delegate.person_id, delegate.is_head) == (first.id, kept.id, True)
    [answer] = db.session.scalars(select(CheckIn))
    assert (answer.delegate_id, answer.answer, answer.note) == (first.id, Answer.NEED_HELP, "At the bridge")
    assert merge_queries.delegate_behind(number, 4) == (first.id, first.link_number)
    assert merge_queries.delegate_behind(number, 3) is None


def test_undoing_a_merge_restores_every_row(make):
    congress, other = make.congress(), make.congress()
    delegation = make.delegation(congress, delegates=0)
    kept = make.person("Ana", "Rojas", congress=congress, email="ana@example.org", locality="Cali")
    gone = make.person("Anita", "Rojas", congress=other, email="ana@example.org", phone="+57 1")
    make.seat(delegation, kept)
    make.seat(delegation, gone)
    make.seat(make.delegation(other, delegates=0), gone)
    make.membership(gone)
    make.leg(delegation)
    check_ins.ask(make.problem(congress))
    make.person_pair(kept, gone)
    make.person_pair(gone, make.person("Ana", "Roxas"))
    user = make.user()
    before = stored()
    done = merge(kept, gone, locality="Cartago")
    assert stored() != before
    undo(merges.undo_entry(done), by=user)
    merges.close(done)
    assert stored() == before
    with pytest.raises(DomainError, match="already been undone"):
        merges.undo_entry(done)


def test_a_merge_on_which_another_one_stands_is_undone_after_that_one(make):
    one, two, three = (make.person("Ana", name, email=f"{name}@example.org") for name in ("Uno", "Dos", "Tres"))
    numbers = [person.id for person in (one, two, three)]
    first = merge(two, one)
    second = merge(three, two)
    assert [merge_queries.current_id("people", number) for number in numbers] == [three.id, three.id, None]
    with pytest.raises(DomainError, match="A later merge stands on this one"):
        merges.undo_entry(first)
    take_back(make, second)
    take_back(make, first)
    assert sorted(db.session.scalars(select(Person.family_name))) == ["Dos", "Tres", "Uno"]
    assert db.session.scalars(select(MergedId)).all() == []


def test_a_merge_is_not_undone_if_what_it_moved_was_changed(make):
    kept, gone = make.person("Ana", "Rojas"), make.person("Ana", "R.", email="ana@example.org")
    done = merge(kept, gone)
    contact_details.remove(kept.contact_details[0])
    with pytest.raises(DomainError, match="deleted in the meantime"):
        take_back(make, done)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("record", ["person", "organization"])
def test_a_removed_record_is_not_merged(make, record, which):
    sides = [getattr(make, record)(name) for name in ("Ana", "Anita")]
    removals.remove(sides[which], by=None)
    with pytest.raises(DomainError, match="One of them was removed"):
        merge(*sides)


def test_what_is_hidden_with_others_follows_and_is_restored_with_them(make):
    congress = make.congress()
    delegation = make.delegation(congress, delegates=0)
    kept, gone, colleague = make.person("Ana", "Rojas"), make.person("Ana", "R."), make.person("Eva", "Luz")
    make.seat(delegation, gone)
    make.relation(gone, colleague)
    user = make.user()
    removals.remove(delegation, by=user)
    removals.remove(colleague, by=user)
    before = stored()
    done = merge(kept, gone)
    removals.bring_back(delegation)
    removals.bring_back(colleague)
    db.session.expire_all()
    assert [seat.person_id for seat in delegation.delegates] == [kept.id]
    [relation] = db.session.scalars(select(Relation))
    assert {relation.person_id, relation.other_id} == {kept.id, colleague.id}
    removals.remove(delegation, by=user)
    removals.remove(colleague, by=user)
    take_back(make, done, by=user)
    assert without_times(stored()) == without_times(before)


def test_what_was_removed_from_a_merged_person_is_restored_to_the_one_that_stands_for_her(make):
    kept, gone = make.person("Ana", "Rojas"), make.person("Ana", "R.", email="ana@example.org")
    user = make.user()
    with recording("contact_details.remove", "ana@example.org", by=user) as entry:
        contact_details.remove(gone.contact_details[0])
    done = merge(kept, gone)
    undo(entry, by=user)
    db.session.expire_all()
    assert [one.value for one in kept.contact_details] == ["ana@example.org"]
    take_back(make, done)
    assert sorted(db.session.scalars(select(Person.family_name))) == ["R.", "Rojas"]


def test_what_was_removed_before_a_merge_that_was_undone_is_restored_to_its_own_person(make):
    kept, gone = make.person("Ana", "Rojas"), make.person("Ana", "R.", email="ana@example.org")
    number, user = gone.id, make.user()
    with recording("contact_details.remove", "ana@example.org", by=user) as entry:
        contact_details.remove(gone.contact_details[0])
    take_back(make, merge(kept, gone))
    undo(entry, by=user)
    assert [one.value for one in db.session.get_one(Person, number).contact_details] == ["ana@example.org"]


def test_nobody_is_merged_with_herself_or_twice(make):
    kept, gone = make.person("Ana", "Rojas"), make.person("Ana", "R.")
    with pytest.raises(DomainError, match="cannot be merged with itself"):
        merge(kept, kept)
    merge(kept, gone)
    assert len(db.session.scalars(select(Merge)).all()) == 1


def test_delegations_members_and_affiliations_of_an_organization_follow(make):
    kept, gone = make.organization("Dockers", "PE"), make.organization("Dock workers", "PE", acronym="DW")
    federation, branch = make.organization(), make.organization()
    for union in (kept, gone):
        make.affiliation(union, federation)
    make.affiliation(branch, gone)
    make.affiliation(gone, kept)
    delegation = make.delegation(make.congress(), organization=gone)
    member = make.person(organization=gone)
    make.membership(member, organization=kept, on_behalf_of=gone)
    merge(kept, gone)
    organization = db.session.get_one(Organization, kept.id)
    assert (organization.name, organization.acronym) == ("Dockers", "DW")
    assert delegation.organization_id == kept.id
    db.session.refresh(member)
    assert [(one.organization_id, one.on_behalf_of_id) for one in member.memberships] == [(kept.id, None)]
    ends = {(row["organization_id"], row["parent_id"]) for row in stored()["affiliations"].values()}
    assert ends == {(kept.id, federation.id), (branch.id, kept.id)}


def test_organizations_of_which_one_belongs_to_the_other_through_a_third_are_not_merged(make):
    top, middle, low = make.organization(), make.organization("Middle"), make.organization()
    make.affiliation(low, middle)
    make.affiliation(middle, top)
    with pytest.raises(DomainError) as refused:
        merge(top, low)
    assert refused.value.values == {"parent": "Middle"}


def test_everything_follows_even_if_whoever_merges_sees_only_a_part_of_it(make):
    here, there = make.congress(), make.congress()
    kept, gone = make.person("Ana", "Rojas", congress=here), make.person("Ana", "R.", congress=here)
    seat = make.seat(make.delegation(there, delegates=0), gone)
    enter_scope(Scope(frozenset({here.id})))
    merge(kept, gone)
    enter_scope(EVERYTHING)
    db.session.refresh(seat)
    assert seat.person_id == kept.id


def test_the_id_of_what_was_merged_is_not_given_to_another_record(make):
    congress = make.congress()
    delegation = make.delegation(congress, delegates=0)
    kept, gone = make.person("Ana", "Rojas"), make.person("Ana", "R.")
    seats = [make.seat(delegation, one) for one in (kept, gone)]
    unions = [make.organization("Dockers"), make.organization("Dock workers")]
    old = [gone.id, seats[1].id, unions[1].id]
    merge(kept, gone)
    merge(*unions)
    person, union = make.person("Eva", "Luz"), make.organization("Teachers")
    assert all(
        new > number for new, number in zip((person.id, make.seat(delegation, person).id, union.id), old, strict=True)
    )


def test_articles_follow_a_merge_and_return_when_it_is_undone(make):
    kept, gone = make.person("Ana", "Rojas"), make.person("Ana", "R.")
    both, own = make.article("Both"), make.article("Her own")
    make.mention(both, kept), make.mention(both, gone, MentionKind.AUTHOR), make.mention(own, gone)
    before, user = stored(), make.user()
    done = merge(kept, gone)
    found = {(one.article.headline, one.kind, one.person_id) for one in db.session.scalars(select(Mention))}
    assert found == {("Both", MentionKind.SUBJECT, kept.id), ("Her own", MentionKind.SUBJECT, kept.id)}
    take_back(make, done, by=user)
    assert stored()["mentions"] == before["mentions"]


def test_what_was_said_about_a_pair_stays(make):
    kept, gone, other = make.person("Ana", "Rojas"), make.person("Ana", "R."), make.person("Ana", "Roxas")
    make.person_pair(kept, other)
    duplicates.dismiss(make.person_pair(gone, other), by=make.user())
    merge(kept, gone)
    [pair] = db.session.scalars(select(PersonPair))
    assert {pair.first_id, pair.second_id} == {kept.id, other.id}
    assert pair.dismissed_at
