"""The words for a delegate's capacity in a pasted list."""

from flask_babel import force_locale, gettext

from app.config import LOCALES
from app.domain.congress.delegate_lists import HEAD
from app.models.congress.delegations import Capacity
from app.text import plain
from app.wording.labels import label


def capacity_words() -> dict[str, Capacity | str]:
    """Return the words for each capacity and for the head of a delegation, in all languages of the pages, folded.

    Spanish labels with two endings, such as `delegado/a`, give both words.
    """
    words: dict[str, Capacity | str] = {}
    for locale in LOCALES:
        with force_locale(locale):
            words |= {form: one for one in Capacity for form in _forms(label(one))}
            words |= dict.fromkeys((*_forms(gettext("head of delegation")), *_forms(gettext("head"))), HEAD)
    return words


def _forms(said: str) -> set[str]:
    whole, _, ending = said.partition("/")
    forms = {whole, whole + ending, whole[: -len(ending)] + ending} if ending else {whole}
    return {plain(form) for form in forms}
