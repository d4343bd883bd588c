"""Downloads of the lists of a congress: delegations with their delegates, and journeys."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.accounts.exports import Exported
from app.forms.listing import ListForm
from app.policy import Permission
from app.queries.congress import congresses
from app.queries.congress import delegations as delegation_queries
from app.queries.congress.delegations import Standing
from app.queries.paging import in_batches
from app.queries.travel import hits, legs
from app.views.congress import columns
from app.views.congress.columns import Seat
from app.web.access import may, requires
from app.web.downloads import Download, download
from app.web.listing import all_of_them, every
from app.web.templating import locale_tag

bp = Blueprint("congress_downloads", __name__, url_prefix="/congresses/<int:congress_id>")


@bp.route("/delegations/download", methods=["GET", "POST"])
@requires(Permission.DELEGATION_VIEW, fresh=True)
def delegations(congress_id: int) -> ResponseReturnValue:
    """Download the delegations that the search in their list finds, with a row for each delegate."""
    congress = congresses.get(congress_id)
    form = ListForm(gettext("Organization or country"), every(Standing, all_of_them()))
    chosen = [Standing(form.shown)] if form.shown else []
    board = delegation_queries.board(congress_id, hits.impact(congress_id))

    def rows(numbers: Sequence[int]) -> Iterator[Seat]:
        found = in_batches(numbers, lambda batch: delegation_queries.with_delegates(congress_id, batch))
        return (seat for delegation in found for seat in columns.seats_of(delegation))

    return download(
        Download(
            Exported.DELEGATIONS,
            gettext("Delegations"),
            of=congress,
            columns=columns.of_delegations(with_contacts=may(Permission.PERSON_EXPORT, congress_id)),
            numbers=lambda: delegation_queries.numbers(
                congress_id, board, *chosen, typed=form.typed, language=locale_tag()
            ),
            rows=rows,
            parents=[(gettext("Delegations"), url_for("delegations.index", congress_id=congress_id, **form.kept()))],
        )
    )


@bp.route("/journeys/download", methods=["GET", "POST"])
@requires(Permission.DELEGATION_VIEW, fresh=True)
def journeys(congress_id: int) -> ResponseReturnValue:
    """Download the legs of all journeys."""
    return download(
        Download(
            Exported.JOURNEYS,
            gettext("Journeys"),
            of=congresses.get(congress_id),
            columns=columns.of_journeys(),
            numbers=lambda: legs.numbers(congress_id),
            rows=lambda numbers: in_batches(numbers, lambda batch: legs.some(congress_id, batch)),
            parents=[(gettext("Delegations"), url_for("delegations.index", congress_id=congress_id))],
        )
    )
