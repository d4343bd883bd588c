"""What goes when a row is removed, in sentences."""

from flask_babel import gettext, ngettext

from app.extensions import Base
from app.queries.dependents import count_dependents


def hanging(row: Base) -> list[str]:
    """Return what is removed together with a row, one sentence for each kind of thing."""
    counts = count_dependents(row)
    sentences = [_named(table, counts[table]) for table in sorted(counts)]
    return [gettext("Also removed: %(what)s.", what=what) for what in sentences if what]


def _named(table: str, count: int) -> str:
    """Return a number of rows in words; nothing for tables that people know nothing of."""
    names = {
        "check_ins": ngettext("%(num)d check-in", "%(num)d check-ins", count),
        "given_answers": ngettext("%(num)d answer", "%(num)d answers", count),
        "help_calls": ngettext("%(num)d help request", "%(num)d help requests", count),
        "informed_entities": ngettext(
            "%(num)d entry of what a problem covers", "%(num)d entries of what problems cover", count
        ),
        "travellers": ngettext("%(num)d separate itinerary", "%(num)d separate itineraries", count),
    }
    return str(names.get(table, ""))
