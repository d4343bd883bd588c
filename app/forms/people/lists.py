"""What the lists of people and organizations show: filters, columns and order."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.forms.fields import number_or_none
from app.forms.listing import ListForm


class RecordListForm(ListForm):
    """Filters of a list, its columns, and its order."""

    FILTERS: ClassVar[tuple[str, ...]] = ()
    """The filters besides the search words."""

    tag = fields.select(_("Tag"), default=None, coerce=number_or_none)
    country = fields.select(_("Country"))
    segment = fields.select(_("Segment"), default=None, coerce=number_or_none)
    columns = fields.choose_many(_("Columns"), coerce=str)
    sorting = fields.select(_("Sorted by"))

    @property
    def filters(self) -> list[Any]:
        """The fields of the filters, without those that offer nothing to choose."""
        return [self[name] for name in self.FILTERS if len(self[name].choices or ()) > 1]

    @property
    def is_filtered(self) -> bool:
        """Whether it shows only a part of the list."""
        return bool(self.kept().keys() - {"columns", "sorting"})

    @property
    def chosen_columns(self) -> list[str]:
        """The names of the columns in the address."""
        return [str(name) for name in self.columns.choices or () if name in (self.columns.data or ())]

    def kept(self) -> dict[str, Any]:
        """Return everything that the address says about the list."""
        return {name: value for name, value in super().kept().items() if self[name].raw_data}


class PersonListForm(RecordListForm):
    """The list of people."""

    FILTERS = ("segment", "show", "tag", "country", "language")

    show = fields.select(_("Congress or campaign"))
    language = fields.select(_("Language"))


class OrganizationListForm(RecordListForm):
    """The list of organizations."""

    FILTERS = ("segment", "show", "tag", "country")

    show = fields.select(_("Kind"))


class ListViewForm(Form):
    """The columns and the order of a list, to be remembered."""

    columns = fields.choose_many(_("Columns"), coerce=str)
    sorting = fields.select(_("Sorted by"))
