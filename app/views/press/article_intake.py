"""Starting an import from an address or a pasted text, and finding similar articles that were already saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.config import Config
from app.domain.press import intakes
from app.domain.press.versions import Measured, alike
from app.extensions import db
from app.forms.press.articles import ArticleForm, PasteForm
from app.mail_in import sign_mail_in
from app.models.press.articles import Article
from app.models.press.intakes import Intake, IntakeSource
from app.models.press.versions import SuggestionKind
from app.queries.press import articles as article_queries
from app.queries.press import versions as version_queries
from app.queries.press.versions import Text
from app.reading.articles import Reading, from_text
from app.reading.languages import language_of
from app.web.current_user import reader
from app.web.submit import ACTS, submit
from app.wording.labels import LANGUAGES

LOOKED_AT = 200
"""How many of the latest articles are compared with a new one while the user waits."""
SHOWN = 3
"""How many likely translations are shown."""


def bring(form: PasteForm, page: Callable[[], str]) -> ResponseReturnValue:
    """Import the article of a valid form and redirect to its intake, or show `page` with the errors."""
    url, pasted = form.url.data or None, form.pasted.data or None
    if not (url or pasted):
        form.url.errors = (*form.url.errors, gettext("Enter its address, paste its text, or do both."))
        return page(), form.http_status
    reading = read_pasted(form) if pasted else None
    if pasted and reading is None:
        return page(), form.http_status
    return submit(form, ACTS, write=lambda: _begin(form, reading), then=intake_location, otherwise=page)


def read_pasted(form: PasteForm) -> Reading | None:
    """Read the text of a form; None if `form` has an error."""
    pasted = str(form.pasted.data)
    db.session.rollback()  # do not hold a database connection while a text is being read
    language = str(form.in_language.data or "") or language_of(pasted)
    if language not in LANGUAGES:
        form.in_language.errors = (*form.in_language.errors, gettext("The language could not be detected. Choose it."))
        return None
    return from_text(pasted, url=form.url.data or None, language=language)


def intake_location(intake: Intake) -> str:
    """Return the address of an incoming article's page."""
    return url_for("intakes.show", intake_id=intake.id)


def bookmark() -> str:
    """Return the bookmarklet that opens the form with the current page's address filled in."""
    settings: Config = current_app.config["SETTINGS"]
    page = settings.base_url.rstrip("/") + url_for("articles.paste")
    return f"javascript:location.href='{page}?url='+encodeURIComponent(location.href)"


def mail_address() -> str | None:
    """Return the address to which the user can email articles, or None if none is configured."""
    settings: Config = current_app.config["SETTINGS"]
    name, _, host = settings.mail_in_address.rpartition("@")
    return f"{name}+{sign_mail_in(settings.secret_key, reader().id)}@{host}" if name else None


def kept_already(url: str | None) -> Sequence[Article]:
    """Return the saved articles with this address."""
    return article_queries.at_address(url) if url else []


@dataclass(frozen=True, slots=True)
class Related:
    """Saved articles that may be the same one, or a translation of it. They are only shown, not linked."""

    same: Sequence[Article]
    translations: Sequence[Article]


def related_to(filled: ArticleForm) -> Related:
    """Return the recent articles that resemble the one in the form."""
    text, language = str(filled.text.data or ""), str(filled.in_language.data or "")
    if not text:
        return Related([], [])
    here = Text(0, text, language, filled.date_published.data, family=0, updated_at=None)
    whenever = replace(here, day=None)  # the same text is of interest, whatever its date
    found = alike(here, version_queries.texts_around(whenever, LOOKED_AT), Measured())
    related = {kind: [one.other_id for one in found if one.kind == kind] for kind in SuggestionKind}
    return Related(
        article_queries.some(related[SuggestionKind.SAME]),
        article_queries.some(related[SuggestionKind.TRANSLATION][:SHOWN]),
    )


def _begin(form: PasteForm, reading: Reading | None) -> Intake:
    source = IntakeSource.TEXT if reading else IntakeSource.ADDRESS
    language, pasted = form.in_language.data or None, form.pasted.data or None
    intake = intakes.begin(source, by=reader(), url=form.url.data or None, pasted=pasted, language=language)
    if reading is not None:
        intakes.note_text(intake, reading, pasted=str(pasted), language=language)
    return intake
