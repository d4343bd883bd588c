"""Lines before and after an article that are not text: credits, sources, copyright, reading time.

They are recognized by position and form. They are above the first paragraph or below the last one, with no text in
between. They are short, and their label is followed by names and not by a sentence.
"""

import re

from app.reading.asides import is_aside
from app.reading.dates import without_dates
from app.reading.notices import DISCLAIMER, LONGEST, is_notice

_TOP = 4
_BOTTOM = 10
"""The maximum number of blocks to examine at the end."""

_MOST_ABOVE = 5
_MOST_BELOW = 6
"""Words of a short line above and below the text."""
_FEW_BELOW = 2
"""More short lines below a text are a list or verses."""
_PARAGRAPH = 12
"""Words."""
_SENTENCE = re.compile(r"[.!?…:;,\"”»。؟।][)\]]?\s*$")
_INITIALS = re.compile(r"^[^\W\d_]{1,4}(?:\s*/\s*[^\W\d_]{1,4})*\s*(?:\([^()]{2,60}\))?\W*$")
"""The initials of those who wrote and edited an agency's text, and agencies in brackets."""
_REACHED_AT = re.compile(r"\S@[\w-]+(?:\.[\w-]+)+\W*$")
"""An address for readers at the end of a line."""
_KEYWORDS = re.compile(r"^[^:.!?]{2,30}:\s*[^.!?:,·;|]{1,40}(?:[,·;|]\s*[^.!?:,·;|]{1,40}){1,30}$")
_MOST_WORDS = 30
_MOST_NAMES = 14
_MOST_IN_LABEL = 4

_SMALL = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "lo",
        "y",
        "e",
        "en",
        "in",
        "and",
        "et",
        "of",
        "the",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "d'",
        "le",
        "les",
        "l'",
        "para",
        "for",
        "pour",
        "a",
        "à",
        "al",
        "ao",
        "o",
        "os",
        "as",
        "no",
        "na",
        "with",
        "con",
        "com",
        "avec",
        "und",
        "agencias",
        "agencies",
        "agences",
        "agências",
        "agencia",
        "agency",
        "agence",
    ]
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}\b")
_LABEL = re.compile(r"^\W*(?P<label>[^\W\d_][^:.;!?,|]{1,40}?)\s*[:|]\s*(?P<names>.+)$")
_LEADS = re.compile(
    r"^\W*(?:"
    # with information from
    r"(?:con|com|avec|with)\s+(?:(?:la |a |l['’]|additional )?(?:informaci[óo]n|informações|informations?|reporting|reportes?|reportagem|files?|datos"
    r"|dados|aportes?|colaboraci[óo]n|colaboração|contributions?|collaboration|material|material(?:es)?)\s*(?:adicional(?:es)?|adicionais)?\s*"
    r"(?:by|from|de(?:l| l['’])?|d[aou]s?|des|d['’])?\s*)?"
    # taken from
    r"|(?:v[ií]a|tomad[oa] de|visto en|retomad[oa] de|repris de|republished from|(?:publicad[oa]|publié|published|posted) (?:en|em|n[oa]|dans|sur|par|por|in|on|by))\s+"
    # translated by
    r"|(?:traducci[oó]n|traducid[oa]|tradução|traduzid[oa]|traduction|traduite?|translation|translated)\b(?:\s+(?:del?|do|from|du|de l['’])\s*[\wéêç]+?)??"
    r"(?:\s+(?:al?|para o|into|en)\s+[\wéêç]+)?\s+(?:por|by|par|de|da|do)\s+"
    # by
    r"|(?:por|by|par)\s+)(?P<names>.*)$",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"^\W*(?:©|\(c\)\s|copyright\b)|\b(?:derechos reservados|direitos reservados|droits réservés|rights reserved)\b"
    r"|^\W*(?:queda |está |é )?(?:estrictamente )?(?:prohibida|proibida)\b.{0,40}\breprodu|^\W*(?:toute )?reproduction\b.{0,40}\binterdite\b"
    r"|^\W*(?:no part of|reproduction)\b.{0,80}\b(?:prohibited|forbidden|permission)\b",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"^\W*(?:[^\W\d_]+\s+){0,4}(?:[^\W\d_]+\s*[:·|–—-]\s*)?\d{1,2}\s*(?:[-–]\s*\d{1,2}\s*)?(?:min|mins|minutos?|minutes?|mn)\b\.?"
    r"(?:\s+(?:de|para|of|à|to)?\s*(?:lectura|leitura|lecture|read|reading|leer|ler|lire))?\W*$",
    re.IGNORECASE,
)
_READING = re.compile(r"lectura|leitura|lecture|\bread|\bleer\b|\bler\b|\blire\b|^\W*\d+\s*min\w*\W*$", re.IGNORECASE)
_MACHINE = re.compile(
    r"^\W*(?:this|est[ea]|cet|cette|ce|article|artículo|artigo|texto?|texte|nota|traduc|traduz|tradui|translat|resum|summar|with|con|com|avec)"
    r"(?=.{0,60}(?:tradu[cz]|tradui|translat|resum|summar|génér|generad|gerad|generat))"
    r".{0,100}\b(?:autom[aá]ti\w+|inteligencia artificial|inteligência artificial|intelligence artificielle|artificial intelligence|IA|AI|machine)\b",
    re.IGNORECASE,
)
_FOR_SOME = re.compile(
    r"\b(?:exclusiv\w+|s[oó]lo|réservée?s?|reservad\w+|only)\b (?:\w+ ){0,2}(?:suscript\w+|assinantes|abonnés|abonados|subscribers)\W*$"
    r"|\b(?:subscribers|members)[ -]only(?: \w+)?\W*$|^\W*(?:this|est[ae]|ce|we|nous|usamos|utilizamos|nuestro|nosso|our|notre)\b.{0,40}\bcookies\b"
    r"|^\W*(?:escuch\w+|ouvir|ouça|écoute[rz]?|listen to)\b (?:\w+ ){0,2}(?:art[ií]c[uo]lo|artigo|article|nota|noticia|notícia|matéria|story|texto)\W*$",
    re.IGNORECASE,
)
_AGENCIES = re.compile(
    r"^\W*(?:(?:[A-Z]{2,7}|Agenc\w+|Agênc\w+|Reuters|Xinhua|Lusa)(?:\s*[/,&·-]\s*|\s+(?:y|e|et|and)\s+|\W*$))+$"
)


