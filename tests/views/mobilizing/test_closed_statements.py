"""Statements that take no more signatures, and removed ones; and that nobody signs a text that they have not seen."""

import pytest
from sqlalchemy import select

from app.domain.mobilizing import sign_ups, statements
from app.domain_errors import DomainError
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.mobilizing.sign_ups import SignUp
from app.models.mobilizing.statements import Statement
from tests.views.mobilizing.test_statements import ANA, filled
from tests.views.pages import text


@pytest.fixture
def story(house, browse):
    with house.open() as make:
        campaign = make.campaign(slug="water", open_to_sign_ups=True)
        bob, charlie = make.user("Bob"), make.user("Charlie")
        make.grant(bob, Role.COORDINATOR, campaign=campaign)
        make.grant(charlie, Role.COORDINATOR, campaign=make.campaign("Another"))
        statement = make.statement(campaign)
        make.signature(statement.published, name="Luz")
        make.signature(statement.published, name="Sol", confirmed=False)
        return {
            "bob": browse(bob), "charlie": browse(charlie), "visitor": browse(None),
            "here": f"/campaigns/{campaign.id}/statements/{statement.id}", "page": f"/c/water/statements/{statement.id}",
        }  # fmt: skip


def test_a_closed_statement_keeps_its_page_and_takes_no_more_signatures(story, house):
    visitor, page = story["visitor"], story["page"]
    story["bob"].post(f"{story['here']}/close")
    shown = text(visitor.get(f"{page}?locale=en"))
    assert "It has taken no more signatures since" in shown
    assert "Luz" in shown
    assert f'{page}/sign"' not in visitor.get(page).text
    assert visitor.get(f"{page}/sign").status_code == 404
    assert page not in visitor.get("/c/water").text
    with house.open():
        asked = db.session.scalars(select(SignUp).where(SignUp.confirmed_at.is_(None))).one()
        with pytest.raises(DomainError, match="takes no more signatures"):
            sign_ups.confirm(asked)
        db.session.rollback()
    story["bob"].post(f"{story['here']}/reopen")
    assert visitor.get(f"{page}/sign").status_code == 200


def test_closing_while_somebody_fills_in_the_form_refuses_the_signature(story, house, at):
    path = f"{story['page']}/sign"
    data = filled(story["visitor"], path, at, ANA)
    story["bob"].post(f"{story['here']}/close")
    assert story["visitor"].post(path, data).status_code == 404
    with house.open():
        assert len(db.session.scalars(select(SignUp)).all()) == 2


def test_removing_names_the_signatures_and_restoring_brings_them_back(story):
    bob, visitor = story["bob"], story["visitor"]
    assert "1 signature is no longer shown." in text(bob.get(f"{story['here']}/remove"))
    bob.post(f"{story['here']}/remove")
    for path in ("", "/sign", "/text.json", "/signatures.csv", "?version=1"):
        assert visitor.get(f"{story['page']}{path}").status_code == 404
    assert "For peace" in text(bob.get("/removed"))
    bob.post(f"{story['here']}/bring-back")
    assert "Luz" in text(visitor.get(story["page"]))


def test_an_edit_never_leaves_a_signature_on_a_text_that_the_signer_has_not_seen(story, house, at):
    visitor, path = story["visitor"], f"{story['page']}/sign?locale=en"
    data = filled(visitor, path, at, ANA)
    with house.open():
        statement = db.session.scalars(select(Statement)).one()
        first = statement.published.sha256
        changed = {language: f"{words} And land." for language, words in statement.texts.items()}
        statements.update(statement, {"titles": statement.titles, "texts": changed})
        statements.publish(statement)
        db.session.commit()
        for signed in db.session.scalars(select(SignUp)):
            assert signed.version.sha256 == first
            assert "And land." not in signed.version.content().decode()
    answer = visitor.post(path, data)
    assert answer.status_code == 422
    assert "The text has been changed since you opened this page." in text(answer)
    assert "And land." in text(answer)
    with house.open():
        assert {one.version.number for one in db.session.scalars(select(SignUp))} == {1}


def test_charlie_neither_closes_nor_removes(story):
    for verb in ("close", "reopen", "remove", "bring-back"):
        assert story["charlie"].post(f"{story['here']}/{verb}").status_code == 404
