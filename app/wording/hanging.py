"""The consequences of removing a row, as sentences."""

from flask_babel import gettext, ngettext

from app.extensions import Base
from app.queries.congress.dependents import Dependents
from app.queries.dependents import count_dependents


def hanging(row: Base) -> list[str]:
    """Return what is removed together with a row, one sentence for each kind of record."""
    counts = count_dependents(row)
    sentences = [_named(table, counts[table]) for table in sorted(counts)]
    return [gettext("Also removed: %(what)s.", what=what) for what in sentences if what]


def removed_with_delegation(hung: Dependents) -> list[str]:
    """Return what hangs on a delegation, in sentences."""
    counted = [
        (hung.delegates, ngettext("%(num)d delegate", "%(num)d delegates", hung.delegates)),
        (hung.legs, ngettext("%(num)d leg", "%(num)d legs", hung.legs)),
        (hung.actions, ngettext("%(num)d open action", "%(num)d open actions", hung.actions)),
        (hung.check_ins, ngettext("%(num)d check-in", "%(num)d check-ins", hung.check_ins)),
        (hung.help_calls, ngettext("%(num)d open help request", "%(num)d open help requests", hung.help_calls)),
        (hung.problems, ngettext("%(num)d problem of its own", "%(num)d problems of its own", hung.problems)),
        (hung.is_absent, gettext("its entry under “Unable to attend”")),
    ]
    named = ", ".join(words for count, words in counted if count)
    with_it = (
        gettext("Also removed: %(things)s.", things=named) if named else gettext("Nothing else is removed with it.")
    )
    return [
        with_it,
        gettext(
            "Emails about it that have not been sent are withdrawn, and its delegates' personal links stop working."
        ),
        gettext("Its delegates are still listed under People."),
    ]


def _named(table: str, count: int) -> str:
    """Return a number of rows as text; empty for tables that users do not know."""
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
