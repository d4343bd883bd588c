"""Absences by cause, country and day."""

import csv
import io

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from app.policy import Permission
from app.queries.congress import congresses, delegations
from app.queries.paging import slice_of
from app.queries.travel import absences
from app.queries.travel.absences import Absence
from app.web.access import requires
from app.web.listing import page_number
from app.web.templating import locale_tag
from app.wording.labels import delegation_name, label
from app.wording.problems import problem_title

bp = Blueprint("absences", __name__, url_prefix="/congresses/<int:congress_id>/absences")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Cells that start with these would be interpreted as formulas by a spreadsheet."""


@bp.get("")
@requires(Permission.DELEGATION_VIEW)
def show(congress_id: int) -> ResponseReturnValue:
    """Show which delegates could not attend, and why."""
    congress = congresses.get(congress_id)
    listed = absences.of_congress(congress, locale_tag())
    return render_template(
        "congress/congresses/absences.html",
        congress=congress,
        page=slice_of(listed, page_number()),
        all=sum(delegations.counts(congress_id).values()),
        seats=sum(one.delegation.seats for one in listed),
        by_cause=absences.tallied(listed, lambda one: one.cause),
        by_country=absences.tallied(listed, lambda one: one.delegation.country),
        by_day=sorted(absences.tallied(listed, lambda one: one.day), key=lambda pair: str(pair[0])),
    )


@bp.get("/table.csv")
@requires(Permission.DELEGATION_VIEW)
def as_table(congress_id: int) -> ResponseReturnValue:
    """Download the absences as a spreadsheet table, without names of people."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["day", "country", "delegation", "seats", "delegates", "cause", "problem", "reference", "reason"])
    rows.writerows(_row(one) for one in absences.of_congress(congresses.get(congress_id), locale_tag()))
    answer = Response("\ufeff" + file.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="absences-{congress_id}.csv"'
    return answer


def _row(one: Absence) -> list[str]:
    problem = one.problem
    cells = [
        one.day.isoformat(), one.delegation.country, delegation_name(one.delegation), str(one.delegation.seats),
        str(len(one.delegation.delegates)), label(one.cause) if one.cause else "",
        problem_title(problem) if problem else "", (problem.reference or "") if problem else "",
        one.delegation.reason or "",
    ]  # fmt: skip
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
