"""What a column of a file with people can be, and which field a heading or the values of a column suggest."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from app import countries, languages
from app.tables import JOINT
from app.text import plain


class PersonField(StrEnum):
    """A field of people that a column can be imported into."""

    FULL_NAME = "full_name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    SIGNAL = "signal"
    THROUGH = "through"
    ORGANIZATION = "organization"
    ORGANIZATION_COUNTRY = "organization_country"
    POST = "post"
    ON_BEHALF_OF = "on_behalf_of"
    START_DATE = "start_date"
    END_DATE = "end_date"
    COUNTRY = "country"
    LOCALITY = "locality"
    NATIONALITY = "nationality"
    LANGUAGE = "preferred_language"
    PASSPORT_NAME = "passport"
    BADGE_NAME = "badge"
    KNOWN_AS = "known_as"


MANY = frozenset({
    PersonField.EMAIL, PersonField.PHONE, PersonField.WHATSAPP, PersonField.SIGNAL, PersonField.THROUGH,
    PersonField.KNOWN_AS,
})  # fmt: skip
"""Fields that several columns of a file can be imported into."""

_F = PersonField
_HEADINGS: dict[PersonField, str] = {
    _F.FULL_NAME: (
        "name|full name|complete name|contact|contact name|person|participant|delegate|member|nombre completo|nombres y apellidos"
        "|nombre y apellido|nombre y apellidos|apellidos y nombres|apellidos y nombre|apellido y nombre|persona|contacto|participante"
        "|integrante|companero|companera|nome completo|nome e sobrenome|pessoa|nom complet|nom et prenom|nom prenom|nom et prenoms"
        "|prenom et nom|personne"
    ),
    _F.GIVEN_NAME: (
        "given name|given names|first name|first names|forename|firstname|nombres|nombre de pila|primer nombre|prenom|prenoms|nome proprio"
        "|primeiro nome|prenome"
    ),
    _F.FAMILY_NAME: (
        "family name|family names|last name|last names|lastname|surname|surnames|apellido|apellidos|sobrenome|sobrenomes|apelido"
        "|nom de famille|noms de famille"
    ),
    _F.EMAIL: (
        "email|e mail|mail|email address|e mail address|correo|correo electronico|correos|direccion de correo|dirección electronica"
        "|correio|correio eletronico|correio electronico|endereco de email|courriel|adresse electronique|adresse e mail|adresse email"
        "|adresse mail|mel"
    ),
    _F.PHONE: (
        "phone|telephone|phone number|telephone number|tel|mobile|mobile phone|cell|cell phone|cellphone|telefono|telefonos|celular"
        "|movil|telefono movil|telefono celular|numero de telefono|nro de telefono|tlf|telf|fono|telefone|telemovel|numero de telefone"
        "|portable|numero de telephone|telephone portable|gsm"
    ),
    _F.WHATSAPP: "whatsapp|whats app|wsp|wa|wasap|guasap|zap",
    _F.SIGNAL: "signal",
    _F.THROUGH: "through|via|contact through|por medio de|a traves de|contactar por|por meio de|atraves de|par l intermediaire de",
    _F.ORGANIZATION: (
        "organization|organisation|org|union|trade union|company|movement|affiliation|organizacion|sindicato|gremio|movimiento"
        "|central|federacion|institucion|entidad|colectivo|organizacao|movimento|entidade|federacao|instituicao|syndicat|mouvement"
        "|association|asociacion|associacao|employer|empresa"
    ),
    _F.ORGANIZATION_COUNTRY: (
        "country of the organization|organization country|country of organization|pais de la organizacion|pais organizacion"
        "|pais da organizacao|pays de l organisation"
    ),
    _F.POST: (
        "post|position|role|title|job title|function|office|cargo|puesto|rol|funcion|responsabilidad|cargo en la organizacion|funcao"
        "|papel|poste|fonction|role dans l organisation|responsabilite"
    ),
    _F.ON_BEHALF_OF: "on behalf of|represents|representing|en representacion de|representa a|representa|em nome de|au nom de|represente",
    _F.START_DATE: "since|from|start|start date|member since|desde|fecha de inicio|inicio|miembro desde|data de inicio|depuis|date de debut",
    _F.END_DATE: "until|to|end|end date|hasta|fecha de fin|fin|termino|ate|data de fim|fim|jusqu a|date de fin",
    _F.COUNTRY: "country|country of residence|pais|pais de residencia|pais de residencia|pays|pays de residence|nacion",
    _F.LOCALITY: "town|city|place|locality|municipality|ciudad|localidad|municipio|poblacion|lugar|cidade|municipio|localidade|ville|commune|localite",
    _F.NATIONALITY: "nationality|citizenship|nacionalidad|ciudadania|nacionalidade|cidadania|nationalite|citoyennete",
    _F.LANGUAGE: "language|languages|preferred language|idioma|lengua|idioma preferido|lingua|idioma de preferencia|langue|langue preferee",
    _F.PASSPORT_NAME: (
        "passport name|name in the passport|name on the passport|name in passport|nombre en el pasaporte|nombre segun pasaporte"
        "|nome no passaporte|nom sur le passeport|nom dans le passeport"
    ),
    _F.BADGE_NAME: "badge name|name on the badge|nombre en la credencial|nombre para credencial|nome no cracha|nom sur le badge",
    _F.KNOWN_AS: "nickname|known as|alias|other name|apodo|conocido como|conocida como|otro nombre|apelido social|nome social|surnom|dit",
}  # fmt: skip
"""The headings of each field in the four languages, separated by bars."""
_BY_HEADING = {plain(one): name for name, listed in _HEADINGS.items() for one in listed.split("|")}
_SPLIT_NAMES = {"nombre": _F.GIVEN_NAME, "nome": _F.GIVEN_NAME, "nom": _F.FAMILY_NAME, "name": _F.GIVEN_NAME}
"""Headings that mean a part of the name if another column has the other part."""
_NUMBERED = re.compile(r"\s*\d+$")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_PHONE = re.compile(r"\+?[\d\s().-]{7,24}$")
_MOSTLY = 0.7


def guessed(header: Sequence[str], samples: Sequence[Sequence[str]]) -> list[str]:
    """Return what each column seems to be: by its heading, or else by its values; empty if it is not clear.

    `samples` has some values of each column.
    """
    found: list[PersonField | None] = [_by_heading(heading) for heading in header]
    _name_parts(header, found)
    for position, values in enumerate(samples):
        if found[position] is None:
            suggested = _by_content([value for value in values if value])
            found[position] = None if suggested in found and suggested not in MANY else suggested
    return [one.value if one else "" for one in _once(found)]


def _by_heading(heading: str) -> PersonField | None:
    """Return the field that a heading means."""
    for text in _readings(heading):
        if text in _BY_HEADING:
            return _BY_HEADING[text]
        if text in _SPLIT_NAMES:
            return PersonField.FULL_NAME
    return None


def _readings(heading: str) -> Iterator[str]:
    """Yield what a heading may say; of two header rows, the lower one decides if the whole is unknown."""
    yield plain(heading)
    yield _NUMBERED.sub("", plain(heading))
    yield plain(heading.rpartition(JOINT)[2])
    yield plain(heading.partition("(")[0])


def _name_parts(header: Sequence[str], found: list[PersonField | None]) -> None:
    """Make `Nombre` a given name beside `Apellidos`, and `Nom` a family name beside `Prénom`."""
    parts = {PersonField.GIVEN_NAME, PersonField.FAMILY_NAME}
    for position, heading in enumerate(header):
        part = next((_SPLIT_NAMES[text] for text in _readings(heading) if text in _SPLIT_NAMES), None)
        if part and found[position] is PersonField.FULL_NAME and (parts - {part}) & set(found):
            found[position] = part


def _by_content(values: Sequence[str]) -> PersonField | None:
    if not values:
        return None
    if _share(values, _EMAIL.search) >= _MOSTLY:
        return PersonField.EMAIL
    if _share(values, _PHONE.match) >= _MOSTLY and _share(values, lambda one: _PHONE.match(one) and ":" not in one) > 0:
        return PersonField.PHONE
    if _share(values, lambda one: len(one) > 2 and countries.code_of(one)) >= _MOSTLY:
        return PersonField.COUNTRY
    if _share(values, lambda one: len(one) > 3 and languages.code_of(one)) >= _MOSTLY:
        return PersonField.LANGUAGE
    return None


def _share(values: Sequence[str], fits: object) -> float:
    return sum(bool(fits(value)) for value in values) / len(values)  # type: ignore[operator]


def _once(found: Iterable[PersonField | None]) -> list[PersonField | None]:
    """Return the fields with those that only one column can have at their first column."""
    taken: set[PersonField] = set()
    unique: list[PersonField | None] = []
    for one in found:
        unique.append(None if one in taken and one not in MANY else one)
        if one:
            taken.add(one)
    return unique
