"""What follows when two records are merged, in words."""

from collections.abc import Mapping

from flask_babel import ngettext


def following_in_words(counts: Mapping[str, int]) -> str:
    """Return what moves to the record that is kept, by the names of tables; kinds without a name are left out."""
    return ", ".join(_named(table, counts[table]) for table in KNOWN if counts.get(table))


KNOWN = (
    "contact_details", "organization_contacts", "other_names", "organization_names", "memberships", "affiliations",
    "relations", "delegates", "delegations", "participations", "interactions", "consents", "mentions", "taggings", "custom_values",
    "follow_ups", "follow_up_series", "follow_up_comments", "attachments", "brigade_members", "sign_ups", "partners", "mobilization_hosts", "targets",
    "segment_members", "segment_conditions", "pending_changes",
)  # fmt: skip
"""The tables whose rows people know, in the order in which they are named."""


def _named(table: str, count: int) -> str:
    details = ngettext("%(num)d contact detail", "%(num)d contact details", count)
    other_names = ngettext("%(num)d other name", "%(num)d other names", count)
    names = {
        "affiliations": ngettext("%(num)d affiliation", "%(num)d affiliations", count),
        "brigade_members": ngettext("%(num)d brigade", "%(num)d brigades", count),
        "consents": ngettext("%(num)d consent", "%(num)d consents", count),
        "contact_details": details,
        "custom_values": ngettext("%(num)d value in custom fields", "%(num)d values in custom fields", count),
        "delegates": ngettext("%(num)d seat in a delegation", "%(num)d seats in delegations", count),
        "delegations": ngettext("%(num)d delegation", "%(num)d delegations", count),
        "follow_ups": ngettext("%(num)d action", "%(num)d actions", count),
        "follow_up_comments": ngettext("%(num)d comment", "%(num)d comments", count),
        "attachments": ngettext("%(num)d file", "%(num)d files", count),
        "follow_up_series": ngettext("%(num)d repeated action", "%(num)d repeated actions", count),
        "interactions": ngettext("%(num)d interaction", "%(num)d interactions", count),
        "memberships": ngettext("%(num)d membership", "%(num)d memberships", count),
        "mentions": ngettext("%(num)d mention in an article", "%(num)d mentions in articles", count),
        "mobilization_hosts": ngettext("%(num)d mobilization", "%(num)d mobilizations", count),
        "organization_contacts": details,
        "organization_names": other_names,
        "other_names": other_names,
        "participations": ngettext("%(num)d congress or campaign", "%(num)d congresses or campaigns", count),
        "partners": ngettext(
            "%(num)d campaign in which it takes part", "%(num)d campaigns in which it takes part", count
        ),
        "pending_changes": ngettext("%(num)d proposed change", "%(num)d proposed changes", count),
        "relations": ngettext("%(num)d relation", "%(num)d relations", count),
        "segment_conditions": ngettext("%(num)d condition of a segment", "%(num)d conditions of segments", count),
        "segment_members": ngettext("%(num)d place in a frozen segment", "%(num)d places in frozen segments", count),
        "sign_ups": ngettext("%(num)d sign-up", "%(num)d sign-ups", count),
        "targets": ngettext("%(num)d target of a campaign", "%(num)d targets of campaigns", count),
        "taggings": ngettext("%(num)d tag", "%(num)d tags", count),
    }
    return str(names[table])
