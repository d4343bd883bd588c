"""What lists and boards of actions show: their filters and their order, and the name of a filter that is saved."""

from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import ValidationError

from app.domain.actions.saved_filters import SavedFilterValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import ChooseField, number_or_none
from app.forms.listing import ListForm
from app.wording.formats import day


class FollowUpListForm(ListForm):
    """Filters of a list of actions, and its order."""

    FILTERS: ClassVar[tuple[str, ...]] = (
        "show", "who", "due", "priority", "place", "about", "by", "part", "since", "until",
    )  # fmt: skip
    """The filters besides the search words, in the order of the page."""

    show = fields.select(_("Status"))
    who = fields.select(_("Who"))
    due = fields.select(_("Due"))
    since = fields.day(_("Due on or after"))
    until = fields.day(_("Due on or before"))
    priority = fields.select(_("Priority"))
    about = fields.select(_("About"))
    by = fields.select(_("Created by"), default=None, coerce=number_or_none)
    part = fields.select(_("Part of"))
    place = fields.select(_("Congress or campaign"), id="listed-place")
    sorting = fields.select(_("Sorted by"))
    view = fields.select(_("Shown as"))

    def validate_until(self, field: Any) -> None:
        """Refuse days in the wrong order."""
        since = self.sound(self.since)
        if since and field.data and field.data < since:
            raise ValidationError(gettext("This day is before the first one."))

    @property
    def filters(self) -> list[Any]:
        """The fields of the filters, without those that offer nothing to choose."""
        shown = [self[name] for name in self.FILTERS if name in self]
        return [one for one in shown if not isinstance(one, ChooseField) or len(one.choices or ()) > 1]

    @property
    def is_filtered(self) -> bool:
        """Whether it shows only a part of the list."""
        return bool(self.parameters.keys() - {"sorting"})

    @property
    def parameters(self) -> dict[str, Any]:
        """The filters and the order, in the words of an address, whether they are shown as a list or as a board."""
        return {name: value for name, value in self.kept().items() if name != "view"}

    @property
    def shown_as(self) -> str:
        """How the actions are shown; empty for a list."""
        return str(self.sound(self.view) or "")

    def named(self) -> list[tuple[str, str]]:
        """Return what is filtered by, as people read it: the label of each filter, and its value."""
        kept = self.kept()
        words = [(self.q.label.text, f"“{self.typed}”")] if self.typed else []
        return words + [(one.label.text, _named(one)) for one in self.filters if one.name in kept]


def _named(field: Any) -> str:
    return str(dict(field.choices)[str(field.data)]) if field.type == "ChooseField" else day(field.data)


class SavedFilterForm(Form):
    """The name of a filter of an account."""

    name = fields.line(_("Name"), required=True)
    is_default = BooleanField(_("Begin every list of actions with it"))

    def values(self) -> SavedFilterValues:
        """Return the name as it was typed."""
        return SavedFilterValues(name=str(self.name.data), is_default=bool(self.is_default.data))
