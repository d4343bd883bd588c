"""The audit log: who did what to which record, and whether its chain is intact."""

import json
from collections.abc import Iterator
from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.domain.accounts import log as log_domain
from app.extensions import Base
from app.forms.accounts.log import LogSearchForm
from app.models.accounts.exports import FileFormat
from app.policy import Permission
from app.queries.accounts import log, log_lines
from app.queries.accounts.log_lines import Told, Wanted
from app.queries.keyset import COUNTED
from app.tables import Value, csv_pieces
from app.times import to_local
from app.web.access import requires
from app.web.current_user import midnight
from app.web.downloads import file_answer
from app.web.listing import position
from app.web.templating import locale_tag, reader_zone
from app.web.transactions import write_first
from app.wording.formats import zone_name
from app.wording.labels import label

CHECKED = 50_000
"""The number of lines that a page checks, the latest ones; the command checks all."""

bp = Blueprint("log", __name__)


@bp.get("/house/log")
@requires(Permission.LOG_VIEW)
def lines() -> ResponseReturnValue:
    """Show the lines that are looked for, latest first."""
    form = _form()
    page = log_lines.page(_wanted(form), position())
    return render_template("accounts/log/lines.html", form=form, page=page, told=log_lines.told(page.rows))


@bp.get("/house/log/check")
@requires(Permission.LOG_VIEW)
def check() -> ResponseReturnValue:
    """Check the latest lines, each against the one before, and say up to where the log is intact."""
    first = max(log.head().number - CHECKED + 1, 1)
    verdict = log.verify(first)
    return render_template("accounts/log/check.html", verdict=verdict, first=first, head=log.head())


@bp.post("/house/log/download")
@requires(Permission.LOG_VIEW, fresh=True)
def download() -> ResponseReturnValue:
    """Send the lines that are looked for as CSV; this is a line of its own."""
    form = _form()
    wanted, last, zone = _wanted(form), log.head().number, reader_zone()
    number = log_lines.count(wanted)
    write_first(lambda: log_domain.note_export("log_lines", number if number <= COUNTED else None, sorted(form.kept())))
    separator = "," if locale_tag() == "en" else ";"
    return file_answer(
        lambda: csv_pieces(_table(wanted, last, zone), separator=separator), "audit-log", FileFormat.CSV, clock.now()
    )


def _form() -> LogSearchForm:
    form = LogSearchForm()
    form.offer_tables([*Base.metadata.tables])
    form.validate()
    return form


def _wanted(form: LogSearchForm) -> Wanted:
    """Return what is looked for, without what has errors; days are those of the reader's zone."""
    since, until = form.sound(form.since), form.sound(form.until)
    return Wanted(
        account=form.sound(form.q) or "",
        kind=form.sound(form.kind),
        verb=form.sound(form.verb),
        table=form.sound(form.table),
        record_id=form.sound(form.record),
        since=midnight(since) if since else None,
        until=midnight(until + timedelta(days=1)) if until else None,
    )


def _table(wanted: Wanted, last: int, zone: str) -> Iterator[list[Value]]:
    yield [
        gettext("Line"), f"{gettext('When')} ({zone_name(zone)})", gettext("Who"), gettext("Account"),
        gettext("Number of the account"), gettext("Session"), gettext("Page, task or command"), gettext("What was done"),
        gettext("Table"), gettext("Number of the record"), gettext("Numbers of the records"), gettext("Records"),
        gettext("Fields"), gettext("Before"), gettext("After"), gettext("Digest"),
    ]  # fmt: skip
    for one in log_lines.every(wanted, last):
        yield _row(one, zone)


def _row(one: Told, zone: str) -> list[Value]:
    line = one.line
    values = (
        [gettext("erased")] * 2
        if one.is_erased
        else [json.dumps(side or {}, ensure_ascii=False) for side in (one.before, one.after)]
    )
    return [
        line.number, to_local(line.at, zone), label(line.actor_kind), one.account or "", line.user_id, line.session_id,
        line.way, label(line.verb), line.table_name, line.record_id, (line.record_ids or "").strip(","), line.row_count,
        line.fields, *values, line.digest,
    ]  # fmt: skip
