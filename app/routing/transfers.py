"""Transfers: the short roads between a town and its airport, port or station, which closed roads leave open."""

from typing import Any

from app.routing.estimates import TRANSFER_KM

TOWNS = ("city", "crossing")
"""Kinds of places where people live; at the others, one only boards and alights."""


def are_transfers(km: Any, in_one_country: Any, from_town: Any, to_town: Any) -> Any:
    """Return whether roads are transfers; the arguments are arrays about many roads, or values about one.

    The length is in kilometers. The last argument, and the one before it, say whether an end is a place where people live.
    """
    return (km <= TRANSFER_KM) & in_one_country & (from_town != to_town)
