"""Pages that ask before something is done that much hangs on."""

from collections.abc import Callable, Sequence

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.forms.base import Button, Form
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
    """Ask before `write`, naming what hangs on it; do it when the button is pressed, so that it can be undone.

    `name` is what it is done to, as people call it. `trail` holds the pages between the section and the question, each
    with its name and address; the last is where one goes back to. `form` with its `fields` is for what else is asked.
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
            note=gettext("You can undo this for 30 days."),
            button=button,
            keep=gettext("Leave it as it is"),
            trail=trail,
        ),
        done=done,
    )
