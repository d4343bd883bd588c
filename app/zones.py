"""Time zones: their countries, and the names of their cities."""

from functools import cache

from babel import Locale
from babel.core import get_global

from app.config import MEMBER_LOCALES
from app.text import searchable, words_of


@cache
def known() -> tuple[str, ...]:
    """Return the time zones to choose from, in order."""
    return tuple(sorted(zone for zone in get_global("zone_territories") if "/" in zone and not zone.startswith("Etc/")))


@cache
def of_country(code: str) -> tuple[str, ...]:
    """Return the time zones of a country, in order."""
    territories = get_global("zone_territories")
    return tuple(zone for zone in known() if territories[zone] == code)


@cache
def towns(zone: str) -> tuple[str, ...]:
    """Return the names of the city that a zone is named after, in the members' languages."""
    plainly = zone.rpartition("/")[2].replace("_", " ")
    named = (Locale(one).time_zones.get(zone, {}).get("city") for one in MEMBER_LOCALES)
    return tuple(dict.fromkeys((plainly, *(str(name) for name in named if name))))


@cache
def local_name(zone: str) -> str | None:
    """Return how people there spell the town that a zone is named after (`Bogotá`), in a members' language.

    None where the zone's own name is spelled as they do, or names another town, or they speak another language.
    """
    plainly = zone.rpartition("/")[2].replace("_", " ")
    country = get_global("zone_territories").get(zone)
    spoken = get_global("likely_subtags").get(f"und_{country}", "").partition("_")[0]
    if spoken not in MEMBER_LOCALES:
        return None
    named = Locale(spoken).time_zones.get(zone, {}).get("city")
    return str(named) if named and named != plainly and searchable(str(named)) == searchable(plainly) else None


@cache
def _searched(zone: str) -> str:
    return searchable(zone, *towns(zone))


def search(typed: str) -> list[str]:
    """Return the zones whose names and cities contain every typed word."""
    wanted = words_of(typed)
    return [zone for zone in known() if wanted and all(word in _searched(zone) for word in wanted)]
