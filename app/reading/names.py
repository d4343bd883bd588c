"""Extracts names of authors from bylines and metadata fields: people only. No author is better than a wrong one.

Dates and other people's credits (translation, photographs) are cut off first. The rest is split at bars, commas and
conjunctions. Parts that are known not to be a person (an agency, an outlet, a role) are dropped; if one of the other
parts does not look like a name, no names are returned, because the line is probably not a byline.
"""

import re

from app.reading.dates import is_calendar_word, without_dates

_LONGEST = 400
_MOST_PEOPLE = 12
_MOST_OWN_WORDS = 5
_MOST_WORDS = 10

_SIGNED = re.compile(
    r"^\W*(?:(?:written|reported|words|story|escrit[oa]|redactad[oa]|texto|reportaje|artículo|artigo|reportagem|article|texte"
    r"|propos recueillis|published|posted|publicad[oa]|publiée?)\s+)?(?:by|por|par)\b:?\s+"
    r"|^\W*(?:authors?|autor|autora|autoras|autores|auteure?s?|autrice|textos?|texte?|words|escriben?)\s*:\s*"
    r"|^\W*(?:texto|artículo|artigo|texte)\s+(?:de|do|da|du)\s+",
    re.IGNORECASE,
)
_AMBIGUOUS_BY = re.compile(r"^(?:de|di|von|da|door)\s+", re.IGNORECASE)
"""Words for "by" that may also begin a name; removed only before a full name."""

