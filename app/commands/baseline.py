"""The base data of the demo: places with the names that the story uses, verified crossings, a few services."""

import json
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import select

from app import clock
from app.config import SEEDS
from app.domain.travel import places
from app.extensions import db
from app.models.travel.places import Crossing, Mode, Place, PlaceKind
from app.queries.travel import places as place_queries
from app.text import searchable


def read(name: str) -> Any:
    """Return the contents of a seed file."""
    return json.loads((SEEDS / f"{name}.json").read_text(encoding="utf-8"))


def place(values: dict[str, Any]) -> Place:
    """Return a place: the existing one with this code, renamed as in the story, or a new one."""
    known = db.session.scalar(select(Place).where(Place.code == values["code"])) if values["code"] else None
    if known is None:
        return places.add_place(**{**values, "kind": PlaceKind(values["kind"])})
    namesake = place_queries.same(values["name"], values["country"], known.kind)
    if namesake is not None and namesake is not known:
        namesake.name = f"{namesake.name} – {namesake.code}"
        db.session.flush()
    known.name = values["name"]
    known.words = searchable(values["name"], *known.words.split())
    return known


def verify_crossings() -> None:
    """Verify the crossings that delegations used, and record their details."""
    for values in read("crossings"):
        named = select(Crossing).where(Crossing.name == values["name"])
        crossing = db.session.scalars(named).unique().one()
        crossing.formalities, crossing.note = values["formalities"], values["note"]
        crossing.opens, crossing.closes = (
            time.fromisoformat(values[name]) if values[name] else None for name in ("opens", "closes")
        )
        crossing.verified_by, crossing.verified_at = values["verified_by"], clock.now()


def add_services(known: dict[str, Place]) -> None:
    """Record the few direct services that the demo's alternative routes use."""
    for values in read("services"):
        ends = (known[values[end]] for end in ("origin", "destination"))
        origin, destination = ends
        for start, end in ((origin, destination), (destination, origin)):
            places.add_service({
                "origin": start, "destination": end, "mode": Mode(values["mode"]), "carrier": values["carrier"],
                "frequency": values["frequency"], "minutes": None, "cost": None, "note": None,
            })  # fmt: skip


def instant(text: str) -> datetime:
    """Return the instant given in a seed file."""
    return datetime.fromisoformat(text).astimezone(UTC)
