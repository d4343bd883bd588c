"""Search and filter of a list."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Question
from app.forms.fields import ChooseField


class ListForm(Question):
    """Search words for a list, and a filter if the view offers one."""

    q = fields.words(_("Search"))
    show = fields.select(_("Show"))

    def __init__(
        self,
        words: str = "",
        shows: Iterable[tuple[Any, str]] = (),
        offers: Mapping[str, Iterable[tuple[Any, str]]] | None = None,
        **values: Any,
    ) -> None:
        """Search under the label `words`, and offer the filters `shows`: value and label, the first for all rows.

        `offers` are those of other fields, by name; fields that nothing is offered for are left out. Empty fields are left
        out of the address.
        """
        super().__init__(**values)
        for name, choices in (offers or {}).items():
            self[name].offer(choices)
        for name in [one.name for one in self if isinstance(one, ChooseField) and one.choices is None]:
            if name != "show":
                del self[name]
        if words:
            self.q.label.text = words
        else:
            del self.q
        offered = list(shows)
        if offered:
            self.show.offer(offered)
        else:
            del self.show
        self.validate()

    @property
    def typed(self) -> str:
        """The search words."""
        return str(self.q.data or "") if "q" in self else ""

    @property
    def shown(self) -> str:
        """The value of the chosen filter; empty for all rows, or if the address contains an unknown one."""
        return str(self.show.data or "") if "show" in self and not self.show.errors else ""
