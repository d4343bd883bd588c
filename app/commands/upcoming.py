"""The part of the demo that is always in the future: a small fictitious meeting, dated relative to the day it is loaded."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app import clock
from app.commands.baseline import read
from app.commands.seeds import Seeds
from app.domain.actions import saved_filters
from app.domain.actions.follow_ups import About
from app.models.actions.follow_ups import FollowUp
from app.models.congress.resolutions import Resolution


def record(seeds: Seeds) -> None:
    """Record the meeting, its delegations, problems and actions."""
    meeting = read("upcoming")
    today = clock.now().date()
    congress = meeting["congress"]
    congress |= {
        "start_date": (today + timedelta(days=congress["start_day"])).isoformat(),
        "end_date": (today + timedelta(days=congress["end_day"])).isoformat(),
    }
    seeds.add_congress(congress)
    seeds.grant_on(congress=congress["key"])
    resolution = seeds.add_resolution(congress["key"], meeting["resolution"])
    for values in meeting["delegations"]:
        values["legs"] = [
            {**leg, "departs": _local(today, leg["departs"]), "arrives": _local(today, leg["arrives"])}
            for leg in values["legs"]
        ]
        seeds.add_delegation(congress["key"], values)
    for values in meeting["parties"]:
        legs = [
            {**leg, "departs": _local(today, leg["departs"]), "arrives": _local(today, leg["arrives"])}
            for leg in values["legs"]
        ]
        seeds.add_party(**{**values, "legs": legs})
    for values in meeting["problems"]:
        values |= {name: utc(today, values[name], congress["timezone"]) for name in ("starts_at", "ends_at")}
        seeds.act_as(values["by"])
        seeds.record_problem(congress=congress["key"], **values)
    _assign(seeds, meeting, resolution)
    for values in meeting["saved_filters"]:
        saved_filters.save(
            seeds.users[values["user"]], values["parameters"], {"name": values["name"], "is_default": False}
        )
    article = meeting["article"]
    campaign = article.pop("cite_in")
    seeds.act_as(article["by"])
    seeds.add_article(**article)
    seeds.cite(article=article["key"], campaign=campaign, problem=None, by=article["by"])


def _assign(seeds: Seeds, meeting: dict[str, Any], resolution: Resolution) -> None:
    """Assign the actions of the meeting, those after others that they are part of or wait for, with their files."""
    today, congress = clock.now().date(), meeting["congress"]
    recorded: dict[str, FollowUp] = {}
    for values in meeting["follow_ups"]:
        due, delegation, carries_out = values.pop("due"), values.pop("delegation"), values.pop("carries_out", False)
        about = About(resolution=resolution if carries_out else None)
        about["parent"], about["after"] = (recorded.get(values.pop(name, "")) for name in ("parent", "after"))
        files = values.pop("files", [])
        seeds.act_as(values["assignee"])
        [recorded[values["title"]]] = seeds.assign(
            congress=congress["key"],
            delegations=[delegation] if delegation else [],
            due_at=utc(today, due, congress["timezone"]),
            by=values["assignee"],
            **values,
            about=about,
        )
        for file in files:
            seeds.attach(recorded[values["title"]], file["name"], file["text"], by=values["assignee"])


def _local(today: date, at: dict[str, Any]) -> str:
    return datetime.combine(today + timedelta(days=at["day"]), time.fromisoformat(at["time"])).isoformat()


def utc(today: date, at: dict[str, Any], timezone: str) -> str:
    """Return the instant of a day, relative to today, and a time in a zone, as text."""
    local = datetime.fromisoformat(_local(today, at)).replace(tzinfo=ZoneInfo(timezone))
    return local.astimezone(UTC).isoformat()
