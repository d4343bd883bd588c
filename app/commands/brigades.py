"""The brigade of the demo, whose members already take part in its invented meeting."""

from datetime import datetime, time, timedelta
from typing import Any

from app import clock
from app.commands.baseline import read
from app.commands.seeds import Seeds
from app.domain.actions import follow_ups, taking
from app.domain.mobilizing import brigade_members, brigades, shift_places, shifts
from app.domain.people import people
from app.models.actions.follow_ups import Priority
from app.models.mobilizing.brigades import Brigade, Channel, MemberStatus, RoleKind
from app.times import to_instant


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
            "is_open": True,
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
    _add_coordinator(seeds, brigade, values["coordinator"])
    for one in values["shifts"]:
        _add_shift(brigade, one)
    for one in values["actions"]:
        _assign(seeds, brigade, one)


def _add_coordinator(seeds: Seeds, brigade: Brigade, values: dict[str, Any]) -> None:
    """Record the person behind an account as a member, who finds the actions of the brigade on *Today*."""
    user = seeds.users[values["account"]]
    given_name, _space, family_name = user.name.partition(" ")
    person = people.create(
        {
            "given_name": given_name,
            "family_name": family_name or None,
            "family_name_first": False,
            "preferred_language": user.locale,
            "country": None,
            "nationality": None,
            "locality": None,
            "email": user.email,
            "phone": None,
            "is_at_risk": None,
            "organization": None,
            "post": None,
        },
        congress_id=None,
        campaign_id=brigade.campaign_id,
    )
    brigade_members.add(
        brigade,
        person,
        {
            "role": brigade.roles[values["role"]],
            "status": MemberStatus.CONFIRMED,
            "since": None,
            "until": None,
            "skills": None,
            "languages": values["languages"],
            "channel": Channel.EMAIL,
        },
    )


def _assign(seeds: Seeds, brigade: Brigade, values: dict[str, Any]) -> None:
    """Assign an action to the brigade, due some days after the day on which the demo is loaded; a member may take it."""
    by = seeds.users[values["by"]]
    due = datetime.combine(clock.now().date() + timedelta(days=values["day"]), time.fromisoformat(values["time"]))
    [follow_up] = follow_ups.assign(
        {
            "title": values["title"],
            "note": None,
            "assignee": brigade,
            "due_at": to_instant(due, brigade.timezone, "due"),
            "remind_before_hours": 24,
            "priority": Priority.NORMAL,
            "escalate_to": None,
            "escalate_after_hours": None,
        },
        by=by,
        campaign_id=brigade.campaign_id,
    )
    if values["taken_by"] is not None:
        taking.take(follow_up, brigade.members[values["taken_by"]])


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
