"""Notes on the page of an article: who sees them, and who may edit them."""

import html
import re

import pytest
from sqlalchemy import select

from app.domain.press import articles
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.press.articles import Article
from app.models.press.notes import Note

TEXT = "They came by land. They left by sea <soon>.\n\nThey came by air."


@pytest.fixture
def world(house):
    """A campaign with an organizer, a coordinator and a member; an article."""
    with house.open() as make:
        campaign, article = make.campaign("Peace"), make.article(text=TEXT)
        people = {}
        for role in Role:
            people[role] = make.user(role.value)
            make.grant(people[role], role, campaign=campaign)
    return people, campaign, article


def mark(browse, user, article, quotation, subject, **typed):
    data = {"quotation": quotation, "subject": subject, "body": "", **typed}
    return browse(user).post(f"/articles/{article.id}/notes/new", data)


def page_of(browse, user, article):
    return browse(user).get(f"/articles/{article.id}").text


def kept(house):
    with house.open():
        return db.session.scalars(select(Note).order_by(Note.id)).all()


def test_a_marked_passage_and_its_note_link_to_each_other(house, browse, world):
    people, campaign, article = world
    answer = mark(
        browse, people[Role.ORGANIZER], article, "left by sea <soon>", f"campaign:{campaign.id}", body="Which?"
    )
    (note,) = kept(house)
    assert answer.location.endswith(f"/articles/{article.id}#about-note-{note.id}")
    page = page_of(browse, people[Role.ORGANIZER], article)
    assert (
        f'<mark id="note-{note.id}">left by sea &lt;soon&gt;</mark><a class="ref" href="#about-note-{note.id}"' in page
    )
    assert re.search(rf'<li id="about-note-{note.id}">\s*<b>\s*<a href="#note-{note.id}">Note 1</a>', page)
    assert "Which?" in page


def test_an_ambiguous_passage_is_chosen_by_its_context(house, browse, world):
    people, campaign, article = world
    subject = f"campaign:{campaign.id}"
    answer = mark(browse, people[Role.ORGANIZER], article, "They came", subject)
    assert answer.status_code == 422
    said = html.unescape(answer.text)
    assert "Choose the one you mean." in said
    assert "…[…] by land. They left" in said
    assert "by sea <soon>. […] by air.…" in said
    place = TEXT.rindex("They came")
    assert mark(browse, people[Role.ORGANIZER], article, "They came", subject, place=place).status_code == 302
    assert [one.position for one in kept(house)] == [place]


def test_a_missing_passage_shows_an_error_on_the_field_and_the_input_is_kept(house, browse, world):
    people, campaign, article = world
    answer = mark(browse, people[Role.ORGANIZER], article, "by train", f"campaign:{campaign.id}", body="My remark")
    assert answer.status_code == 422
    assert 'id="quotation-error"' in answer.text
    assert "My remark" in answer.text
    assert kept(house) == []


def test_members_read_the_article_without_the_notes(house, browse, world):
    people, campaign, article = world
    mark(browse, people[Role.ORGANIZER], article, "by air", f"campaign:{campaign.id}", body="Between us")
    page = page_of(browse, people[Role.MEMBER], article)
    assert "Between us" not in page
    assert "<mark" not in page
    assert "by air" in page


def test_shared_notes_require_a_role_on_everything(house, browse, world):
    people, _campaign, article = world
    with house.open() as make:
        everywhere, follower = make.user("Everywhere"), make.user("Follower")
        make.grant(everywhere, Role.ORGANIZER)
        make.grant(follower, Role.MEMBER)
        make.grant(follower, Role.ADMIN, campaign=make.campaign())
    assert mark(browse, people[Role.ADMIN], article, "by air", "house").status_code == 422
    assert mark(browse, everywhere, article, "by air", "house", body="Ours").status_code == 302
    assert "Ours" in page_of(browse, everywhere, article)
    assert "Ours" not in page_of(browse, people[Role.ADMIN], article)
    assert "Ours" not in page_of(browse, follower, article)
    (note,) = kept(house)
    for user in (people[Role.ADMIN], follower):
        assert browse(user).post(f"/articles/{article.id}/notes/{note.id}/remove").status_code in (403, 404)
    assert len(kept(house)) == 1


