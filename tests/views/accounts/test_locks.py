"""The panic lock on pages: one press closes every page; delegates still call for help; two people open it."""

from email import message_from_bytes
from email.policy import default

import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy import text as sql

from app import tokens
from app.backups import age
from app.extensions import db
from app.jobs.mail.outbox import deliver_urgent
from app.models.accounts.accounts import Role
from app.models.accounts.locks import HouseLock
from app.models.accounts.sessions import UserSession
from app.models.mail.deliveries import MailboxLetter
from app.models.oversight.lines import LogLine
from app.models.people.people import Person
from app.models.travel.check_ins import GivenAnswer, HelpCall
from app.models.types import keyring_of
from app.sealing import Box, blind
from tests.architecture.test_access import EXPECTED, Pages, populated, stored
from tests.authenticator import Authenticator
from tests.factories import going_on, utc
from tests.locking import PASSWORD, code_of, key_in_file
from tests.views.accounts.test_passkeys import answered
from tests.views.pages import text

NOW = utc("2025-12-01 14:00")
STAYS = {
    "static", "signs.alive", "signs.ready", "returned.take", "today.language", "locks.opening",
    "personal.answer", "personal.call", "personal.show",
}  # fmt: skip


@pytest.fixture(autouse=True)
def key(app, settings, at):
    at(NOW)
    app.extensions.pop("readiness", None)
    with key_in_file(app, settings) as file:
        yield file
    app.extensions.pop("readiness", None)


@pytest.fixture
def team(house):
    """Alice is an admin, Carmen coordinates a congress, Bob organizes everything, Charlie is only a member; all have factors."""
    with house.open() as make:
        roles = {"Alice": Role.ADMIN, "Carmen": Role.COORDINATOR, "Bob": Role.ORGANIZER, "Charlie": Role.MEMBER}
        congress = make.congress()
        people = {}
        for name, role in roles.items():
            user = people[name.lower()] = make.user(name, password=PASSWORD)
            make.grant(user, role, congress=congress if name in ("Carmen", "Charlie") else None)
            make.factor(user)
        return people


def press(client):
    return client.edit("/house/lock")


def typed(house, user, steps=0, **changes):
    with house.open():
        code = code_of(user.id, steps)
    return {"email": user.email, "password": PASSWORD, "code": code} | changes


def in_english(client):
    with client.client.session_transaction() as session:
        session["locale"] = "en"
    return client


def stands(house):
    with house.open():
        return db.session.query(HouseLock).filter_by(standing=1).count() == 1


def test_a_coordinator_locks_the_house_with_one_press_and_no_password(house, team, browse):
    carmen, alice = browse(team["carmen"]), browse(team["alice"])
    assert alice.get("/account").status_code == 200
    assert "/house/lock" in text(carmen.get("/account"))
    with house.open():
        db.session.execute(
            sql("UPDATE sessions SET confirmed_at = '2025-11-01 00:00:00'"), execution_options={"unscoped": "old"}
        )
    assert press(carmen).status_code == 302
    for one in (carmen, alice, browse()):
        page = one.get("/account")
        assert page.status_code == 503
        assert "Closed for now" in text(page) or "Cerrado por ahora" in text(page)
    with house.open():
        lock = db.session.scalars(select(HouseLock)).one()
        assert lock.locked_by_id == team["carmen"].id
        assert db.session.query(UserSession).filter_by(ended_at=None).count() == 0


@pytest.mark.parametrize("name", ["bob", "charlie"])
def test_nobody_else_locks_it(house, team, browse, name):
    client = browse(team[name])
    assert "/house/lock" not in text(client.get("/account"))
    assert client.post("/house/lock").status_code == 403
    assert not stands(house)


