"""The words in files that stand for a choice, in the four languages."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

from app.models.congress.delegations import Capacity
from app.models.people.organizations import Classification
from app.models.travel.journeys import Direction, LegStatus
from app.models.travel.places import Mode
from app.text import plain

Choice = TypeVar("Choice", bound=StrEnum)
Words = Mapping[Choice, str]
"""The words for each member, separated by bars; its value is always one."""

_C = Classification
CLASSIFICATIONS: Words[Classification] = {
    _C.UNION: "union|trade union|labor union|sindicato|gremio|syndicat",
    _C.TEACHERS_UNION: (
        "teachers’ union|teachers union|sindicato docente|sindicato de docentes|sindicato de maestros|sindicato de professores"
        "|syndicat d enseignants"
    ),
    _C.FEDERATION: "federation|federacion|federacao",
    _C.CONFEDERATION: "confederation|national center|confederacion|central|central sindical|confederacao",
    _C.SOCIAL_MOVEMENT: "social movement|movement|movimiento social|movimiento|movimento social|movimento|mouvement social|mouvement",
    _C.COMMUNE: "commune|comuna|comunidad",
    _C.PEASANT_ORGANIZATION: (
        "peasant organization|organizacion campesina|campesina|organizacao camponesa|organisation paysanne"
    ),
    _C.PRESS: "press|media|prensa|medio|medio de comunicacion|imprensa|presse",
    _C.OTHER: "other|otra|otro|outra|outro|autre",
}  # fmt: skip
CAPACITIES: Words[Capacity] = {
    Capacity.DELEGATE: "delegado|delegada|delegado/a|delegue|deleguee|titular",
    Capacity.ALTERNATE: "substitute|suplente|alterno|alterna|suppleant|suppleante",
    Capacity.OBSERVER: "observador|observadora|observador/a|observateur|observatrice",
    Capacity.GUEST: "invitado|invitada|invitado/a|convidado|convidada|invite|invitee",
    Capacity.INTERPRETER: "interprete|translator|traductor|traductora",
}
DIRECTIONS: Words[Direction] = {
    Direction.OUT: "outbound|outward|ida|aller",
    Direction.BACK: "return|inbound|regreso|vuelta|volta|retour",
}
MODES: Words[Mode] = {
    Mode.AIR: "by air|por aire|plane|flight|avion|aereo|en avion|por avion|vuelo|aviao|voo|par avion|vol",
    Mode.RAIL: "by rail|train|tren|en tren|trem|par train",
    Mode.ROAD: "by road|bus|car|por carretera|autobus|omnibus|carro|auto|coche|onibus|por estrada|autocar|voiture",
    Mode.SEA: "by sea|ship|por mar|barco|maritimo|navio|bateau",
    Mode.RIVER: "by river|boat|por rio|fluvial|lancha|par riviere",
    Mode.FOOT: "on foot|walk|a pie|a pe|a pied",
}
LEG_STATUSES: Words[LegStatus] = {
    LegStatus.PLANNED: "previsto|planificado|planeado|planejado|prevu",
    LegStatus.BOOKED: "reservado|confirmado|confirmed|reserve|con reserva",
    LegStatus.UNDER_WAY: "in progress|en curso|em curso|en cours",
    LegStatus.DONE: "traveled|travelled|viajado|recorrido|realizado|effectue",
    LegStatus.CANCELLED: "canceled|cancelado|annule",
    LegStatus.MISSED: "perdido|no se tomo|manque",
    LegStatus.REPLACED: "booked but no longer needed|reservado, ya no hace falta|reemplazado|substituido|remplace",
}
_HEAD = (
    "head|head of delegation|head of the delegation|jefe|jefa|jefe de delegacion|jefa de delegacion|jefe de la delegacion"
    "|jefa de la delegacion|jefatura de la delegacion|encabeza la delegacion|chefe|chefe da delegacao|chef|chef de delegation"
)
_YES = "yes|y|x|1|true|si|s|sim|oui|o|verdadero|verdadeiro|vrai"
_NO = "no|n|0|false|nao|non|falso|faux"


def meaning(words: Words[Choice]) -> dict[str, Choice]:
    """Return what folded words mean."""
    found: dict[str, Choice] = {}
    for member, listed in words.items():
        found |= dict.fromkeys((plain(one) for one in (member.value.replace("_", " "), *listed.split("|"))), member)
    return found


_classifications = cache(lambda: meaning(CLASSIFICATIONS))
_capacities = cache(lambda: meaning(CAPACITIES))
_directions = cache(lambda: meaning(DIRECTIONS))
_modes = cache(lambda: meaning(MODES))
_leg_statuses = cache(lambda: meaning(LEG_STATUSES))


def classification_of(text: str) -> Classification | None:
    """Return the kind of organization that text names."""
    return _classifications().get(plain(text))


def classification_in(name: str) -> Classification:
    """Return the kind of organization that the first words of a name say; OTHER if they say none."""
    folded = plain(name)
    begun = (word for word in sorted(_classifications(), key=len, reverse=True) if f"{folded} ".startswith(f"{word} "))
    return next((_classifications()[word] for word in begun), Classification.OTHER)


def capacity_of(text: str) -> Capacity | None:
    """Return the capacity that text names."""
    return _capacities().get(plain(text))


def says_head(text: str) -> bool:
    """Whether text says that somebody is the head of the delegation."""
    return plain(text) in {plain(one) for one in _HEAD.split("|")}


def yes_or_no(text: str) -> bool | None:
    """Return whether text says yes or no, or None if it says neither."""
    folded = plain(text)
    return True if folded in _YES.split("|") else False if folded in _NO.split("|") else None


def is_yes(text: str) -> bool:
    """Whether text says yes, or names the head of the delegation."""
    return yes_or_no(text) is True or says_head(text)


def direction_of(text: str) -> Direction | None:
    """Return the direction that text names."""
    return _directions().get(plain(text))


def mode_of(text: str) -> Mode | None:
    """Return the mode of travel that text names."""
    return _modes().get(plain(text))


def leg_status_of(text: str) -> LegStatus | None:
    """Return the status of a leg that text names."""
    return _leg_statuses().get(plain(text))
