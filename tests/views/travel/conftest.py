"""Fixtures for journeys."""

import pytest


@pytest.fixture
def delegation(house):
    """A delegation that travels from Bogotá via Cúcuta to Caracas, with a night in between."""
    with house.open() as make:
        delegation = make.delegation(make.congress(), "CO")
        make.leg(
            delegation, "BOG", "CUC", "2025-12-09 10:00", "2025-12-09 11:30", number="AV 1", booking_reference="X1"
        )
        make.leg(delegation, "CUC", "CCS", "2025-12-10 08:00", "2025-12-10 11:00", carrier="Conviasa", seats=2)
    return delegation
