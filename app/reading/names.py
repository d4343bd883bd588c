"""Extracts names of authors from bylines and metadata fields: people only. No author is better than a wrong one.

Dates and other people's credits (translation, photographs) are cut off first. The rest is split at bars, commas and
conjunctions. Parts that are known not to be a person (an agency, an outlet, a role) are dropped; if one of the other
parts does not look like a name, no names are returned, because the line is probably not a byline.
"""

import re

from app.reading.dates import without_dates
from app.reading.no_persons import is_no_person

_LONGEST = 400
_MOST_PEOPLE = 12
_MOST_OWN_WORDS = 5
_MOST_WORDS = 10

_SIGNED = re.compile(
    r"^\W*(?:(?:written|reported|words|story|escrit[oa]|redactad[oa]|texto|reportaje|artículo|artigo|reportagem|article|texte"
    r"|propos recueillis|published|posted|publicad[oa]|publiée?)\s+)?(?:by|por|par)\b:?\s+"
    r"|^\W*(?:authors?|autor|autora|autoras|autores|auteure?s?|autrice|textos?|texte?|words|escriben?)\s*:\s*"
    r"|^\W*(?:texto|artículo|artigo|texte|testo)\s+(?:de|do|da|du|di)\s+"
    r"|^\W*(?:text|testo|autore|автор|текст|作者|文|撰文|撰稿|记者|記者|著者|執筆|글)\s*[:：／|]\s*|^\W*(?:بقلم|كتبت?)\s*:?\s+",
    re.IGNORECASE,
)
_GENRE = re.compile(
    r"^\W*(?:columna|coluna|column|chronique|crónica|crônica|tribune|tribuna|opini[oó]n|opinião|opinie|meinung|análisis|análise|analysis"
    r"|analyse|interview|entrevista|entretien|intervista|reportaje|reportagem|reportage|comment(?:ary)?|editorial)"
    r"(?:\s*[:|]\s*(?=\S)|\s+(?:by|por|par|de|di|von|do|da|du)\s+|\s*$)",
    re.IGNORECASE,
)
"""The genre of an article, in front of its author or in a segment of its own."""

_BY_ELSEWHERE = re.compile(r"^(?:von|di|per|door)\s+[^\W\d_a-z]", re.IGNORECASE)
_AMBIGUOUS_BY = re.compile(r"^(?:de|di|von|da|door|per)\s+", re.IGNORECASE)
"""Words for "by" that may also begin a name; removed only before a full name."""

_OTHER_WORK = re.compile(
    r"[\s.,;|(/–—-]*\b(?:tradu[cçtz]\w*|translat\w+|übersetz\w*|vertaal\w*|vertaling|перевод\w*"
    r"|fotos?|fotograf\w+|photos?|photograph\w*|ilustra\w+|illustrat\w+|v[ií]deos?|imágenes|imagen|imagem|images?"
    r"|edited|editad[oa]|editing|edición|edição|édité\w*|reviewed|revisad[oa]|fact[- ]checked)\b.*$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:\s*[,(]\s*|\s+)(?:(?:senior|staff|special|chief|political|labou?r|guest|contributing|associate)\s+)*"
    r"(?:staff|writer|reporter|correspondent|columnist|contributor|editor|journalist|special to|enviad[oa]|corresponsal|periodista"
    r"|reporter[oa]|columnista|redactora?|correspondente|jornalista|repórter|colunista|journaliste|correspondante?|envoyée?|published"
    r"|updated|associated press|agence france-presse)\b.*$",
    re.IGNORECASE,
)
_WRITTEN_AT = re.compile(
    r",?\s+(?:for|in|from|of|para|desde|pour|em|en|no|na|à|at)\s+(?:(?:the|el|la|o|le)\s+)?[A-ZÁÉÍÓÚ].*$"
)
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|Esq)\b\.?$", re.IGNORECASE)
_SEGMENTS = re.compile(r"\s*(?:[|•·/–—(@]|\s-\s|(?<=\w{4})\.\s)\s*")
_PEOPLE = re.compile(r"\s*(?:;|&|\s(?:and|et|und(?! zu )|with|con|com|avec)\s)\s*", re.IGNORECASE)
_WITHIN = re.compile(r"\s(?:[yei]|[YE]|ed)\s")
"""Spanish, Portuguese, Catalan and Italian "and", between two authors or within one name."""

_DUTCH = re.compile(r"^door\s", re.IGNORECASE)
_AND_AHEAD = re.compile(r"^(?:[yei]|and|et|und|ed)\s+", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u3400-\u9fff\u3040-\u30ff·・]{2,8}|[\uac00-\ud7af]{2,5}")
"""A whole name in a script that writes names without spaces."""

_UNSPACED_ROLE = re.compile(
    r"(?<=[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af])\s*(?:기자|記者|记者|特派員)$|^(?:記者|记者)\s*(?=[\u3400-\u9fff])"
)
_SAINTS = frozenset({"san", "santa", "santo", "são", "saint", "sainte", "st.", "st"})

