"""Imports of legs: exact places, local times, changes and undoing."""

import pytest
from sqlalchemy import select

from app.domain.imports.words import CAPACITIES, CLASSIFICATIONS, DIRECTIONS, LEG_STATUSES, MODES, meaning
from app.extensions import db
from app.models.imports.imports import ImportKind, ImportRow, ImportStatus, MatchKey, Policy
from app.models.travel.journeys import Direction, Journey, Leg
from app.text import plain
from app.times import to_local
from app.wording.labels import label
from tests.domain.imports.bringing import count, undo, verdicts, write

HEADER = "Organización;Sentido;Desde;Sale;Hasta;Llega;Medio;Aerolínea;Vuelo;Estado"
MESSY = f"""{HEADER}
Puertos;ida;BOG;2025-12-10 10:00;CCS;10/12/2025 13:00;avión;Avianca;AV 1;reservado
Puertos;;CCS;2025-12-15 10:00;BOG;2025-12-15 11:00;;;;
Puertos;;Bogo;2025-12-10 10:00;CCS;2025-12-10 13:00;;;;
Puertos;;BOG;2025-12-10;CCS;2025-12-10 13:00;;;;
Puertos;;BOG;2025-12-10 10:00;CCS;2025-12-10 09:00;;;;
Puertos;;BOG;2025-12-10 10:00;CCS;2025-12-10 13:00;cohete;;;
Minas;;BOG;2025-12-10 10:00;CCS;2025-12-10 13:00;;;;
Puertos;;;2025-12-10 10:00;CCS;2025-12-10 13:00;;;;"""


@pytest.fixture
def delegation(make):
    make.place("BOG"), make.place("CCS")
    make.organization("Minas", country="CO")
    return make.delegation(make.congress(), "CO", organization=make.organization("Puertos", country="CO"))


def legs():
    db.session.expire_all()
    return [
        (one.journey.direction, one.origin.code, str(to_local(one.departs_at, one.origin.timezone)), one.mode.value,
         one.number, one.status.value)
        for one in db.session.scalars(select(Leg).order_by(Leg.departs_at))
    ]  # fmt: skip


def test_a_messy_file_of_legs_is_judged_written_and_undone(make, bring, delegation):
    work = bring(MESSY, kind=ImportKind.LEGS, congress=delegation.congress)
    assert verdicts(work) == [
        ("created",), ("created",), ("refused", "unknown_place"), ("refused", "bad_date"), ("refused", "rule"),
        ("refused", "unknown_word"), ("refused", "no_delegation"), ("refused", "missing"),
    ]  # fmt: skip
    refused = db.session.scalars(select(ImportRow).where(ImportRow.number == 4)).one()
    assert "Bogotá" in refused.reasons[0][3]
    write(work, bring.user)
    assert legs() == [
        (Direction.OUT, "BOG", "2025-12-10 10:00:00", "air", "AV 1", "booked"),
        (Direction.BACK, "CCS", "2025-12-15 10:00:00", "air", None, "planned"),
    ]
    undo(work, bring.user)
    assert (work.status, count(Leg), count(Journey)) == (ImportStatus.UNDONE, 0, 0)


@pytest.mark.parametrize(
    ("key", "policy", "verdict", "number", "hour"),
    [
        (MatchKey.COURSE, Policy.FILL, "updated", "AV 2", "10:00"),
        (MatchKey.COURSE, Policy.OVERWRITE, "updated", "AV 2", "11:30"),
        (MatchKey.COURSE, Policy.LEAVE, "unchanged", None, "10:00"),
        (MatchKey.SERVICE, Policy.FILL, "created", None, "10:00"),
    ],
)
def test_what_happens_to_recorded_legs_is_chosen_and_undone(
    make, bring, delegation, key, policy, verdict, number, hour
):
    make.leg(delegation)
    before = legs()
    table = f"{HEADER}\nPuertos;ida;BOG;2025-12-10 11:30;CCS;2025-12-10 14:00;;;AV 2;"
    work = bring(table, kind=ImportKind.LEGS, congress=delegation.congress, key=key, policy=policy)
    assert verdicts(work)[0][0] == verdict
    if verdict == "unchanged":
        return
    write(work, bring.user)
    assert (legs()[0][4], hour in legs()[0][2]) == (number, True)
    undo(work, bring.user)
    assert legs() == before


@pytest.mark.parametrize("words", [CAPACITIES, CLASSIFICATIONS, DIRECTIONS, LEG_STATUSES, MODES])
def test_each_choice_is_understood_by_its_label(make, words):
    understood = meaning(words)
    assert [one for one in words if understood.get(plain(label(one))) is not one] == []
