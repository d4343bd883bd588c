"""The personal link: what it opens without an account, and what it does not."""

import pytest
from flask import current_app

from app.domain.congress import delegations
from app.domain.travel import check_ins
from app.extensions import db
from app.models.accounts.audit import AuditEntry
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegate, DelegationStatus
from app.models.travel.check_ins import Answer, CheckIn
from app.models.travel.journeys import Leg, LegStatus
from app.tokens import sign_delegate_link, sign_subscription
from tests.architecture.test_access import stored
from tests.factories import going_on
from tests.views.pages import text


@pytest.fixture
def world(house):
    """Two similar congresses: each has a delegation of two with an affected leg, and both delegates were asked whether they are safe."""
    with house.open() as make:
        return [corner(make, title) for title in ("Here", "There")]


def corner(make, title):
    congress = make.congress(title, **going_on())
    delegation = make.delegation(congress, delegates=0)
    for name, language in (("Rosa", "en"), ("Inés", "es")):
        make.seat(delegation, make.person(name, congress=congress, preferred_language=language))
    leg = make.leg(delegation)
    problem = make.problem(congress)
    check_ins.ask(problem)
    asked = {one.delegate_id: one.id for one in db.session.query(CheckIn).filter_by(problem_id=problem.id)}
    secret = current_app.config["SECRET_KEY"]
    rosa, ines = delegation.delegates
    return {
        "congress": congress.id, "delegation": delegation.id, "leg": leg.id, "problem": problem.id,
        "rosa": rosa.id, "ines": ines.id, "asked": asked[rosa.id], "asked_ines": asked[ines.id],
        "link": f"/here/{sign_delegate_link(secret, rosa)}", "link_ines": f"/here/{sign_delegate_link(secret, ines)}",
    }  # fmt: skip


@pytest.fixture
def here(world):
    return world[0]


def kept(house, number):
    with house.open():
        one = db.session.get_one(CheckIn, number)
        return one.answer, one.note


def everything(house):
    with house.open():
        return stored()


def test_a_link_shows_the_delegates_own_journey_and_check_in_only(browse, here):
    page = text(browse().get(here["link"]))
    assert "Hello Rosa" in page
    assert "Bogotá → Caracas" in page
    assert "Inés" not in page
    assert f"answer/{here['asked']}" in page
    assert f"answer/{here['asked_ines']}" not in page


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link[:-1],
        lambda link: link[:-3] + ("xxx" if link[-3:] != "xxx" else "yyy"),
        lambda link: link.replace("/here/", "/here/x"),
        lambda _link: "/here/x",
        lambda _link: "/here/WzEsMSwxXQ",  # [1,1,1] without a signature
    ],
)
def test_a_forged_link_is_rejected(house, browse, here, change):
    before = everything(house)
    assert browse().get(change(here["link"])).status_code == 404
    for path in (f"/answer/{here['asked']}", f"/arrived/{here['leg']}"):
        assert browse().post(change(here["link"]) + path, {"answer": "safe"}).status_code == 404
    assert everything(house) == before


def test_a_token_signed_for_another_purpose_is_rejected(house, browse, here):
    token = sign_subscription(house.app.config["SECRET_KEY"], here["congress"], here["rosa"])
    assert browse().get(f"/here/{token}").status_code == 404


def test_a_new_link_invalidates_the_previous_one(house, browse, here):
    with house.open():
        rosa = db.session.get_one(Delegate, here["rosa"])
        delegations.renew_link(rosa)
        renewed = f"/here/{sign_delegate_link(house.app.config['SECRET_KEY'], rosa)}"
    before = everything(house)
    assert browse().get(here["link"]).status_code == 404
    assert browse().post(f"{here['link']}/answer/{here['asked']}", {"answer": "safe"}).status_code == 404
    assert browse().post(f"{here['link']}/arrived/{here['leg']}").status_code == 404
    assert everything(house) == before
    assert browse().get(renewed).status_code == 200
    assert browse().get(here["link_ines"]).status_code == 200


def test_the_link_of_a_removed_delegate_is_rejected(house, browse, here):
    with house.open():
        delegations.remove_delegate(db.session.get_one(Delegate, here["rosa"]))
    assert browse().get(here["link"]).status_code == 404


def test_get_requests_change_nothing(house, browse, here):
    before = everything(house)
    for _ in range(2):
        assert browse().get(here["link"]).status_code == 200
        assert browse().client.head(here["link"]).status_code == 200
    for path in (f"/answer/{here['asked']}?answer=safe", f"/arrived/{here['leg']}"):
        assert browse().get(here["link"] + path).status_code == 405
    assert everything(house) == before


@pytest.mark.parametrize("whose", ["asked_ines", "there"])
def test_a_delegate_cannot_answer_for_another(house, browse, world, whose):
    here, there = world
    number = there["asked"] if whose == "there" else here[whose]
    before = everything(house)
    assert browse().post(f"{here['link']}/answer/{number}", {"answer": "safe"}).status_code == 404
    assert everything(house) == before


