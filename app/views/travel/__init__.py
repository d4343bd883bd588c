"""Pages of journeys, the network, and route problems."""

from app.views.travel import calling_off, check_ins, crossings, entities, maps, problems, services, travel, ways

BLUEPRINTS = (
    calling_off.bp,
    check_ins.bp,
    crossings.bp,
    entities.bp,
    maps.bp,
    problems.bp,
    services.bp,
    travel.bp,
    ways.bp,
)
