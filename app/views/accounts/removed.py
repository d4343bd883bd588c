"""Recently removed records of all kinds."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.web.access import Access, requires
from app.web.removals import recently_removed

bp = Blueprint("removed", __name__, url_prefix="/removed")


@bp.get("")
@requires(Access.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show the removed records that the user may restore."""
    return render_template("accounts/removed/index.html", removed=recently_removed())