def test_a_note_can_be_edited_and_deleted_by_its_author_or_a_coordinator(house, browse, world):
    people, campaign, article = world
    with house.open() as make:
        another = make.user("Another")
        make.grant(another, Role.ORGANIZER, campaign=campaign)
    mark(browse, people[Role.ORGANIZER], article, "by air", f"campaign:{campaign.id}", body="First")
    (note,) = kept(house)
    path = f"/articles/{article.id}/notes/{note.id}"
    assert browse(another).post(f"{path}/edit", {"quotation": "by air", "body": "Changed"}).status_code == 403
    assert browse(another).post(f"{path}/remove").status_code == 403
    assert f"{path}/edit" not in page_of(browse, another, article)
    assert f"{path}/edit" in page_of(browse, people[Role.ORGANIZER], article)
    assert browse(people[Role.ORGANIZER]).edit(f"{path}/edit", body="Changed").status_code == 302
    assert [one.body for one in kept(house)] == ["Changed"]
    assert browse(people[Role.COORDINATOR]).edit(f"{path}/edit", body="Better").status_code == 302
    assert browse(people[Role.COORDINATOR]).post(f"{path}/remove").status_code == 302
    assert kept(house) == []


def test_moved_passages_are_marked_at_their_new_position_and_missing_ones_are_listed(house, browse, world):
    people, campaign, article = world
    for words in ("left by sea", "by air"):
        mark(browse, people[Role.ORGANIZER], article, words, f"campaign:{campaign.id}")
    with house.open():
        stands = db.session.get_one(Article, article.id)
        values = {name: getattr(stands, name) for name in articles.ArticleValues.__annotations__}
        articles.update(stands, values | {"text": "A new beginning.\n\nThen they left by sea."})
    moved, lost = kept(house)
    page = page_of(browse, people[Role.ORGANIZER], article)
    assert f'Then they <mark id="note-{moved.id}">left by sea</mark>' in page
    assert f'id="note-{lost.id}"' not in page
    about = page[page.index(f'id="about-note-{lost.id}"') :]
    assert "No longer in the text" in about
    assert "by air" in about


def test_overlapping_notes_are_both_shown(house, browse, world):
    people, campaign, article = world
    for words in ("came by land. They left", "They left by sea"):
        mark(browse, people[Role.ORGANIZER], article, words, f"campaign:{campaign.id}")
    page = page_of(browse, people[Role.ORGANIZER], article)
    text = page[page.index('<div class="prose"') :]
    assert re.findall(r'<mark id="(note-\d+)">', text) == [f"note-{one.id}" for one in kept(house)]
    assert "They came by land. They left by sea &lt;soon&gt;." in re.sub(r"<[^>]*>", "", text)


def test_quotations_of_a_problem_are_marked_for_users_who_may_see_it(house, browse):
    with house.open() as make:
        congress, article = make.congress(), make.article(text=TEXT, url="https://press.example.org/1")
        organizer, member = make.user("Organizer"), make.user("Member")
        make.grant(organizer, Role.ORGANIZER, congress=congress)
        make.grant(member, Role.MEMBER, congress=congress)
        cited = make.problem(congress, source_quote="They left by sea")
        articles.cite_on_problem(article, cited, by=None)
        at_its_address = make.problem(congress, source_quote="by air", source_url="https://press.example.org/1")
        make.problem(congress, source_quote="by land")
        articles.cite_on_problem(article, make.problem(congress, source_quote="quoted from elsewhere"), by=None)
    page = page_of(browse, organizer, article)
    assert re.findall(r'<mark id="([^"]*)">', page) == [f"problem-{cited.id}", f"problem-{at_its_address.id}"]
    assert f"/congresses/{congress.id}/problems/{at_its_address.id}" in page
    assert "<mark" not in page_of(browse, member, article)


def test_a_note_saved_twice_is_stored_once(house, browse, world):
    people, campaign, article = world
    typed = {"quotation": "by air", "subject": f"campaign:{campaign.id}", "body": "", "idempotency_key": "k"}
    client = browse(people[Role.ORGANIZER])
    for _ in range(2):
        assert client.post(f"/articles/{article.id}/notes/new", typed).status_code == 302
    assert len(kept(house)) == 1
