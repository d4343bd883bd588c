"""The download of a list: the kind of file, and its columns."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.forms.presence import Where
from app.models.accounts.exports import FileFormat
from app.wording.labels import label


class DownloadForm(Form):
    """What a file contains."""

    file_format = fields.one_of(_("File"), FileFormat, label, default=FileFormat.XLSX.value)
    columns = fields.choose_many(
        _("Columns"),
        coerce=str,
        required=Where("file_format", FileFormat.XLSX, FileFormat.CSV, says=_("Choose at least one column.")),
    )

    def __init__(self, columns: Iterable[tuple[str, str]] = (), *, with_cards: bool = True, **values: Any) -> None:
        """Offer the columns: name and heading; and cards, if the list has names."""
        super().__init__(**values)
        self.columns.offer(columns)
        if not with_cards:
            offered = [one for one in FileFormat if one is not FileFormat.VCARD]
            self.file_format.offer((one.value, label(one)) for one in offered)
