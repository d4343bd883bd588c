"""Journeys whose legs do not hold together."""

from app.models.congress.delegations import DelegationStatus
from app.models.travel.journeys import LegStatus
from app.queries.travel import chains
from app.queries.travel.chains import Flaw


def flaws(congress):
    found = chains.of_congress(congress.id)
    return {number: [(gap.flaw, gap.leg.origin.name) for gap in gaps] for number, gaps in found.items()}


def test_a_booked_leg_after_a_canceled_one_a_jump_and_an_overlap_are_gaps(make):
    congress = make.congress()
    lost, jumps, overlaps, whole, unable = (make.delegation(congress) for _ in range(5))
    unable.status = DelegationStatus.UNABLE_TO_ATTEND
    for one in (lost, unable):
        make.leg(one, "MEX", "BOG", "2025-12-09 10:00", "2025-12-09 15:00", status=LegStatus.CANCELLED)
        make.leg(one)
    make.leg(jumps, "MEX", "MAD", "2025-12-08 10:00", "2025-12-09 15:00")
    make.leg(jumps)
    make.leg(overlaps, "MEX", "BOG", "2025-12-10 05:00", "2025-12-10 10:30")
    make.leg(overlaps)
    make.leg(whole, "MEX", "BOG", "2025-12-09 10:00", "2025-12-09 15:00")
    make.leg(whole)
    assert flaws(congress) == {
        lost.id: [(Flaw.LOST_BEFORE, "Bogotá")],
        jumps.id: [(Flaw.APART, "Bogotá")],
        overlaps.id: [(Flaw.OVERLAP, "Bogotá")],
    }


def test_a_leg_that_was_replaced_by_another_way_is_no_gap(make):
    congress = make.congress()
    delegation = make.delegation(congress)
    make.leg(delegation, "MEX", "BOG", "2025-12-09 10:00", "2025-12-09 15:00", status=LegStatus.REPLACED)
    make.leg(delegation, "MEX", "CUC", "2025-12-09 11:00", "2025-12-09 16:00")
    make.leg(delegation, "Cúcuta", "San Antonio", "2025-12-10 08:00", "2025-12-10 10:00", carrier=None)
    assert not flaws(congress)
