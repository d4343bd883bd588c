"""Pages of journeys, the network, and route problems."""

from app.views.travel import check_ins, crossings, entities, help_calls, maps, problems, services, travel, ways

BLUEPRINTS = (
    check_ins.bp,
    crossings.bp,
    entities.bp,
    help_calls.bp,
    maps.bp,
    problems.bp,
    services.bp,
    travel.bp,
    ways.bp,
)
