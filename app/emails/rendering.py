"""Rendering of the three files of an email, in the recipient's language."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from css_inline import CSSInliner
from flask import current_app, has_request_context, render_template, url_for
from flask_babel import force_locale

from app.config import LOCALES, catalog_of
from app.letter import Letter

_INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False, minify_css=True)
"""Email programs that drop the style sheet still find every rule inline; rules for dark mode stay in the style sheet."""


def from_house() -> AbstractContextManager[Any]:
    """Allow an email to be rendered outside a request: in a worker."""
    if has_request_context():
        return nullcontext()
    return current_app.test_request_context(base_url=current_app.config["SETTINGS"].base_url)


def address_of(endpoint: str, **values: Any) -> str:
    """Return the public address of a page, independent of the host of the current request."""
    path = url_for(endpoint, **values, _external=False)
    return str(current_app.config["SETTINGS"].base_url).rstrip("/") + path


def headers_of_many(kind: str, about: str, number: int, unsubscribe: str) -> dict[str, str]:
    """Return the headers of an email to many, such as a `digest` `about` a campaign and its number.

    They say how to unsubscribe with one click (RFC 8058), which list it is (RFC 2919), and under which names a large provider
    counts complaints.
    """
    host = urlsplit(current_app.config["SETTINGS"].base_url).hostname or "localhost"
    return {
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<{about}-{number}.{host}>",
        "Feedback-ID": f"{number}:{about}:{kind}:encuentro",
        "Precedence": "bulk",
    }


def render_letter(
    name: str, *, address: str, language: str, catalogs: tuple[str, ...] = LOCALES, **context: Any
) -> Letter:
    """Render `templates/emails/<wing>/<name>/{subject.txt,body.txt,body.html}` for one recipient, in one of the catalogs."""
    locale = catalog_of([language], catalogs)
    with force_locale(locale):
        parts = render_parts(name, locale, **context)
    return Letter(address=address, subject=parts.subject, text=parts.text, html=parts.html, language=locale)


class Parts(NamedTuple):
    """A composed email without a recipient."""

    subject: str
    text: str
    html: str


def render_parts(name: str, locale: str, **context: Any) -> Parts:
    """Render subject, text and HTML in the current language."""
    context |= {"locale": locale, "base_url": current_app.config["SETTINGS"].base_url}
    subject, text, html = (
        render_template(f"emails/{name}/{part}", **context) for part in ("subject.txt", "body.txt", "body.html")
    )
    return Parts(" ".join(subject.split()), text.strip() + "\n", _INLINER.inline(html))
