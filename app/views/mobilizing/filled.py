"""What forms about a mobilization contain that differs from its columns."""

from app.models.mobilizing.mobilizations import Mobilization
from app.wording.formats import language_name


def spoken(mobilization: Mobilization) -> str:
    """Return the names of the languages that are spoken there."""
    return ", ".join(language_name(code) for code in mobilization.languages)


def own_zone(mobilization: Mobilization) -> str | None:
    """Return its time zone, if it is not that of the town."""
    return None if mobilization.timezone == mobilization.place.timezone else mobilization.timezone


def range_end(mobilization: Mobilization) -> int | None:
    """Return the higher number of a turnout, if it is a range."""
    return None if mobilization.turnout_most == mobilization.turnout_least else mobilization.turnout_most
