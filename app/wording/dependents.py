"""The consequences of removing a row, as sentences."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, ngettext

from app.extensions import Base
from app.models.people.segments import Segment
from app.queries.dependents import count_dependents


def removed_with(row: Base) -> list[str]:
    """Return what the database deletes together with a row, one sentence for each kind of record."""
    return [gettext("Also removed: %(what)s.", what=what) for what in _in_words(count_dependents(row))]


def removed_with_delegation(counts: Mapping[str, int]) -> list[str]:
    """Return what removing a delegation changes, in sentences."""
    named = ", ".join(_in_words(counts))
    with_it = (
        gettext("Also removed: %(things)s.", things=named) if named else gettext("Nothing else is removed with it.")
    )
    return [
        with_it,
        gettext("Unsent emails about it are canceled, and its delegates’ personal links stop working."),
        gettext("Its delegates are still listed under People."),
    ]


def removed_with_person(counts: Mapping[str, int]) -> list[str]:
    """Return what removing a person changes, in sentences, apart from the delegations that she has a place in."""
    named = ", ".join(_in_words({kind: number for kind, number in counts.items() if kind != "delegates"}))
    said = [
        gettext("Also removed: %(things)s.", things=named) if named else gettext("Nothing else is removed with it."),
        gettext("The person is in no list, search or choice any more. Texts that mention the name stay as they are."),
    ]
    if counts.get("delegates"):
        said.append(gettext("Unsent emails to this person are canceled, and the personal links stop working."))
    return said


def missed_by(segments: Sequence[Segment]) -> list[str]:
    """Return what removing a record changes for the segments that ask for it, in sentences."""
    names = ", ".join(f"“{one.name}”" for one in segments)
    said = gettext("It is part of %(names)s: that condition will be met by nobody.", names=names)
    return [said] if names else []


def _in_words(counts: Mapping[str, int]) -> list[str]:
    """Return numbers of records in words, by the names of their tables or of what is counted of them.

    Kinds that people do not know, and those of which there are none, are left out.
    """
    return [_named(kind, counts[kind]) for kind in _ORDER if counts.get(kind)]


_ORDER = (
    "contact_details", "consents", "memberships", "other_names", "interactions", "relations", "taggings",
    "mentions", "custom_values", "segment_members", "delegates", "legs", "travelers", "open_actions", "check_ins", "given_answers", "help_calls", "open_help_calls",
    "informed_entities", "own_problems", "absences", "brigade_members",
)  # fmt: skip


def _named(kind: str, count: int) -> str:
    names = {
        "absences": gettext("its entry under “Unable to attend”"),
        "brigade_members": ngettext("%(num)d brigade", "%(num)d brigades", count),
        "check_ins": ngettext("%(num)d check-in", "%(num)d check-ins", count),
        "consents": ngettext("%(num)d consent", "%(num)d consents", count),
        "contact_details": ngettext("%(num)d contact detail", "%(num)d contact details", count),
        "custom_values": ngettext("%(num)d value in custom fields", "%(num)d values in custom fields", count),
        "delegates": ngettext("%(num)d delegate", "%(num)d delegates", count),
        "given_answers": ngettext("%(num)d answer", "%(num)d answers", count),
        "help_calls": ngettext("%(num)d help request", "%(num)d help requests", count),
        "informed_entities": ngettext(
            "%(num)d entry of what a problem covers", "%(num)d entries of what problems cover", count
        ),
        "interactions": ngettext("%(num)d interaction", "%(num)d interactions", count),
        "legs": ngettext("%(num)d leg", "%(num)d legs", count),
        "memberships": ngettext("%(num)d membership", "%(num)d memberships", count),
        "mentions": ngettext("%(num)d mention in an article", "%(num)d mentions in articles", count),
        "open_actions": ngettext("%(num)d open action", "%(num)d open actions", count),
        "open_help_calls": ngettext("%(num)d open help request", "%(num)d open help requests", count),
        "other_names": ngettext("%(num)d other name", "%(num)d other names", count),
        "own_problems": ngettext("%(num)d problem that affects only it", "%(num)d problems that affect only it", count),
        "relations": ngettext("%(num)d relation", "%(num)d relations", count),
        "segment_members": ngettext("%(num)d place in a frozen segment", "%(num)d places in frozen segments", count),
        "taggings": ngettext("%(num)d tag", "%(num)d tags", count),
        "travelers": ngettext("%(num)d separate itinerary", "%(num)d separate itineraries", count),
    }
    return str(names[kind])
