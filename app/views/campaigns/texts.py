"""Public pages with the text of an article from a digest, if its rights allow it."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.emails.campaigns.digests import links_to
from app.models.press.articles import Article
from app.queries.campaigns import digests
from app.queries.press import articles, versions
from app.web.cookieless import public_page

bp = Blueprint("texts", __name__, url_prefix="/texts")


@bp.get("/<int:article_id>")
@public_page
def show(article_id: int) -> ResponseReturnValue:
    """Show the whole text; respond 404 if it may not be republished or was never sent, as if there were no such article."""
    article = articles.known(article_id)
    if article is None or not digests.is_text_public(article):
        abort(404)
    page = render_template("campaigns/texts/show.html", article=article, elsewhere=links_to(_other_versions(article)))
    return page, {"X-Robots-Tag": "noindex"}


def _other_versions(article: Article) -> list[Article]:
    """Return the other versions of an article that were sent to members as well."""
    others = [one for one in versions.family(article) if one.id != article.id]
    sent = digests.sent_among(one.id for one in others)
    return [one for one in others if one.id in sent]
