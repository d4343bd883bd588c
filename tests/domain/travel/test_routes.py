"""Files of nonstop routes in different formats."""

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.travel import routes
from app.domain_errors import DomainError
from app.extensions import db
from app.models.travel.places import Carrier, Service

DAY = date(2026, 8, 19)
PAIRS = "origin_iata,destination_iata,airline_icao,callsigns,callsigns_new_or_changed_since_2024_08\nCCS,BOG,XYZ,30,4\n"
NAMES = "airline_icao,airline_iata,name\nXYZ,XY,Aerolíneas Ñandú\n"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_is_read_with_any_charset_and_separator(make, tmp_path, charset, separator):
    make.place("CCS"), make.place("BOG")
    for name, text in (("routes.csv", PAIRS), ("airlines.csv", NAMES)):
        (tmp_path / name).write_bytes(text.replace(",", separator).encode(charset))
    counts = routes.read_routes(tmp_path / "routes.csv", tmp_path / "airlines.csv", DAY)
    assert counts["kept"] == 1
    assert db.session.scalars(select(Service.frequency)).one() == 30
    assert db.session.scalars(select(Carrier.name).where(Carrier.icao == "XYZ")).one() == "Aerolíneas Ñandú"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a;b\n1;2", "lacks these columns"), ("", "could not be read as a table"), (PAIRS.replace("30", "many"), "has no number"),
        (PAIRS + "LIM", "has no number"), ('"' + "x" * 2_000_000, "could not be read as a table"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_a_table_of_pairs_is_rejected_with_a_message(tmp_path, text, message):
    (tmp_path / "routes.csv").write_text(text)
    with pytest.raises(DomainError, match=message):
        routes.read_routes(tmp_path / "routes.csv", None, DAY)
