"""Pages of journeys, the network, and route problems."""

from app.text import N_
from app.views.travel import (
    border_facts,
    calling_off,
    cards,
    check_ins,
    crossings,
    entities,
    help_calls,
    leg_batches,
    legs,
    maps,
    notices,
    parties,
    places,
    problems,
    return_journeys,
    ruled_out_roads,
    services,
    ways,
)
from app.web.navigation import Place, Section

BLUEPRINTS = (
    border_facts.bp,
    calling_off.bp,
    cards.bp,
    check_ins.bp,
    crossings.bp,
    entities.bp,
    help_calls.bp,
    leg_batches.bp,
    legs.bp,
    maps.bp,
    notices.bp,
    parties.bp,
    places.bp,
    problems.bp,
    return_journeys.bp,
    ruled_out_roads.bp,
    services.bp,
    ways.bp,
)
SECTIONS = (
    Section(Place.CONGRESSES, "crossings.index", N_("Border crossings"), 20, holds=("crossings",)),
    Section(Place.CONGRESSES, "border_facts.index", N_("Border information"), 22, holds=("border_facts",)),
    Section(Place.CONGRESSES, "ruled_out_roads.index", N_("Ruled-out roads"), 23, holds=("ruled_out_roads",)),
    Section(Place.CONGRESSES, "places.index", N_("Places"), 25, holds=("places",)),
    Section(Place.CONGRESSES, "services.index", N_("Services"), 30, holds=("services",)),
    Section(
        Place.CONGRESSES,
        "problems.index",
        N_("Route problems"),
        40,
        holds=("problems", "calling_off", "entities", "notices", "check_ins", "ways.index"),
    ),
    Section(Place.CONGRESSES, "maps.show", N_("Map"), 60, holds=("maps",)),
    Section(Place.CONGRESSES, "help_calls.index", N_("Help requests"), 70, holds=("help_calls",)),
)
REMOVED = (places.removed, border_facts.removed)
