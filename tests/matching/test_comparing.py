"""Which records are taken for the same, and why."""

import pytest

from app.matching.blocking import keys
from app.matching.comparing import Decision, Evidence, compare
from app.matching.normalizing import names_in, phone, skeleton, words_of
from app.matching.records import OrganizationRecord, PersonRecord


def person(given, family=None, **known):
    return PersonRecord(given, family, **known)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("José", "García"), ("JOSE", "Garcia")),
        (("María", "López"), ("López", "María")),
        (("José", "Figueroa"), ("Pepe", "Figueroa")),
        (("María Elena", "Quispe Mamani"), ("Maria", "Quispe")),
        (("M.", "Zambrano"), ("Mercedes", "Zambrano")),
        (("Youssef", "Mansour"), ("يوسف", "منصور")),
        (("Дмитрий", "Кузнецов"), ("Dmitri", "Kuznetsov")),
        (("Christophe", "Beauchamp"), ("Chris", "Bauchamp")),
        (("Abdelrahman", "Haddad"), ("Abd al-Rahman", "Hadad")),
    ],
)
def test_names_agree_in_spite_of_how_they_are_written_once_a_phone_number_agrees(one, other):
    first, second = person(*one, phones=("+52 55 1234 5678",)), person(*other, phones=("5512345678",), country="MX")
    assert compare(first, second).decision is not Decision.UNLIKELY
    assert Evidence.PHONE in compare(second, first).evidence
    assert keys(first) & keys(second)


def test_a_name_alone_is_never_enough():
    name = ("Emiliano Nahuel", "Urdaneta Yrigoyen")
    assert compare(person(*name), person(*name)).decision is Decision.UNLIKELY
    assert compare(person(*name, country="MX"), person(*name, country="MX")).decision is Decision.UNLIKELY
    assert compare(person(*name, locality="Quito"), person(*name, locality="QUITO")).decision is not Decision.UNLIKELY


def test_two_people_who_share_a_telephone_or_an_office_are_not_one():
    family = {"phones": ("+57 310 1234567",), "emails": ("casa@example.org",), "locality": "Cali"}
    assert compare(person("Ana", "Rojas", **family), person("Luis", "Rojas", **family)).decision is Decision.UNLIKELY
    office = {"emails": ("secretaria@example.org",), "organizations": frozenset({7})}
    assert compare(person("Ana", "Rojas", **office), person("Ana", "Molina", **office)).decision is Decision.UNLIKELY


def test_an_address_with_a_tag_is_weaker_evidence_than_the_same_address():
    one = person("Ana", "Rojas", emails=("ana@example.org",))
    same, tagged = compare(one, one), compare(one, person("Ana", "Rojas", emails=("Ana+peace@example.org",)))
    assert (same.evidence, tagged.evidence) == ((Evidence.NAME, Evidence.EMAIL), (Evidence.NAME, Evidence.EMAIL_TAG))
    assert tagged.score < same.score
    assert keys(one) & keys(person("Ana", "Rojas", emails=("Ana+peace@example.org",)))


def test_a_name_in_another_script_counts_like_the_usual_one():
    one = person("Olga", "Smirnova", other_names=("Ольга Смирнова",), organizations=frozenset({3}))
    verdict = compare(one, person("Ольга", "Смирнова", organizations=frozenset({3})))
    assert verdict.decision is not Decision.UNLIKELY
    assert Evidence.ORGANIZATION in verdict.evidence


@pytest.mark.parametrize("name", ["", "🙂", "X" * 300, "de la", "\u202eabc"])
def test_odd_names_have_keys_and_can_be_compared(name):
    odd = person(name or "?", name, phones=("see below",), emails=("no address",), locality="-")
    assert compare(odd, odd).score <= 1
    assert isinstance(keys(odd), frozenset)


def test_organizations_with_one_name_are_one_if_something_else_agrees():
    one = OrganizationRecord("Unión de Trabajadores del Puerto", acronym="U.T.P.", country="CL")
    assert compare(one, OrganizationRecord("Union Trabajadores Puerto", acronym="UTP", country="CL")).decision == "sure"
    assert compare(one, OrganizationRecord("Unión de Trabajadores del Puerto", country="PE")).decision == "unlikely"
    assert compare(one, OrganizationRecord("Unión de Pescadores", acronym="UTP", country="CL")).decision == "unlikely"
    assert keys(one) & keys(OrganizationRecord("Union Trabajadores Puerto", country="CL"))


def test_names_are_read_without_accents_particles_and_titles():
    assert words_of("Łódź, ÑANDÚ") == ("lodz", "nandu")
    assert names_in("Dra. María de los Ángeles O’Higgins") == ("maria", "angeles", "ohiggins")
    assert skeleton("mohammed") == skeleton("muhamad")


def test_phone_numbers_are_compared_with_the_code_of_their_country():
    assert phone("55 1234 5678", "MX") == "+525512345678" == phone("+52 (55) 1234-5678", None)
    assert phone("1234567", None) == "1234567"
    assert phone("ask Rosa", "MX") is None
