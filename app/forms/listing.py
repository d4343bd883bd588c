"""What a list is searched and filtered by."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Question


class ListForm(Question):
    """Words that are looked for in a list, and one filter where the view offers any."""

    q = fields.words(_("Search"))
    show = fields.select(_("Show"))

    def __init__(self, words: str = "", shows: Iterable[tuple[Any, str]] = (), **values: Any) -> None:
        """Ask for words under the label `words`, and offer the filters `shows`: value and name, the first for all rows.

        What is empty is not asked for.
        """
        super().__init__(**values)
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
        """The words that are looked for."""
        return str(self.q.data or "") if "q" in self else ""

    @property
    def shown(self) -> str:
        """The value of the filter that is chosen; empty for all rows, and where the address names another one."""
        return str(self.show.data or "") if "show" in self and not self.show.errors else ""
