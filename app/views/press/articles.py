"""Articles: brought in, kept, corrected, cited."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.domain.press import articles
from app.forms.base import Button
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
from app.web.access import may, requires
from app.web.current_user import reader
from app.web.submit import save

MOST_PAGES = 2_000
"""Nobody turns more; whoever looks for something has words for it."""

bp = Blueprint("articles", __name__, url_prefix="/articles")

_ONE_TOO_MANY = 2001
"""Characters of an address that comes with the bookmark: a longer one is refused, and not shown in full."""


@bp.get("")
@requires(Permission.ARTICLE_VIEW)
def index() -> ResponseReturnValue:
    """Show articles, one row for each family of versions: all, or those that are looked for."""
    form, page = SearchForm(), min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    seen = [one for one in campaigns.listing() if may(Permission.CAMPAIGN_VIEW, None, one.id)]
    form.campaign.offer([("", gettext("– any –")), *((one.id, one.title) for one in seen)])
    form.validate()
    wanted = Wanted(**form.wanted())
    rows, count = article_queries.find(wanted, page)
    words = words_of(wanted.words)
    return render_template(
        "press/articles/index.html",
        rows=rows,
        count=count,
        page=page,
        pages=min(-(-count // article_queries.PAGE), MOST_PAGES),
        form=form,
        kept=form.kept(),
        hits={one.article.id: passage(one.article.text, words) for one in rows} if words else {},
    )


@bp.route("/paste", methods=["GET", "POST"])
@requires(Permission.ARTICLE_EDIT)
def paste() -> ResponseReturnValue:
    """Take the address or the text of an article; nothing is stored but that until a person has confirmed the parts."""
    form = PasteForm()
    known: Sequence[Article] = []
    if form.validate_on_submit():
        known = kept_already(form.url.data)
        brought = None if known else bring(form)
        if brought:
            return brought
    elif request.method == "GET" and _filled_in(form, request.args.get("url", "")):
        known = kept_already(form.url.data)
    ways = {"mail_address": mail_address(), "bookmark": bookmark()}
    return render_template("press/articles/paste.html", form=form, known=known, **ways), (422 if form.faulty else 200)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ARTICLE_EDIT)
def new() -> ResponseReturnValue:
    """Keep an article whose parts a person has confirmed."""
    form = ArticleForm()
    if form.validate_on_submit():
        saved = save(
            form,
            lambda: articles.create(form.values(), by=reader()),
            _location,
            gettext("Kept. Next: cite it where it belongs."),
            creates=True,
        )
        if saved:
            return saved
    return render_template("press/articles/form.html", form=form, article=None), form.http_status


@bp.get("/<int:article_id>")
@requires(Permission.ARTICLE_VIEW)
def show(article_id: int) -> ResponseReturnValue:
    """Show an article, where it comes from, and where it is cited."""
    return _page(article_queries.get(article_id), CiteForm())


@bp.route("/<int:article_id>/edit", methods=["GET", "POST"])
@requires(Permission.ARTICLE_EDIT)
def edit(article_id: int) -> ResponseReturnValue:
    """Correct what is kept."""
    article = article_queries.get(article_id)
    form = ArticleForm(obj=article)
    if form.validate_on_submit():
        saved = save(
            form, lambda: articles.update(article, form.values()), lambda _: _location(article), gettext("Saved.")
        )
        if saved:
            return saved
    return render_template("press/articles/form.html", form=form, article=article), form.http_status


@bp.post("/<int:article_id>/citations")
@requires(Permission.CITATION_EDIT)
def cite(article_id: int) -> ResponseReturnValue:
    """Cite an article in a campaign or as evidence of a problem."""
    article = article_queries.get(article_id)
    form = CiteForm()
    form.subject.offer(subjects())
    if form.validate_on_submit():
        saved = save(
            form, lambda: cite_in(article, str(form.subject.data)), lambda _: _location(article), gettext("Cited.")
        )
        if saved:
            return saved
    return _page(article, form)


@bp.post("/<int:article_id>/citations/<int:citation_id>/withdraw")
@requires(Permission.CITATION_EDIT)
def withdraw(article_id: int, citation_id: int) -> ResponseReturnValue:
    """Take a citation back."""
    citation = article_queries.get_citation(article_id, citation_id)
    article = article_queries.get(article_id)
    form = Button()
    done = gettext("No longer cited there.")
    saved = save(form, lambda: articles.withdraw_citation(citation), lambda _: _location(article), done)
    if saved is None:
        flash(gettext("Nothing was changed."))
    return saved or redirect(_location(article))


def _filled_in(form: PasteForm, url: str) -> bool:
    """Fill in an address that came with the bookmark; say whether it is one."""
    form.url.process(MultiDict({"url": url[:_ONE_TOO_MANY]}))
    return bool(url) and form.url.validate(form)


def _page(article: Article, form: CiteForm) -> ResponseReturnValue:
    form.subject.offer(subjects())
    return article_page(article, form)


def _location(article: Article) -> str:
    return url_for("articles.show", article_id=article.id)
