"""Pages and buttons that say whom articles name."""

from functools import partial

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.press import mentions
from app.forms.press.mentions import MentionForm
from app.models.press.mentions import Mention
from app.policy import Permission
from app.queries.press import articles
from app.queries.press import mentions as mention_queries
from app.views.people import choices, subjects
from app.web.access import may, requires
from app.web.form_keys import creating
from app.web.submit import creates, press, submit

bp = Blueprint("mentions", __name__, url_prefix="/articles/<int:article_id>/mentions")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ARTICLE_EDIT)
@creating
def new(article_id: int) -> ResponseReturnValue:
    """Record that an article names a person or an organization."""
    article = articles.get(article_id)
    form = MentionForm(**choices.prefilled_person(), **choices.prefilled_organization())
    choices.offer_people(form.person)
    choices.offer_organizations(form.organization, None)
    form.check(subjects.check_editable("person"), "person")
    form.check(mentions.check_one, "person", "organization")
    form.check(partial(mentions.check_new, article), "person")
    form.check(partial(mentions.check_new, article), "organization")
    return submit(
        form,
        creates(),
        write=lambda: mentions.add(article, form.person.picked() or form.organization.picked(), form.kind.data),
        then=_location(article_id),
        otherwise=lambda: render_template("press/mentions/form.html", form=form, article=article),
        done=gettext("Saved."),
    )


@bp.post("/<int:mention_id>/remove")
@requires(Permission.ARTICLE_EDIT)
def remove(article_id: int, mention_id: int) -> ResponseReturnValue:
    """Remove a mention."""
    mention = mention_queries.get(article_id, mention_id)
    if not is_editable(mention):
        abort(404)
    return press(
        lambda: mentions.remove(mention),
        then=_location(article_id),
        done=gettext("Removed."),
        undo=articles.get(article_id).headline,
    )


def is_editable(mention: Mention) -> bool:
    """Return whether the user may remove a mention."""
    is_allowed = may(Permission.ARTICLE_EDIT)
    return is_allowed and (mention.person is None or subjects.is_editable(mention.person))


def _location(article_id: int) -> str:
    return url_for("articles.show", article_id=article_id, _anchor="mentions")
