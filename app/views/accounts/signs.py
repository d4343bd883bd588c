"""Signs of life for programs that watch the house: whether it answers, and whether all of it works."""

from datetime import datetime, timedelta

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.extensions import db
from app.models.scoping import in_every_scope
from app.queries import state
from app.queries.accounts import locks
from app.queries.state import Condition, Line
from app.web.access import Access, requires

bp = Blueprint("signs", __name__)

KEPT = timedelta(seconds=5)
"""How long an answer is given again, so that asking often costs nothing."""
_WORDS = {Condition.GOOD: "good", Condition.NOTE: "good", Condition.ATTENTION: "needs attention"}


@bp.get("/healthz")
@requires(Access.MACHINE)
def alive() -> ResponseReturnValue:
    """Answer that this process answers. Nothing else is asked, so a database that is away restarts no process."""
    return jsonify(state="alive")


@bp.get("/readyz")
@requires(Access.MACHINE)
def ready() -> ResponseReturnValue:
    """Answer whether each part of the house works, in words: no number, no name and no time; or only that it is locked."""
    lines = _lines()
    if lines is None:
        return jsonify(state="locked"), 503
    needs_attention = any(line.needs_attention for line in lines)
    parts = {line.sign.value: _WORDS[line.condition] for line in lines}
    answer = jsonify(state="needs attention" if needs_attention else "ready", parts=parts)
    return answer, 503 if needs_attention else 200


def _lines() -> list[Line] | None:
    """Return what was found, now or a moment ago; None if the house is locked."""
    kept: tuple[datetime, list[Line] | None] | None = current_app.extensions.get("readiness")
    now = clock.now()
    if kept is not None and kept[0] <= now < kept[0] + KEPT:
        return kept[1]
    with in_every_scope():
        lines = None if _is_locked() else state.all_lines(current_app.config["SETTINGS"])
    current_app.extensions["readiness"] = (now, lines)
    return lines


def _is_locked() -> bool:
    """Return whether the house is locked; a database that does not answer is told with all else."""
    try:
        return locks.standing() is not None
    except SQLAlchemyError:
        db.session.rollback()
        return False
