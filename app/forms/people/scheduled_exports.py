"""The form for a scheduled export."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.domain.people.scheduled_exports import LATEST_DAY, ScheduleValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.models.accounts.exports import FileFormat
from app.models.people.scheduled_exports import ExportFrequency
from app.wording.labels import label
from app.wording.member_labels import WEEKDAYS


class ScheduledExportForm(Form):
    """When a file is made, and what it contains."""

    frequency = fields.one_of(_("How often"), ExportFrequency, label, default=ExportFrequency.WEEKLY)
    weekday = fields.select(_("Day of the week"), coerce=int, default=0, help=_("For weekly files."))
    day = fields.number(_("Day of the month"), least=1, most=LATEST_DAY, default=1, help=_("For monthly files."))
    hour = fields.select(_("Time of day"), coerce=int, default=7, help=_("In your time zone."))
    file_format = fields.one_of(
        _("File"), FileFormat, label, offered=(FileFormat.XLSX, FileFormat.CSV), default=FileFormat.XLSX
    )
    with_contacts = BooleanField(_("With contact details"))

    def __init__(self, *, of_people: bool = True, **values: Any) -> None:
        """Offer days and hours; only people have contact details that can be left out."""
        super().__init__(**values)
        self.weekday.offer(enumerate(WEEKDAYS))
        self.hour.offer((hour, f"{hour:02}:00") for hour in range(24))
        if not of_people:
            del self.with_contacts

    @property
    def lines(self) -> list[Any]:
        """The fields as the page shows them."""
        contacts = ["with_contacts"] if "with_contacts" in self else []
        return ["frequency", ["weekday", "day"], "hour", "file_format", *contacts]

    def values(self) -> ScheduleValues:
        """Return the schedule as it was typed."""
        return ScheduleValues(
            frequency=self.frequency.data,
            weekday=int(self.weekday.data),
            day=given(self.day),
            hour=int(self.hour.data),
            file_format=self.file_format.data,
            with_contacts="with_contacts" in self and bool(self.with_contacts.data),
        )
