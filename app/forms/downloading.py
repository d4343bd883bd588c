"""The download of a list: the kind of file, and its columns."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from app.domain.accounts.exports import FileFormat
from app.forms import fields
from app.forms.base import Form
from app.wording.labels import label


class DownloadForm(Form):
    """What a file contains."""

    file_format = fields.one_of(_("File"), FileFormat, label, default=FileFormat.XLSX.value)
    columns = fields.choose_many(_("Columns"), coerce=str)

    def __init__(self, columns: Iterable[tuple[str, str]] = (), *, with_cards: bool = True, **values: Any) -> None:
        """Offer the columns: name and heading; and cards, if the list has names."""
        super().__init__(**values)
        self.columns.offer(columns)
        self.columns.flags.required = True
        if not with_cards:
            offered = [one for one in FileFormat if one is not FileFormat.VCARD]
            self.file_format.offer((one.value, label(one)) for one in offered)

    def validate_columns(self, field: Any) -> None:
        """Refuse a table without columns."""
        if not field.data and self.file_format.data is not FileFormat.VCARD:
            raise ValidationError(gettext("Choose at least one column."))
