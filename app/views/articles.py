"""Articles: pasted, taken apart, confirmed by a person, cited."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain import articles
from app.forms.articles import ArticleForm, CiteForm, PasteForm, SearchForm
from app.forms.base import Button
from app.labels import problem_title
from app.models.articles import Article, Citation
from app.policy import Permission
from app.queries import articles as article_queries
from app.queries import campaigns, congresses, problems
from app.queries.articles import Wanted
from app.text import passage, words_of
from app.views.guard import may, requires
from app.views.linking import kin_of, linked
from app.views.reader import reader
from app.views.saving import save
from app.views.showing import article_page

MOST_PAGES = 2_000
"""Nobody turns more; whoever looks for something has words for it."""

bp = Blueprint("articles", __name__, url_prefix="/articles")


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
        "articles/index.html",
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
    """Take an article apart, pasted or fetched, and show the parts for a person to confirm. Nothing is stored yet."""
    form = PasteForm()
    if form.validate_on_submit():
        filled = linked(form)
        if filled is not None:
            return render_template("articles/form.html", form=filled, article=None, kin=kin_of(filled))
    return render_template("articles/paste.html", form=form), (422 if form.faulty else 200)


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
    return render_template("articles/form.html", form=form, article=None), form.http_status


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
    return render_template("articles/form.html", form=form, article=article), form.http_status


@bp.post("/<int:article_id>/citations")
@requires(Permission.CITATION_EDIT)
def cite(article_id: int) -> ResponseReturnValue:
    """Cite an article in a campaign or as evidence of a problem."""
    article = article_queries.get(article_id)
    form = CiteForm()
    form.subject.offer(_subjects())
    if form.validate_on_submit():
        saved = save(
            form, lambda: _cite(article, str(form.subject.data)), lambda _: _location(article), gettext("Cited.")
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


def _page(article: Article, form: CiteForm) -> ResponseReturnValue:
    form.subject.offer(_subjects())
    return article_page(article, form)


def _subjects() -> list[tuple[str, str]]:
    """Return where the reader may cite: campaigns, and the problems of congresses."""
    offered = [
        (f"campaign:{one.id}", gettext("Campaign: %(title)s", title=one.title))
        for one in campaigns.listing()
        if may(Permission.CITATION_EDIT, None, one.id)
    ]
    for congress in congresses.listing():
        if may(Permission.CITATION_EDIT, congress.id, None):
            offered += [
                (f"problem:{congress.id}:{one.id}", f"{problem_title(one)} ({congress.locality})")
                for one in problems.listing(congress.id)
            ]
    return offered


def _cite(article: Article, subject: str) -> Citation:
    kind, *numbers = subject.split(":")
    if kind == "campaign":
        return articles.cite_in_campaign(article, campaigns.get(int(numbers[0])), by=reader())
    problem = problems.get(int(numbers[0]), int(numbers[1]))
    return articles.cite_on_problem(article, problem, by=reader())


def _location(article: Article) -> str:
    return url_for("articles.show", article_id=article.id)
