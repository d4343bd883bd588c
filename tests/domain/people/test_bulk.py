"""Changes of many people or organizations at once: few statements, a history for each, and undone one by one."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, select

from app.domain.accounts import audit
from app.domain.people import merges, organizations, participations, people, taggings
from app.domain.people.merges import MergedPersonValues
from app.domain.recording import recording_many
from app.domain.undo import undo
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.accounts.undo import UndoEntry
from app.models.people.organizations import Organization
from app.models.people.people import Participation, Person
from app.models.people.tags import Tagging
from app.models.scoping import EVERYTHING, Scope, in_scope
from app.queries.people import selected


@pytest.fixture
def crowd(make):
    """Three people of a congress."""
    congress = make.congress("Here")
    return congress, [make.person(name, "Luz", congress=congress) for name in ("Ana", "Bea", "Carla")]


@contextmanager
def counted():
    """Count the statements that are sent to the database."""
    sent = []
    note = lambda *arguments: sent.append(arguments[2])  # noqa: E731 - removed by the same name
    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def together(make, write, **where):
    """Write so that it can be undone, and return the outcome and the entry."""
    user = make.user()
    audit.act_as(user)
    with recording_many("selected.tag", "Interpreter", by=user, **where) as entry:
        outcome = write()
    db.session.commit()
    return outcome, entry


def tagged():
    return set(db.session.scalars(select(Tagging.person_id)))


def places(person):
    db.session.refresh(person, ["participations"])
    return [one.where for one in person.participations]


def verbs(person):
    entries = select(AuditEntry).where(AuditEntry.person_id == person.id).order_by(AuditEntry.id)
    return [(one.verb, one.before, one.after) for one in db.session.scalars(entries)][1:]


def test_a_tag_is_put_on_many_and_each_has_it_in_her_history(make, crowd):
    _congress, rows = crowd
    ids = [one.id for one in rows]
    make.tagging(rows[0], "Cook")
    make.tagging(rows[1])
    outcome, entry = together(make, lambda: taggings.put_on_all(Person, ids, make.tag()))
    assert (list(outcome.done), outcome.already) == ([ids[0], ids[2]], 1)
    assert verbs(rows[0])[-1] == ("changed", {"tags": ["Cook"]}, {"tags": ["Cook", "Interpreter"]})
    assert verbs(rows[2]) == [("changed", {"tags": []}, {"tags": ["Interpreter"]})]
    assert undo(entry, by=make.user()) == 0
    db.session.commit()
    assert tagged() == {ids[0], ids[1]}
    assert verbs(rows[2])[-1] == ("undone", {"tags": ["Interpreter"]}, {"tags": []})
    assert undo(entry, by=make.user()) == 0


def test_a_tag_is_taken_off_many_and_put_back_unless_someone_did_so_already(make, crowd):
    _congress, rows = crowd
    ids = [one.id for one in rows]
    for row in rows[:2]:
        make.tagging(row)
    outcome, entry = together(make, lambda: taggings.take_off_all(Person, ids, make.tag()))
    assert (list(outcome.done), outcome.already, tagged()) == (ids[:2], 1, set())
    make.tagging(rows[0])
    assert undo(entry, by=make.user()) == 0
    db.session.commit()
    assert tagged() == set(ids[:2])


def test_what_has_changed_since_is_left_when_the_rest_is_undone(make, crowd):
    _congress, rows = crowd
    _outcome, entry = together(make, lambda: taggings.put_on_all(Person, [one.id for one in rows], make.tag()))
    taggings.take_off(rows[0], db.session.scalars(select(Tagging).where(Tagging.person_id == rows[0].id)).one())
    merges.merge_people(
        make.person("Kept", "Luz"), rows[1], merges.combined(MergedPersonValues, rows[1], rows[1]), by=None
    )
    db.session.commit()
    assert undo(entry, by=make.user()) == 2
    db.session.commit()
    assert rows[2].id not in tagged()
    assert len(tagged()) == 1


def test_nothing_is_undone_where_all_has_changed_since(make, crowd):
    _congress, rows = crowd
    _outcome, entry = together(make, lambda: taggings.put_on_all(Person, [rows[0].id], make.tag()))
    db.session.delete(db.session.scalars(select(Tagging)).one())
    db.session.commit()
    with pytest.raises(DomainError, match="changed in the meantime"):
        undo(entry, by=make.user())


def test_people_out_of_scope_are_neither_selected_nor_undone(make, crowd):
    congress, rows = crowd
    hidden = make.person("Dora", "Luz", congress=make.congress("There"))
    make.seat(make.delegation(congress, delegates=0), hidden)
    union = make.organization()
    ids = [one.id for one in (*rows, hidden)]
    _outcome, entry = together(make, lambda: taggings.put_on_all(Person, ids, make.tag()))
    with in_scope(Scope(frozenset({congress.id}))):
        assert selected.writable(Person, [*ids, 4_000]) == ids[:3]
        assert undo(entry, by=make.user()) == 1
    db.session.commit()
    assert tagged() == {hidden.id}
    with in_scope(EVERYTHING):
        assert selected.writable(Person, ids) == ids
    assert selected.writable(Organization, [union.id, 4_000]) == [union.id]
    organizations.remove(union, by=make.user())
    assert selected.writable(Organization, [union.id]) == []


def test_only_the_one_who_did_it_sees_what_was_done_to_many(make, crowd):
    congress, rows = crowd
    _outcome, entry = together(make, lambda: taggings.put_on_all(Person, [one.id for one in rows], make.tag()))
    for user, seen in ((entry.by, [entry.id]), (make.user("Dora"), [])):
        audit.act_as(user)
        with in_scope(Scope(frozenset({congress.id}))):
            assert db.session.scalars(select(UndoEntry.id)).all() == seen


def test_people_are_added_to_a_campaign_or_moved_into_it_and_back(make, crowd):
    congress, rows = crowd
    campaign, ids = make.campaign(), [one.id for one in rows]
    participations.begin(rows[0], campaign_id=campaign.id)
    here, there = (congress.id, None), (None, campaign.id)
    outcome, added = together(make, lambda: participations.begin_all(ids, campaign_id=campaign.id))
    assert (len(outcome.done), outcome.already) == (2, 1)
    undo(added, by=make.user())
    outsider = make.person("Olga", "Luz", campaign=campaign)
    outcome, moved = together(make, lambda: participations.move_all([*ids, outsider.id], here, there))
    assert (len(outcome.done), sum(outcome.left.values())) == (3, 1)
    assert [places(row) for row in rows] == [[there]] * 3
    assert verbs(rows[1])[-1] == ("changed", {"participations": None}, {"participations": None})
    people.update(rows[1], make.person_values("Beatriz", "Luz"))
    assert undo(moved, by=make.user()) == 0
    assert [set(places(row)) for row in rows] == [{there, here}, {here}, {here}]


def test_undoing_leaves_nobody_without_anybody_who_can_see_them(make, crowd):
    congress, rows = crowd
    campaign = make.campaign()
    _outcome, entry = together(
        make, lambda: participations.begin_all([one.id for one in rows], campaign_id=campaign.id)
    )
    db.session.delete(
        db.session.scalars(
            select(Participation).where(Participation.person_id == rows[0].id).order_by(Participation.id)
        ).first()
    )
    db.session.commit()
    assert undo(entry, by=make.user()) == 1
    assert [places(row) for row in rows] == [[(None, campaign.id)], [(congress.id, None)], [(congress.id, None)]]


def test_what_lies_in_a_congress_of_others_is_not_restored(make, crowd):
    congress, rows = crowd
    campaign, ids = make.campaign(), [one.id for one in rows]
    move = ((congress.id, None), (None, campaign.id))
    _outcome, entry = together(make, lambda: participations.move_all(ids, *move))
    with in_scope(Scope(campaign_ids=frozenset({campaign.id}))), pytest.raises(DomainError):
        undo(entry, by=make.user())
    assert places(rows[0]) == [(None, campaign.id)]


def test_organizations_are_tagged_together(make):
    unions = [make.organization(), make.organization()]
    outcome, entry = together(make, lambda: taggings.put_on_all(Organization, [one.id for one in unions], make.tag()))
    assert len(outcome.done) == 2
    undo(entry, by=make.user())
    assert db.session.scalar(select(func.count()).select_from(Tagging)) == 0


@pytest.mark.parametrize("write", [
    lambda ids, tag, campaign: taggings.put_on_all(Person, ids, tag),
    lambda ids, tag, campaign: participations.begin_all(ids, campaign_id=campaign.id),
])  # fmt: skip
def test_the_number_of_statements_does_not_grow_with_the_number_of_people(make, write):
    congress, campaign, tag = make.congress(), make.campaign(), make.tag()
    needed = []
    for size in (1, 2, 30):  # the first one also loads what the others find in the session
        ids = [make.person(f"Person {number}", "Luz", congress=congress).id for number in range(size)]
        with counted() as sent:
            _outcome, entry = together(make, lambda ids=ids: write(ids, tag, campaign))
            undo(entry, by=make.user())
            db.session.commit()
        needed.append(len(sent))
    assert needed[1] == needed[2]
