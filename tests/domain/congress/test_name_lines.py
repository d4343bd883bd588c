"""Parsing pasted lists of people: names and the other cells of their lines."""

import time

import pytest

from app.domain.congress.name_lines import people_in, split_name


def read(text, *, known=(), two=True):
    return list(people_in(text, is_known=lambda cell: cell in known, two_family_names=two))


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Ana Ruiz", "Ana", "Ruiz"),
        ("Ana Ruiz López", "Ana", "Ruiz López"),
        ("Juan Carlos Pérez", "Juan Carlos", "Pérez"),
        ("Juan Pablo Ruiz Soto", "Juan Pablo", "Ruiz Soto"),
        ("María de la Cruz y Pérez", "María", "de la Cruz y Pérez"),
        ("María del Carmen Soto Ruiz", "María del Carmen", "Soto Ruiz"),
        ("Juan Carlos de la Torre", "Juan Carlos", "de la Torre"),
        ("José Ortega y Gasset", "José", "Ortega y Gasset"),
        ("Juan De La Cruz", "Juan", "De La Cruz"),
        ("Ana RUIZ LÓPEZ", "Ana", "Ruiz López"),
        ("RUIZ LÓPEZ Ana", "Ana", "Ruiz López"),
        ("J. R. Smith", "J. R.", "Smith"),
        ("Ben Smith", "Ben", "Smith"),
        ("Cher", "Cher", ""),
        ("李明", "李明", ""),
    ],
)
def test_full_names_are_split_by_the_customs_of_countries_with_two_family_names(name, given, family):
    assert split_name(name, two_family_names=True) == (given, family)


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Mary Jane Watson", "Mary Jane", "Watson"),
        ("Vincent Willem van Gogh", "Vincent Willem", "van Gogh"),
        ("Maria do Carmo Silva", "Maria do Carmo", "Silva"),
        ("João Pedro da Silva", "João Pedro", "da Silva"),
        ("Karl-Heinz von der Leyen", "Karl-Heinz", "von der Leyen"),
    ],
)
def test_elsewhere_the_last_name_is_the_family_name(name, given, family):
    assert split_name(name, two_family_names=False) == (given, family)


@pytest.mark.parametrize(
    ("line", "given", "family", "others"),
    [
        ("Ruiz, Ana", "Ana", "Ruiz", ()),
        ("García Márquez, Gabriel", "Gabriel", "García Márquez", ()),
        ("de la Cruz y Pérez, María", "María", "de la Cruz y Pérez", ()),
        ("Ruiz, Ana; Secretaria general", "Ana", "Ruiz", ("Secretaria general",)),
        ("Ana Ruiz, Secretaria General", "Ana", "Ruiz", ("Secretaria General",)),
        ("Ana Ruiz, Dockers", "Ana", "Ruiz", ("Dockers",)),
        ("Juan Carlos; Pérez", "Juan Carlos", "Pérez", ()),
        ("Pedro\tGómez\tobserver", "Pedro", "Gómez", ("observer",)),
        ("12) Ana Ruiz", "Ana", "Ruiz", ()),
        ("• Ana Ruiz", "Ana", "Ruiz", ()),
        ("ANA RUIZ", "Ana", "Ruiz", ()),
        ("Peña Nuñez, MARIA", "Maria", "Peña Nuñez", ()),
        ("PEÑA, XIMENITA", "Ximenita", "Peña", ()),
    ],
)
def test_a_comma_is_followed_by_given_names_or_by_another_cell(line, given, family, others):
    (found,) = read(line, known=("Dockers", "observer"))
    assert (found.given, found.family, found.others) == (given, family, others)


@pytest.mark.parametrize(
    "line", ["Ana Ruiz <ana@x.org>", "Ana Ruiz, ana@x.org", "ana@x.org; Ana Ruiz", "Ana Ruiz ana@x.org"]
)
def test_an_address_is_found_anywhere_on_the_line(line):
    (found,) = read(line)
    assert (found.given, found.family, found.emails) == ("Ana", "Ruiz", ("ana@x.org",))


def test_a_phone_number_is_found_and_a_short_number_is_ignored():
    (found,) = read("Ana Ruiz, +58 (412) 555-12-34")
    assert (found.phones, found.family) == (("+58 (412) 555-12-34",), "Ruiz")
    assert read("Ana Ruiz, 12345")[0].phones == ()


def test_blank_lines_and_headers_are_skipped_and_lines_keep_their_numbers():
    found = read("Nombre;Apellidos;Correo\n\nAna Ruiz\n  \nPedro Gómez")
    assert [one.number for one in found] == [3, 5]


@pytest.mark.parametrize(
    "text", ["a@" * 20_000, "+1 " * 15_000, "a, " * 15_000, "de " * 15_000, "y " * 20_000, "(" * 40_000]
)
def test_every_line_is_parsed_quickly(text):
    begun = time.monotonic()
    read(text)
    assert time.monotonic() - begun < 1
