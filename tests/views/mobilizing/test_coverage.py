"""Pictures of mobilizations and press links: who adds them, who sees them, and what is left of the files."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from app.emails.mobilizing.decisions import host_page
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.mobilizing.coverage import MobilizationPicture, PressLink
from tests.factories import photo, utc
from tests.views.pages import text


@pytest.fixture
def story(house, browse, at):
    at(utc("2026-03-01 12:00"))
    with house.open() as make, house.app.test_request_context():
        campaign = make.campaign(slug="water", open_to_sign_ups=True)
        bob, charlie = make.user("Bob"), make.user("Charlie")
        make.grant(bob, Role.ORGANIZER, campaign=campaign)
        make.grant(charlie, Role.ORGANIZER, campaign=make.campaign("Another"))
        hosted = make.proposal(make.day_of_action(campaign), approved=True)
        other = make.mobilization(campaign)
        hosting = "/" + host_page(hosted).partition("//")[2].partition("/")[2]
        mine = f"/campaigns/{campaign.id}/mobilizations"
        return {
            "bob": browse(bob), "charlie": browse(charlie), "visitor": browse(None), "hosting": hosting,
            "here": f"{mine}/{hosted.mobilization_id}", "other": f"{mine}/{other.id}", "campaign": f"/campaigns/{campaign.id}",
            "public": f"/c/water/mobilizations/{hosted.mobilization_id}",
        }  # fmt: skip


def upload(content, description="A crowd", name="march.jpg"):
    return {"file": (io.BytesIO(content), name), "description": description, "credit": "Eva"}


def stored(house, model=MobilizationPicture):
    with house.open():
        return list(db.session.scalars(select(model).order_by(model.id)))


def shown(story):
    return re.findall(r'src="(/c/water/pictures/[^"]+)"', story["visitor"].get(story["public"]).text)


def test_a_picture_of_a_host_is_shown_once_an_organizer_has_looked_at_it(story, house):
    visitor, bob = story["visitor"], story["bob"]
    assert visitor.post(f"{story['hosting']}/pictures", upload(photo(800, 600))).status_code == 302
    assert shown(story) == []
    assert "1 picture of a mobilization waits for you." in text(bob.get(story["campaign"]))
    [picture] = stored(house)
    hidden = f"/c/water/pictures/{picture.key}/small.jpg"
    assert visitor.get(hidden).status_code == 404
    assert visitor.get(f"{story['hosting']}/pictures/{picture.id}/small.jpg").status_code == 200
    assert bob.post(f"{story['here']}/pictures/{picture.id}/show").status_code == 302
    [address] = [one.partition("?")[0] for one in shown(story)]
    assert address == hidden
    answer = visitor.get(address)
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert max(Image.open(io.BytesIO(answer.data)).size) == 480
    assert 'alt="A crowd"' in visitor.get(story["public"]).text
    bob.post(f"{story['here']}/pictures/{picture.id}/hide")
    assert visitor.get(address).status_code == 404


def test_a_picture_of_an_organizer_is_shown_at_once_and_can_be_removed_and_restored(story, house):
    bob = story["bob"]
    assert bob.post(f"{story['here']}/pictures/new", upload(photo())).status_code == 302
    [picture], here = stored(house), f"{story['here']}/pictures"
    assert len(shown(story)) == 1
    bob.post(f"{here}/{picture.id}/remove")
    assert shown(story) == []
    assert "A crowd" in text(bob.get("/removed"))
    bob.post(f"{here}/{picture.id}/bring-back")
    assert len(shown(story)) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html><script>alert(1)</script>", "This is not a JPEG, PNG or WebP picture."),
        (b"GIF89a" + bytes(20), "This is not a JPEG, PNG or WebP picture."),
        (photo(900, 900, "PNG")[:700], "The picture is damaged or cannot be read."),
    ],
)
def test_a_file_that_is_no_picture_is_refused_beside_its_field(story, house, content, says):
    answer = story["bob"].post(f"{story['here']}/pictures/new", upload(content))
    assert answer.status_code == 422
    assert says in text(answer)
    assert "A crowd" in answer.text
    assert stored(house) == []


def test_a_file_that_is_too_large_is_refused(story, house, monkeypatch):
    monkeypatch.setattr("app.pictures.LARGEST", 100)
    assert "The file is too large." in text(story["bob"].post(f"{story['here']}/pictures/new", upload(photo())))
    assert stored(house) == []


def test_a_picture_needs_a_description(story, house):
    assert "This field is required" in text(story["bob"].post(f"{story['here']}/pictures/new", upload(photo(), "")))
    assert stored(house) == []


def test_where_it_was_taken_and_what_is_hidden_behind_it_are_not_stored(story, house):
    exif = Image.Exif()
    exif[0x010E] = "house of Ana"
    exif.get_ifd(0x8825)[2] = (14.0, 35.0, 12.0)
    story["bob"].post(f"{story['here']}/pictures/new", upload(photo(exif=exif) + b"<script>alert(1)</script>"))
    with house.open():
        [picture] = db.session.scalars(select(MobilizationPicture))
        for content in (picture.content, picture.small):
            assert b"Ana" not in content
            assert b"script" not in content
            assert dict(Image.open(io.BytesIO(content)).getexif()) == {}


def test_pictures_of_another_mobilization_or_campaign_are_not_found(story, house):
    story["bob"].post(f"{story['other']}/pictures/new", upload(photo()))
    [picture] = stored(house)
    assert story["visitor"].get(f"{story['hosting']}/pictures/{picture.id}/small.jpg").status_code == 404
    assert story["bob"].get(f"{story['here']}/pictures/{picture.id}/small.jpg").status_code == 404
    assert story["bob"].get(f"{story['other']}/pictures/{picture.id}/huge.jpg").status_code == 404
    assert story["charlie"].get(f"{story['other']}/pictures/{picture.id}/small.jpg").status_code == 404
    assert story["charlie"].post(f"{story['other']}/pictures/{picture.id}/hide").status_code == 404
    with house.open() as make:
        make.campaign(slug="land", open_to_sign_ups=True)
    assert story["visitor"].get(f"/c/land/pictures/{picture.key}/small.jpg").status_code == 404


def test_an_address_in_the_press_becomes_the_article_that_is_on_record(story, house):
    with house.open() as make:
        make.article("Lanterns for water", url="https://news.example.org/lanterns")
    visitor, bob = story["visitor"], story["bob"]
    visitor.post(f"{story['hosting']}/press", {"url": "https://news.example.org/lanterns", "title": "Another headline"})
    bob.post(f"{story['here']}/press/new", {"url": "https://paper.example.org/march", "title": "They marched"})
    page = text(visitor.get(story["public"]))
    assert "Lanterns for water" in page
    assert "They marched" in page
    assert "Another headline" not in page
    again = visitor.post(f"{story['hosting']}/press", {"url": "https://news.example.org/lanterns", "title": ""})
    assert "This has been added already." in text(again)
    link = stored(house, PressLink)[1]
    assert bob.post(f"{story['other']}/press/{link.id}/remove").status_code == 404
    bob.post(f"{story['here']}/press/{link.id}/remove")
    assert "They marched" not in text(visitor.get(story["public"]))


def test_an_address_that_runs_a_script_is_refused(story, house):
    for url in ("javascript:alert(1)", "data:text/html,<script>", ""):
        assert story["visitor"].post(f"{story['hosting']}/press", {"url": url, "title": "X"}).status_code == 422
    assert stored(house, PressLink) == []