PARTICLES = frozenset({
    "de", "del", "della", "dello", "delle", "degli", "dei", "di", "da", "do", "dos", "das", "du", "des", "la", "las",
    "los", "le", "lo", "van", "von", "der", "den", "dem", "het", "ter", "ten", "te", "tot", "op", "aan", "'t", "’t",
    "af", "av", "und", "zu", "zum", "zur", "vom", "y", "e", "i", "al", "el", "as", "ash", "bin", "bint", "ibn", "ben", "abu",
    "umm", "ould", "wa", "kwa", "ap", "ab", "mac", "san", "st.", "saint", "dalla", "oude",
})  # fmt: skip
_FUNCTION_WORDS = frozenset({
    "the", "a", "on", "for", "from", "to", "with", "and", "or", "is", "has", "its", "his", "her", "our", "this",
    "that", "by", "not", "it", "we", "as", "he", "she", "are", "be", "was", "un", "una", "en", "con", "por", "para",
    "que", "se", "su", "sus", "es", "no", "o", "em", "com", "pra", "na", "nas", "nos", "um", "uma", "sob", "sur",
    "par", "pour", "avec", "est", "qui", "dans", "une", "aux", "mit", "für", "und", "auf", "im", "in", "of", "at",
})  # fmt: skip
_ARTICLES = frozenset({
    "the", "a", "o", "el", "la", "los", "las", "os", "as", "le", "les", "un", "una", "um", "uma", "une",
})  # fmt: skip
_PREFIXED = re.compile(r"^[^\W\d_]{1,4}[-'’‘ʼ](?=[^\W\d_])")
"""A particle attached to the name: al-, d', el-."""

_PLACE = re.compile(
    r"(?:ciudad|nuev[oa]|new|puerto|port|porto|buenos|r[ií]o|villa|costa|cape|cabo|cape|hong|tel|m[eé]xico|belo|saint|sainte|st\.?|san|santa"
    r"|santo|são)\s+\S+(?:\s+\S+)?",
    re.IGNORECASE,
)
"""A town or country whose name looks like a person's."""

_REST = re.compile(
    r"\s+(?:follow|seguir|compartir|share|suivre|partager|compartilhar|folgen|ver perfil|view profile)\b.*$"
    r"|\W*\d+\s+(?:coment[aá]rios?|comments?|commentaires?|kommentare|commenti)\b.*$",
    re.IGNORECASE,
)
"""Buttons and counts after a name."""


def names_in(text: str, publisher: str | None = None, *, single: bool = False, shown: bool = False) -> tuple[str, ...]:
    """Return the people named in a byline or field, or nothing if part of it is unclear. Never raises.

    `publisher` is not a person. With `single`, a single-word name counts, because the page marks it as a person's. With
    `shown`, the line is visible to readers: one word after a full name and a comma is a place or a profession, not the
    given name.
    """
    line = re.sub(r"\S+@\S+", "", " ".join(text.split())[:_LONGEST])
    if "://" in line:
        return ()
    line = _REST.sub("", _OTHER_WORK.sub("", without_dates(line)))
    unsigned = _SIGNED.sub("", _GENRE.sub("", line, count=1), count=1)
    unsigned = unsigned.replace(" en ", " & ") if _DUTCH.match(unsigned) else unsigned
    for segment in filter(None, map(_trimmed, _SEGMENTS.split(unsigned))):
        signed = unsigned != line
        parts = _parts(segment, publisher, family_first=not signed and not shown)
        if not parts or _GENRE.fullmatch(segment):
            continue
        if (signed or shown) and len(parts) > 1 and _is_a_place_or_profession(parts[-1]):
            parts.pop()  # "By Ana Ruiz, Caracas"
        alone = single and len(parts) == 1
        if len(parts) > _MOST_PEOPLE or not all(_is_name(part, single=alone) for part in parts):
            return ()
        if shown and not signed and _PLACE.fullmatch(parts[0]):
            return ()
        return tuple(dict.fromkeys(cased(part) for part in parts))
    return ()


def _is_a_place_or_profession(part: str) -> bool:
    """Return whether a part after a full name has a single word of its own, as "Caracas", "San Juan" and "Soziologe" have."""
    own = [word for word in _own_words(part) if word.casefold() not in PARTICLES | _SAINTS]
    return len(own) == 1 and not _UNSPACED.fullmatch(part)


def _parts(segment: str, publisher: str | None, *, family_first: bool) -> list[str]:
    """Return possible people in a segment, each with the given name first."""
    found: list[str] = []
    for piece in _PEOPLE.split(segment):
        named = [part for part in map(_without_role, _SUFFIX.sub("", piece).split(",")) if part]
        named = [_AND_AHEAD.sub("", part) for part in named[:1]] + _without_description(named[1:])
        named = [before for part in named if (before := _before_a_group(part, publisher))]
        if len(named) == 2 and _is_inverted(*named, family_first=family_first):
            named = [f"{named[1]} {named[0]}"]
        found += [person for part in named for person in _apart(_without_by(part))]
    return [person for person in found if not is_no_person(person, publisher)]


