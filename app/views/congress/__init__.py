"""Pages of congresses and delegations."""

from app.text import N_
from app.views.congress import (
    absences,
    congresses,
    delegate_lists,
    delegation_lists,
    delegations,
    downloads,
    personal,
    personal_cards,
    resolutions,
)
from app.web.navigation import Place, Section

BLUEPRINTS = (
    absences.bp,
    congresses.bp,
    delegation_lists.bp,
    delegations.bp,
    downloads.bp,
    personal.bp,
    personal_cards.bp,
    delegate_lists.bp,
    resolutions.bp,
)
SECTIONS = (
    Section(Place.CONGRESSES, "congresses.index", N_("Congresses"), 10, holds=("congresses",)),
    Section(Place.CONGRESSES, "congresses.board", N_("Overview"), 10, holds=("congresses",)),
    Section(
        Place.CONGRESSES,
        "delegations.index",
        N_("Delegations"),
        20,
        holds=(
            "delegations",
            "delegation_lists",
            "delegate_lists",
            "leg_batches",
            "congress_downloads.delegations",
            "congress_downloads.journeys",
            "return_journeys",
            "legs",
            "parties",
            "ways",
            "cards",
            "check_ins.links",
            "check_ins.send_links",
            "check_ins.renew",
        ),
    ),
    Section(Place.CONGRESSES, "resolutions.index", N_("Resolutions"), 65, holds=("resolutions",)),
    Section(Place.CONGRESSES, "absences.show", N_("Unable to attend"), 80, holds=("absences",)),
)
REMOVED = (delegations.removed, resolutions.removed)
