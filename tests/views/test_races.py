"""Two people who press at the same moment: one is asked or told, whatever the database."""

from functools import partial

import pytest

from app.domain.campaigns import enrollments, invitations
from app.domain.people import merges
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.campaigns.subscriptions import Subscription, SubscriptionRequest
from app.models.people.merges import Merge
from app.models.people.organizations import Organization
from app.models.people.people import ContactDetail, Person
from app.views.accounts import undo
from app.web import editing
from tests import races
from tests.databases import BOTH_DATABASES
from tests.races import together
from tests.views.pages import text

pytestmark = BOTH_DATABASES


@pytest.fixture
def admins(house, browse):
    """Clients of two admins."""
    with house.open() as make:
        users = [make.user("Alice"), make.user("Bob")]
        for user in users:
            make.grant(user, Role.ADMIN)
    return [browse(user) for user in users]


@pytest.fixture
def meet(monkeypatch):
    """Let both requests reach a function before either calls it; SQLite lets only one of them come that far."""

    return partial(races.meet, monkeypatch, timeout=1)


def post_together(readers, sent):
    """Post each of two forms, by address and content, with one of two clients; return the answers."""
    return together(*(partial(reader.post, *given) for reader, given in zip(readers, sent, strict=True)))


def test_of_two_who_save_at_the_same_moment_the_second_sees_both_versions(house, admins, meet):
    with house.open() as make:
        path = f"/people/{make.person(locality='Cork').id}/edit"
    towns = ["Galway", "Derry"]
    sent = [(path, reader.typed(path, locality=town)) for reader, town in zip(admins, towns, strict=True)]
    meet(editing, "merge")
    answers = dict(zip(towns, post_together(admins, sent), strict=True))

    assert sorted(answer.status_code for answer in answers.values()) == [302, 409]
    [saved] = [town for town, answer in answers.items() if answer.status_code == 302]
    [asked] = set(towns) - {saved}
    shown = admins[0].sheet(answers[asked])
    assert shown["locality"] == asked
    assert f'<span class="theirs" dir="auto">{saved}</span>' in answers[asked].get_data(as_text=True)
    assert admins[0].typed(path)["locality"] == saved


@pytest.mark.parametrize("noun", ["people", "organizations"])
@pytest.mark.parametrize("crosswise", [False, True])
def test_of_two_who_merge_the_same_pair_at_the_same_moment_one_is_told_that_it_was_done(
    house, admins, meet, noun, crosswise
):
    with house.open() as make:
        record = make.person if noun == "people" else make.organization
        one, two = record("Ana").id, record("Anita").id
    paths = [f"/{noun}/{one}/merge/{two}", f"/{noun}/{two}/merge/{one}" if crosswise else f"/{noun}/{one}/merge/{two}"]
    sent = [(path, reader.typed(path)) for reader, path in zip(admins, paths, strict=True)]
    meet(merges, "_lock")
    answers = post_together(admins, sent)

    assert [answer.status_code for answer in answers] == [302, 302]
    with house.open():
        [left] = db.session.query(Person if noun == "people" else Organization).all()
        assert db.session.query(Merge).count() == 1
    said = [text(reader.get(f"/{noun}/{left.id}")) for reader in admins]
    assert ["Merged. Everything that referred" in page for page in said].count(True) == 1
    assert ["These two have already been merged." in page for page in said].count(True) == 1


def test_whoever_merges_with_someone_who_is_merged_at_the_same_moment_compares_again(house, admins, meet):
    with house.open() as make:
        one, two, three = (make.person("Ana", name, locality=name).id for name in ("Uno", "Dos", "Tres"))
    paths = [f"/people/{one}/merge/{two}", f"/people/{three}/merge/{two}"]
    sent = [(path, reader.typed(path)) for reader, path in zip(admins, paths, strict=True)]
    meet(merges, "_lock")
    answers = post_together(admins, sent)

    ends = {f"/people/{one}": f"/people/{three}/merge/{one}", f"/people/{three}": f"/people/{one}/merge/{three}"}
    [first] = [answer.location for answer in answers if answer.location in ends]
    [second] = [number for number, answer in enumerate(answers) if answer.location == ends[first]]
    assert "One of the two has been merged meanwhile." in text(admins[second].get(ends[first]))
    with house.open():
        assert db.session.query(Person).count() == 2


def test_pairs_that_two_merge_together_at_the_same_moment_are_merged_once(house, admins, meet):
    with house.open() as make:
        people = [make.person("Ana", name, email=f"{name}@example.org") for name in ("Uno", "Uno", "Dos", "Dos")]
        pairs = [make.person_pair(*people[:2]).id, make.person_pair(*people[2:]).id]
    sent = [("/people/duplicates/merge", {"pairs": [str(pair) for pair in pairs]})] * 2
    meet(merges, "_lock")
    answers = post_together(admins, sent)

    with house.open():
        assert db.session.query(Person).count() == 2
        assert db.session.query(Merge).count() == 2
    assert [answer.status_code for answer in answers] == [302, 302]
    said = [text(reader.get("/people/duplicates")) for reader in admins]
    assert ["2 pairs merged." in page for page in said].count(True) == 1
    assert ["2 pairs had already been merged or dismissed." in page for page in said].count(True) == 1


def test_what_two_undo_at_the_same_moment_is_restored_once(house, admins, meet):
    with house.open() as make:
        person = make.person(email="ana@example.org")
        number = person.id
        path = f"/people/{number}/contact-details/{person.contact_details[0].id}/remove"
    assert admins[0].post(path).status_code == 302
    meet(undo, "undo")
    answers = post_together(admins, [("/undo/1", {})] * 2)

    assert [answer.status_code for answer in answers] == [302, 302]
    with house.open():
        assert db.session.query(ContactDetail).filter_by(person_id=number).count() == 1


@pytest.mark.parametrize(("verb", "module"), [("invite", invitations), ("subscribe", enrollments)])
def test_an_address_that_two_invite_at_the_same_moment_is_invited_once(house, admins, meet, verb, module):
    with house.open() as make:
        make.campaign()
        person = make.person("Ana", email="ana@example.org")
        make.consent(person)
        path = f"/people/selected/{verb}?id={person.id}"
    sent = [(path, reader.typed(path)) for reader in admins]
    meet(module, verb)
    answers = post_together(admins, sent)

    with house.open():
        assert db.session.query(Subscription).count() == 1
        assert db.session.query(SubscriptionRequest).count() == (1 if verb == "invite" else 0)
    pages = [
        text(reader.get(answer.location) if answer.status_code == 302 else answer)
        for reader, answer in zip(admins, answers, strict=True)
    ]
    done = {"invite": "1 person was invited.", "subscribe": "1 person was subscribed."}[verb]
    late = {
        "invite": ("Already invited, or asked for it",),
        "subscribe": ("1 was subscribed already", "Already subscribed"),
    }
    assert [done in page for page in pages].count(True) == 1
    [told] = [page for page in pages if done not in page]
    assert any(said in told for said in late[verb])
