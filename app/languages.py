"""Languages: their codes and their names."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from app.config import MEMBER_LOCALES
from app.text import plain, sort_key

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
"""A code with an optional script and country: `pt`, `spa`, `es_VE`, `zh-Hant-TW`."""
_NONE = frozenset({"mul", "und", "zxx", "root"})
"""Codes that mean no language, or several."""

_OWN_NAMES = {
    "ar": ("العربية", "عربي"), "ay": ("aymar aru",), "ca": ("català",), "cs": ("čeština",), "de": ("Deutsch",),
    "el": ("ελληνικά",), "es": ("castellano", "Castilian", "castelhano", "castillan"), "eu": ("euskara",),
    "fa": ("فارسی",), "gl": ("galego",), "gn": ("avañe’ẽ",), "he": ("עברית",), "hi": ("हिन्दी",),
    "ht": ("kreyòl", "kreyòl ayisyen"), "hu": ("magyar",), "it": ("italiano",), "ja": ("日本語",), "ko": ("한국어",),
    "ku": ("kurdî",), "nl": ("Nederlands",), "pl": ("polski",), "qu": ("runa simi", "qhichwa"), "ro": ("română",),
    "ru": ("русский",), "sv": ("svenska",), "sw": ("kiswahili",), "tr": ("Türkçe",), "uk": ("українська",),
    "zh": ("中文", "汉语"),
}  # fmt: skip
"""The languages' own names, and other names that are missing in the locale data."""


@cache
def named(language: str) -> dict[str, str]:
    """Return the languages by code with their names in a language: first the languages of emails, then the others.

    A language without a name in that language is shown with its name in another one.
    """
    names = {code: name for one in (*MEMBER_LOCALES, language) for code, name in Locale(one).languages.items()}
    known = {code: name for code, name in names.items() if "_" not in code and code not in _NONE}
    others = sorted(known.keys() - {*MEMBER_LOCALES}, key=lambda code: sort_key(known[code], language=language))
    return {code: known[code] for code in (*MEMBER_LOCALES, *others)}


def code_of(text: str) -> str | None:
    """Return the code (BCP 47) of the language that text means, or None if it means none.

    It recognizes codes of two and three letters, with or without a country, and names in the member languages and in
    the language itself: `English`, `inglés`, `eng`, `en-GB`. A name shared by several languages is not recognized.
    """
    return _of_tag(text.strip()) or _names().get(plain(text)) or _names().get(plain(text.partition("(")[0]))


def _of_tag(text: str) -> str | None:
    tag = _TAG.fullmatch(text)
    if not tag:
        return None
    code, script, country = tag[1].lower(), tag[2], tag[3]
    known = named(MEMBER_LOCALES[0])
    code = code if code in known else get_global("language_aliases").get(code, code)
    if code not in known:
        return None
    return "-".join(part for part in (code, script and script.title(), country and country.upper()) if part)


@cache
def _names() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for one in MEMBER_LOCALES:
        for code, name in Locale(one).languages.items():
            if code not in _NONE:
                found.setdefault(plain(name), set()).add(code.replace("_", "-"))
    alone = {name: codes.pop() for name, codes in found.items() if len(codes) == 1 and name}
    return alone | {plain(name): code for code, names in _OWN_NAMES.items() for name in names}
