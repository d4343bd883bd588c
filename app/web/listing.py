"""Lists in pages: which page is asked for, where the pages beside it are, and what can be shown."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from flask import Flask, request, url_for
from flask_babel import gettext

from app.wording.labels import label

MOST_PAGES = 2_000
"""Nobody turns more; whoever looks for something has words for it."""


def register(app: Flask) -> None:
    """Give the templates the addresses of pages."""
    app.jinja_env.globals.update(page_url=page_url)


def page_url(number: int, kept: Mapping[str, str], anchor: str | None = None) -> str:
    """Return the address of a page of the list that is shown, with the same question; `anchor` is the list's place on it."""
    arguments = {**(request.view_args or {}), **kept}
    return url_for(str(request.endpoint), **arguments, page=number if number > 1 else None, _anchor=anchor)


def page_number() -> int:
    """Return the number of the page that the address asks for; the first where it asks for none that can be."""
    return min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)


def every(values: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Return the filters of a list: all rows, or those with one of the values."""
    return [("", gettext("all")), *((one.value, label(one)) for one in values)]
