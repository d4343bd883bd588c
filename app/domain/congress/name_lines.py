"""Parses pasted lists of people, one per line: names, email addresses, phone numbers, and other cells.

Columns are separated by tabs, semicolons or commas. "Family, Given" and "Given Family, post" are distinguished by the
form of both sides. In a full name, the family names are found by particles, by position, and by the naming customs of
the people's countries. Users always see the result and can add a comma to correct it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.domain.congress.pasted_lines import divider_of, numbered_lines
from app.reading.names import PARTICLES, cased
from app.reading.no_persons import looks_like_no_person
from app.text import plain, words_of

LONGEST_LINE = 500
_EMAIL = re.compile(r"<?[^\s<>,;|()\"]+@[^\s<>,;|()\"]*>?")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s()./-]{4,28}\d(?!\w)")
_LEAST_DIGITS = 6
_POST = re.compile(
    r"\b(?:secretar\w+|president\w*|presidenc\w+|vice\w*|delega\w+|coord\w+|direct\w+|tesorer\w+|tesoureir\w+|treasur\w+|trésor\w+|vocal"
    r"|organi[zs]\w+|general|miembro|membro|member|chair\w*|officer|leader|l[ií]der|dirigente|vocer\w+|porta[vn]o\w+|asesor\w*|advis\w+"
    r"|docente|teacher|profesor\w*|professor\w*|maestr\w+|abogad\w+|lawyer|m[eé]dic\w+|doctor\w*|nurse|enfermer\w+|int[eé]rpret\w*"
    r"|interpreter|translator|traduct\w+|observ\w+|guest|invitad\w+|alternat\w+|suplente|driver|conductor\w*|chofer)\b",
    re.IGNORECASE,
)
_GIVEN = frozenset(
    words_of("""
    aaron abel adela adriana agustin alba alberto alejandra alejandro alex alexander alfonso alfredo alice alicia alvaro amalia amanda
    ana anabel andrea andres angel angela anna anne antonia antonio april armando arturo august aurora barbara beatriz benjamin bernardo
    blanca bruno camila camilo carla carlos carmen carolina catalina cecilia celia cesar charles christian clara claudia consuelo cristina
    cristobal daniel daniela david diana diego dolores edgar edmundo eduardo elena elias elisa elizabeth emilia emilio emma enrique ernesto
    esperanza esteban esther eugenia eva evelyn ezequiel fabian fabio fatima felipe felix fernanda fernando flor francisca francisco
    gabriel gabriela gerardo gilberto giovanni gladys gloria gonzalo graciela gregorio guadalupe guillermo gustavo hector helena henrique
    hernan hilda hugo ignacio ines irene isabel isabella isaac ivan jacinto jaime james jane javier jean jesus joana joao joaquin john
    jorge jose josefa josefina joseph juan juana julia julian juliana julio june karina karl laura leonardo leonor leticia lidia liliana
    lorena lourdes lucas lucia luciana luis luisa luiz luz manuel manuela marcela marcelo marco marcos margarita maria mariana mario
    marisol marta martha martin mary mateo matias mauricio mercedes michael miguel milagros miriam monica nadia natalia nelson nicolas
    noelia nora octavio olga oscar pablo paola patricia paul paula paulo pedro peter pilar rafael ramiro ramon raquel raul rebeca
    ricardo rita robert roberto rocio rodolfo rodrigo rogelio rolando rosa rosario ruben ruth salvador samuel sandra santiago sara
    sebastian sergio silvia simon sofia sonia soledad stella susana teresa thomas tomas valentina valeria vanessa vera veronica vicente
    victor victoria violeta virginia walter william ximena yolanda zoe
    """)
)
"""Common given names, which distinguish a second given name from a family name, and a full name from a family name."""
_DEVOTIONS = frozenset(
    words_of(
        "carmen pilar mar rosario angeles luz jesus dolores mercedes socorro refugio lourdes fatima carmo graca dios rocio amparo"
    )
)
"""Words after a particle within a given name: María del Carmen, Juan de Dios."""
_HEADINGS = frozenset(
    words_of("""
    name names nombre nombres nome given given names family family names first first name last last name surname apellido apellidos
    sobrenome sobrenomes full name nombre completo nombre y apellido nombres y apellidos email e mail correo correo electronico phone
    telefono telefone role rol cargo post organization organizacion organizacao email address country pais y and n no num
    """)
)


@dataclass(frozen=True, slots=True)
class NameLine:
    """A person in a line of the list; `given` is empty if no name was found."""

    number: int
    """The number of the line in the list, from 1."""
    given: str
    family: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """The other cells: a post, an organization, a capacity."""


def people_in(text: str, *, is_known: Callable[[str], bool], two_family_names: bool) -> Iterator[NameLine]:
    """Yield the people of a list, line by line; blank lines and a header line are skipped. Never raises.

    `is_known` returns whether a cell has a known meaning and is not a name. With `two_family_names`, people usually
    have two, as in Spanish-speaking countries.
    """
    for number, line in numbered_lines(text, headings=_HEADINGS, longest=LONGEST_LINE):
        yield _person(number, line, is_known, two_family_names)


def split_name(name: str, *, two_family_names: bool) -> tuple[str, str]:
    """Return the given names and family names in a full name; a single name counts as a given name."""
    units = _units(name)
    capitals = [_is_in_capitals(one) for one in units]
    if any(capitals) and not all(capitals):
        family = [unit for unit, is_family in zip(units, capitals, strict=True) if is_family]
        given = [unit for unit, is_family in zip(units, capitals, strict=True) if not is_family]
        return " ".join(given), cased(" ".join(family))
    count = _given_count(units, two_family_names)
    return " ".join(units[:count]), " ".join(units[count:])


def _person(number: int, line: str, is_known: Callable[[str], bool], two_family_names: bool) -> NameLine:
    emails = tuple(found.strip("<>.") for found in _EMAIL.findall(line))
    line = _EMAIL.sub(" ", line)
    phones = tuple(
        " ".join(found.split()) for found in _PHONE.findall(line) if len(re.sub(r"\D", "", found)) >= _LEAST_DIGITS
    )
    for phone in _PHONE.findall(line):
        line = line.replace(phone, " ") if len(re.sub(r"\D", "", phone)) >= _LEAST_DIGITS else line
    divider = divider_of(line)
    cells = [" ".join(cell.split()).strip(" \"'<>()") for cell in (line.split(divider) if divider else [line])]
    cells = [cell for cell in cells if plain(cell)]
    if not cells:
        return NameLine(number, "", "", emails, phones)
    given, family, others = _named(cells, divider, is_known, two_family_names)
    return NameLine(number, given, family, emails, phones, tuple(others))


def _named(
    cells: list[str], divider: str | None, is_known: Callable[[str], bool], two_family_names: bool
) -> tuple[str, str, list[str]]:
    """Return given names, family names, and the other cells."""
    first, *rest = cells
    if divider != "," and "," in first:
        family, given = (part.strip() for part in first.split(",", 1))
        return cased(given) or cased(family), cased(family) if given else "", rest
    if rest and not is_known(rest[0]) and _is_given(cased(rest[0]) if first.isupper() else rest[0]):
        if divider == "," and _comes_before_comma(first, rest[0]):
            return cased(rest[0]), cased(first), rest[1:]
        if divider != "," and all(plain(unit) in _GIVEN for unit in first.split()[1:]):
            return cased(first), cased(rest[0]), rest[1:]
    given, family = split_name(cased(first), two_family_names=two_family_names)
    return given, family, rest


def _is_given(cell: str) -> bool:
    """Return whether a cell looks like part of a name, and not like a post or an organization."""
    words = [word for word in cell.split() if word.casefold() not in PARTICLES]
    if words and all(plain(word) in _GIVEN for word in words):
        return True
    if not words or len(cell.split()) > 5 or _POST.search(cell) or looks_like_no_person(cell):
        return False
    return not any(char.isdigit() for char in cell) and all(not word[0].islower() for word in words)


def _comes_before_comma(before: str, after: str) -> bool:
    """Return whether the text before a comma is a family name, not a full name followed by something else."""
    units = _units(before)
    return len(units) < 2 or plain(units[0]) not in _GIVEN or plain(after).split()[0] in _GIVEN


def _given_count(units: list[str], two_family_names: bool) -> int:
    """Return how many parts of a name are given names."""
    if len(units) < 3:
        return 1
    start = 1
    if units[1].split()[0].casefold() in PARTICLES and plain(units[1].split()[-1]) in _DEVOTIONS:
        start = 2
    particle = next((place for place in range(start, len(units)) if _begins_small(units[place])), len(units) - 1)
    if not two_family_names:
        usual = len(units) - 1
    elif len(units) - start == 2 or len(units) == 3:
        usual = 2 if start == 2 or plain(units[1]) in _GIVEN or len(plain(units[1])) == 1 else 1
    else:
        usual = len(units) - 2
    return max(start, min(usual, particle))


def _is_in_capitals(unit: str) -> bool:
    """Return whether a part of a name is in capitals, as lists mark family names; initials do not count."""
    own = [word for word in unit.split() if word.casefold() not in PARTICLES]
    return bool(own) and all(word.isupper() and len(word) > 1 and "." not in word for word in own)


def _begins_small(unit: str) -> bool:
    return " " in unit and unit.split(maxsplit=1)[0].casefold() in PARTICLES


def _units(name: str) -> list[str]:
    """Return the words of a name, with particles attached, and family names joined by "y" as one."""
    units: list[str] = []
    open_unit: list[str] = []
    for word in name.split():
        begins = not units and not open_unit and not word[0].islower()
        open_unit.append(word)
        if word in ("y", "e", "i") and len(open_unit) == 1 and len(units) > 1:
            open_unit = [*units.pop().split(), word]
        elif begins or word.casefold() not in PARTICLES:
            units.append(" ".join(open_unit))
            open_unit = []
    return [*units, " ".join(open_unit)] if open_unit else units
