"""Paginated lists: the requested page, the addresses of other pages, and the filters."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext, pgettext

from app.wording.labels import label

_PAGE = "page"
MOST_PAGES = 2_000
"""The highest page number; users who need more than this search instead."""


def register(app: Flask) -> None:
    """Make the addresses of pages available in templates."""
    app.jinja_env.globals.update(list_url=list_url, page_url=page_url)


def page_url(number: int, kept: Mapping[str, Any], anchor: str | None = None, name: str = _PAGE) -> str:
    """Return the address of a page of the current list with the same search; `anchor` is the position of the list on it.

    `name` is the parameter of a list that is not the only one on its page.
    """
    shown = number if number > 1 or name != _PAGE else None  # a folded list is open if its number is in the address
    arguments = {**(request.view_args or {}), **kept, name: shown}
    return url_for(str(request.endpoint), **arguments, _anchor=anchor)


def list_url(kept: Mapping[str, Any], **changes: str | None) -> str:
    """Return the address of the current list with the same search and what changes about it, from its first page."""
    return url_for(str(request.endpoint), **{**(request.view_args or {}), **kept, **changes})


def position() -> str:
    """Return the requested position in a list that has positions instead of page numbers; empty for its first page."""
    return request.args.get("at", "")


def page_number(name: str = _PAGE) -> int:
    """Return the requested page number of a list, or 1 if it is missing or invalid."""
    return min(max(request.args.get(name, 1, type=int), 1), MOST_PAGES)


def every(values: Iterable[StrEnum], everything: str = "") -> list[tuple[str, str]]:
    """Return the filters of a list: all rows, in words that suit them, or those with one of the values."""
    return [("", everything or gettext("all")), *((one.value, label(one)) for one in values)]


def all_of_them() -> str:
    """Return the word for all rows of a list of actions, mobilizations and the like, which are feminine in Spanish."""
    return str(pgettext("feminine", "all"))
