"""The words of time in four languages, folded: weekdays, months, numbers, units, and what stands before a date."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Frame(Enum):
    """What the words before a date make of it."""

    ON = auto()
    BEFORE = auto()
    AFTER = auto()
    OF = auto()
    """The date says which one is meant, not when: "the Friday meeting"."""
    NOT = auto()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a language. The values of `frames` are alternatives of a regular expression."""

    weekdays: Mapping[str, int]
    doubtful: frozenset[str]
    """Weekdays that are also ordinary words: "sat", "segunda", "mer"."""
    months: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    days: Mapping[str, int]
    """Words that count from today."""
    frames: Mapping[Frame, str]
    nth: Mapping[str, int]
    common: frozenset[str]
    """Words that hardly any other of the four languages has, by which a phrase is recognized."""


def _listed(words: str, first: int = 0) -> dict[str, int]:
    """Return the words of a list with their places; spellings of one word are separated by `|`, and `_` is a space."""
    return {
        spelling.replace("_", " "): place
        for place, spellings in enumerate(words.split(), first)
        for spelling in spellings.split("|")
    }


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _units(minute: str, hour: str, day: str, week: str, month: str, year: str) -> dict[str, str]:
    named = {"minute": minute, "hour": hour, "day": day, "week": week, "month": month, "year": year}
    return {word: unit for unit, words in named.items() for word in words.split()}


