"""Loading a file of nonstop pairs into the network: only passenger carriers, weighted by number and recency."""

import gzip
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from app import gazetteer
from app.dialects.many_rows import insert_missing
from app.domain.travel.places import network_changed
from app.domain_errors import DomainError
from app.extensions import db
from app.models.travel.places import Carrier, CarrierKind, Mode, Place, PlaceKind, Service, ServiceSource
from app.tables import Unreadable, open_table
from app.text import N_, plain

_CARGO = re.compile(
    r"\b(cargo|carga|freight\w*|courier|log[ií]stic\w*|postal|aerocargo|cargoair|cargolux|cargojet)\b", re.IGNORECASE
)
_SURELY = 20
"""An airline with this many callsigns, none of them new or changed recently, has stopped flying."""
_COLUMNS = (
    "origin_iata", "destination_iata", "airline_icao", "callsigns", "callsigns_new_or_changed_since_2024_08",
)  # fmt: skip
_BATCH = 2000


def read_routes(routes: Path, airlines: Path | None, confirmed: date) -> dict[str, int]:
    """Replace the services loaded from a file by those in `routes`, a CSV of pairs by airline, gzipped or not, in any encoding.

    `airlines` names the airlines: airline_icao, airline_iata, name. Returns counts of what was read and stored. Raises
    DomainError if the file is not a table, a column is missing or no pair could be used.
    """
    rows = list(_rows(routes))
    kinds = _kinds(rows, _names(airlines))
    carriers = _carriers({row["airline_icao"] for row in rows}, kinds, _names(airlines))
    coded = select(Place.code, Place.id).where(Place.kind == PlaceKind.AIRPORT, Place.code.is_not(None))
    places = {code: number for code, number in db.session.execute(coded) if code}
    services: dict[tuple[int, int, int], dict[str, Any]] = {}
    dropped: Counter[str] = Counter()
    for row in rows:
        kind = kinds[row["airline_icao"]]
        ends = places.get(row["origin_iata"]), places.get(row["destination_iata"])
        if kind is not CarrierKind.PASSENGER:
            dropped[kind.value] += 1
        elif ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            dropped["unknown airport"] += 1
        else:
            key = (ends[0], ends[1], carriers[row["airline_icao"]])
            services[key] = _service(*key, int(row["callsigns"]), int(row[_COLUMNS[4]]), confirmed)
    if not services:
        raise DomainError(None, N_("No pair of known airports was found in this file."))
    table = Service.__table__
    db.session.execute(delete(table).where(table.c.source == ServiceSource.FILE))  # type: ignore[arg-type]
    values = list(services.values())
    for start in range(0, len(values), _BATCH):
        insert_missing(db.session, table, values[start : start + _BATCH])  # type: ignore[arg-type]
    network_changed()
    return {
        "rows": len(rows),
        "kept": len(values),
        **{f"dropped: {name}": count for name, count in sorted(dropped.items())},
    }


def _service(
    origin: int, destination: int, carrier: int, callsigns: int, fresh: int, confirmed: date
) -> dict[str, Any]:
    return {
        "origin_id": origin, "destination_id": destination, "mode": Mode.AIR, "carrier_id": carrier,
        "frequency": callsigns, "fresh": fresh, "last_confirmed": confirmed if fresh else None,
        "source": ServiceSource.FILE, "banned": False,
    }  # fmt: skip


def _rows(path: Path) -> Iterator[dict[str, str]]:
    columns, rows = _table(path)
    missing = [name for name in _COLUMNS if name not in columns]
    if missing:
        raise DomainError(None, N_("The file lacks these columns: %(columns)s."), columns=", ".join(missing))
    for number, row in rows:
        if not row["callsigns"].isdecimal() or not row[_COLUMNS[4]].isdecimal():
            raise DomainError(None, N_("Line %(number)s of the file has no number of callsigns."), number=number)
        yield row


def _names(path: Path | None) -> dict[str, dict[str, str]]:
    if path is None:
        return {}
    return {row["airline_icao"]: row for _, row in _table(path)[1] if "airline_icao" in row}


def _table(path: Path) -> tuple[tuple[str, ...], list[tuple[int, dict[str, str]]]]:
    """Return the columns of a file, and its rows with their numbers."""
    data = path.read_bytes()
    try:
        with open_table(io.BytesIO(gzip.decompress(data) if path.suffix == ".gz" else data)) as table:
            names = table.sheets[0].header().names
            rows = [
                (row.number, {name: cell.text for name, cell in zip(names, row.cells, strict=False)})
                for row in table.sheets[0].records()
            ]
    except (Unreadable, OSError):
        raise DomainError(None, N_("This file could not be read as a table.")) from None
    return names, rows


def _kinds(rows: list[dict[str, str]], names: dict[str, dict[str, str]]) -> dict[str, CarrierKind]:
    """Return whether each airline carries passengers, from known data, its name, or its callsigns."""
    total: Counter[str] = Counter()
    fresh: Counter[str] = Counter()
    for row in rows:
        total[row["airline_icao"]] += int(row["callsigns"])
        fresh[row["airline_icao"]] += int(row[_COLUMNS[4]])
    known: dict[str, CarrierKind] = defaultdict(lambda: CarrierKind.PASSENGER)
    for kind, codes in gazetteer.read("not_for_passengers").items():
        known.update(dict.fromkeys(codes, CarrierKind(kind)))
    recorded = select(Carrier.icao, Carrier.kind).where(Carrier.icao.is_not(None))
    known.update(
        {icao: kind for icao, kind in db.session.execute(recorded) if kind is not CarrierKind.PASSENGER and icao}
    )
    kinds = {}
    for icao in total:
        kind = known[icao]
        if kind is CarrierKind.PASSENGER and _CARGO.search(names.get(icao, {}).get("name", "")):
            kind = CarrierKind.CARGO
        if kind is CarrierKind.PASSENGER and not fresh[icao] and total[icao] >= _SURELY:
            kind = CarrierKind.CEASED
        kinds[icao] = kind
    return kinds


def _carriers(codes: set[str], kinds: dict[str, CarrierKind], names: dict[str, dict[str, str]]) -> dict[str, int]:
    """Return the id of each airline; unknown ones are recorded."""
    listed = select(Carrier.icao, Carrier.id).where(Carrier.icao.is_not(None))
    known = set(db.session.scalars(select(Carrier.icao)))
    new = []
    for icao in sorted(codes - known):
        name = names.get(icao, {}).get("name") or icao
        iata = names.get(icao, {}).get("airline_iata") or None
        new.append({
            "name": name[:200], "key": plain(name)[:200], "iata": iata, "icao": icao, "country": None, "alliance": None,
            "kind": kinds[icao],
        })  # fmt: skip
    for start in range(0, len(new), _BATCH):
        insert_missing(db.session, Carrier.__table__, new[start : start + _BATCH])  # type: ignore[arg-type]
    return {icao: number for icao, number in db.session.execute(listed) if icao}
