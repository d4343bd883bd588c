"""The form for a pasted or sent message about a closure."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import Field

from app.domain.travel import notices
from app.domain.travel.notices import MOST_SHOWN, NoticeDraft
from app.domain_errors import DomainError
from app.forms import fields
from app.forms.previewing import PreviewForm
from app.reading.alerts import MOST_TEXT


class NoticeForm(PreviewForm):
    """A message about a closure, as text or as a file."""

    notice = fields.lines(
        _("Message"),
        longest=MOST_TEXT,
        required=True,
        rows=10,
        help=_(
            "A NOTAM with its items A), B), C) and E), alerts of GTFS-Realtime (JSON), or a message of SIRI-SX (XML)."
        ),
    )
    file = FileField(
        _("Or a file"),
        description=_("For example alerts of GTFS-Realtime as a binary file. Its content appears in the field above."),
    )
    number = fields.number(
        _("Which of several messages"), least=1, most=MOST_SHOWN, default=1, help=_("The first, the second and so on.")
    )

    def take_file(self) -> None:
        """Put the content of a sent file in place of the text."""
        sent = self.file.data
        if not sent:
            return
        with sent.stream as stream:
            content = stream.read(MOST_TEXT + 1)
        try:
            self.notice.data = notices.text_of_file(content)
        except DomainError as error:
            self.unread = error
            return
        self.notice.raw_data = [self.notice.data]

    unread: DomainError | None = None
    """Why a sent file could not be read."""

    def fields_for(self, _draft: NoticeDraft) -> Mapping[str, tuple[Field, Any]]:
        """Return no further fields."""
        return {}