def test_every_page_of_a_house_that_is_locked_is_closed_to_everybody(app, house, browse):
    with house.open() as make:
        world = populated(make)
        admin = make.user("Alice")
        make.grant(admin, Role.ADMIN)
    press(browse(admin))
    browse().get("/")  # from now on this process has no key
    pages, wrong, client = Pages(app, world), [], browse(admin)  # with a session that began meanwhile
    values = world.here.congress | world.here.campaign
    with house.open(), blind():
        before = stored()
    for endpoint in EXPECTED.keys() - STAYS:
        path = pages.path(endpoint, values | world.here.once.get(endpoint, {}))
        for method in pages.methods(endpoint):
            answer = (client.get if method == "GET" else client.post)(path)
            if answer.status_code != 503:
                wrong.append(f"{method} {path}: {answer.status_code}")
    assert wrong == []
    with house.open(), blind():
        assert stored() == before


def test_programs_learn_that_it_lives_and_that_it_is_locked_and_nothing_else(team, browse):
    press(browse(team["alice"]))
    assert browse().get("/healthz").json == {"state": "alive"}
    answer = browse().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"state": "locked"})


def test_the_closed_page_is_in_the_language_of_the_reader_and_keeps_what_was_sent(team, browse):
    press(browse(team["alice"]))
    page = browse().get("/c/water", headers={"Accept-Language": "fr-CA"})
    assert "Fermé pour le moment" in text(page)
    sent = browse().post("/c/water?locale=en", {"email": "rosa@example.org", "password": "secret words"})
    assert sent.status_code == 503
    assert "it is still in this page" in text(sent)
    assert 'value="rosa@example.org"' in text(sent)
    assert "secret words" not in text(sent)


@pytest.fixture
def delegate(house):
    """The link of Rosa, a delegate with a phone number, and her congress, which has somebody to call."""
    with house.open() as make:
        congress = make.congress("Here", **going_on(), help_name="Marta", help_phone="+58 212 5550101")
        carmen = make.user("Carmen")
        make.grant(carmen, Role.COORDINATOR, congress=congress)
        rosa = make.person("Rosa", "Paz", congress=congress, nationality="CU")
        make.contact_detail(rosa, "+1 809 555 0102")
        delegation = make.delegation(congress, delegates=0)
        make.seat(delegation, rosa)
        return f"/here/{tokens.sign_delegate_link(current_app.config['SECRET_KEY'], delegation.delegates[0])}", carmen


def test_a_delegate_calls_for_help_in_a_house_that_is_locked_and_nobody_but_the_key_reads_the_note(
    house, team, browse, delegate
):
    link, carmen = delegate
    assert "Rosa" in text(browse().get(link))
    press(browse(team["alice"]))
    page = browse().get(f"{link}?locale=en")
    assert page.status_code == 503
    assert "tel:+582125550101" in text(page)
    assert "Rosa" not in text(page)
    sent = browse().post(f"{link}/help?locale=en", browse().sheet(page, note="In the hotel, room 7"))
    assert sent.status_code == 302
    assert "You have asked for help" in text(browse().get(sent.location))
    with house.open():
        assert isinstance(keyring_of(db.engine.dialect), Box)
        stored = db.session.execute(
            sql("SELECT note FROM given_answers"), execution_options={"unscoped": "raw"}
        ).scalar()
        assert "hotel" not in stored
        deliver_urgent()
        letter = db.session.query(MailboxLetter).filter_by(recipient=carmen.email).one()
        body = message_from_bytes(letter.content, policy=default).get_body(("plain",)).get_content()
    assert "Rosa Paz, +1 809 555 0102" in body
    assert "hotel" not in body
    assert "http" not in body
    opened_by(house, browse, team["alice"], team["carmen"])
    assert "Rosa" in text(browse().get(link))
    with house.open():
        assert db.session.scalars(select(GivenAnswer.note)).all() == ["In the hotel, room 7"]
        assert db.session.query(HelpCall).count() == 1


def test_a_delegate_at_risk_is_asked_to_call_because_nobody_can_read_the_number(house, team, browse, delegate):
    link, carmen = delegate
    with house.open():
        db.session.scalars(select(Person).where(Person.given_name == "Rosa")).one().is_at_risk = True
        db.session.commit()
    press(browse(team["alice"]))
    page = browse().get(f"{link}?locale=en")
    assert "Your phone number is encrypted and cannot be read now" in text(page)
    assert browse().post(f"{link}/help?locale=en", browse().sheet(page, note="")).status_code == 302
    with house.open():
        deliver_urgent()
        letter = db.session.query(MailboxLetter).filter_by(recipient=carmen.email).one()
        body = message_from_bytes(letter.content, policy=default).get_body(("plain",)).get_content()
    assert "Rosa Paz" in body
    assert "555" not in body


