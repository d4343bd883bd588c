"""The lists of people and organizations: their columns and order, and what is remembered about them for an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext

from app.domain.accounts import list_views
from app.forms.people.lists import ListViewForm, RecordListForm
from app.models.accounts.list_views import ListName
from app.queries.accounts import list_views as list_view_queries
from app.queries.keyset import KeysetPage, position_of
from app.queries.people.sorting import NAME
from app.tables import Value
from app.text import AFTER_N
from app.views.people.columns import listed
from app.views.people.filters import is_sortable, sortings
from app.web.columns import Column, cells
from app.web.current_user import reader
from app.web.looks import looked_at
from app.web.submit import press
from app.web.templating import locale_tag
from app.wording.formats import day

_LETTERS = {letter: letter.lower() for letter in ascii_uppercase}
_LETTERS_IN_SPANISH = {**_LETTERS, "Ñ": AFTER_N}
"""The letters of an alphabet, each with the start of its sort keys."""
_AFTER_Z = "z\U0010ffff"


@dataclass(frozen=True, slots=True)
class RecordList:
    """The columns of a list besides the name, and its order."""

    name: ListName
    columns: Sequence[Column]
    sorting: str
    is_remembered: bool
    """Whether this is what the list shows the account without being asked."""

    def texts_of(self, page: KeysetPage[Any]) -> list[list[str]]:
        """Return the texts of the columns for each row of a page; showing contact details is noted."""
        if any(column.is_contact for column in self.columns):
            looked_at(self.name.value, [row.id for row in page.rows], "contact_details")
        return [[_text(value) for value in row] for row in cells(self.columns, page.rows)]

    def direction(self, name: str) -> str:
        """Return how the list is sorted by a column, in the words of ARIA; empty if it is not."""
        return {name: "ascending", f"-{name}": "descending"}.get(self.sorting, "")

    def sorted_by(self, column: Column) -> str:
        """Return the order to which the heading of a column leads, empty if none is possible."""
        return self.turned(column.name) if is_sortable(column) else ""

    def turned(self, name: str) -> str:
        """Return the other direction of the order by a column, or the first one."""
        return f"-{name}" if self.sorting == name else name

    def letters(self) -> list[tuple[str, str]]:
        """Return the letters to which one can jump, each with its position; none if the list is not sorted by name."""
        if self.sorting.removeprefix("-") != NAME:
            return []
        known = sorted((_LETTERS_IN_SPANISH if locale_tag() == "es" else _LETTERS).items(), key=lambda one: one[1])
        starts = [start for _letter, start in known]
        ends = [*starts[1:], _AFTER_Z] if self.sorting.startswith("-") else starts
        return [(letter, position_of(end)) for (letter, _start), end in zip(known, ends, strict=True)]


def record_list(name: ListName, form: RecordListForm, offered: Sequence[Column], usual: str = NAME) -> RecordList:
    """Return the columns and the order that the address asks for, or else those remembered for the account, or the usual ones.

    The form then shows them as chosen. `usual` is the usual order.
    """
    view = list_view_queries.of_user(reader().id, name)
    remembered = (view.columns, view.sorting) if view else ([one.name for one in offered if one.is_usual], usual)
    known = {order for order, _label in sortings(offered)}
    names = form.chosen_columns or remembered[0]
    sorting = form.sound(form.sorting) or (remembered[1] if remembered[1] in known else usual)
    columns = [one for one in listed(offered) if one.name in names]
    form.columns.data, form.sorting.data = [one.name for one in columns], sorting
    is_remembered = (set(names), sorting) == (set(remembered[0]), remembered[1])
    return RecordList(name, columns, sorting, is_remembered)


def remember(name: ListName, offered: Sequence[Column]) -> ResponseReturnValue:
    """Remember the columns and the order that were sent, and show the list with them."""
    form = ListViewForm()
    form.columns.offer((one.name, one.heading) for one in listed(offered))
    form.sorting.offer(sortings(offered))
    return press(
        lambda: list_views.remember(reader(), name, form.columns.data or [], form.sorting.data),
        then=url_for(f"{name}.index"),
        done=gettext("Remembered. The list now always begins like this."),
        form=form,
    )


def _text(value: Value) -> str:
    """Return a value as text."""
    if isinstance(value, date):
        return day(value)
    return str(format_decimal(value)) if isinstance(value, Decimal) else "" if value is None else str(value)
