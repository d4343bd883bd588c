"""Reads dates with times in files."""

import re
from datetime import datetime

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})[ ,T]+(\d{1,2})[:.h](\d{2})(?::\d{2})?")


def moment(text: str) -> datetime | None:
    """Return the local time that text means: ISO 8601, or day, month, year and time. A day without a time is none."""
    found = _DAY_FIRST.fullmatch(text)
    try:
        if found:
            day, month, year, hour, minute = map(int, found.groups())
            return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - a local time
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    has_time = len(text) > len("2025-12-31") and read.tzinfo is None
    return read if has_time and 1900 <= read.year <= 2100 else None