ENGLISH = Vocabulary(
    weekdays=_listed(
        "mondays|monday|mon tuesdays|tuesday|tues|tue wednesdays|wednesday|wed thursdays|thursday|thurs|thur|thu "
        "fridays|friday|fri saturdays|saturday|sat sundays|sunday|sun"
    ),
    doubtful=frozenset({"mon", "sat", "sun", "wed"}),
    months=_listed(
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep "
        "october|oct november|nov december|dec",
        1,
    ),
    numbers=_listed(
        "one|a|an two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty",
        1,
    )
    | {"thirty": 30},
    units=_units("minutes minute mins min", "hours hour hrs hr h", "days day", "weeks week wks wk", "months month", "years year"),
    days={
        "today": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "2moro": 1, "tomo": 1,
        "the day after tomorrow": 2, "day after tomorrow": 2, "by end of day": 0, "end of day": 0, "eod": 0,
    },
    frames={
        Frame.ON: "at the latest on|no later than|on or before|starting on|starting|on the|by the|until the|for the|"
        "on|by|this|for|until|till|due",
        Frame.BEFORE: "before the|before|b4|prior to|ahead of",
        Frame.AFTER: "after the|after",
        Frame.OF: "of the|from the|of|from|since|the|our|your|their|his|her|my",
        Frame.NOT: "but not on|but not|not on|not|except on|except",
    },
    nth={"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1},
    common=_words("the to and with for of about at on by from our call send write ask next before every in"),
)  # fmt: skip
SPANISH = Vocabulary(
    weekdays=_listed(
        "lunes|lun martes|mart|mar miercoles|mierc|mier|mie jueves|juev|jue viernes|vier|vie sabados|sabado|sab "
        "domingos|domingo|dom"
    ),
    doubtful=frozenset({"mar", "dom", "mart"}),
    months=_listed(
        "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago "
        "septiembre|setiembre|sept|sep|set octubre|oct noviembre|nov diciembre|dic",
        1,
    ),
    numbers=_listed(
        "uno|una|un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
        "diecisiete dieciocho diecinueve veinte",
        1,
    )
    | {"treinta": 30},
    units=_units("minutos minuto min", "horas hora hs h", "dias dia", "semanas semana", "meses mes", "anos ano"),
    days={
        "hoy": 0,
        "hoy mismo": 0,
        "manana": 1,
        "manana mismo": 1,
        "mnn": 1,
        "mnna": 1,
        "pasado manana": 2,
        "o pasado": 2,
        "fin del dia": 0,
    },
    frames={
        Frame.ON: "a mas tardar el|a mas tardar|de aqui al|a partir del|a partir de|para el dia|para el|pa el|pal|hasta el|para|hasta|este|"
        "el dia|el|dia",
        Frame.BEFORE: "antes d|antes del dia|antes del|antes de la|antes de|antes el",
        Frame.AFTER: "despues del|despues de|luego del|pasado el",
        Frame.OF: "al|de los|de las|del dia|del|de|desde el|desde|la|los|las|un|una|cada",
        Frame.NOT: "pero no el|pero no|excepto el|excepto|menos el|menos|salvo el|salvo|no el",
    },
    nth={"primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4, "ultimo": -1},
    common=_words("el los del al y con en una las antes llamar hoy por lo cada"),
)
PORTUGUESE = Vocabulary(
    weekdays=_listed(
        "segundas-feiras|segunda-feira|segunda_feira|2a-feira|2a_feira|segundas|segunda|seg "
        "tercas-feiras|terca-feira|terca_feira|3a-feira|3a_feira|tercas|terca|ter "
        "quartas-feiras|quarta-feira|quarta_feira|4a-feira|4a_feira|quartas|quarta|qua "
        "quintas-feiras|quinta-feira|quinta_feira|5a-feira|5a_feira|quintas|quinta|qui "
        "sextas-feiras|sexta-feira|sexta_feira|6a-feira|6a_feira|sextas|sexta|sex sabados|sabado|sab "
        "domingos|domingo|dom"
    ),
    doubtful=_words("segundas segunda tercas terca ter quartas quarta quintas quinta sextas sexta sex dom qui"),
    months=_listed(
        "janeiro|jan fevereiro|fev marco|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set "
        "outubro|out novembro|nov dezembro|dez",
        1,
    ),
    numbers=_listed(
        "um|uma dois|duas tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis "
        "dezessete dezoito dezenove vinte",
        1,
    )
    | {"trinta": 30},
    units=_units("minutos minuto min", "horas hora h", "dias dia", "semanas semana", "meses mes", "anos ano"),
    days={
        "hoje": 0,
        "hoje mesmo": 0,
        "hj": 0,
        "amnh": 1,
        "amanha": 1,
        "amanha mesmo": 1,
        "depois de amanha": 2,
        "fim do dia": 0,
    },
    frames={
        Frame.ON: "o mais tardar no|o mais tardar na|o mais tardar em|o mais tardar|no maximo ate|a partir de|"
        "a partir do dia|ate o dia|ate dia|ate o|ate a|ate|para o dia|para o|para a|para|pra|no dia|na|no|em|nesta|"
        "neste|nessa|esta|este|essa|dia",
        Frame.BEFORE: "antes do dia|antes do|antes da|antes de",
        Frame.AFTER: "depois do|depois da|depois de|apos",
        Frame.OF: "do dia|de|da|do|das|dos|desde|a|as|o|os|um|uma",
        Frame.NOT: "mas nao na|mas nao|menos na|menos|exceto na|exceto",
    },
    nth={
        "primeira": 1,
        "primeiro": 1,
        "segunda": 2,
        "segundo": 2,
        "terceira": 3,
        "terceiro": 3,
        "ultima": -1,
        "ultimo": -1,
    },
    common=_words("o os da do das ao com em na no para pra uma um ligar hoje ate nao todo toda"),
)
FRENCH = Vocabulary(
    weekdays=_listed(
        "lundis|lundi|lun mardis|mardi|mar mercredis|mercredi|mer jeudis|jeudi|jeu vendredis|vendredi|ven "
        "samedis|samedi|sam dimanches|dimanche|dim"
    ),
    doubtful=frozenset({"mar", "mer", "jeu", "sam"}),
    months=_listed(
        "janvier|janv fevrier|fevr|fev mars avril|avr mai juin juillet|juil aout septembre|sept octobre|oct "
        "novembre|nov decembre|dec",
        1,
    ),
    numbers=_listed(
        "un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
        "dix-huit dix-neuf vingt",
        1,
    )
    | {"trente": 30},
    units=_units("minutes minute min", "heures heure h", "jours jour j", "semaines semaine", "mois", "ans an annees"),
    days={
        "aujourd'hui": 0, "aujourdhui": 0, "auj": 0, "dem": 1, "demain": 1, "apres-demain": 2, "apres demain": 2, "fin de journee": 0,
    },
    frames={
        Frame.ON: "au plus tard le|au plus tard|a partir du|a partir de|d'ici le|d'ici au|d'ici a|d'ici|jusqu'au|"
        "jusqu'a|pour le|pour|ce|le|au",
        Frame.BEFORE: "avant le|avant la|avant",
        Frame.AFTER: "apres le|apres",
        Frame.OF: "du|de la|des|de|d'|depuis le|depuis|la|les|un|une",
        Frame.NOT: "mais pas le|mais pas|pas le|pas|sauf le|sauf",
    },
    nth={"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4, "dernier": -1},
    common=_words("le les des du et avec pour au aux une chez appeler envoyer avant ce chaque dans sur"),
)  # fmt: skip
VOCABULARIES: Mapping[str, Vocabulary] = {"en": ENGLISH, "es": SPANISH, "pt": PORTUGUESE, "fr": FRENCH}


def order(low: str, reader: str) -> tuple[str, bool]:
    """Return the language that most words of a folded text belong to, and whether it may be English.

    It is the reader's language unless another one has clearly more.
    """
    words = low.split()
    scores = {name: sum(word in one.common for word in words) for name, one in VOCABULARIES.items()}
    spoken = max(scores, key=lambda name: scores[name] + 1.5 * (name == reader))
    return spoken, reader == "en" or 0 < scores["en"] >= scores[reader]
