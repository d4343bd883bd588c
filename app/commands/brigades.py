"""The brigade of the demo, whose members already take part in its invented meeting."""

from datetime import datetime, time, timedelta
from typing import Any

from app import clock
from app.commands.baseline import read
from app.commands.seeds import Seeds
from app.domain.mobilizing import brigade_members, brigades, shift_places, shifts
from app.models.mobilizing.brigades import Brigade, Channel, MemberStatus, RoleKind


def record(seeds: Seeds) -> None:
    """Record the brigade with its roles, members and shifts."""
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
            "timezone": "America/Guayaquil",
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
    for one in values["shifts"]:
        _add_shift(brigade, one)


def _add_shift(brigade: Brigade, values: dict[str, Any]) -> None:
    """Record a shift some days after the day on which the demo is loaded."""
    starts = datetime.combine(clock.now().date() + timedelta(days=values["day"]), time.fromisoformat(values["time"]))
    [shift] = shifts.create(
        brigade,
        {
            "role": brigade.roles[values["role"]],
            "language": values["language"],
            "venue": values["venue"],
            "starts": starts,
            "ends": starts + timedelta(hours=values["hours"]),
            "timezone": brigade.timezone,
            "needed": values["needed"],
            "note": values["note"],
        },
    )
    for number in values["members"]:
        shift_places.take(shift, brigade.members[number], by_coordinator=True)
