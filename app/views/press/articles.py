"""Articles: importing, editing, and citing them."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.domain.press import articles
from app.forms.press.articles import ArticleForm, CiteForm, PasteForm, SearchForm
from app.models.press.articles import Article
from app.policy import Permission
from app.queries.campaigns import campaigns
from app.queries.press import articles as article_queries
from app.queries.press.articles import Wanted
from app.text import passage, words_of
from app.views.press.article_intake import bookmark, bring, kept_already, mail_address
from app.views.press.article_page import article_page
from app.views.press.citations import cite_in, subjects
from app.web import pending
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.form_keys import creating
from app.web.listing import page_number
from app.web.submit import ACTS, creates, edits, press, submit

bp = Blueprint("articles", __name__, url_prefix="/articles")

_ONE_TOO_MANY = 2001
"""The characters of an address from the bookmarklet that are read; a longer one is rejected."""


@bp.get("")
@requires(Permission.ARTICLE_VIEW)
def index() -> ResponseReturnValue:
    """Show articles, one row for each family of versions: all, or search results."""
    form = SearchForm()
    seen = [one for one in campaigns.listing() if may(Permission.CAMPAIGN_VIEW, None, one.id)]
    form.campaign.offer([("", gettext("– any –")), *((one.id, one.title) for one in seen)])
    form.validate()
    wanted = _wanted(form)
    page = article_queries.find(wanted, page_number())
    words = words_of(wanted.words)
    hits = {one.article.id: passage(one.article.text, words) for one in page.rows} if words else {}
    return render_template("press/articles/index.html", page=page, form=form, hits=hits)


@bp.route("/paste", methods=["GET", "POST"])
@requires(Permission.ARTICLE_EDIT)
def paste() -> ResponseReturnValue:
    """Accept the address or the text of an article; nothing else is stored until a person has confirmed the parts."""
    form = PasteForm()
    sent = form.validate_on_submit()
    filled_in = request.method == "GET" and _filled_in(form, request.args.get("url", ""))
    known = kept_already(form.url.data) if sent or filled_in else []

    def page() -> str:
        return render_template(
            "press/articles/paste.html", form=form, known=known, mail_address=mail_address(), bookmark=bookmark()
        )

    return bring(form, page) if sent and not known else (page(), form.http_status)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ARTICLE_EDIT)
@creating
def new() -> ResponseReturnValue:
    """Save an article whose parts a person has confirmed."""
    form = ArticleForm()
    form.check(articles.check_address, "url")
    return submit(
        form,
        creates(_editor),
        write=lambda: articles.create(form.values(), by=reader()),
        then=_location,
        otherwise=lambda: render_template("press/articles/form.html", form=form, article=None),
        done=gettext("Saved. Next: cite it where it is relevant."),
    )


@bp.get("/<int:article_id>")
@requires(Permission.ARTICLE_VIEW)
def show(article_id: int) -> ResponseReturnValue:
    """Show an article, its source, and its citations."""
    return _page(article_queries.get(article_id), CiteForm())


@bp.route("/<int:article_id>/edit", methods=["GET", "POST"])
@requires(Permission.ARTICLE_EDIT)
def edit(article_id: int) -> ResponseReturnValue:
    """Edit an article."""
    article = article_queries.get(article_id)
    form = ArticleForm(obj=article, **pending.filled(article))
    form.check(lambda url: articles.check_address(url, article), "url")
    return submit(
        form,
        edits(article),
        write=lambda: pending.saved(article, form.values(), lambda: articles.update(article, form.values())),
        then=_location(article),
        otherwise=lambda: render_template(
            "press/articles/form.html", form=form, article=article, waits=pending.waits(article)
        ),
        done=pending.done(article, gettext("Saved.")),
    )


@bp.post("/<int:article_id>/citations")
@requires(Permission.CITATION_EDIT)
def cite(article_id: int) -> ResponseReturnValue:
    """Cite an article in a campaign or as evidence of a problem."""
    article = article_queries.get(article_id)
    form = CiteForm()
    form.subject.offer(subjects())
    return submit(
        form,
        ACTS,
        write=lambda: cite_in(article, str(form.subject.data)),
        then=_location(article),
        otherwise=lambda: _page(article, form),
        done=gettext("Cited."),
    )


@bp.post("/<int:article_id>/citations/<int:citation_id>/withdraw")
@requires(Permission.CITATION_EDIT)
def withdraw(article_id: int, citation_id: int) -> ResponseReturnValue:
    """Withdraw a citation."""
    citation = article_queries.get_citation(article_id, citation_id)
    article = article_queries.get(article_id)
    done = gettext("Citation removed.")
    return press(
        lambda: articles.withdraw_citation(citation), then=_location(article), done=done, undo=article.headline
    )


def _wanted(form: SearchForm) -> Wanted:
    """Return the search criteria without those that have errors."""
    return Wanted(
        words=form.sound(form.q) or "",
        publisher=form.sound(form.publisher) or "",
        campaign_id=form.sound(form.campaign),
        language=form.sound(form.language) or "",
        since=form.sound(form.since),
        until=form.sound(form.until),
        broken=bool(form.sound(form.broken)),
    )


def _filled_in(form: PasteForm, url: str) -> bool:
    """Fill in the address from the bookmarklet; return whether it is valid."""
    form.url.process(MultiDict({"url": url[:_ONE_TOO_MANY]}))
    return bool(url) and form.url.validate(form)


def _page(article: Article, form: CiteForm) -> str:
    form.subject.offer(subjects())
    return article_page(article, form)


def _location(article: Article) -> str:
    return url_for("articles.show", article_id=article.id)


def _editor(article: Article) -> str:
    return url_for("articles.edit", article_id=article.id)
