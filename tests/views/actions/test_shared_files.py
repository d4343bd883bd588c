"""A person without an account sends files by the link to her action."""

import io
from types import SimpleNamespace

import pytest
from flask import current_app

from app import tokens
from app.attached_files import Shelf
from app.domain.actions import attachments
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.actions.attachments import Attachment
from app.models.actions.follow_ups import FollowUp
from app.models.actions.parts import FollowUpComment
from tests.test_attached_files import PDF
from tests.views.pages import text


@pytest.fixture
def story(house, browse):
    """Rosa, who reads Spanish, has an action of a campaign on which Bob works; Eva has another one."""
    with house.open() as make:
        campaign, bob = make.campaign(), make.user("Bob")
        make.grant(bob, Role.COORDINATOR, campaign=campaign)
        people = [make.person(name, campaign=campaign, preferred_language="es") for name in ("Rosa", "Eva")]
        actions = [make.follow_up(campaign, one, by=bob) for one in people]
        key = current_app.config["SECRET_KEY"]
        links = [f"/action/{tokens.sign_shared_action(key, one)}" for one in actions]
    return SimpleNamespace(visitor=browse(None), bob=browse(bob), link=links[0], other=links[1], action=actions[0].id)


def send(story, name="carta.pdf", content=PDF, body="", **kept):
    values = {"body": body, "file": (io.BytesIO(content), name), **kept}
    return story.visitor.post(
        f"{story.link}/comment", values, content_type="multipart/form-data", follow_redirects=True
    )


def stored(house):
    with house.open():
        return db.session.query(Attachment).count(), db.session.query(FollowUpComment).count()


def test_she_sends_a_file_with_a_comment_and_her_team_sees_from_whom(house, story):
    page = text(send(story, body="Aqu\u00ed va la carta."))
    assert "carta.pdf" in page
    assert "Aqu\u00ed va la carta." in page
    assert stored(house) == (1, 1)
    assert story.visitor.get(f"{story.link}/files/1").data == PDF
    team = text(story.bob.get(f"/follow-ups/{story.action}"))
    assert "carta.pdf" in team
    assert "Rosa" in team.partition("carta.pdf")[2][:80]


def test_a_file_alone_and_a_comment_alone_are_enough_but_not_nothing(house, story):
    send(story)
    story.visitor.post(f"{story.link}/comment", {"body": "Hecho."})
    assert stored(house) == (1, 1)
    assert "Escriba algo o elija un archivo." in text(story.visitor.post(f"{story.link}/comment", {"body": " "}))
    assert stored(house) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("carta.pdf", b"<script>alert(1)</script>", "Este archivo est\u00e1 da\u00f1ado"),
        ("carta.exe", b"MZ", "No se pueden adjuntar archivos con esta terminaci\u00f3n"),
        ("carta.pdf", b"", "Este archivo est\u00e1 vac\u00edo."),
        ("carta.pdf", PDF + b" " * 12_000, "megabytes"),
    ],
)
def test_a_file_that_cannot_be_attached_is_refused_in_her_language_and_her_comment_stays(
    house, story, monkeypatch, name, content, sentence
):
    monkeypatch.setattr(attachments, "MEGABYTE", 1000)
    page = send(story, name, content, body="Aqu\u00ed va la carta.")
    assert sentence in text(page)
    assert "Aqu\u00ed va la carta.</textarea>" in page.text
    assert stored(house) == (0, 0)


def test_there_are_no_more_files_than_an_action_can_have(house, story):
    with house.open():
        action = db.session.get_one(FollowUp, story.action)
        shelf = Shelf(current_app.config["SETTINGS"].attachments_dir)
        for _number in range(attachments.MOST_ATTACHED):
            attachments.attach(action, {"name": "a.pdf", "content": PDF}, shelf, most_megabytes=1)
        db.session.commit()
    assert f"{attachments.MOST_ATTACHED} archivos" in text(send(story))
    assert stored(house)[0] == attachments.MOST_ATTACHED


def test_she_cannot_send_without_end(house, story):
    for _attempt in range(20):
        send(story, content=b"")
    page = send(story, body="Una m\u00e1s.")
    assert page.status_code == 429
    assert "Una m\u00e1s.</textarea>" in page.text
    assert stored(house) == (0, 0)
    assert story.visitor.post(f"{story.link}/comment", {"body": "Sin archivo."}).status_code == 302


def test_sending_it_twice_stores_it_once(house, story):
    key = (
        story.visitor.get(story.link)
        .text.partition('name="idempotency_key"')[2]
        .partition('value="')[2]
        .partition('"')[0]
    )
    for _time in range(2):
        send(story, idempotency_key=key)
    assert stored(house) == (1, 0)


def test_her_file_belongs_to_this_action_alone(story):
    send(story)
    assert story.visitor.get(f"{story.other}/files/1").status_code == 404
