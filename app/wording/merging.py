"""What follows when two records are merged, in words."""

from collections.abc import Mapping

from flask_babel import gettext, ngettext


def following_in_words(counts: Mapping[str, int]) -> str:
    """Return what moves to the record that is kept, by the names of tables; kinds without a name are left out."""
    return ", ".join(_named(table, count) for table, count in counts.items() if count and table in _KNOWN)


_KNOWN = (
    "contact_details", "memberships", "other_names", "delegates", "delegations", "interactions", "affiliations",
    "participations", "consents",
)  # fmt: skip


def _named(table: str, count: int) -> str:
    names = {
        "affiliations": ngettext("%(num)d affiliation", "%(num)d affiliations", count),
        "consents": ngettext("%(num)d consent", "%(num)d consents", count),
        "contact_details": ngettext("%(num)d contact detail", "%(num)d contact details", count),
        "delegates": ngettext("%(num)d seat in a delegation", "%(num)d seats in delegations", count),
        "delegations": ngettext("%(num)d delegation", "%(num)d delegations", count),
        "interactions": ngettext("%(num)d interaction", "%(num)d interactions", count),
        "memberships": ngettext("%(num)d membership", "%(num)d memberships", count),
        "other_names": ngettext("%(num)d other name", "%(num)d other names", count),
        "participations": ngettext("%(num)d congress or campaign", "%(num)d congresses or campaigns", count),
    }
    return str(names.get(table) or gettext("other records"))