_OTHER_WORK = re.compile(
    r"[\s.,;|(/–—-]*\b(?:traducci[oó]n|traducid[oa]s?|tradução|traduzid[oa]s?|traduction|traduite?s?|translat\w+|übersetz\w*"
    r"|fotos?|fotograf\w+|photos?|photograph\w*|ilustra\w+|illustrat\w+|v[ií]deos?|imágenes|imagen|imagem|images?"
    r"|edited|editad[oa]|editing|edición|edição|reviewed|revisad[oa]|fact[- ]checked)\b.*$",
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
_SEGMENTS = re.compile(r"\s*(?:[|•·/–—(@]|\s-\s)\s*")
_PEOPLE = re.compile(r"\s*(?:;|&|\s(?:and|et|und(?! zu )|with|con|com|avec)\s)\s*", re.IGNORECASE)
_WITHIN = re.compile(r"\s(?:[yei]|[YE])\s")
"""Spanish, Portuguese and Catalan "and", between two authors or within one name."""

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

_COMMAND = re.compile(
    r"^(?:read|learn|show|load|see|view|share|follow|subscribe|sign|click|watch|listen|find|print|get|more|contact|about|meet|join"
    r"|leer|ver|seguir|compartir|suscr\w+|ler|leia|lire|voir|partager|suivre)\b",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"\b(?:staff|admin\w*|editors?|editorial|editoriales|redac\w+|rédaction|réda|newsroom|news|desk|team|equipo|equipe|équipe|agenc\w+"
    r"|agências?|agences?|press|prensa|imprensa|presse|reuters|afp|efe|ap|ansa|lusa|xinhua|wires?|services?|contributors?|webmaster|users?"
    r"|author|autor|anonymous|anónimo|unknown|media|medios|noticias|notícias|journal|diario|jornal|magazine|revista|times|post|herald"
    r"|gazette|tribune|network|online|digital|communications?|comunicación|comunicação|correspond\w+|published|updated|views|comments?"
    r"|subscribe|inc|ltd|llc|gmbh|www|http\w*|com|org|net|unions?|sindicatos?|syndicat|federa\w+|fédération|confedera\w+|confédération"
    r"|foundation|fundación|fundação|fondation|institut\w*|associat\w+|asociación|associação|committee|comit[éeê]|council|consejo|conselho"
    r"|coalition|coalición|coordinadora|collective|colectivo|coletivo|collectif|movement|movimiento|movimento|mouvement|party|partido|parti"
    r"|universi\w+|radio|rádio|televisi\w+|télévision|tv|channel|canal|projects?|proyecto|projeto|center|centre|centro|observatorio"
    r"|campaign|campaña|workers|trabajador[ea]s|trabalhador[ea]s|travailleurs|library|archives?|archivo|ediciones|books|blog|podcast"
    r"|company|corporation|group|grupo|facebook|twitter|instagram|youtube|telegram|whatsapp|linkedin|informa\w+|resumen|board|office"
    r"|ministry|ministerio|ministério|ministère|boletín|newsletter|weekly|semanario|daily|notes|today|now)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z]{2,7}|\w*[A-Z]{2,}\w*[a-z]\w*|\w*[a-z]\w*[A-Z]{2,}\w*")


def names_in(text: str, publisher: str | None = None, *, single: bool = False, shown: bool = False) -> tuple[str, ...]:
    """Return the people named in a byline or field, or nothing if part of it is unclear. Never raises.

    `publisher` is not a person. With `single`, a single-word name counts, because the page marks it as a person's. With
    `shown`, the line is visible to readers: one word after a full name and a comma may be a place, not the given name.
    """
    line = re.sub(r"\S+@\S+", "", " ".join(text.split())[:_LONGEST])
    if "://" in line:
        return ()
    line = _OTHER_WORK.sub("", without_dates(line))
    unsigned = _SIGNED.sub("", line, count=1)
    for segment in filter(None, map(_trimmed, _SEGMENTS.split(unsigned))):
        signed = unsigned != line
        parts = _parts(segment, publisher, family_first=not signed and not shown)
        if not parts:
            continue
        if signed and len(parts) > 1 and len(_own_words(parts[-1])) == 1:
            parts.pop()  # "By Ana Ruiz, Caracas": the place of writing
        alone = single and len(parts) == 1
        if len(parts) > _MOST_PEOPLE or not all(_is_name(part, single=alone) for part in parts):
            return ()
        return tuple(dict.fromkeys(cased(part) for part in parts))
    return ()


def _parts(segment: str, publisher: str | None, *, family_first: bool) -> list[str]:
    """Return possible people in a segment, each with the given name first."""
    found: list[str] = []
    for piece in _PEOPLE.split(segment):
        named = [part for part in map(_without_role, _SUFFIX.sub("", piece).split(",")) if part]
        named = [part for part in named if not _is_no_person(part, publisher)]
        if len(named) == 2 and _is_inverted(*named, family_first=family_first):
            named = [f"{named[1]} {named[0]}"]
        found += [person for part in named for person in _apart(_without_by(part))]
    return [person for person in found if not _is_no_person(person, publisher)]


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
    return _trimmed(_WRITTEN_AT.sub("", _ROLE.sub("", part)))


def _without_by(part: str) -> str:
    rest = _AMBIGUOUS_BY.sub("", part)
    return rest if len(_own_words(rest)) >= 2 and rest[:1].isupper() else part


def _own_words(name: str) -> list[str]:
    """Return the words of a name that are not particles."""
    words = re.sub(r"\bin (?=['’]t )", "", name).split()
    return [word for word in words if word.casefold() not in PARTICLES and not _is_small(word)]


def _is_small(word: str) -> bool:
    """Return whether a word may be a particle in any language: short, lowercase, and not a conjunction."""
    return len(word) <= 4 and word.islower() and word not in _FUNCTION_WORDS and not _PREFIXED.match(word)


def looks_like_no_person(text: str) -> bool:
    """Return whether a text names an organization, an outlet or a role, or is an acronym."""
    return bool(_NO_PERSON.search(text) or _ACRONYM.fullmatch(text))


def _is_no_person(part: str, publisher: str | None) -> bool:
    if _NO_PERSON.search(part) or _COMMAND.match(part) or all(is_calendar_word(word) for word in part.split()):
        return True
    if " " not in part and _ACRONYM.fullmatch(part):
        return True
    return bool(publisher) and (
        part.casefold() in (publisher or "").casefold()
        or bool(re.search(rf"\b{re.escape(publisher or '')}\b", part, re.IGNORECASE))
    )


def _is_name(name: str, *, single: bool) -> bool:
    words, own = name.split(), _own_words(name)
    if len(name) > 80 or len(words) > _MOST_WORDS or re.search(r"[\d<>{}\[\]_=\"“”:!?]|\w{4,}\.\s", name):
        return False
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
