"""What speaks for and against two records being the same, in words."""

from collections.abc import Iterable

from flask_babel import gettext

from app.matching.comparing import Evidence
from app.text import N_

_WORDS: dict[Evidence, str] = {
    Evidence.NAME: N_("same name"),
    Evidence.NAME_ORDER: N_("names in another order"),
    Evidence.NICKNAME: N_("short form of the name"),
    Evidence.SPELLING: N_("name spelled differently"),
    Evidence.INITIAL: N_("only an initial"),
    Evidence.LEFT_OUT: N_("part of the name left out"),
    Evidence.TRANSLITERATED: N_("name in another script"),
    Evidence.EMAIL: N_("same email address"),
    Evidence.EMAIL_TAG: N_("same email address except for what follows the plus sign"),
    Evidence.EMAIL_SHARED: N_("same email address, which looks like that of an office"),
    Evidence.EMAIL_NAME: N_("same email name at another provider"),
    Evidence.PHONE: N_("same phone number"),
    Evidence.PHONE_ENDING: N_("phone numbers with the same ending"),
    Evidence.ORGANIZATION: N_("same organization"),
    Evidence.PLACE: N_("same town"),
    Evidence.COUNTRY: N_("same country"),
    Evidence.WEBSITE: N_("same website"),
    Evidence.ACRONYM: N_("same acronym"),
    Evidence.OTHER_EMAIL: N_("different email addresses"),
    Evidence.OTHER_PHONE: N_("different phone numbers"),
    Evidence.OTHER_ORGANIZATION: N_("different organizations"),
    Evidence.OTHER_PLACE: N_("different towns"),
    Evidence.OTHER_COUNTRY: N_("different countries"),
}
_AGAINST = frozenset(code for code in Evidence if code.name.startswith("OTHER_"))


def evidence_for(codes: Iterable[str]) -> str:
    """Return what speaks for it, as a list of words: `same name, same phone number`."""
    return ", ".join(gettext(_WORDS[code]) for code in map(Evidence, codes) if code not in _AGAINST)


def evidence_against(codes: Iterable[str]) -> str:
    """Return what speaks against it, as a list of words; empty if nothing does."""
    return ", ".join(gettext(_WORDS[code]) for code in map(Evidence, codes) if code in _AGAINST)
