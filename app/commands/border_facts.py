"""The part of the demo about borders: emergency numbers that are publicly known, and a report; no rule about visas."""

from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.commands.baseline import read
from app.domain.travel import border_facts
from app.extensions import db
from app.models.travel.border_facts import ContactKind, NoteTopic
from app.models.travel.places import Crossing


def record() -> None:
    """Record them as checked some days before the demo is loaded."""
    facts, today = read("border_facts"), clock.now().date()
    for values in facts["contacts"]:
        border_facts.add_contact(
            values["country"],
            {
                "kind": ContactKind(values["kind"]),
                "name": values["name"],
                "passport": None,
                "phone": values["phone"],
                "address": None,
                "source": values["source"],
                "checked_on": today + timedelta(days=values["day"]),
            },
        )
    for values in facts["notes"]:
        named = select(Crossing).where(Crossing.name == values["crossing"])
        border_facts.add_note(
            values["country"],
            {
                "topic": NoteTopic(values["topic"]),
                "crossing": db.session.scalars(named).unique().one(),
                "text": values["text"],
                "source": values["source"],
                "checked_on": today + timedelta(days=values["day"]),
            },
        )
