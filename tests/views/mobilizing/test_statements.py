"""A statement, from writing it to its public list, and what signers are told when its text is changed."""

import hashlib
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.config import MEMBER_LOCALES
from app.domain.mobilizing import sign_ups, statements
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.mail.deliveries import MailboxLetter
from app.models.mobilizing.sign_ups import Mandate, SignUp
from app.models.mobilizing.statements import Statement

ANA = {"name": "Ana Ríos", "email": "ana@example.org", "mandate": "personal", "is_named": "y", "agreed": "y"}


@pytest.fixture
def campaign(house):
    with house.open() as make:
        return make.campaign("Peace", open_to_sign_ups=True)


@pytest.fixture
def statement(house, campaign):
    with house.open() as make:
        return make.statement(campaign)


@pytest.fixture
def page(campaign, statement):
    return f"/c/{campaign.slug}/statements/{statement.id}"


@pytest.fixture
def visitor(browse):
    client = browse()
    client.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def filled(visitor, path, at, data):
    hidden = dict(re.findall(r'name="(shown_at|idempotency_key|version)"[^>]* value="([^"]*)"', visitor.get(path).text))
    at(clock.now() + timedelta(seconds=5))
    return hidden | data


def link(house, path="sign-up"):
    with house.open():
        deliver_due()
        letter = db.session.scalars(select(MailboxLetter).order_by(MailboxLetter.id.desc())).first()
        text = letter.content.decode().replace("=\r\n", "").replace("=3D", "=")
    return re.search(rf"http://encuentro\.test(/{path}/[\w.=/-]+)", text)[1]


def change(house, statement, text="Another text."):
    with house.open():
        stored = db.session.get_one(Statement, statement.id)
        statements.update(stored, {"titles": {"en": "For peace"}, "texts": {"en": text}})
        statements.publish(stored)
        db.session.commit()


def test_bob_writes_and_publishes_a_statement_and_charlie_cannot(house, campaign, browse):
    with house.open() as make:
        bob, charlie = make.user("Bob"), make.user("Charlie")
        make.grant(bob, Role.COORDINATOR, campaign=campaign)
        make.grant(charlie, Role.COORDINATOR, campaign=make.campaign("Other"))
    path, text = f"/campaigns/{campaign.id}/statements", {"title_en": "For peace", "text_en": "We want peace."}
    assert browse(charlie).post(f"{path}/new", text).status_code == 404
    client = browse(bob)
    assert client.post(f"{path}/new", {"title_en": "For peace"}).status_code == 422
    shown = client.post(f"{path}/new", text).location
    assert "not published" in client.get(path).text
    assert browse().get(f"/c/{campaign.slug}/statements/1").status_code == 404
    assert "cannot be changed" in client.get(f"{shown}/publish").text
    assert client.post(f"{shown}/publish").status_code == 302
    assert "Version 1" in client.get(shown).text
    assert client.post(f"{shown}/publish").status_code == 422
    assert browse(charlie).get(shown).status_code == 404
    assert "We want peace." in browse().get(f"/c/{campaign.slug}/statements/1?locale=en").text


def test_somebody_signs_is_listed_and_withdraws(house, statement, page, visitor, at):
    assert "Sign “For peace”" in visitor.get(page.rpartition("/statements")[0]).text
    assert "We want peace." in visitor.get(f"{page}/sign").text
    assert visitor.post(f"{page}/sign", filled(visitor, f"{page}/sign", at, ANA)).status_code == 302
    assert "Ana Ríos" not in visitor.get(page).text
    own = link(house)
    assert "Do you sign “For peace”?" in visitor.get(own).text
    visitor.post(own)
    assert "Ana Ríos" in visitor.get(page).text
    assert "Ana Ríos" in visitor.get(f"{page}/signatures.csv").text
    at(clock.now() + timedelta(hours=1))
    visitor.post(f"{own}/withdraw")
    for address in (page, f"{page}/signatures.csv"):
        assert "Ana Ríos" not in visitor.get(address).text
    assert "withdrawn on" in visitor.get(page).text
    assert "1 was withdrawn." in visitor.get(page).text