def opened_by(house, browse, *people):
    for one in people:
        answer = browse().post("/house/open", typed(house, one))
    return answer


def test_two_people_open_the_house_and_everybody_signs_in_anew(house, team, browse):
    old = browse(team["alice"])
    press(old)
    first = in_english(browse())
    assert first.post("/house/open", typed(house, team["alice"])).location == "/house/open"
    assert "You have confirmed it" in text(first.get("/house/open"))
    assert first.post("/house/open", typed(house, team["alice"], steps=1)).location == "/house/open"
    assert stands(house)
    assert browse().post("/house/open", typed(house, team["carmen"])).location == "/sign-in"
    assert not stands(house)
    assert old.client.get("/account").status_code == 302
    page = text(browse(team["alice"]).get("/house/state"))
    assert "Locked by Alice." in page
    assert "Opened by Alice and Carmen." in page


def test_nobody_opens_it_without_a_role_or_with_a_wrong_password_or_code_and_each_try_is_logged(house, team, browse):
    press(browse(team["alice"]))
    opened_by(house, browse, team["alice"])
    with house.open() as make:
        rosa = make.user("Rosa", password=PASSWORD)
        make.grant(rosa, Role.ADMIN)
    tries = [
        (typed(house, team["bob"]), "Only coordinators and admins"),
        (typed(house, team["charlie"]), "Only coordinators and admins"),
        ({"email": rosa.email, "password": PASSWORD, "code": "123456"}, "Only coordinators and admins"),
        (typed(house, team["carmen"], password="wrong"), "incorrect"),
        (typed(house, team["carmen"], code="000000"), "code is not right"),
    ]
    for sent, fault in tries:
        assert fault in text(in_english(browse()).post("/house/open", sent))
    assert stands(house)
    with house.open():
        assert db.session.scalars(select(HouseLock.refused)).one() == len(tries)
        about = select(LogLine.user_id).where(LogLine.table_name == "house_locks", LogLine.fields == "refused")
        noted = db.session.scalars(about.order_by(LogLine.number)).all()
    assert noted == [team["bob"].id, team["charlie"].id, rosa.id, None, team["carmen"].id]


def test_guessing_at_a_locked_house_has_to_wait(house, team, browse):
    press(browse(team["alice"]))
    client = in_english(browse())
    for _ in range(4):
        answer = client.post("/house/open", typed(house, team["carmen"], password="wrong"))
    assert answer.status_code == 429 or "Try again in" in text(answer)


def test_a_passkey_alone_confirms_the_opening(house, team, browse):
    house.with_settings(base_url="https://encuentro.test")
    device = Authenticator(count=1)
    with house.open() as make:
        make.passkey(db.session.merge(team["carmen"]), device=device)
    press(browse(team["alice"]))
    opened_by(house, browse, team["alice"])
    client = browse()
    assert answered(client, client.get("/house/open"), device).location == "/sign-in"
    assert not stands(house)


def test_a_key_on_the_disk_is_sealed_to_the_recipient_of_backups_and_then_two_people_do_not_open(
    house, team, browse, settings, key
):
    identity = age.Identity.new()
    house.with_settings(backup_recipient=identity.recipient.text)
    alice = browse(team["alice"])
    assert "only whoever has the private key" in text(alice.get("/house/lock"))
    content = key.read_text()
    press(alice)
    assert not key.exists()
    sealed = settings.var_dir / "field-key.age"
    assert content.encode() not in sealed.read_bytes()
    with sealed.open("rb") as file:
        assert b"".join(age.pieces(file, identity)).decode() == content
    page = text(in_english(browse()).get("/house/open"))
    assert "encuentro unlock" in page
    opened_by(house, browse, team["alice"], team["carmen"])
    assert stands(house)


def test_a_house_that_is_open_has_nothing_to_open(team, browse):
    assert browse().get("/house/open").location == "/sign-in"
