"""Merges an edit form that was sent with what others have saved since its page was shown."""

from flask import request
from flask_babel import gettext

from app.forms import merging
from app.forms.base import Form
from app.models.types import Revised
from app.queries.accounts import audit, submissions
from app.web.cookieless import add_message
from app.web.transactions import Sent


def this_page(_saved: object = None) -> str:
    """Return the address of the page that was requested, without its query."""
    return request.script_root + request.path


def merge(form: Form, row: Revised, sent: Sent) -> merging.Merged:
    """Merge what was sent with what is stored in `row`, from which the form was filled.

    A page that is only shown remembers what is stored; then nothing is merged.
    """
    if not form.is_submitted():
        form.seen = merging.fingerprints(form)
        return merging.Merged([], [])
    before = submissions.find(sent.key)
    is_of_this_page = before is not None and before.user_id == sent.user_id and before.editor == this_page()
    saved = (
        merging.Saved(before.fields or "", before.revision == row.revision)
        if before is not None and is_of_this_page
        else None
    )
    merged = merging.merge(form, request.form, saved)
    form.conflicting = bool(merged.conflicts)
    return merged


def kept(merged: merging.Merged) -> str:
    """Return a sentence that names what others changed and the sender did not; empty if there is nothing."""
    fields = ", ".join(str(field.label.text) for field in merged.taken)
    sentence = gettext(
        "Someone else changed these fields while you were editing, and their changes were kept: %(fields)s.",
        fields=fields,
    )
    return str(sentence) if fields else ""


def show_again(form: Form, row: Revised, merged: merging.Merged) -> None:
    """Prepare the page of a form that was sent but not stored: it shows both versions of each conflict."""
    form.renew_key()
    add_message(kept(merged))
    merging.point_out(merged.conflicts, audit.last_actors(row))  # type: ignore[arg-type]  # every row that is revised is a row
