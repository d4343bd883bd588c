"""Actions as a board: its columns, and the addresses of the lists behind them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from app.models.actions.follow_ups import OPEN_STATUSES, FollowUpStatus
from app.models.people.people import Person
from app.queries.actions import board
from app.queries.actions.board import Column, Load
from app.queries.actions.filters import FollowUpFilter, Holder, Show, View
from app.queries.actions.spans import Span
from app.views.actions.filters import holder_key
from app.wording.labels import label


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a list of actions with another filter, or shown otherwise."""

    of: Callable[..., str]
    """Returns the address of the list with some parameters."""
    given: Mapping[str, str]
    """The filter that is shown."""
    view: str
    whole: Mapping[str, str]
    """The parameters of a list without a filter."""

    def shown_as(self, view: View) -> str:
        """Return the address of the same actions, shown otherwise."""
        return self._of(self.given or self.whole, view.value)

    def with_filter(self, parameters: Mapping[str, str]) -> str:
        """Return the address of what another filter shows, shown in the same way."""
        return self._of(parameters, self.view)

    def without_filter(self) -> str:
        """Return the address of all actions."""
        return self._of(self.whole, self.view)

    def list_of(self, column: Column) -> str:
        """Return the address of the list with all actions of a column."""
        if isinstance(column.key, FollowUpStatus):
            return self.of(**{**self.given, "show": column.key.value})
        return self.list_for(column.key)

    def list_for(self, load: Load, span: Span | None = None) -> str:
        """Return the address of the list with the open actions of an assignee, or those due in a span."""
        key = holder_key(load.holder)
        shown = self.given.get("show", "")
        show = shown if shown in OPEN_STATUSES else Show.OPEN.value
        due = {} if span is None else {"due": span.value}
        return self.of(**{**self.given, "who": key, "show": show, **due})

    def _of(self, parameters: Mapping[str, str], view: str) -> str:
        return self.of(**parameters, **({"view": view} if view else {}))


def columns_of(view: str, shown: FollowUpFilter, loads: Sequence[Load]) -> list[Column]:
    """Return the columns of a board; a list has none."""
    if view == View.BY_STATUS:
        return board.by_status(shown)
    return board.by_assignee(shown, loads) if view == View.BY_ASSIGNEE else []


def heading_of(column: Column) -> str:
    """Return what a column is called."""
    return label(column.key) if isinstance(column.key, FollowUpStatus) else name_of(column.key)


def name_of(load: Load) -> str:
    """Return who has the actions of a load, as far as the reader may know."""
    if load.who is None:
        if load.holder.brigade_id is not None:
            return str(gettext("a brigade that you cannot see"))
        return str(gettext("nobody") if load.holder == Holder() else gettext("someone whom you cannot see"))
    return load.who.full_name if isinstance(load.who, Person) else load.who.name