def test_a_delegate_cannot_report_another_delegates_leg(house, browse, world):
    here, there = world
    with house.open() as make:
        ines = db.session.get_one(Delegate, here["ines"])
        own = make.leg(ines.delegation, "CUC", "CCS", journey=make.party(ines.delegation, ines))
        other = make.leg(
            make.delegation(db.session.get_one(Congress, here["congress"]), organization=make.organization("Other"))
        )
    before = everything(house)
    for leg_id in (own.id, other.id, there["leg"], 99):
        assert browse().post(f"{here['link']}/arrived/{leg_id}").status_code == 404, leg_id
    assert everything(house) == before


def test_a_personal_link_gives_no_access_to_staff_pages(browse, world):
    here = world[0]
    visitor = browse()
    visitor.get(here["link"])
    for one in world:
        for path in ("", f"/problems/{one['problem']}", f"/delegations/{one['delegation']}"):
            answer = visitor.get(f"/congresses/{one['congress']}{path}")
            assert answer.status_code == 302
            assert answer.location.startswith("/sign-in")
    assert "There" not in text(visitor.get(here["link"]))


def test_a_link_does_not_extend_the_scope_of_a_signed_in_account(house, browse, world):
    here, there = world
    with house.open() as make:
        user = make.user()
        make.grant(user, congress=db.session.get_one(Congress, there["congress"]))
    reader = browse(user)
    assert "Hello Rosa" in text(reader.get(here["link"]))
    assert reader.post(f"{here['link']}/answer/{there['asked']}", {"answer": "safe"}).status_code == 404
    assert reader.get(f"/congresses/{here['congress']}").status_code == 404


def test_an_answer_sent_twice_is_stored_once(house, browse, here):
    data = {"answer": "need_help", "note": "The bus is stopped", "idempotency_key": "k1"}
    visitor, path = browse(), f"{here['link']}/answer/{here['asked']}"
    first = visitor.post(path, data)
    assert (first.status_code, first.location.partition("?")[0]) == (302, here["link"])
    assert kept(house, here["asked"]) == (Answer.NEED_HELP, "The bus is stopped")
    with house.open():
        answered_at = db.session.get_one(CheckIn, here["asked"]).answered_at
    assert visitor.post(path, data).status_code == 302
    with house.open():
        assert db.session.get_one(CheckIn, here["asked"]).answered_at == answered_at
        assert db.session.query(CheckIn).filter(CheckIn.answer.is_not(None)).count() == 1
    assert "I need help" in text(visitor.get(here["link"]))


def test_an_answer_can_be_changed(house, browse, here):
    for answer, note in (("need_help", "Stuck"), ("safe", "")):
        browse().post(f"{here['link']}/answer/{here['asked']}", {"answer": answer, "note": note})
    assert kept(house, here["asked"]) == (Answer.SAFE, None)


@pytest.mark.parametrize("answer", [None, "", "maybe"])
def test_an_invalid_answer_is_rejected(house, browse, here, answer):
    data = {"note": "Help us"} | ({} if answer is None else {"answer": answer})
    response = browse().post(f"{here['link']}/answer/{here['asked']}", data)
    assert response.status_code == 422
    assert kept(house, here["asked"]) == (None, None)


def test_a_comment_that_is_too_long_is_shown_again_completely(house, browse, here):
    note = "We are stopped at the bridge. " * 40
    response = browse().post(f"{here['link']}/answer/{here['asked']}", {"answer": "need_help", "note": note})
    assert response.status_code == 422
    assert kept(house, here["asked"]) == (None, None)
    assert note.strip() in text(response)


def test_one_tap_reports_the_arrival_and_a_second_one_changes_nothing(house, browse, here):
    visitor, path = browse(), f"{here['link']}/arrived/{here['leg']}"
    assert visitor.post(path, {"idempotency_key": "k1"}).status_code == 302
    with house.open():
        leg = db.session.get_one(Leg, here["leg"])
        assert leg.status is LegStatus.DONE
        assert leg.journey.delegation.status is DelegationStatus.ARRIVED
        assert all(one.arrived_at for one in leg.journey.delegation.delegates)
        assert {entry.actor_id for entry in db.session.query(AuditEntry)} == {None}
    before = everything(house)
    second = browse().post(path, {"idempotency_key": "k2"})
    assert second.status_code == 422
    assert everything(house) == before


@pytest.mark.parametrize(("whose", "language", "word"), [("link", "en", "Hello"), ("link_ines", "es", "Hola")])
def test_the_page_is_in_the_delegates_language_not_the_browsers(browse, here, whose, language, word):
    for spoken in ("en", "es", "de"):
        page = text(browse().get(here[whose], headers={"Accept-Language": spoken}))
        assert f'<html lang="{language}"' in page
        assert f"<h1>{word}" in page


def test_errors_are_in_the_delegates_language_too(browse, here):
    answer = browse().post(f"{here['link_ines']}/answer/{here['asked_ines']}", {"answer": "safe", "note": "x" * 1001})
    assert "at most" not in text(answer)


def test_the_page_is_not_cached_and_sends_no_referrer(browse, here):
    answer = browse().get(here["link"])
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
