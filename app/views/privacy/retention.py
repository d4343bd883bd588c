"""How long data is kept: for everyone to read, and for admins to change."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.domain.privacy import retention
from app.forms.privacy.retention import PeriodForm
from app.models.privacy.retention import RetentionKind
from app.policy import Permission
from app.queries.accounts import house
from app.queries.privacy import retention as retention_queries
from app.web.access import Access, may, requires
from app.web.form_keys import creating
from app.web.history import history_of
from app.web.previews import Preview, submit_with_preview

bp = Blueprint("retention", __name__, url_prefix="/retention")


@dataclass(frozen=True, slots=True)
class PeriodDraft:
    """A new period, and what it would do."""

    kind: RetentionKind
    days: int | None
    due: int
    """How many rows are due by it now."""
    waits: bool
    """Whether it is shorter than the one that counts now."""
    sweep_at: datetime
    """The first sweep in which it counts."""

    @property
    def is_of_people(self) -> bool:
        """Whether whole people are removed, who can be restored."""
        return self.kind is RetentionKind.PEOPLE

    @property
    def is_ready(self) -> bool:
        """Whether it can be saved: any period can."""
        return True


@bp.get("")
@requires(Access.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show how long each kind of data is kept; admins also see how much is due, and when it is deleted."""
    is_admin = may(Permission.USER_EDIT)
    stored = house.stored() if is_admin else None
    return render_template(
        "privacy/retention/index.html",
        lines=retention_queries.lines(counted=is_admin),
        is_admin=is_admin,
        latest=retention_queries.latest_round() if is_admin else None,
        history=history_of(stored) if stored else None,
    )


@bp.route("/<retention_kind>", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, fresh=True)
@creating
def change(retention_kind: str) -> ResponseReturnValue:
    """Change how long a kind of data is kept, after a preview of what that would delete and when."""
    kind = RetentionKind(retention_kind) if retention_kind in set(RetentionKind) else abort(404)
    line = retention_queries.line(kind)
    form = PeriodForm(days=line.days)

    def page(preview: Preview[PeriodDraft] | None) -> str:
        return render_template("privacy/retention/change.html", form=form, preview=preview, line=line)

    return submit_with_preview(
        form,
        draft=lambda: _draft(kind, form.days.data),
        write=lambda draft: retention.change(kind, draft.days),
        then=url_for("retention.index"),
        page=page,
        done=gettext("Saved."),
    )


def _draft(kind: RetentionKind, days: int | None) -> PeriodDraft:
    counts_from = retention.counts_from(kind, days)
    return PeriodDraft(
        kind=kind,
        days=days,
        due=retention_queries.count_due(kind, days),
        waits=counts_from > clock.now(),
        sweep_at=retention_queries.next_sweep(counts_from),
    )
