"""The forms in which names, phone numbers, email addresses and places are compared."""

import re
import unicodedata
from functools import lru_cache

import phonenumbers
from anyascii import anyascii

_WORD = re.compile(r"[a-z0-9]+")
_JOINED = re.compile(r"(?<=\w)['\u2018\u2019\u02bc\u02bb\u02be\u02bf\u00b4`](?=\w)")
"""An apostrophe inside a word: `O’Higgins` is one word."""
_PARTICLE_WORDS = (
    "de del la las los da das do dos e y di du des le van von der den bin ibn ben bint al el ul as ar an d"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_TITLE_WORDS = "dr dra sr sra srta mr mrs ms prof profa lic ing don dona mme mlle jr junior filho neto sobrinho ii iii"
_TITLES = frozenset(_TITLE_WORDS.split())
_SERVANT = re.compile(r"^(abd)(?:el|ul|al|oul|ur|er|ar)(?=[a-z]{3})")
"""Arabic names that are written as one word or as two: `Abdelrahman`, `Abd al-Rahman`."""
_SOUNDS = (
    ("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("dh", "d"), ("ts", "s"), ("tz", "s"), ("dj", "j"), ("qu", "k"), ("ck", "k"), ("ce", "se"), ("ci", "si"),
    ("ge", "je"), ("gi", "ji"), ("x", "s"), ("z", "s"), ("c", "k"), ("q", "k"), ("v", "b"), ("p", "b"), ("g", "j"),
    ("ll", "l"),
)  # fmt: skip
_SILENT = re.compile("[aeiouywh]")
_DOUBLED = re.compile(r"(.)\1+")
_ROLE_WORDS = """
info contact contacto contato office oficina secretaria secretariat prensa press admin mail correo international
internacional internationale hello hola sindicato union
"""
_ROLES = frozenset(_ROLE_WORDS.split())
LEAST_DIGITS = 7
"""The number of digits that a phone number has at least."""


@lru_cache(maxsize=65_536)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in Latin letters without accents and capitals: `Łódź` gives `lodz`."""
    return tuple(_WORD.findall(_latin(_JOINED.sub("", text))))


@lru_cache(maxsize=65_536)
def names_in(text: str) -> tuple[str, ...]:
    """Return the words of a name, without particles and titles; if there is nothing else, with them."""
    words = [part for word in words_of(text) for part in _SERVANT.sub(r"\1 ", word).split()]
    return tuple(word for word in words if word not in _PARTICLES and word not in _TITLES) or tuple(words)


def is_latin(text: str) -> bool:
    """Return whether a text is written in Latin letters."""
    return all("LATIN" in unicodedata.name(char, "") for char in text if char.isalpha())


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """Return the consonants of a folded word as they sound, equal for most spellings of one name.

    `Mohammed` and `Muhamad`, `Yusuf` and `Youssef`, `Ximena` and `Jimena` are equal. Vowels are left out, because Arabic
    and Hebrew are written without them. A word without consonants is its own skeleton.
    """
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _SILENT.sub("", _DOUBLED.sub(r"\1", word)) or word


@lru_cache(maxsize=65_536)
def phone(number: str, country: str | None) -> str | None:
    """Return a phone number in E.164, or only its digits if its country is not known; None for other text.

    `country` is the country in which it is dialed without a country code.
    """
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        digits = re.sub(r"\D", "", number)
        return digits if len(digits) >= LEAST_DIGITS else None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def phone_ending(number: str) -> str:
    """Return the last eight digits of a number, which do not depend on how its country and area are written."""
    return re.sub(r"\D", "", number)[-8:]


def email(address: str) -> str:
    """Return an address in lowercase, without anything around it."""
    return unicodedata.normalize("NFKC", address).strip().lower()


def untagged(address: str) -> str:
    """Return a normalized address without what follows a plus sign: `ana+list@example.org` belongs to `ana`."""
    local, at, domain = address.partition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def is_shared(address: str) -> bool:
    """Return whether an address looks like that of an office, which several people read."""
    local = re.split(r"[+.\-_\d@]", address, maxsplit=1)[0]
    return local in _ROLES


def host(website: str) -> str:
    """Return the host of a web address, without `www.`."""
    bare = re.sub(r"^[a-z]+://", "", website.strip().lower())
    return re.split(r"[/:?#]", bare, maxsplit=1)[0].removeprefix("www.")


def _latin(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return anyascii(unicodedata.normalize("NFC", bare)).lower()
