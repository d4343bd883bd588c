"""Actions that can be undone in a congress, in a campaign, and in shared records."""

from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.undo import undo
from app.policy import Permission
from app.queries.accounts import undo as undo_queries
from app.text import full_stop
from app.web.access import may, may_on, required_by, requires
from app.web.current_user import reader
from app.web.listing import page_number
from app.web.submit import press
from app.web.undoing import address_of
from app.wording.undo import DONE, OF_THE_HOUSE, done_sentence, left_sentence

bp = Blueprint("undo", __name__)


@bp.get("/congresses/<int:congress_id>/undo")
@requires(Permission.DELEGATION_EDIT)
def of_congress(congress_id: int) -> ResponseReturnValue:
    """Show what can be undone in a congress."""
    return _page(congress_id=congress_id)


@bp.post("/congresses/<int:congress_id>/undo/<int:undo_id>")
@requires(Permission.DELEGATION_EDIT)
def in_congress(congress_id: int, undo_id: int) -> ResponseReturnValue:
    """Undo an action in a congress."""
    return _undo(undo_id, url_for("undo.of_congress", congress_id=congress_id), congress_id=congress_id)


@bp.get("/campaigns/<int:campaign_id>/undo")
@requires(Permission.CITATION_EDIT)
def of_campaign(campaign_id: int) -> ResponseReturnValue:
    """Show what can be undone in a campaign."""
    return _page(campaign_id=campaign_id)


@bp.post("/campaigns/<int:campaign_id>/undo/<int:undo_id>")
@requires(Permission.CITATION_EDIT)
def in_campaign(campaign_id: int, undo_id: int) -> ResponseReturnValue:
    """Undo an action in a campaign."""
    return _undo(undo_id, url_for("undo.of_campaign", campaign_id=campaign_id), campaign_id=campaign_id)


@bp.get("/undo")
@requires(Permission.ARTICLE_EDIT)
def of_house() -> ResponseReturnValue:
    """Show what can be undone in shared records."""
    return _page()


@bp.post("/undo/<int:undo_id>")
@requires(Permission.ARTICLE_EDIT)
def in_house(undo_id: int) -> ResponseReturnValue:
    """Undo an action on shared records."""
    return _undo(undo_id, url_for("undo.of_house"))


def _page(congress_id: int | None = None, campaign_id: int | None = None) -> str:
    where = (congress_id, campaign_id)
    page = undo_queries.find(
        *where,
        [endpoint for endpoint in DONE if _may(endpoint, *where)],
        page_number(),
        of_people=[endpoint for endpoint in DONE if _may(endpoint, *where, of_person=True)],
    )
    return render_template("accounts/undo/index.html", page=page, done_sentence=done_sentence, address_of=address_of)


def _undo(
    undo_id: int, page: str, congress_id: int | None = None, campaign_id: int | None = None
) -> ResponseReturnValue:
    entry = undo_queries.get(undo_id, congress_id, campaign_id)
    of_person = entry.person_id is not None
    if entry.endpoint not in DONE or not _may(entry.endpoint, congress_id, campaign_id, of_person=of_person):
        abort(404)
    undone, endpoint = str(gettext("Undone: %(what)s", what=done_sentence(entry))), entry.endpoint

    def done(left: int) -> str:  # the entry may be gone, together with a person who had been recorded
        return f"{full_stop(undone)} {left_sentence(endpoint, left)}" if left else undone

    return press(lambda: undo(entry, by=reader()), then=page, done=done)


def _may(endpoint: str, congress_id: int | None, campaign_id: int | None, *, of_person: bool = False) -> bool:
    """Return whether the user may do, and therefore undo, what a view does, or did to something that belongs to a person."""
    required: Any = required_by(endpoint)
    judge = may_on if endpoint in OF_THE_HOUSE and not of_person else may
    return isinstance(required, Permission) and judge(required, congress_id, campaign_id)
