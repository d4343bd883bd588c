"""Everything about one person in one file, for whoever may edit her wherever she takes part."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app import clock
from app.attached_files import Shelf
from app.domain.privacy import person_exports
from app.domain.privacy.person_exports import Collected
from app.extensions import db
from app.forms.base import Button
from app.models.accounts.accounts import User
from app.models.people.people import Person
from app.models.removing import REMOVED
from app.policy import Permission
from app.queries.accounts import audit
from app.queries.congress import removed_people
from app.times import to_local
from app.views.people.parts import person_page
from app.views.people.removals import is_removable
from app.web.access import may_on, requires
from app.web.templating import reader_zone
from app.web.transactions import write_first
from app.wording.privacy import column_name, groups_with, shown

bp = Blueprint("person_exports", __name__)


@bp.route("/people/<int:person_id>/everything", methods=["GET", "POST"])
@requires(Permission.PERSON_HAND_OUT, fresh=True)
def download(person_id: int) -> ResponseReturnValue:
    """Say what is in the file, or record that it was taken out and send it."""
    person, form = removed_people.get_restorable(person_id), Button()
    is_allowed = is_removable(person)  # the same question: may the reader edit her wherever she takes part
    if is_allowed and form.validate_on_submit():
        collected = person_exports.collect(person, shelf(), _may_see)
        write_first(lambda: person_exports.note(person, collected))
        names = names_of(collected, audit.strangers(person_exports.account_ids(collected)))
        content = zipped(person, collected, names, reader_zone())
        answer = Response(content, content_type="application/zip")
        day = to_local(clock.now(), reader_zone()).date()
        answer.headers.set("Content-Disposition", "attachment", filename=f"person-{person.id}-{day}.zip")
        return answer
    page = render_template(
        "privacy/person_exports/download.html",
        form=form,
        person=person,
        is_allowed=is_allowed,
        trail=[(person.full_name, person_page(person))],
    )
    return page, 200 if is_allowed or not form.is_submitted() else 409


def shelf() -> Shelf:
    """Return the folder of attached files."""
    return Shelf(current_app.config["SETTINGS"].attachments_dir)


def names_of(collected: Collected, strangers: frozenset[int]) -> Callable[[int], str]:
    """Return how accounts are called in the file: by name, or only as somebody of the house if the reader does not know them."""
    ids = person_exports.account_ids(collected)
    found = db.session.query(User).execution_options(**REMOVED).where(User.id.in_(ids))
    names = {one.id: one.name for one in found if one.id not in strangers}
    return lambda number: names.get(number, str(gettext("another organizer")))


def zipped(person: Person, collected: Collected, named: Callable[[int], str], zone: str) -> bytes:
    """Return the archive: the same once for programs and once for people, and the files that she added."""
    tables = {
        name: [_with_names(name, row, named) for row in found] for name, found in collected.tables.items()
    }  # fmt: skip
    looks = [one | {"account": named(one["account"]) if one["account"] else None} for one in collected.looks]
    whole = {"made_at": clock.now().isoformat(), "person_id": person.id, "rows": tables, "looked_at": looks}
    page = render_template(
        "privacy/person_exports/document.html",
        name=person.full_name,
        made_at=clock.now(),
        zone=zone,
        groups=groups_with(tables),
        looks=[(datetime.fromisoformat(one["at"]), one["what"], one["account"]) for one in looks],
        files=sorted(collected.files),
        column_name=column_name,
        shown=lambda value: shown(value, zone),
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("person.json", json.dumps(whole, ensure_ascii=False, indent=1))
        file.writestr("person.html", page)
        for path, content in collected.files.items():
            file.writestr(path, content)
    return archive.getvalue()


def _with_names(table: str, row: Mapping[str, Any], named: Callable[[int], str]) -> dict[str, Any]:
    accounts = set(person_exports.accounts_in(table))
    return {name: named(value) if name in accounts else value for name, value in row.items()}


def _may_see(congress_id: int | None, campaign_id: int | None) -> bool:
    return may_on(Permission.PERSON_HAND_OUT, congress_id, campaign_id)
