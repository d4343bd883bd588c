"""Versions of articles, as decided by people."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.press import versions
from app.forms.press.versions import AnswerForm, TieForm
from app.models.press.articles import Article, VersionKind
from app.models.press.versions import VersionSuggestion
from app.policy import Permission
from app.queries.press import articles as article_queries
from app.queries.press import versions as version_queries
from app.views.press import choices as press_choices
from app.web.access import requires
from app.web.submit import ACTS, press, submit

bp = Blueprint("versions", __name__, url_prefix="/articles/<int:article_id>/versions")


@bp.route("/tie", methods=["GET", "POST"])
@requires(Permission.ARTICLE_EDIT)
def tie(article_id: int) -> ResponseReturnValue:
    """Mark an article as a version of another one, or another one as a version of it."""
    article = article_queries.get(article_id)
    form = TieForm()
    press_choices.offer_articles(form.other)
    return submit(
        form,
        ACTS,
        write=lambda: _tie(article, form.other.data, str(form.first.data), VersionKind(form.kind.data)),
        then=_location(article_id),
        otherwise=lambda: render_template("press/versions/tie.html", form=form, article=article),
        done=gettext("Linked."),
    )


@bp.post("/suggestions/<int:suggestion_id>")
@requires(Permission.ARTICLE_EDIT)
def answer(article_id: int, suggestion_id: int) -> ResponseReturnValue:
    """Answer the suggestion that two articles are versions of one."""
    article, form = article_queries.get(article_id), AnswerForm()
    suggestion = version_queries.get_suggestion(article_id, suggestion_id)
    no = form.answer.data == form.NO
    done = gettext("It will not be suggested again.") if no else gettext("Linked.")
    return press(
        lambda: _answer(article, suggestion, form),
        then=_location(article_id),
        done=done,
        form=form,
        undo=article.headline,
    )


@bp.post("/untie")
@requires(Permission.ARTICLE_EDIT)
def untie(article_id: int) -> ResponseReturnValue:
    """Separate a version from its original."""
    article = article_queries.get(article_id)
    done = gettext("This article is no longer linked to other versions.")
    return press(lambda: versions.untie(article), then=_location(article_id), done=done, undo=article.headline)


@bp.post("/make-original")
@requires(Permission.ARTICLE_EDIT)
def make_original(article_id: int) -> ResponseReturnValue:
    """Make a version the original of its family."""
    article = article_queries.get(article_id)
    done = gettext("This article is now the original.")
    return press(lambda: versions.make_original(article), then=_location(article_id), done=done, undo=article.headline)


def _tie(article: Article, other: Article, first: str, kind: VersionKind) -> None:
    this_first = first == "this" or (first == "earlier" and versions.came_first(article, other))
    version, original = (other, article) if this_first else (article, other)
    versions.tie(version, original, kind)


def _answer(article: Article, suggestion: VersionSuggestion, form: AnswerForm) -> None:
    if form.answer.data == form.NO:
        versions.dismiss(suggestion)
        return
    other = suggestion.other if suggestion.article_id == article.id else suggestion.article
    _tie(article, other, str(form.first.data), VersionKind(form.answer.data))


def _location(article_id: int) -> str:
    return url_for("articles.show", article_id=article_id, _anchor="versions")
