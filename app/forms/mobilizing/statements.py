"""Statements, in the languages of the public."""

from flask_babel import lazy_gettext as _

from app.config import MEMBER_LOCALES
from app.domain.mobilizing.statements import StatementValues, check_texts
from app.forms import fields
from app.forms.base import Form

_LONGEST = 20_000


class StatementForm(Form):
    """A statement: title and text in each language that it is written in."""

    title_es = fields.line(_("Title, in Spanish"))
    text_es = fields.lines(_("Text, in Spanish"), longest=_LONGEST, rows=8)
    title_en = fields.line(_("Title, in English"))
    text_en = fields.lines(_("Text, in English"), longest=_LONGEST, rows=8)
    title_pt = fields.line(_("Title, in Portuguese"))
    text_pt = fields.lines(_("Text, in Portuguese"), longest=_LONGEST, rows=8)
    title_fr = fields.line(_("Title, in French"))
    text_fr = fields.lines(_("Text, in French"), longest=_LONGEST, rows=8)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(check_texts, *(f"{part}_{locale}" for locale in MEMBER_LOCALES for part in ("title", "text")))

    def values(self) -> StatementValues:
        """Return the statement by language."""
        return StatementValues(
            titles={locale: str(self[f"title_{locale}"].data or "") for locale in MEMBER_LOCALES},
            texts={locale: str(self[f"text_{locale}"].data or "") for locale in MEMBER_LOCALES},
        )
