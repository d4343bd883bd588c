"""Confirmation pages for actions that affect other records."""

from collections.abc import Callable, Sequence

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.forms.base import Button, Form
from app.queries.lookup import REMOVED_FOR
from app.web.submit import ACTS, submit
from app.web.undoing import undoable


def ask_first(
    write: Callable[[], object],
    *,
    name: str,
    question: str,
    consequences: Sequence[str],
    button: str,
    then: str,
    trail: Sequence[tuple[str, str]],
    done: str,
    form: Form | None = None,
    fields: Sequence[str] = (),
) -> ResponseReturnValue:
    """Ask for confirmation, listing the consequences; call `write` when the button is pressed, so that it can be undone.

    `name` is what the record is called on the page. `trail` holds the name and address of each page between the section
    and the question; the last one is where the user can go back to. `form` and its `fields` ask for further input.
    """
    asked = form or Button()
    return submit(
        asked,
        ACTS,
        write=undoable(write, name),
        then=then,
        otherwise=lambda: render_template(
            "layouts/asking.html",
            form=asked,
            fields=fields,
            question=question,
            consequences=consequences,
            note=gettext("You can undo this for %(days)d days.", days=REMOVED_FOR.days),
            button=button,
            keep=gettext("Leave it as it is"),
            trail=trail,
        ),
        done=done,
    )
