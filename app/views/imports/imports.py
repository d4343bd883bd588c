"""Imports from files: the upload, what was found in the file, and what became of it."""

from typing import IO, Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.config import LARGEST_REQUEST
from app.domain.imports import imports, running, staging
from app.domain.imports.registry import KINDS as KINDS_OF_ROWS
from app.domain.imports.registry import kind_of
from app.domain_errors import DomainError
from app.forms.imports.imports import UploadForm
from app.forms.listing import ListForm
from app.models.imports.imports import Import, ImportKind, ImportRow, ImportStatus, Verdict
from app.policy import Permission
from app.queries.imports import imports as import_queries
from app.tables import Unreadable, csv_pieces, open_table, xlsx_pieces
from app.text import N_
from app.views.imports.records import records_of
from app.views.people import subjects
from app.web.access import may_on, requires
from app.web.current_user import reader
from app.web.listing import page_number
from app.web.refreshing import refreshing
from app.web.submit import ACTS, press, submit
from app.wording.imports import KINDS, STATUSES, VERDICTS, failure_of, sentence_of

bp = Blueprint("imports", __name__, url_prefix="/people/imports")

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DONE = {
    ImportStatus.WRITTEN: N_("Imported."),
    ImportStatus.UNDONE: N_("The import was undone."),
    ImportStatus.CHECKED: N_("The rows were checked."),
}


def own(import_id: int) -> Import:
    """Return an import for whose congress or campaign the user may edit people; otherwise answer 404."""
    work = import_queries.get(import_id)
    if not may_on(Permission.PERSON_EDIT, work.congress_id, work.campaign_id):
        abort(404)
    return work


def page_of(work: Import) -> str:
    """Return the address of the page of an import."""
    return url_for("imports.show", import_id=work.id)


@bp.get("")
@requires(Permission.PERSON_EDIT)
def index() -> ResponseReturnValue:
    """Show the imports that the user may continue or undo."""
    page = import_queries.find(page_number())
    return render_template("imports/imports/index.html", page=page, statuses=STATUSES, kinds=KINDS)


@bp.url_value_preprocessor
def _accept_files(endpoint: str | None, _values: Any) -> None:
    """Accept more than elsewhere where files are uploaded, so that the form can say that a file is too large.

    This runs before anything reads the request.
    """
    if endpoint == "imports.upload":
        request.max_content_length = LARGEST_REQUEST


@bp.route(f"/upload/<any({','.join(KINDS)}):import_kind>", methods=["GET", "POST"])
@requires(Permission.PERSON_EDIT)
def upload(import_kind: str) -> ResponseReturnValue:
    """Upload a file with records of a kind."""
    kind = ImportKind(import_kind)
    form = UploadForm(subject=request.args.get("subject"))
    form.subject.offer(_subjects(kind))
    form.check(_check_file, "file")
    return submit(
        form,
        ACTS,
        write=lambda: _begin(form, kind),
        then=page_of,
        otherwise=lambda: render_template(
            "imports/imports/upload.html", form=form, kind=KINDS[kind], days=imports.UNFINISHED_FOR.days
        ),
    )


@bp.get("/<int:import_id>")
@requires(Permission.PERSON_EDIT)
def show(import_id: int) -> ResponseReturnValue:
    """Show how far an import is: its progress, or what becomes of each row."""
    work = own(import_id)
    if work.status is ImportStatus.OPENED:
        return redirect(url_for("stages.sheets", import_id=work.id))
    if work.status is ImportStatus.READ:
        return redirect(url_for("stages.columns", import_id=work.id))
    counted = [(one.value, f"{gettext(name)} ({work.counts.get(one, 0)})") for one, name in VERDICTS.items()]
    form = ListForm("", [("", gettext("all rows")), *counted]) if work.counts else None
    verdict = Verdict(form.shown) if form and form.shown else None
    progress = import_queries.progress(work)
    rows = import_queries.rows(work, verdict, page_number()) if form else None
    page = render_template(
        "imports/imports/show.html",
        work=work,
        progress_of=progress,
        explanation=failure_of(work.failure, work.details) if work.failure else "",
        form=form,
        page=rows,
        records=records_of(work, rows.rows) if rows and work.status is ImportStatus.WRITTEN else {},
        verdicts=VERDICTS,
        counts=[(work.counts[one], gettext(name)) for one, name in VERDICTS.items() if work.counts.get(one)],
        statuses=STATUSES,
        kind=KINDS[work.kind],
        sentence=sentence_of,
        shown=_shown,
        undecided=[key for key in work.unknown if key not in work.decisions] if work.is_open else [],
        can_write=any(work.counts.get(one) for one in ("created", "updated", "joined")),
        days=imports.WRITTEN_FOR.days,
        unfinished_days=imports.UNFINISHED_FOR.days,
    )
    return refreshing(page, progress.seconds_to_refresh)


