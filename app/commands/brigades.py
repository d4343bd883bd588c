"""The brigade of the demo, whose members already take part in its invented meeting."""

from app.commands.baseline import read
from app.commands.seeds import Seeds
from app.domain.mobilizing import brigade_members, brigades
from app.models.mobilizing.brigades import Channel, MemberStatus, RoleKind


def record(seeds: Seeds) -> None:
    """Record the brigade with its roles and members."""
    values = read("brigades")
    campaign = seeds.campaigns[values["campaign"]]
    brigade = brigades.create(
        campaign,
        {
            "name": values["name"],
            "purpose": values["purpose"],
            "country": values["country"],
            "locality": values["locality"],
            "languages": values["languages"],
            "timezone": campaign.timezone,
            "needs_approval": False,
            "give_back_hours": 24,
        },
    )
    for role in values["roles"]:
        brigades.add_role(brigade, {"kind": RoleKind(role["kind"]), "name": None, "needed": role["needed"]})
    for one in values["members"]:
        delegate = seeds.delegations[one["delegation"]].delegates[one["delegate"]]
        brigade_members.add(
            brigade,
            delegate.person,
            {
                "role": brigade.roles[one["role"]],
                "status": MemberStatus(one["status"]),
                "since": None,
                "until": None,
                "skills": one["skills"],
                "languages": one["languages"],
                "channel": Channel(one["channel"]),
            },
        )
