"""Incoming articles: fetched, read, and confirmed or rejected by a person."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.press import intakes
from app.domain.press.intakes import KEPT_ALREADY, LARGE_LETTER, NO_ARTICLE, NOTHING_READ, UNREAD_PDF
from app.fetching import Failure
from app.forms.listing import ListForm
from app.forms.press.articles import KeepForm, PasteForm
from app.models.press.articles import Article
from app.models.press.intakes import Intake, IntakeStatus
from app.policy import Permission
from app.queries.paging import PAGE
from app.queries.press import intakes as intake_queries
from app.reading.page_kinds import PageKind
from app.text import N_
from app.views.press.article_intake import intake_location, kept_already, read_pasted, related_to
from app.views.press.citations import cite_in, subjects
from app.web.access import requires
from app.web.current_user import reader
from app.web.listing import page_number
from app.web.refreshing import refreshing
from app.web.submit import ACTS, press, submit

bp = Blueprint("intakes", __name__, url_prefix="/intakes")

SHOWN = 30
"""How many of each kind the overview shows."""
_TITLES = {
    IntakeStatus.READ: N_("To be confirmed"),
    IntakeStatus.WAITING: N_("Being fetched"),
    IntakeStatus.FAILED: N_("Could not be imported"),
    IntakeStatus.LISTED: N_("New in the feeds"),
    IntakeStatus.REFUSED: N_("Recently rejected"),
}
"""The kinds on the overview, in this order."""
_EXPLANATIONS = {
    Failure.REFUSED_ADDRESS.value: N_(
        "This address cannot be fetched: it does not exist, or it is not on the public web. Check the spelling, or "
        "paste the text."
    ),
    Failure.TOO_LARGE.value: N_("The page is too large. Open it yourself and paste the text."),
    Failure.TOO_SLOW.value: N_("The page takes too long to load. Try again later, or paste the text."),
    Failure.UNREACHABLE.value: N_("The page cannot be reached right now. Try again later, or paste the text."),
    Failure.NOT_FOUND.value: N_("This page does not exist. Check the address."),
    Failure.GONE.value: N_("The page no longer exists. Paste the text, if you have it."),
    Failure.BLOCKED.value: N_(
        "The publisher does not allow automated access to this page. Open it yourself and paste the text."
    ),
    Failure.WRONG_TYPE.value: N_("This page has no article. Paste the text."),
    Failure.TOO_MANY_REDIRECTS.value: N_("The address redirects in a loop. Paste the text."),
    NO_ARTICLE: N_("No article was found on this page. Paste the text."),
    PageKind.COOKIE_WALL.value: N_(
        "This page only asks for consent to cookies. Open it yourself, consent or not, and paste the text."
    ),
    PageKind.CHALLENGE.value: N_("This page checks whether a person opens it. Open it yourself and paste the text."),
    PageKind.ERROR_PAGE.value: N_("The site answers with an error page. Check the address, or paste the text."),
    PageKind.FRONT_PAGE.value: N_(
        "This is the front page of a site. Open the article there and add its own address, or paste the text."
    ),
    PageKind.LINK_LIST.value: N_(
        "This page is a list of articles. Open the one that you want and add its own address, or paste the text."
    ),
    UNREAD_PDF: N_(
        "Nothing could be read in this PDF: its pages may be pictures. Open it yourself and paste the text."
    ),
    KEPT_ALREADY: N_("This article is already saved."),
    NOTHING_READ: N_("Nothing in this email could be read. Forward it again as text, or paste the text here."),
    LARGE_LETTER: N_("This email is too large. Forward it without attachments, or paste the text here."),
}
_NO_ARTICLE_IN_LETTER = N_("This email contains neither an article nor its address. Paste the text here.")
_WARNINGS = {
    PageKind.PAYWALL.value: N_(
        "The publisher shows this article only to subscribers, so a part of the text may be missing. Compare it with the original."
    ),
    PageKind.PDF.value: N_(
        "This was read in a PDF, which does not say where paragraphs end or who wrote it. Compare it with the original."
    ),
    PageKind.LIVE_BLOG.value: N_(
        "This is a live blog: its updates may be in reverse order, and more may follow. Compare it with the original."
    ),
}
"""What a person should know about the page when confirming what was read on it."""
_WORTH_TRYING = frozenset({Failure.TOO_SLOW.value, Failure.UNREACHABLE.value})


@bp.get("")
@requires(Permission.ARTICLE_EDIT)
def index() -> ResponseReturnValue:
    """Show the incoming articles: some of each status, or one status in pages."""
    titles = {status.value: gettext(title) for status, title in _TITLES.items()}
    form = ListForm(gettext("Headline, publisher or address"), [("", gettext("all")), *titles.items()])
    chosen = IntakeStatus(form.shown) if form.shown else None
    pages = {
        status: intake_queries.find(
            reader(),
            status,
            form.typed,
            page_number() if chosen else 1,
            size=PAGE if chosen else SHOWN,
        )
        for status in ([chosen] if chosen else _TITLES)
    }
    return render_template(
        "press/intakes/index.html",
        form=form,
        pages=pages,
        titles=titles,
        chosen=chosen,
        Status=IntakeStatus,
        explanation=_explanation,
    )


@bp.get("/<int:intake_id>")
@requires(Permission.ARTICLE_EDIT)
def show(intake_id: int) -> ResponseReturnValue:
    """Show the progress of an incoming article; once it has been read, the form to confirm it."""
    intake = intake_queries.get(intake_id, reader())
    if intake.article_id is not None:
        return redirect(url_for("articles.show", article_id=intake.article_id))
    if intake.status == IntakeStatus.READ:
        return _form_page(intake, KeepForm(formdata=None, **intakes.reading_of(intake)))
    form = PasteForm(formdata=None, url=intake.url, pasted=intake.pasted, in_language=intake.in_language)
    return refreshing(_page(intake, form), intake_queries.progress(intake).seconds_to_refresh)


@bp.post("/<int:intake_id>/keep")
@requires(Permission.ARTICLE_EDIT)
def keep(intake_id: int) -> ResponseReturnValue:
    """Save an article whose parts a person has confirmed, and cite it where they chose."""
    intake = intake_queries.get(intake_id, reader())
    form = KeepForm()
    form.subject.offer(_choices())
    return submit(
        form,
        ACTS,
        write=lambda: _keep(intake, form),
        then=_article_location,
        otherwise=lambda: _form_page(intake, form),
        done=_done(form),
    )


@bp.post("/<int:intake_id>/text")
@requires(Permission.ARTICLE_EDIT)
def text(intake_id: int) -> ResponseReturnValue:
    """Accept the text of an article whose page could not be read."""
    intake = intake_queries.get(intake_id, reader())
    form = PasteForm()
    reading = read_pasted(form) if form.validate_on_submit() and _has_text(form) else None
    if reading is None:
        return _page(intake, form), form.http_status
    pasted, language = str(form.pasted.data), form.in_language.data or None
    return submit(
        form,
        ACTS,
        write=lambda: intakes.note_text(intake, reading, pasted=pasted, language=language),
        then=intake_location(intake),
        otherwise=lambda: _page(intake, form),
    )


@bp.post("/<int:intake_id>/take")
@requires(Permission.ARTICLE_EDIT)
def take(intake_id: int) -> ResponseReturnValue:
    """Fetch an entry of a feed, or retry one that could not be reached."""
    intake = intake_queries.get(intake_id, reader())
    return press(lambda: intakes.take(intake), then=intake_location(intake))


@bp.post("/<int:intake_id>/refuse")
@requires(Permission.ARTICLE_EDIT)
def refuse(intake_id: int) -> ResponseReturnValue:
    """Reject an incoming article."""
    intake = intake_queries.get(intake_id, reader())
    done = gettext("Rejected. You can restore it below.")
    return press(
        lambda: intakes.refuse(intake), then=url_for("intakes.index"), done=done, otherwise=intake_location(intake)
    )


@bp.post("/<int:intake_id>/restore")
@requires(Permission.ARTICLE_EDIT)
def restore(intake_id: int) -> ResponseReturnValue:
    """Restore a rejected article."""
    intake = intake_queries.get(intake_id, reader())
    return press(lambda: intakes.restore(intake), then=intake_location(intake), done=gettext("Restored."))


def _has_text(form: PasteForm) -> bool:
    if not form.pasted.data:
        form.pasted.errors = (*form.pasted.errors, gettext("Paste the text of the article."))
    return bool(form.pasted.data)


def _keep(intake: Intake, form: KeepForm) -> Article:
    article = intakes.keep(intake, form.values(), by=reader())
    if form.subject.data:
        cite_in(article, form.subject.data)
    return article


def _done(form: KeepForm) -> str:
    return str(
        gettext("Saved and cited.") if form.subject.data else gettext("Saved. Next: cite it where it is relevant.")
    )


def _form_page(intake: Intake, form: KeepForm) -> str:
    form.subject.offer(_choices())
    known, related = kept_already(form.url.data), related_to(form)
    warning = _WARNINGS.get((intake.fields or {}).get("page_kind", ""))
    return render_template(
        "press/intakes/confirm.html",
        form=form,
        intake=intake,
        article=None,
        related=related,
        known=known,
        warning=gettext(warning) if warning else "",
    )


def _page(intake: Intake, form: PasteForm) -> str:
    known = kept_already(intake.url)
    return render_template(
        "press/intakes/show.html",
        intake=intake,
        work=intake_queries.progress(intake),
        form=form,
        explanation=_explanation,
        known=known,
        worth_trying=_WORTH_TRYING,
    )


def _choices() -> list[tuple[str, str]]:
    return [("", gettext("– nowhere yet –")), *subjects()]


def _article_location(article: Article) -> str:
    return url_for("articles.show", article_id=article.id)


def _explanation(intake: Intake) -> str:
    """Return an explanation of why it could not be read, or an empty string."""
    in_letter = intake.failure == NO_ARTICLE and intake.url is None
    sentence = _NO_ARTICLE_IN_LETTER if in_letter else _EXPLANATIONS.get(intake.failure or "")
    return str(gettext(sentence)) if sentence else ""
