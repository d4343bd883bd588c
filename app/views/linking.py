"""An article from its address or its pasted text to a form that a person confirms."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext

from app import clock
from app.config import Config
from app.fetching import Failed, Policy, Word, fetch
from app.forms.articles import ArticleForm, PasteForm
from app.labels import LANGUAGES
from app.models.articles import Article
from app.queries import articles as article_queries
from app.reading.duplicates import fingerprint, same
from app.reading.excerpt import excerpt_of, excerpt_with_source
from app.reading.languages import language_of
from app.reading.pages import read_page
from app.reading.structure import take_apart
from app.reading.versions import suggest, traits_of
from app.text import N_

LOOKED_AT = 200
"""So many of the latest articles are compared with a new one."""
_WORDS = {
    Word.REFUSED_ADDRESS: N_("This address is not fetched. Open it yourself and paste the text."),
    Word.TOO_LARGE: N_("The page is too large. Open it yourself and paste the text."),
    Word.TOO_SLOW: N_("The page takes too long. Try again later, or paste the text."),
    Word.UNREACHABLE: N_("The page cannot be reached now. Try again later, or paste the text."),
    Word.NOT_FOUND: N_("There is no such page. Check the address."),
    Word.GONE: N_("The page is gone. Paste the text, if you have it."),
    Word.BLOCKED: N_("The publisher lets no program read this page. Open it yourself and paste the text."),
    Word.WRONG_TYPE: N_("This is no page with an article. Paste the text."),
    Word.TOO_MANY_REDIRECTS: N_("The address leads in circles. Paste the text."),
}


def linked(form: PasteForm) -> ArticleForm | None:
    """Return the form of an article as its text, or else its page, tells it; None where an error stands on `form`."""
    if form.pasted.data:
        return _from_text(form, str(form.pasted.data))
    if not form.url.data:
        form.url.errors = (*form.url.errors, gettext("Give its address, or paste its text, or both."))
        return None
    return _from_page(form, str(form.url.data))


@dataclass(frozen=True, slots=True)
class Kin:
    """Articles that are kept already and may be the same one, or the same in another language. Nothing joins them."""

    same: list[Article]
    translations: list[Article]


def kin_of(filled: ArticleForm) -> Kin:
    """Return the kin of an article that is about to be kept, among the latest that are."""
    text, language = str(filled.text.data or ""), str(filled.in_language.data or "")
    latest = [article for article in article_queries.listing()[:LOOKED_AT] if article.text]
    if not text or not latest:
        return Kin([], [])
    wanted = fingerprint(text)
    alike = [article for article in latest if same(wanted, fingerprint(article.text))]
    others = [article for article in latest if article.in_language != language and article not in alike]
    traits = [traits_of(one.text, one.in_language, one.date_published) for one in others]
    suggested = suggest(traits_of(text, language, filled.date_published.data), traits)
    return Kin(alike, [others[number] for number, _likeness in suggested[:3]])


def _from_text(form: PasteForm, pasted: str) -> ArticleForm | None:
    language = str(form.in_language.data or "") or language_of(pasted)
    if language not in LANGUAGES:
        form.in_language.errors = (*form.in_language.errors, gettext("Its language cannot be told. Choose it."))
        return None
    parts = take_apart(pasted, language)
    return ArticleForm(
        formdata=None,
        headline=(parts.headline or "")[:200],
        authors=parts.authors,
        in_language=language,
        publisher=parts.publisher,
        date_published=parts.date_published,
        url=form.url.data,
        original_publisher=parts.original_publisher,
        original_date=parts.original_date,
        republication_notice=parts.republication_notice,
        disclaimer=parts.disclaimer,
        captions="\n".join(parts.captions),
        excerpt=excerpt_of(parts, language)[:1000],
        text=parts.text,
    )


def _from_page(form: PasteForm, url: str) -> ArticleForm | None:
    settings: Config = current_app.config["SETTINGS"]
    try:
        answer = fetch(
            url, policy=Policy(base_url=settings.base_url, loopback=settings.fetched_loopback()), now=clock.now()
        )
    except Failed as failed:
        current_app.logger.info("a page was not fetched: %s", failed.word)
        form.url.errors = (*form.url.errors, gettext(_WORDS[failed.word]))
        return None
    page = read_page(answer.content, answer.final_url)
    parts = page.structure
    if parts is None:
        form.url.errors = (*form.url.errors, gettext("No article was found on this page. Paste the text."))
        return None
    chosen = str(form.in_language.data or "") or page.language
    language = chosen if chosen in LANGUAGES else ""
    return ArticleForm(
        formdata=None,
        headline=(page.headline or parts.headline or "")[:200],
        authors=", ".join(page.authors)[:200] or parts.authors,
        in_language=language,
        publisher=(page.publisher or parts.publisher or urlsplit(answer.final_url).hostname or "")[:200],
        date_published=page.day or parts.date_published,
        url=page.canonical_url[:2000],
        original_publisher=parts.original_publisher,
        original_date=parts.original_date,
        republication_notice=parts.republication_notice,
        disclaimer=parts.disclaimer,
        captions="\n".join(parts.captions),
        excerpt=excerpt_with_source(parts, page.language, page.description).text[:1000],
        text=page.text,
    )
