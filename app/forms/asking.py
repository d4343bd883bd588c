"""Fields that let a person choose if what was typed is ambiguous."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext
from wtforms import DateTimeLocalField, Field


class Asking(Field):
    """A field that lets a person choose if what was typed is ambiguous.

    The choices are shown under it, and the chosen one is sent along with what was typed, under the name with
    `-choice`.
    """

    offers: Sequence[tuple[str, str]] = ()
    """The choices: the value that is sent, and its label."""
    answer = ""
    """The value that was chosen, now or before."""
    sent = ""
    """The value that was sent with the form."""

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        self.sent = (formdata.get(f"{self.name}-choice") or "").strip() if formdata else ""
        self.answer, self.offers = "", ()
        super().process(formdata, *args, **kwargs)


class MomentField(Asking, DateTimeLocalField):
    """A date and a time of day. If the time occurs twice, the data has the UTC offset of the chosen one."""

    def process_data(self, value: datetime | None) -> None:
        super().process_data(value)
        if value is not None and value.tzinfo is not None:
            self.answer = value.isoformat(timespec="minutes")
            self.ask([value.replace(fold=fold) for fold in (0, 1)])

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.answer, self.offers = "", ()
        chosen = _offset_moment(self.sent)
        if chosen and self.data and chosen.replace(tzinfo=None) == self.data.replace(second=0):
            self.data, self.answer = chosen, self.sent

    def ask(self, readings: Sequence[datetime]) -> None:
        """Let a person choose between the two readings of a time that occurs twice, the earlier first."""
        names = (gettext("before the clocks are put back"), gettext("after the clocks are put back"))
        self.offers = [
            (reading.isoformat(timespec="minutes"), f"{reading:%H:%M} {name} (UTC{reading.isoformat()[-6:]})")
            for reading, name in zip(readings, names, strict=True)
        ]


def _offset_moment(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo is not None else None
