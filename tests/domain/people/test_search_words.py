"""The vocabulary of searches is cleaned at night."""

import pytest
from sqlalchemy import select

from app.domain.people import search_words
from app.extensions import db
from app.models.naming import SearchWord
from app.models.scoping import EVERYTHING, enter_scope
from app.queries.search import Kind, find


@pytest.fixture(autouse=True)
def everything(make):
    enter_scope(EVERYTHING)


def words():
    return set(db.session.scalars(select(SearchWord.word)))


def clean(limit):
    last = ""
    while last is not None:
        last = search_words.forget_unused(last, limit)
        db.session.commit()


@pytest.mark.parametrize("limit", [1, 1_000])
def test_words_that_nothing_has_any_more_are_forgotten(make, limit):
    gone = make.person("Ana", "Zapata")
    make.person("Ana", "Núñez O’Higgins")
    make.organization(name="Unión Obrera", acronym="UOM")
    make.article(headline="Huelga en el puerto", authors="Luz Mora", publisher="Diario", text="Zapata habló.")
    before = words()
    db.session.delete(gone)
    db.session.commit()
    assert words() == before
    clean(limit)
    assert before - words() == {"zapata"}


def test_a_changed_name_leaves_only_its_new_words_and_is_found(make):
    ana = make.person("Ana", "Zapata")
    ana.family_name = "Ávila"
    db.session.commit()
    clean(10)
    assert {"zapata", "avila", "ana"} & words() == {"avila", "ana"}
    assert find(Kind.PEOPLE, "avila", 1, size=5).page.rows == [ana]


def test_words_of_people_in_every_scope_are_kept(make):
    make.person("Ana", "Zapata", congress=make.congress())
    enter_scope(None)
    clean(10)
    assert {"ana", "zapata"} <= words()
