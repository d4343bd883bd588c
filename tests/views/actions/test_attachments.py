"""Files that are attached to actions: uploaded, downloaded, removed."""

import io
import re
from types import SimpleNamespace

import pytest

from app.attached_files import Shelf
from app.domain.actions import attachments
from app.domain_errors import DomainError
from app.extensions import db
from app.jobs.mail.outbox import deliver_due
from app.models.accounts.accounts import Role
from app.models.actions.attachments import Attachment
from app.models.actions.follow_ups import FollowUp
from app.models.mail.deliveries import MailboxLetter
from app.models.people.people import ContactType
from tests.test_attached_files import PDF
from tests.views.pages import text


@pytest.fixture
def story(house, browse):
    """Alice and Bob work on the campaign, Charlie on another; Rosa, who has no account, has the action."""
    with house.open() as make:
        campaign, other = make.campaign(), make.campaign("Another")
        alice, bob, charlie = (make.user(name) for name in ("Alice", "Bob", "Charlie"))
        for user, place in ((alice, campaign), (bob, campaign), (charlie, other)):
            make.grant(user, Role.COORDINATOR, campaign=place)
        rosa = make.person("Rosa", "Luz", campaign=campaign, preferred_language="en")
        make.contact_detail(rosa, type=ContactType.EMAIL, value="rosa@example.org")
        action = make.follow_up(campaign, rosa, by=bob, title="Call the station")
        readers = {user.name.lower(): browse(user) for user in (alice, bob, charlie)}
        path = f"/follow-ups/{action.id}/files"
        deliver_due()
        letter = db.session.query(MailboxLetter).one().content.decode()
    return SimpleNamespace(**readers, path=path, rosa=browse(None), link=re.search(r"/action/[\w.-]+", letter)[0])


def attach(story, name="Carta á.pdf", content=PDF):
    return story.bob.post(
        story.path, {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data", follow_redirects=True
    )


def stored(house):
    """Return the number of rows, and of files in the folder, which all tests share."""
    folder = house.app.config["SETTINGS"].attachments_dir
    with house.open():
        return db.session.query(Attachment).count(), len(list(folder.iterdir())) if folder.is_dir() else 0


def test_a_file_is_downloaded_by_the_team_and_by_whoever_has_the_action(story):
    page = text(attach(story))
    assert "Carta á.pdf" in page
    assert "1 KB" in page
    for reader in (story.alice, story.bob):
        answer = reader.get(f"{story.path}/1")
        assert answer.data == PDF
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert story.charlie.get(f"{story.path}/1").status_code == 404
    assert story.charlie.post(story.path, {}).status_code == 404
    shared = text(story.rosa.get(story.link))
    assert "Carta á.pdf" in shared
    assert "Bob" not in shared
    assert story.rosa.get(f"{story.link}/files/1").data == PDF
    assert story.rosa.get(f"{story.path}/1").status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("letter.pdf", b"MZ\x90\x00", "its content is not what its name says"),
        ("page.html", b"<script>", "Files with this ending cannot be attached."),
        ("big.txt", b"a" * 10_001, "A file may have at most 10 megabytes."),
    ],
)
def test_what_cannot_be_attached_is_refused_beside_the_field(house, story, monkeypatch, name, content, sentence):
    monkeypatch.setattr(attachments, "MEGABYTE", 1000)
    before = stored(house)
    answer = attach(story, name, content)
    assert answer.status_code == 422
    assert sentence in text(answer).partition('for="file"')[2][:1200]
    assert stored(house) == before


def test_a_removed_file_is_gone_and_can_be_brought_back(story):
    attach(story)
    page = text(story.bob.post(f"{story.path}/1/remove", {}, follow_redirects=True))
    assert story.bob.get(f"{story.path}/1").status_code == 404
    undo = re.search(r'action="(/[^"]*undo/\d+)"', page)[1]
    story.bob.post(undo, {})
    assert story.bob.get(f"{story.path}/1").data == PDF


def test_an_action_has_a_limited_number_of_files(make, tmp_path, monkeypatch):
    monkeypatch.setattr(attachments, "MOST_ATTACHED", 1)
    bob = make.user("Bob")
    action = make.follow_up(make.congress(), bob)
    values = {"name": "C:\\temp\\a.PDF", "content": PDF}
    assert attachments.attach(action, values, Shelf(tmp_path), most_megabytes=1, by=bob).name == "a.pdf"
    with pytest.raises(DomainError) as error:
        attachments.attach(action, values, Shelf(tmp_path), most_megabytes=1, by=bob)
    assert error.value.field == "file"


def test_files_leave_with_their_action_and_the_sweep_keeps_those_that_are_named(make, tmp_path):
    bob, shelf = make.user("Bob"), Shelf(tmp_path)
    action = make.follow_up(make.congress(), bob)
    kept = attachments.attach(action, {"name": "a.pdf", "content": PDF}, shelf, most_megabytes=1, by=bob)
    key = kept.key
    db.session.commit()
    attachments.sweep(shelf)
    assert shelf.read(key) == PDF
    db.session.delete(db.session.get_one(FollowUp, action.id))
    db.session.commit()
    assert db.session.query(Attachment).count() == 0