def _without_description(parts: list[str]) -> list[str]:
    """Return the parts up to the first that is written small, such as "historienne" or "a nurse in Kumasi"."""
    parts = [_AND_AHEAD.sub("", part) for part in parts]
    described = (place for place, part in enumerate(parts) if part[:1].islower() and not _PREFIXED.match(part))
    return parts[: next((place for place in described if parts[place].split()[0] not in PARTICLES), len(parts))]


def _before_a_group(part: str, publisher: str | None) -> str:
    """Return the people named before a group, as in "Ana Ruiz y Colectivo Tierra"; empty if the group comes first."""
    if not is_no_person(part, publisher):
        return part
    for link in _WITHIN.finditer(part):
        people, group = part[: link.start()], part[link.end() :]
        if is_no_person(group, publisher):
            return "" if is_no_person(people, publisher) or len(_own_words(people)) < 2 else people
    return ""


def _apart(part: str) -> list[str]:
    """Split at "y", "e" or "i" between two full names; otherwise it belongs to one name, as in Ortega y Gasset."""
    people, start = [], 0
    for link in _WITHIN.finditer(part):
        if len(_own_words(part[start : link.start()])) >= 2 <= len(_own_words(_WITHIN.split(part[link.end() :])[0])):
            people.append(part[start : link.start()].strip())
            start = link.end()
    return [*people, part[start:].strip()]


def _is_inverted(before: str, after: str, *, family_first: bool) -> bool:
    """Return whether the family name precedes the comma: one word, two joined by "y", or any before one given name."""
    given = len(_own_words(after))
    if all(len(_own_words(one)) == 1 for one in _WITHIN.split(before)):
        return 1 <= given <= 2
    return family_first and given == 1 and len(_own_words(before)) <= 3


def _without_role(part: str) -> str:
    part = _UNSPACED_ROLE.sub("", part.strip())
    return _trimmed(_WRITTEN_AT.sub("", _ROLE.sub("", part)))


def _without_by(part: str) -> str:
    rest = _AMBIGUOUS_BY.sub("", part)
    return rest if len(_own_words(rest)) >= 2 and rest[:1].isupper() else part


def _own_words(name: str) -> list[str]:
    """Return the words of a name that are not particles; the first and the last are none if they have a capital, as in Ben Le."""
    words = re.sub(r"\bin (?=['’]t )", "", name).split()
    ends = (0, len(words) - 1)
    return [
        word
        for place, word in enumerate(words)
        if not _is_small(word) and (word.casefold() not in PARTICLES or (place in ends and not word[:1].islower()))
    ]


def _is_small(word: str) -> bool:
    """Return whether a word may be a particle in any language: short, lowercase, and not a conjunction."""
    return len(word) <= 4 and word.islower() and word not in _FUNCTION_WORDS and not _PREFIXED.match(word)


def says_by(line: str) -> bool:
    """Return whether a line says that it names authors, as "By Ana Ruiz" and "Interview: Ana Ruiz" do."""
    return any(pattern.match(line) for pattern in (_SIGNED, _GENRE, _BY_ELSEWHERE))


def is_unspaced(name: str) -> bool:
    """Return whether a name is written in a script without spaces between given and family name."""
    return bool(_UNSPACED.fullmatch(name))


def _is_name(name: str, *, single: bool) -> bool:
    words, own = name.split(), _own_words(name)
    if len(name) > 80 or len(words) > _MOST_WORDS or re.search(r"[\d<>{}\[\]_=\"“”:!?]|\w{4,}\.\s", name):
        return False
    if _UNSPACED.fullmatch(name):
        return True
    if words[0].casefold() in _ARTICLES or _is_small(words[-1]) or not any(len(word) > 1 for word in own):
        return False
    if not (2 <= len(own) <= _MOST_OWN_WORDS or (single and len(words) == 1 and len(name) >= 3)):
        return False
    return all(_begins_like_a_name(word) for word in own)


def _begins_like_a_name(word: str) -> bool:
    """Return whether a word begins with a capital, after a particle such as al- or d'; true in scripts without capitals."""
    first = _PREFIXED.sub("", word)[:1] if word[:1].islower() else word[:1]
    return (first.isalpha() and not first.islower()) or word[:1] in "'’‘ʻʿ"


def _trimmed(part: str) -> str:
    part = part.strip(" ,;:-")
    return part if re.search(r"\b(?:[JS]r|\w)\.$", part) else part.strip(" .,;:-")


def cased(name: str) -> str:
    """Return an all-caps name in normal capitalization."""
    if not name.isupper():
        return name
    return " ".join(word.lower() if word.casefold() in PARTICLES else word.title() for word in name.split())
