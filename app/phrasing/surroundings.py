"""What stands around a date, and whether it makes the date a part of the title: "the Friday meeting", "Avenida 1 de Mayo"."""

import re
from functools import cache

from app.phrasing.folding import TAKEN
from app.phrasing.vocabulary import VOCABULARIES

_COMMON_WORDS = """
a about with at to for and or in on by from of the re via if when so but as before after until an is are this an
al con por para en de del el la los las y o e u sobre si que cuando desde hasta sin lo una un
com em no na nos nas do da dos das ao aos os um uma se sem pra pro as ou
le les des du au aux avec pour par sur et dans chez une sans d l contre entre
"""
_FUNCTION_WORDS = frozenset(_COMMON_WORDS.split())
_ENGLISH_VERBS = """
    call phone ring write send ask book check prepare print confirm visit meet pay order buy collect bring make get
    find remind email mail text answer reply translate review read finish tell invite contact follow update post
    publish share organize arrange reserve pick take give submit sign upload plan talk speak go see try register
"""
_VERBS = frozenset(_ENGLISH_VERBS.split())
_PART = re.compile(r"(?:morning|afternoon|evening|night|noon|am|pm|eve)\b\s*")
"""A part of the day after a day of the week, in English, where what follows may be described by both."""
_INFINITIVE = re.compile(r"[a-z]{2,}(?:ar|er|ir|re|arse|erse|irse)(?:les?|los?|las?|me|nos)?")
_HEADS = """
    avenida av avda avenue calle rua rue plaza praca place square street boulevard bulevar comite committee comision
    comissao commission colectivo coletivo collectif movimiento movimento mouvement movement coordinadora brigada
    brigade escuela escola ecole school barrio bairro quartier estadio estadio stade hospital hopital sindicato
    syndicat union frente front resolucion resolucao resolution ley lei loi law acta ata acte decreto decret decree
    articulo artigo article version page pagina room sala salle numero no n vuelo voo vol flight parque park parc operativo
    edificio building campana campanha campagne campaign grupo group groupe red rede
"""
_NAME_HEADS = frozenset(_HEADS.split())
"""Words that are often followed by a date that is a name."""
_SET_PHRASES = re.compile(
    r"""
    \S+@\S+\.\S+ | \b(?:https?://|www\.)\S+ | \b24\s?/\s?7\b | \b24\s?h(?:oras|s|rs)?\b
    | \b(?:good|ash|palm|maundy|holy|black|cyber|bloody|easter|shrove)\s(?:mon|tues|wednes|thurs|fri|satur|sun)day\b
    | \b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)\s(?:santo|de\s(?:gloria|ramos|pascua|ceniza|resurreccion))\b
    | \b(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?\s(?:santa|gorda|de\s(?:cinzas|carnaval|pascoa))\b
    | \bdomingo\sde\s(?:ramos|pascoa) | \b(?:lundi|mardi|jeudi|vendredi|samedi|dimanche)\s(?:saint|gras|de\spaques|noir)\b
    | \bmardi\sgras\b | \bfridays?\sfor\sfuture\b | \bmay\sday\b | \bjuly\s4th\smovement\b
    | \b\S+\s\S+\sago\b | \bhace\s\S+\s\S+ | \bil\sy\sa\s\S+\s\S+ | \bha\s\S+\s(?:dias|semanas|meses|anos)\b
    | \b\S+\s\S+\satras\b
    | \blast\s(?:week|month|year|night)\b
    """,
    re.VERBOSE,
)


@cache
def _past(language: str) -> re.Pattern[str]:
    weekday = "|".join(sorted(map(re.escape, VOCABULARIES[language].weekdays), key=len, reverse=True))
    return {
        "en": re.compile(rf"\blast\s+(?:{weekday})\b(?!\s+(?:of|in)\b)"),
        "es": re.compile(rf"\b(?:{weekday})\s+pasado\b|\bpasado\s+(?:{weekday})\b|\b(?:semana|mes|ano)\s+pasad[ao]\b"),
        "pt": re.compile(
            rf"\b(?:{weekday})\s+passad[ao]\b|\bpassad[ao]\s+(?:{weekday})\b|\b(?:semana|mes|ano)\s+passad[ao]\b"
        ),
        "fr": re.compile(rf"\b(?:{weekday})\s+(?:dernier|passe)\b|\b(?:semaine|mois|annee)\s+(?:derniere?|passee?)\b"),
    }[language]


def without_set_phrases(low: str) -> str:
    """Return a folded text in which addresses, names of days such as Good Friday, and what is past are blotted out."""
    for pattern in (_SET_PHRASES, *(_past(language) for language in VOCABULARIES)):
        low = pattern.sub(lambda match: "x" * len(match[0]), low)
    return low


def closes(low: str, at: int) -> bool:
    """Return whether what follows a place does not belong to what stands before it.

    That is the end, punctuation, a function word, a verb, or something else that has been understood.
    """
    rest = _PART.sub("", low[at:].lstrip())
    if not rest or rest[0] == TAKEN or not (rest[0].isalnum() or rest[0] in "'\"("):
        return True
    match = re.match(r"[\w'-]+", rest)
    word = match[0] if match else ""
    return word in _FUNCTION_WORDS or word in _VERBS or _INFINITIVE.fullmatch(word) is not None


def is_function_word(word: str) -> bool:
    """Return whether a folded word only joins others."""
    return word in _FUNCTION_WORDS


def names_something(word: str) -> bool:
    """Return whether a folded word is often followed by a date that is a name: avenue, committee, resolution."""
    return word in _NAME_HEADS