@bp.post("/<int:import_id>/write")
@requires(Permission.PERSON_EDIT)
def write(import_id: int) -> ResponseReturnValue:
    """Write what the preview shows."""
    work = own(import_id)
    return press(lambda: _next(work, imports.write), then=page_of(work), done=_done)


@bp.post("/<int:import_id>/undo")
@requires(Permission.PERSON_EDIT)
def undo(import_id: int) -> ResponseReturnValue:
    """Undo everything that an import wrote."""
    work = own(import_id)
    return press(lambda: _next(work, imports.undo), then=page_of(work), done=_done)


@bp.post("/<int:import_id>/discard")
@requires(Permission.PERSON_EDIT)
def discard(import_id: int) -> ResponseReturnValue:
    """Delete a file of which nothing was written."""
    work = own(import_id)
    return press(
        lambda: imports.discard(work),
        then=url_for("imports.index"),
        otherwise=page_of(work),
        done=gettext("The file and its rows were deleted. Nothing was imported."),
    )


@bp.get("/<int:import_id>/refused.<any(csv,xlsx):kind>")
@requires(Permission.PERSON_EDIT)
def refused(import_id: int, kind: str) -> ResponseReturnValue:
    """Return the refused rows as a file, with the reason in the last column."""
    work = own(import_id)
    rows = [[*work.header, gettext("Reason")], *_refused(work)]
    pieces = csv_pieces(rows) if kind == "csv" else xlsx_pieces(rows)
    name = f"attachment; filename=refused-{work.id}.{kind}"
    mimetype = "text/csv" if kind == "csv" else _XLSX
    return Response(b"".join(pieces), mimetype=mimetype, headers={"Content-Disposition": name})


def _subjects(kind: ImportKind) -> list[tuple[str, str]]:
    """Return to whom the records of a kind can be visible."""
    if not KINDS_OF_ROWS[kind].of_congress:
        return subjects.for_new_people()
    return [one for one in subjects.of_user(Permission.DELEGATION_EDIT) if one[0].startswith("congress:")]


def _check_file(sent: object) -> None:
    """Raise DomainError if a file cannot be read as a table."""
    try:
        with open_table(_stream(sent)) as table:
            next(staging.sheets_of(table))
    except Unreadable as error:
        raise DomainError("file", failure_of(error.reason, error.values)) from error


def _stream(sent: object) -> IO[bytes]:
    return sent.stream  # type: ignore[attr-defined, no-any-return]


def _begin(form: UploadForm, kind: ImportKind) -> Import:
    """Store the file, and read it at once if it is small."""
    name, where = form.file.data.filename or "", subjects.ids_in(form.subject.data or "")
    work = imports.begin(_stream(form.file.data), name, kind, by=reader(), **where)
    running.run_if_small(work)
    return work


def _next(work: Import, ask: object) -> Import:
    ask(work, by=reader())  # type: ignore[operator]
    running.run_if_small(work)
    return work


def _done(work: Import) -> str:
    if work.failure:
        return ""
    return str(gettext(_DONE[work.status])) if work.status in _DONE else ""


def _shown(work: Import, row: ImportRow) -> str:
    """Return what identifies a row on the page, from the file."""
    if row.cells is None:
        return ""
    named_by = kind_of(work).named_by
    texts = [row.text(at) for name in named_by for at, field in enumerate(work.mapping) if field == name]
    return " ".join(filter(None, texts))[:120] or next(filter(None, row.cells), "")[:120]


def _refused(work: Import) -> list[list[str]]:
    return [
        [
            *(one.cells or ()),
            *[""] * (len(work.header) - len(one.cells or ())),
            " ".join(map(sentence_of, one.reasons or ())),
        ]
        for batch in import_queries.batches(work, Verdict.REFUSED)
        for one in batch
    ]