def test_a_signer_who_does_not_want_to_be_named_is_not(house, statement, page, visitor):
    with house.open() as make:
        version = db.session.get_one(Statement, statement.id).published
        make.signature(
            version, name="Eva", is_named=False, mandate=Mandate.MEMBER, organization_name="Union of the Sea"
        )
    for address in (page, f"{page}/signatures.csv"):
        text = visitor.get(address).text
        assert "a member of Union of the Sea" in text
        assert "Eva" not in text


def test_a_signature_is_given_only_to_the_text_that_was_shown(house, statement, page, visitor, at):
    data = filled(visitor, f"{page}/sign", at, ANA)
    change(house, statement)
    answer = visitor.post(f"{page}/sign", data)
    assert answer.status_code == 422
    assert "The text has been changed since you opened this page" in answer.text
    again = dict(re.findall(r'name="(version)"[^>]* value="([^"]*)"', answer.text))
    assert visitor.post(f"{page}/sign", data | again).status_code == 302
    with house.open():
        assert db.session.scalar(select(SignUp)).version.number == 2


def test_signers_are_asked_whether_to_sign_the_new_version(house, statement, page, visitor, at):
    visitor.post(f"{page}/sign", filled(visitor, f"{page}/sign", at, ANA))
    visitor.post(link(house))
    change(house, statement)
    asked = link(house)
    assert asked.endswith("/new-version")
    assert "Another text." in visitor.get(asked).text
    assert "0 signatures." in visitor.get(page).text
    assert "1 signature." in visitor.get(f"{page}?version=1").text
    for _ in range(2):
        assert visitor.post(asked).status_code == 302
    assert "1 signature." in visitor.get(page).text
    assert "1 signature." in visitor.get(f"{page}?version=1").text
    assert "The text has been changed since." in visitor.get(f"{page}?version=1").text


def test_the_edition_of_an_instant_says_what_counted_then(house, statement, page, visitor, at, campaign):
    with house.open() as make:
        version = db.session.get_one(Statement, statement.id).published
        at(clock.now() + timedelta(days=1))
        signature = make.signature(version, name="Ana")
        noon = clock.now()
        at(noon + timedelta(days=2))
        sign_ups.withdraw(db.session.get_one(SignUp, signature.id))
        make.signature(version, name="Leo")
    day = f"{noon + timedelta(days=1):%Y-%m-%dT12:00}"
    then = visitor.get(f"{page}?as_of={day}").text
    assert "1 signature." in then
    assert "Leo" not in then
    assert "Leo" not in visitor.get(f"{page}/signatures.csv?as_of={day}").text
    assert "Leo" in visitor.get(page).text
    assert "0 signatures." in visitor.get(f"{page}?as_of=2001-01-01T00:00").text
    for odd in ("9999-12-31T23:59", "yesterday", "2025-13-45T99:99", "%00"):
        assert visitor.get(f"{page}?as_of={odd}").status_code == 200


def test_anyone_can_check_the_text(house, page, visitor):
    shown = re.search(r"[0-9a-f]{64}", visitor.get(page).text)[0]
    assert hashlib.sha256(visitor.get(f"{page}/text.json").get_data()).hexdigest() == shown


def test_hostile_names_are_text_and_no_formulas(house, statement, page, visitor):
    with house.open() as make:
        version = db.session.get_one(Statement, statement.id).published
        make.signature(version, name='=HYPERLINK("http://x")')
        make.signature(version, name="<script>alert(1)</script>")
    assert "<script>alert" not in visitor.get(page).text
    assert "'=HYPERLINK" in visitor.get(f"{page}/signatures.csv").text


@pytest.mark.parametrize("query", ["version=99", "version=0", "text=xx", "at=nonsense", "at=WzAsMF0"])
def test_an_odd_address_breaks_nothing(page, visitor, query):
    assert visitor.get(f"{page}?{query}").status_code in (200, 404)


def test_the_public_pages_speak_the_four_languages(page, visitor):
    for address in (page, f"{page}/sign"):
        titles = {re.search(r"<h2>\s*(.*?)\s*</h2>|<h1>\s*(.*?)\s*</h1>", visitor.get(f"{address}?locale={one}").text)[0]
                  for one in MEMBER_LOCALES}  # fmt: skip
        assert len(titles) == len(MEMBER_LOCALES)
