"""Rendering of the three files of a letter, in the recipient's language."""

from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale

from app.config import LOCALE_FALLBACK, LOCALES
from app.letter import Letter


def letter_locale(language: str) -> str:
    """Return the catalog in which somebody who reads `language` is written to."""
    language = language.split("-", maxsplit=1)[0].lower()
    language = LOCALE_FALLBACK.get(language, language)
    return language if language in LOCALES else LOCALES[0]


def render_letter(name: str, *, address: str, language: str, **context: Any) -> Letter:
    """Render `templates/emails/<name>/{subject.txt,body.txt,body.html}` for one recipient."""
    locale = letter_locale(language)
    with force_locale(locale):
        subject, text, html = render_parts(name, locale, **context)
    return Letter(address=address, subject=subject, text=text, html=html, language=locale)


def render_parts(name: str, locale: str, **context: Any) -> tuple[str, str, str]:
    """Render subject, text and HTML in the language that is set."""
    context |= {"locale": locale, "base_url": current_app.config["SETTINGS"].base_url}
    subject, text, html = (
        render_template(f"emails/{name}/{part}", **context) for part in ("subject.txt", "body.txt", "body.html")
    )
    return " ".join(subject.split()), text.strip() + "\n", html
