"""The public pages where members write letters, and the texts that organizers prepare for them."""

from datetime import timedelta
from html import unescape

import pytest

from app import clock
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.mobilizing.letters import SentLetter
from app.models.mobilizing.targets import EntryKind, Target
from tests.factories import utc

NOW = utc("2026-03-02 15:00")
CHOOSE = "/c/peace/letters?locale=en"


@pytest.fixture
def target(house, at):
    """Return a target that anyone can write to, with a text to begin with."""
    at(NOW)
    with house.open() as make:
        campaign = make.campaign("Peace", open_to_sign_ups=True)
        make.letter_text(campaign)
        target = make.target(campaign)
        assert target.campaign is campaign
        return target


def path_of(target):
    return f"/c/peace/letters/{target.id}?locale=en"


def page_of(answer):
    return " ".join(unescape(answer.get_data(as_text=True)).split())


def written(client, path, *, seconds=60, **typed):
    """Open the page, and send it after some seconds."""
    form = client.typed(path, **typed)
    with clock.travel(NOW + timedelta(seconds=seconds)):
        return client.post(path, form)


def letters(house):
    with house.open():
        return [(one.target_id, one.country, one.locale) for one in db.session.query(SentLetter)]


def test_a_member_changes_the_text_gets_a_link_to_an_email_and_is_counted(house, browse, target):
    visitor = browse()
    assert '<a href="/c/peace/letters?locale=en">Write a letter</a>' in page_of(visitor.get("/c/peace?locale=en"))
    assert "Port Authority" in page_of(visitor.get(CHOOSE))
    page = page_of(visitor.get(path_of(target)))
    assert "Dear Port Authority," in page
    assert "mailto:" not in page
    ready = page_of(written(visitor, path_of(target), subject="Please", body="In my words.\nÉva"))
    assert 'href="mailto:post@example.org?subject=Please&body=In%20my%20words.%0D%0A%C3%89va"' in ready
    assert letters(house) == []
    done = written(visitor, path_of(target), subject="Please", body="In my words.", country="BR", sent="1")
    assert "Your letter to Port Authority has been counted." in page_of(visitor.get(done.location))
    assert letters(house) == [(target.id, "BR", "en")]
    assert "1 letter so far." in page_of(visitor.get(CHOOSE))


def test_what_is_sent_twice_is_counted_once(house, browse, target):
    visitor, path = browse(), path_of(target)
    form = visitor.typed(path, sent="1")
    with clock.travel(NOW + timedelta(minutes=1)):
        assert [visitor.post(path, form).status_code for _twice in range(2)] == [302, 302]
    assert len(letters(house)) == 1


def test_programs_are_not_counted_and_people_lose_nothing(house, browse, target):
    visitor, path = browse(), path_of(target)
    for caught in ({"seconds": 1}, {"nickname": "Bot"}):
        answer = written(visitor, path, body="In my own words", sent="1", **caught)
        assert answer.status_code == 422
        assert "In my own words" in page_of(answer)
    assert letters(house) == []


def test_a_letter_too_long_for_a_link_is_copied(browse, target):
    ready = page_of(written(browse(), path_of(target), body="é" * 400))
    assert "Your letter is too long for a link" in ready
    assert 'href="mailto:post@example.org?subject=Open%20the%20port&body="' in ready
    assert "é" * 400 in ready


def test_an_empty_letter_is_refused_beside_its_field(browse, target):
    answer = written(browse(), path_of(target), body=" ")
    assert answer.status_code == 422
    assert "mailto:" not in page_of(answer)


def test_without_an_email_address_the_letter_is_copied_and_mailed(house, browse, target):
    with house.open() as make:
        other = make.target(target.campaign, "Ministry", email=None, postal_address="Calle 1", phone="+57 601 5550100")
    ready = page_of(written(browse(), path_of(other)))
    assert "mailto:" not in ready
    assert "Calle 1" in ready
    assert 'href="tel:+576015550100"' in ready


def test_letters_to_one_target_begin_with_different_texts_in_its_language(house, browse, target):
    with house.open() as make:
        make.letter_text(target.campaign, "Second text")
        make.letter_text(target.campaign, "Terceiro", letter_language="pt")
        other = make.target(target.campaign, "Consulate", letter_language="pt")
    visitor = browse()
    assert 'value="Open the port"' in page_of(visitor.get(path_of(target)))
    written(visitor, path_of(target), sent="1")
    assert 'value="Second text"' in page_of(visitor.get(path_of(target)))
    assert 'value="Terceiro"' in page_of(visitor.get(path_of(other)))


def test_targets_of_the_readers_country_come_first(house, browse, target):
    with house.open() as make:
        make.target(target.campaign, "Angolan port", country="AO")
    visitor = browse()
    by_language = page_of(visitor.get(CHOOSE, headers={"Accept-Language": "es-CO,es;q=0.9"}))
    assert by_language.index("Port Authority") < by_language.index("Angolan port")
    chosen = page_of(visitor.get(f"{CHOOSE}&country=AO", headers={"Accept-Language": "es-CO"}))
    assert chosen.index("Angolan port") < chosen.index("Port Authority")


def test_a_target_that_has_agreed_is_no_longer_written_to_and_a_closed_one_is_unknown(house, browse, target):
    with house.open() as make:
        closed = make.target(target.campaign, "A judge", open_to_letters=False)
        elsewhere = make.target(make.campaign("Other", open_to_sign_ups=True))
        make.target_entry(make.target(target.campaign, "Ship"), EntryKind.SIGNED)
    visitor = browse()
    assert visitor.get(path_of(closed)).status_code == visitor.get(path_of(elsewhere)).status_code == 404
    page = page_of(visitor.get(CHOOSE))
    assert "A judge" not in page
    assert "Ship" not in page
    with house.open() as make:
        make.target_entry(db.session.get_one(Target, target.id), EntryKind.COMMITTED)
    answer = visitor.get(path_of(target))
    assert answer.status_code == 302
    assert "Nobody is asked to write to Port Authority any more" in page_of(visitor.get(answer.location))


def test_nobody_writes_in_a_campaign_that_is_not_open(house, browse, at):
    at(NOW)
    with house.open() as make:
        target = make.target(make.campaign("Peace"))
    assert browse().get(CHOOSE).status_code == 404
    assert browse().get(path_of(target)).status_code == 404


def test_organizers_prepare_texts_and_see_the_numbers_but_no_letter(house, browse, target):
    with house.open() as make:
        alice, bob, charlie = make.user("Alice"), make.user("Bob"), make.user("Charlie")
        make.grant(alice)
        make.grant(bob, Role.ORGANIZER, campaign=target.campaign)
        make.grant(charlie, Role.ORGANIZER, campaign=make.campaign("Other"))
    written(browse(), path_of(target), body="Secret words", country="CO", sent="1")
    path = f"/campaigns/{target.campaign_id}/letters"
    saved = browse(bob).edit(f"{path}/new", letter_language="fr", subject="Ouvrez", body="À {target}")
    page = page_of(browse(alice).get(saved.location))
    assert "1 letter so far. Colombia: 1." in page
    assert "Ouvrez" in page
    assert "Secret" not in page
    assert "1 letter so far." in page_of(browse(alice).get(f"/campaigns/{target.campaign_id}"))
    assert browse(charlie).get(path).status_code == 404