def furniture_at_the_ends(texts: list[str], headings: frozenset[int] = frozenset()) -> frozenset[int]:
    """Return the indexes of the blocks at either end of an article that are not text. Never raises.

    These are credits, and a few short lines without the end of a sentence before the first or after the last paragraph, unless they
    are among the `headings`.
    """
    top = range(min(_TOP, len(texts)))
    bottom = range(len(texts) - 1, max(-1, len(texts) - 1 - _BOTTOM), -1)
    return frozenset({
        *_furniture(texts, top, headings, longest=_MOST_ABOVE, most=_TOP - 1),
        *_furniture(texts, bottom, headings, longest=_MOST_BELOW, most=_FEW_BELOW),
    })  # fmt: skip


def stands_alone(line: str) -> bool:
    """Return whether a line between paragraphs only says who may read on. Never raises."""
    return len(line.split()) <= _MOST_NAMES and not _SENTENCE.search(line) and bool(_FOR_SOME.search(line))


def _furniture(texts: list[str], places: range, headings: frozenset[int], *, longest: int, most: int) -> set[int]:
    """Return the places of furniture from an end of the text up to its first paragraph."""
    found, short = set[int](), set[int]()
    for place in places:
        text = texts[place]
        if place not in headings and is_credit(text):
            found.add(place)
        elif len(text) <= LONGEST and (is_aside(text) or is_notice(text) or DISCLAIMER.search(text)):
            continue
        elif place not in headings and _is_short(text, longest):
            short.add(place)
        else:
            is_paragraph = len(text.split()) >= _PARAGRAPH and _SENTENCE.search(text)
            return found | short if is_paragraph and len(short) <= most else found
    return found


def _is_short(line: str, longest: int) -> bool:
    """Return whether a line is too short for a paragraph and does not end as a sentence."""
    return len(line.split()) <= longest and not _SENTENCE.search(line)


def is_credit(line: str) -> bool:
    """Return whether a line above or below a text has the form of a credit. Never raises."""
    words = len(line.split())
    if words > _MOST_WORDS or len(line) > LONGEST:
        return False
    inner = re.sub(r"^\s*[(\[]\s*(.*?)\s*[)\]]\s*\.?\s*$", r"\1", line)
    if (
        _WHOSE.search(line)
        or _AGENCIES.match(line)
        or _MACHINE.search(line)
        or (words <= _MOST_NAMES and _FOR_SOME.search(line))
    ):
        return True
    if (words <= 6 and _INITIALS.match(line) and line[0].islower()) or (
        words <= _MOST_NAMES and _REACHED_AT.search(line)
    ):
        return True
    if _KEYWORDS.match(line) and not _SENTENCE.search(line):
        return True
    if words <= 8 and _HOW_LONG.match(line) and _READING.search(line):
        return True
    lead = _LEADS.match(inner)
    if lead and (is_names(lead["names"]) or not lead["names"]):
        return True
    label = _LABEL.match(inner)
    return label is not None and len(label["label"].split()) <= _MOST_IN_LABEL and is_names(label["names"])


def is_names(text: str) -> bool:
    """Return whether a text consists only of names, addresses and dates, and the small words that join them."""
    text = re.sub(r"(?<=\w)\s*!+\s*$", "", text)
    words = re.findall(r"[\w’'.-]*\w", _ADDRESS.sub(" X ", without_dates(text)))
    own = [word for word in words if word.casefold() not in _SMALL and not re.match(r"[dl]['’][^\W\d_a-zà-ÿ]", word)]
    if not words or len(words) > _MOST_NAMES or re.search(r"[!?;“”\"]|[.…]\s+\S", re.sub(r"\b\w\.", "", text)):
        return False
    return (
        all(word[0].isupper() or (place and word.isdigit()) for place, word in enumerate(own))
        and any(word[0].isupper() for word in words)
    ) or text.strip(" .").casefold() in _SMALL
