"""Imports of the legs of delegations, with times local to their places."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.domain.imports.cells import Cells
from app.domain.imports.delegations_meant import delegations_of, only
from app.domain.imports.fields import Field
from app.domain.imports.moments import moment
from app.domain.imports.organizations import Organizations
from app.domain.imports.places_meant import place_meant
from app.domain.imports.reasons import Code, reason
from app.domain.imports.rows import RefusedError, RowKind, RowWriter, Written
from app.domain.imports.words import direction_of, leg_status_of, mode_of
from app.domain.travel import legs
from app.domain.travel.legs import LegValues
from app.extensions import db
from app.models.congress.congresses import Congress
from app.models.congress.delegations import Delegation
from app.models.imports.imports import Import, MatchKey, Policy
from app.models.travel.journeys import Direction, Leg, LegStatus
from app.models.travel.places import Mode, Place
from app.queries.travel import journeys
from app.text import N_, plain
from app.times import to_local, to_typed

_NEEDED = (Field.ORGANIZATION, Field.ORIGIN, Field.DESTINATION, Field.DEPARTS, Field.ARRIVES)


@dataclass(slots=True)
class LegRow:
    """A leg as a row describes it."""

    organization: str
    country: str | None
    origin: str
    destination: str
    departs: datetime | None
    arrives: datetime | None
    direction: Direction | None
    mode: Mode | None
    status: LegStatus | None
    carrier: str | None
    number: str | None
    booking_reference: str | None


class LegsKind(RowKind[LegRow]):
    """Legs of the journeys that whole delegations make."""

    fields = (
        Field.ORGANIZATION, Field.DEPARTURE_COUNTRY, Field.DIRECTION, Field.ORIGIN, Field.DEPARTS, Field.DESTINATION,
        Field.ARRIVES, Field.MODE, Field.CARRIER, Field.NUMBER, Field.STATUS, Field.BOOKING,
    )  # fmt: skip
    named_by = (Field.ORGANIZATION, Field.ORIGIN, Field.DESTINATION)
    keys = (MatchKey.COURSE, MatchKey.SERVICE)
    of_congress = True

    def check_mapping(self, mapped: frozenset[str]) -> None:
        """Require the delegation, the places and the times."""
        for field in _NEEDED:
            self.require(mapped, (field,), N_("Choose the columns with the organization, both places and both times."))

    def writer(self, work: Import, organizations: Organizations) -> "LegWriter":
        """Return what writes the rows."""
        return LegWriter(work, organizations)


class LegWriter(RowWriter[LegRow]):
    """Writes legs of recorded delegations. Places are never guessed."""

    def read(self, cells: Cells) -> LegRow:
        """Return the leg in a row."""
        for field in _NEEDED:
            if not cells.texts(field):
                cells.reasons.append(reason(Code.MISSING, field))
        return LegRow(
            organization=cells.line(Field.ORGANIZATION), country=cells.country(Field.DEPARTURE_COUNTRY),
            origin=cells.line(Field.ORIGIN), destination=cells.line(Field.DESTINATION),
            departs=cells.meant(Field.DEPARTS, moment, Code.BAD_DATE),
            arrives=cells.meant(Field.ARRIVES, moment, Code.BAD_DATE),
            direction=cells.meant(Field.DIRECTION, direction_of, Code.UNKNOWN_WORD),
            mode=cells.meant(Field.MODE, mode_of, Code.UNKNOWN_WORD),
            status=cells.meant(Field.STATUS, leg_status_of, Code.UNKNOWN_WORD),
            carrier=cells.line(Field.CARRIER, 80) or None, number=cells.line(Field.NUMBER, 80) or None,
            booking_reference=cells.line(Field.BOOKING, 80) or None,
        )  # fmt: skip

    def write(self, row: LegRow) -> Written:
        """Add a leg to the shared journey of a delegation, or change a recorded one."""
        organization = self.meant(row.organization, Field.ORGANIZATION, row.country)
        delegation = only(delegations_of(self.work, organization, row.country), organization)
        if delegation is None:
            raise RefusedError(reason(Code.NO_DELEGATION, "", organization.name[:80]))
        origin = place_meant(row.origin, Field.ORIGIN, delegation.country)
        destination = place_meant(row.destination, Field.DESTINATION, delegation.country)
        values = self._values(row, origin, destination)
        known = self._known(delegation, values)
        if known is None:
            return Written(delegation, part=legs.add_leg(delegation, values), is_new=True)
        changed = self._changed(known, row, values)
        if changed:
            legs.update_leg(known, delegation, _of(known) | changed)  # type: ignore[arg-type]
        return Written(delegation, part=known, notes=[["changes", name] for name in changed])

    def _values(self, row: LegRow, origin: Place, destination: Place) -> LegValues:
        if row.departs is None or row.arrives is None:
            raise RefusedError(reason(Code.MISSING, Field.DEPARTS))
        legs.times(origin, destination, row.departs, row.arrives)  # also of legs that the policy leaves as they are
        return LegValues(
            direction=row.direction or self._direction(row.departs), journey=None,
            mode=row.mode or _mode(origin, destination), carrier=row.carrier, number=row.number, origin=origin,
            destination=destination, crossing=None, departs=row.departs, arrives=row.arrives,
            status=row.status or LegStatus.PLANNED, booking_reference=row.booking_reference, seats=None, cost=None,
            currency=None,
        )  # fmt: skip

    def _direction(self, departs: datetime) -> Direction:
        """Return the direction of a leg whose row names none: outbound until the congress ends."""
        congress = db.session.get_one(Congress, self.work.congress_id)
        return Direction.OUT if departs.date() < congress.end_date else Direction.BACK

    def _known(self, delegation: Delegation, values: LegValues) -> Leg | None:
        journey = journeys.shared(delegation, values["direction"])
        if journey is None:
            return None
        listed = db.session.scalars(select(Leg).where(Leg.journey_id == journey.id).order_by(Leg.id)).all()
        day = values["departs"].date()
        there = [one for one in listed if to_local(one.departs_at, one.origin.timezone).date() == day]
        if self.work.key is MatchKey.SERVICE and values["number"]:
            same = plain(values["number"])
            return next((one for one in there if one.number and plain(one.number) == same), None)
        ends = (values["origin"], values["destination"])
        return next((one for one in there if (one.origin, one.destination) == ends), None)

    def _changed(self, known: Leg, row: LegRow, values: LegValues) -> dict[str, Any]:
        """Return what the policy allows to change."""
        policy, before = self.policy_for(known), _of(known)
        given: dict[str, Any] = {name: getattr(row, name) for name in ("carrier", "number", "booking_reference")}
        if policy is Policy.OVERWRITE:
            given |= {"mode": row.mode, "status": row.status, "departs": row.departs, "arrives": row.arrives}
            given |= {"origin": values["origin"], "destination": values["destination"]}
        return {
            name: value
            for name, value in given.items()
            if value and value != before[name] and policy is not Policy.LEAVE
            and (policy is Policy.OVERWRITE or not before[name])
        }  # fmt: skip


def _of(leg: Leg) -> dict[str, Any]:
    """Return what is recorded about a leg."""
    names = (
        "mode", "carrier", "number", "origin", "destination", "crossing", "status", "booking_reference", "seats", "cost",
        "currency",
    )  # fmt: skip
    return {name: getattr(leg, name) for name in names} | {
        "direction": leg.journey.direction, "journey": leg.journey,
        "departs": to_typed(leg.departs_at, leg.origin.timezone),
        "arrives": legs.given_arrival(leg),
    }  # fmt: skip


def _mode(origin: Place, destination: Place) -> Mode:
    """Return the mode of a leg whose row names none: by air if both ends are airports, else by road."""
    return Mode.AIR if origin.code and destination.code else Mode.ROAD
