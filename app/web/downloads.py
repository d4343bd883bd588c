"""Downloads of lists as files: a page to choose what they contain, and the file, sent in pieces while rows are read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from flask import Response, redirect, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.dialects import read_only
from app.domain.accounts import approvals, exports
from app.domain.accounts.exports import OF_PEOPLE, Exported
from app.extensions import db
from app.forms.downloading import DownloadForm
from app.models.accounts.accounts import User
from app.models.accounts.approvals import MANY_PEOPLE, ApprovalKind
from app.models.accounts.exports import FileFormat
from app.models.campaigns.campaigns import Campaign
from app.models.congress.congresses import Congress
from app.models.scoping import Scope, current_scope, enter_scope
from app.queries.accounts import approvals as approval_queries
from app.queries.paging import BATCH
from app.tables import Card, Value, csv_pieces, vcards, xlsx_pieces
from app.times import to_local
from app.web import rate_limits
from app.web.columns import Column, cells
from app.web.cookieless import add_message
from app.web.current_user import reader
from app.web.templating import locale_tag, reader_zone
from app.web.transactions import write_first

_TYPES = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.VCARD: "text/vcard; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A list to download, and where its download is recorded."""

    what: Exported
    title: str
    of: Congress | Campaign | User
    columns: Sequence[Column]
    numbers: Callable[[], Sequence[int]]
    """Returns the ids of everything that the search in the list finds; called only when the file is made."""
    rows: Callable[[Sequence[int]], Iterable[Any]]
    """The rows of the file, read while it is sent."""
    parents: Sequence[tuple[str, str]]
    """The names and addresses of the pages above; the last one is the list."""
    asked: Sequence[str] = ()
    """The names of the columns that are chosen at first, if they are not the usual ones."""
    card: Callable[[Any], Card] | None = None
    """The card of a row, if the list can be put in an address book."""


def download(offered: Download) -> ResponseReturnValue:
    """Show what can be chosen, or record the download and send the file."""
    form = DownloadForm(
        [(column.name, column.heading) for column in offered.columns],
        with_cards=offered.card is not None,
        data={"columns": offered.asked or [column.name for column in offered.columns if column.is_usual]},
    )
    number = str(reader().id)
    is_too_often = form.is_submitted() and rate_limits.too_often_by_anyone(rate_limits.DOWNLOADS, "download", number)
    if is_too_often:
        form.form_errors.append(gettext("Too many attempts. Wait a few minutes and try again."))
    elif form.validate_on_submit():
        return _file(offered, form.file_format.data, frozenset(form.columns.data or ()))
    is_part = bool(request.args.keys() - {"columns", "sorting"})
    page = render_template("layouts/download.html", form=form, offered=offered, is_part=is_part)
    return page, 429 if is_too_often else form.http_status


def _file(offered: Download, file_format: FileFormat, names: frozenset[str]) -> ResponseReturnValue:
    chosen = [column for column in offered.columns if column.name in names]
    is_cards = file_format is FileFormat.VCARD
    numbers = offered.numbers()
    with_contacts = (offered.what is Exported.PEOPLE and is_cards) or any(column.is_contact for column in chosen)
    if (
        offered.what in OF_PEOPLE
        and approvals.needs_two(len(numbers), by=reader())
        and not _is_approved(file_format, chosen, len(numbers))
    ):
        return redirect(request.full_path.rstrip("?"))
    write_first(
        lambda: exports.record(offered.of, offered.what, file_format, rows=len(numbers), with_contacts=with_contacts)
    )
    return file_answer(lambda: _pieces(offered, file_format, chosen, numbers), offered.what, file_format, clock.now())


def _is_approved(file_format: FileFormat, chosen: Sequence[Column], rows: int) -> bool:
    """Return whether another admin has approved exactly this file; otherwise ask for it and say so on the next page."""
    what = f"{request.full_path.rstrip('?')} · {file_format.value} · {', '.join(column.name for column in chosen)}"
    asked, by = approval_queries.usable(ApprovalKind.EXPORT, reader(), what), reader()
    if asked is not None:
        return approvals.use(asked)  # committed together with the record of the download
    write_first(lambda: _ask(what, rows, by))
    add_message(
        gettext(
            "More than %(most)d people within a day, in one file or several, need a second admin, who has been told by email. "
            "Once this file is approved, download it here again, with the same choices, within a day.",
            most=MANY_PEOPLE,
        )
    )
    return False


def _ask(what: str, rows: int, by: User) -> None:
    approvals.ask_for_export(what, rows, by=by)


def file_answer(pieces: Callable[[], Iterator[bytes]], name: str, file_format: FileFormat, at: datetime) -> Response:
    """Return the response that sends a file in pieces; its name has the day of an instant in the reader's zone."""
    sent = _in_scope(current_scope(), pieces)
    answer = Response(stream_with_context(sent), content_type=_TYPES[file_format])
    day = to_local(at, reader_zone()).date()
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}-{day}.{file_format}")
    return answer


def _in_scope(scope: Scope | None, pieces: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """Yield the pieces of a file, in the session that is opened after the request: it reads in the scope of the request."""
    if scope is not None:
        enter_scope(scope)
    read_only(db.session)
    yield from pieces()


def _pieces(
    offered: Download, file_format: FileFormat, chosen: Sequence[Column], numbers: Sequence[int]
) -> Iterator[bytes]:
    rows = offered.rows(numbers)
    if file_format is FileFormat.VCARD and offered.card is not None:
        return vcards(map(offered.card, rows))
    return sheet_pieces(file_format, chosen, rows, offered.title)


def sheet_pieces(file_format: FileFormat, chosen: Sequence[Column], rows: Iterable[Any], title: str) -> Iterator[bytes]:
    """Return the pieces of a file with one row for each of the rows, as XLSX or CSV, in the language of the reader."""
    table = _table(chosen, rows)
    if file_format is FileFormat.XLSX:
        return xlsx_pieces(table, sheet=title)
    return csv_pieces(table, separator="," if locale_tag() == "en" else ";")  # as spreadsheet programs expect it there


def _table(chosen: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[Value]]:
    yield [column.heading for column in chosen]
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield from cells(chosen, batch)
