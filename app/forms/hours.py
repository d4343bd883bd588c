"""A field for a time of day."""

from datetime import time

from wtforms import TimeField


class HourField(TimeField):
    """A time of day, which may come from an address as text."""

    def process_data(self, value: time | str | None) -> None:
        """Set the time; text that is none leaves the field empty."""
        if isinstance(value, str):
            try:
                value = time.fromisoformat(value)
            except ValueError:
                value = None
        super().process_data(value)
