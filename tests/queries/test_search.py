"""One search over everything: found as typed, with the same results on every database, and only within the scope."""

import pytest

from app.extensions import db
from app.models.people.other_names import NameKind
from app.models.people.people import ContactType
from app.models.scoping import EVERYTHING, Scope, enter_scope
from app.queries import finding
from app.queries.people import people
from app.queries.search import Kind, find
from app.spelling import one_slip_from


@pytest.fixture(autouse=True)
def everything(make):
    enter_scope(EVERYTHING)


def names(kind, typed):
    rows = find(kind, typed, 1, size=20).page.rows
    return [
        getattr(one, "full_name", None) or getattr(one, "name", None) or getattr(one, "title", None) or one.headline
        for one in rows
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "josé núñez", "NUNEZ jose", "nuñ jos", "Jose Nunez O’Higgins", "ohig", "pepe", "jsoe nunez", "jose nunes",
        "jose nuez", "josse nunez", "Пепе",
    ],
)  # fmt: skip
def test_a_person_is_found_by_words_beginnings_other_names_and_with_a_slip(make, typed):
    jose = make.person("José", "Núñez O’Higgins")
    make.other_name(jose, "Pepe", NameKind.KNOWN_AS)
    make.other_name(jose, "Пепе", NameKind.SCRIPT)
    make.person("Marta", "Zapata")
    assert names(Kind.PEOPLE, typed) == ["José Núñez O’Higgins"]


@pytest.mark.parametrize("typed", ["", "?!", "ez", "jos zapata", "jxxe nunez"])
def test_what_is_in_no_name_finds_nobody(make, typed):
    make.person("José", "Núñez")
    make.person("Marta", "Zapata")
    assert names(Kind.PEOPLE, typed) == []


@pytest.mark.parametrize("typed", ["ANA@Example.org", "0414 123-45-67", "+58 414 1234567", "004141234567"])
def test_a_person_is_found_by_an_address_or_a_number_typed_whole(make, typed):
    ana = make.person("Ana", "Zapata")
    make.contact_detail(ana, "ana@example.org", type=ContactType.EMAIL)
    make.contact_detail(ana, "+58 (414) 123 45 67")
    assert names(Kind.PEOPLE, typed) == ["Ana Zapata"]
    assert names(Kind.PEOPLE, typed[:-1]) == []


def test_the_whole_name_comes_first_and_a_slip_last(make):
    for given, family in [("Ana María", "Rojas"), ("Ana", "María"), ("Ana", "Marta"), ("Ana", "Marías")]:
        make.person(given, family)
    assert names(Kind.PEOPLE, "maria ana") == ["Ana María", "Ana Marías", "Ana María Rojas", "Ana Marta"]


def test_of_too_many_results_the_whole_name_is_still_among_them(make, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 3)
    for number in range(5):
        make.person("Ana", f"Maria {number}")
    whole = make.person("Ana", "María")
    found = people.matching("ana maria")
    assert (len(found.ids), found.more, found.ids[0]) == (3, True, whole.id)


def test_a_changed_or_deleted_name_is_not_found(make):
    ana, eva = make.person("Ana", "Zapata"), make.person("Eva", "Zapata")
    ana.family_name = "Ávila"
    db.session.delete(eva)
    db.session.commit()
    assert (names(Kind.PEOPLE, "zapata"), names(Kind.PEOPLE, "avila")) == ([], ["Ana Ávila"])


@pytest.mark.parametrize("few", [10_000, 0])
def test_a_person_out_of_scope_is_neither_found_nor_counted(make, monkeypatch, few):
    monkeypatch.setattr(finding, "_READ", few)
    ours, theirs = make.congress(), make.congress()
    make.person("Ana", "Zapata", congress=ours)
    hidden = make.person("Ana", "Zapatero", congress=theirs)
    make.contact_detail(hidden, "ana@example.org", type=ContactType.EMAIL)
    enter_scope(Scope(congress_ids=frozenset({ours.id})))
    for typed in ("ana", "zapat", "zapatera", "ana@example.org"):
        page = find(Kind.PEOPLE, typed, 1, size=20).page
        assert [one.full_name for one in page.rows] == ["Ana Zapata"] * page.total, typed
    assert find(Kind.PEOPLE, "ana", 1, size=20).page.total == 1


@pytest.mark.parametrize("typed", ["union metal", "UOM", "u.o.m.", "metalurgicca"])
def test_an_organization_is_found(make, typed):
    make.organization(name="Unión Obrera Metalúrgica", acronym="UOM", country="AR")
    make.organization(name="Sindicato Único", country="PE")
    assert names(Kind.ORGANIZATIONS, typed) == ["Unión Obrera Metalúrgica"]


@pytest.mark.parametrize(("kind", "typed"), [
    (Kind.CONGRESSES, "caracas paz"), (Kind.CONGRESSES, "carcas"), (Kind.CAMPAIGNS, "pas todos"),
    (Kind.CAMPAIGNS, "campana"), (Kind.ACTIONS, "conslado"), (Kind.ACTIONS, "llamar"), (Kind.ARTICLES, "huelga"),
    (Kind.ARTICLES, "huelgga puerto"),
])  # fmt: skip
def test_other_kinds_are_found_by_words_and_with_a_slip(make, kind, typed):
    congress = make.congress(title="Congreso de la Paz", locality="Caracas")
    make.congress(title="Otro", locality="Quito")
    make.campaign(title="Campaña: pasos para todos")
    make.follow_up(congress, make.user(), title="Llamar al consulado")
    make.article(headline="Huelga en el puerto")
    assert len(names(kind, typed)) == 1


def test_one_slip_is_one_letter_in_the_alphabet_of_the_word():
    close = one_slip_from("mari")
    assert {"maria", "mria", "amri", "mar", "mark", "marif"} - close == {"mria"}
    assert "рози" in one_slip_from("роза")
    assert not any(letter in word for word in one_slip_from("роза") for letter in "abc")
    assert one_slip_from("ana") == set()
