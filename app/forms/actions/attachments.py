"""The forms to attach a file, and for what a person without an account says and sends."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from app.attached_files import FileType
from app.domain.actions.attachments import FileValues
from app.forms import fields
from app.forms.base import Form


def _file(label: Any, *validators: Any) -> FileField:
    return FileField(
        label,
        validators=validators,
        description=_("PDF, picture, text, CSV, or a document or table of Word, Excel or LibreOffice without macros."),
        render_kw={"accept": ",".join(f".{one.value}" for one in FileType) + ",.jpeg"},
    )


def _sent(field: FileField) -> FileValues:
    with field.data.stream as sent:
        content = sent.read()
    return FileValues(name=str(field.data.filename), content=content)


class AttachmentForm(Form):
    """A file."""

    file = _file(_("File"), FileRequired(_("Choose a file.")))

    def values(self) -> FileValues:
        """Return the file as it was sent."""
        return _sent(self.file)


class ReportForm(Form):
    """A comment, a file, or both."""

    body = fields.lines(_("New comment"), rows=3)
    file = _file(_("File, if there is one"))

    def text(self) -> str:
        """Return the comment as it was typed, or an empty text."""
        return self.body.data or ""

    def sent(self) -> FileValues | None:
        """Return the file as it was sent, if one was chosen."""
        return _sent(self.file) if self.file.data else None
