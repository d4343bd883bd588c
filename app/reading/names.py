"""Names of authors: kept where they look like names of people, dropped where they do not. None is better than a wrong one."""

import re

_MOST = 12
_PREFIX = re.compile(
    r"^\W*(?:(?:written|reported|escrito|redactado|texto|reportaje|artículo|artigo|reportagem|article|texte|propos recueillis)\s+)?"
    r"(?:by|por|par|de|von|di)\b:?\s+|^\W*(?:author|autor|autora|autoras?|autores|auteur|autrice|texto|text|texte)\s*:\s*",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"\s*(?:[|•·/–—(@]|,?\s+(?:for|in|from|para|desde|pour|em|en|à|at)\s+(?:the\s+)?[A-ZÁÉÍÓÚ]|,?\s+(?:staff|special to|correspond|reporter|enviad|editor|writer|published|updated|on\s+\w+\s+\d)).*$"
)
_BETWEEN = re.compile(r"\s*(?:,|;|&|\n|\s(?:and|y|e|et|und|with|con|com|avec)\s)\s*", re.IGNORECASE)
_PARTICLE = frozenset(
    {
        "de",
        "del",
        "la",
        "las",
        "los",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "du",
        "van",
        "von",
        "der",
        "den",
        "y",
        "e",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "le",
        "st.",
        "ter",
        "te",
        "af",
        "av",
        "zu",
    }
)
_ARTICLES = frozenset({"the", "el", "los", "las", "os", "as", "le", "les", "un", "una", "um", "uma", "une"})
_NO_NAME = re.compile(
    r"\b(?:staff|admin\w*|editors?|editorial|redac\w+|rédaction|réda|newsroom|news|desk|team|equipo|equipe|équipe|agenc\w+|agence|press|prensa|imprensa|presse|reuters|afp|efe|ap|wire|service"
    r"|contributors?|guest|webmaster|user|author|autor|anonymous|anónimo|unknown|media|noticias|notícias|journal|diario|jornal|magazine|revista|times|post|herald|gazette|tribune|network|online|digital"
    r"|communications?|comunicación|comunicação|correspond\w+|special|published|updated|views?|comments?|share|follow|read|more|subscribe|photo\w*|foto\w*|january|february|march|april|june|july|august"
    r"|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|inc|ltd|llc|www|http\w*|com|org|union|sindicato|syndicat|federación|confédération)\b",
    re.IGNORECASE,
)


def names_in(text: str, publisher: str | None = None) -> tuple[str, ...]:
    """Return the people named in a byline or field, or nothing if any part of it is no person's name. Never raises."""
    line = " ".join(text.split())[:400]
    if not line or "://" in line or "@" in line:
        return ()
    line = _SUFFIX.sub("", _PREFIX.sub("", line)).strip(" .,;:-")
    names = [name.strip(" .,;:-") if not name.endswith("r.") else name for name in _BETWEEN.split(line)]
    names = [name for name in names if name]
    if not names or len(names) > _MOST or not all(_is_name(name, publisher) for name in names):
        return ()
    return tuple(dict.fromkeys(_cased(name) for name in names))


def _is_name(name: str, publisher: str | None) -> bool:
    words = name.split()
    if not 2 <= len(words) <= 6 or len(name) > 60 or re.search(r"[\d<>{}\[\]_=\"“”:!?]", name) or _NO_NAME.search(name):
        return False
    if publisher and (
        name.casefold() in publisher.casefold() or re.search(rf"\b{re.escape(publisher)}\b", name, re.IGNORECASE)
    ):
        return False
    if words[0].casefold() in _ARTICLES or len(words[-1]) == 1 or " - " in name or re.search(r"\w{4,}\.\s", name):
        return False
    own = [word for word in words if word.casefold() not in _PARTICLE]
    return len(own) >= 2 and all(word[0].isupper() or not word[0].isascii() for word in own if word[0].isalpha())


def _cased(name: str) -> str:
    """Return a name that is all capitals as names are written."""
    if not name.isupper():
        return name
    return " ".join(word.lower() if word.casefold() in _PARTICLE else word.title() for word in name.split())
