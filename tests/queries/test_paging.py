"""Paginated lists, on both databases."""

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models.accounts.accounts import User
from app.queries.paging import Page, holding_words, page_of


def names_of(statement):
    return db.session.scalars(statement).all()


def listed(number, size=3):
    page = page_of(select(User).order_by(User.id), number, size=size)
    return [user.name for user in page.rows], page


@pytest.fixture
def seven(make):
    for number in range(7):
        make.user(f"Person {number}", email=f"{number}@example.org")


def test_pages_follow_each_other_and_know_their_position(seven):
    names, page = listed(1)
    assert (names, page.total, page.count) == (["Person 0", "Person 1", "Person 2"], 7, 3)
    assert (page.first, page.last, page.previous, page.next) == (1, 3, None, 2)
    names, page = listed(3)
    assert names == ["Person 6"]
    assert (page.first, page.last, page.previous, page.next) == (7, 7, 2, None)


def test_a_page_beyond_the_end_is_the_last_one(seven):
    names, page = listed(99)
    assert (names, page.number) == (["Person 6"], 3)
    names, page = listed(9, size=7)
    assert (len(names), page.number, page.next) == (7, 1, None)


def test_an_empty_list_has_one_empty_page(make):
    names, page = listed(4)
    assert (names, page.total, page.number, page.count, page.first, page.last) == ([], 0, 1, 1, 0, 0)
    assert Page([], 0).next is None


@pytest.mark.parametrize("typed", ["alvarez", "ÁLVAREZ", "  josé   alvarez ", "Alvarez,Jose", "jos", "lvare"])
def test_words_are_found_without_accents_and_capitals(make, typed):
    make.user("José Álvarez", email="one@example.org")
    make.user("Jo Nunes", email="two@example.org")
    found = select(User.name).where(*holding_words(typed, User.name))
    assert names_of(found) == ["José Álvarez"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "--", "🙂"])
def test_punctuation_alone_finds_nothing_and_breaks_nothing(make, typed):
    make.user("José Álvarez", email="one@example.org")
    assert names_of(select(User.name).where(*holding_words(typed, User.name))) == []


def test_every_word_must_match_in_any_position(make):
    make.user("Rosa Luz", email="rosa@example.org")
    make.user("Rosa Paz", email="paz@example.org")
    assert names_of(select(User.name).where(*holding_words("rosa luz", User.name, User.email))) == ["Rosa Luz"]
    assert names_of(select(User.name).where(*holding_words("luz rosa@example.org", User.name, User.email))) == [
        "Rosa Luz"
    ]
    assert len(names_of(select(User.name).where(*holding_words("", User.name)))) == 2
