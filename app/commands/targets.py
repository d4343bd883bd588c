"""The targets of the demo and letters to them: invented, with days relative to the day it is loaded."""

from datetime import timedelta

from app import clock
from app.commands.baseline import read
from app.commands.seeds import Seeds
from app.domain.mobilizing import letters, targets
from app.models.mobilizing.targets import EntryKind, Target, TargetKind


def record(seeds: Seeds) -> None:
    """Record the targets, what they have answered, and letters to them."""
    values, today = read("targets"), clock.now().date()
    campaign = seeds.campaigns[values["campaign"]]
    recorded: dict[str, Target] = {}
    for one in values["targets"]:
        target = recorded[one["name"]] = targets.create(
            campaign,
            {
                "kind": TargetKind(one["kind"]),
                "name": one["name"],
                "post": one["post"],
                "organization": None,
                "country": one["country"],
                "letter_language": one["letter_language"],
                "email": one["email"],
                "phone": one["phone"],
                "postal_address": one["postal_address"],
                "website": None,
                "demand": one["demand"],
                "open_to_letters": True,
                "closed_because": None,
            },
        )
        for entry in one["entries"]:
            happened_on = today + timedelta(days=entry["days"])
            targets.log(
                target,
                {"kind": EntryKind(entry["kind"]), "happened_on": happened_on, "text": entry["text"], "article": None},
                by=seeds.users["ana"],
            )
    written = read("letters")
    for text in written["texts"]:
        letters.create_text(campaign, text)
    for name, country, locale in written["sent"]:
        letters.count(recorded[name], country=country, locale=locale)
