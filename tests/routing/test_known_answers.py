"""Real-world routes that an expert would find. The route data are not part of the project."""

import itertools
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models.travel.places import Carrier, Crossing, Place
from app.queries.travel import network
from app.queries.travel.borders import open_pairs
from app.routing.closures import OVER_LAND, Closure, Period
from app.routing.network import WAYS, Evidence, Way
from app.routing.search import find
from app.routing.wishes import Wish

NOW = datetime(2025, 12, 4, 12, tzinfo=UTC)
ALWAYS = (Period(NOW - timedelta(days=1)),)
US = frozenset({"US"})


@pytest.fixture(scope="module")
def planet(observed_world):
    """What is asked in the world with all crossings verified, and the shared routes."""
    return Planet()


class Planet:
    """Searches for routes by airport codes and describes them in words."""

    def __init__(self):
        listed = db.session.execute(select(Place.id, Place.code, Place.name))
        self.words = {place_id: code or name for place_id, code, name in listed}
        self.ids = {code: place_id for place_id, code in self.words.items()}
        self.crossings = dict(db.session.execute(select(Crossing.id, Crossing.name)).all())

    def ways(self, origin, locality, country, *closures, **kept_clear_of):
        """Return the routes from an airport to a town, after checking each for plausibility."""
        congress = SimpleNamespace(id=0, locality=locality, country=country)
        net, goal = network.of_congress(congress, [self.ids[origin]])
        wish = Wish(self.ids[origin], NOW, **kept_clear_of)
        found = [DescribedRoute(self, net, way) for way in find(net, goal.id, [wish], list(closures))[0]]
        for way in found:
            way.is_sane(wish, closures)
        return found

    def carriers_of(self, country):
        return frozenset(db.session.scalars(select(Carrier.id).where(Carrier.country == country)))


class DescribedRoute:
    """A described route: its places, its crossings, its hours."""

    def __init__(self, planet, net, way):
        self.net, self.way = net, way
        self.edges = [step.edge for step in way.steps]
        self.nodes = [net.nodes[net.head[edge]] for edge in self.edges]
        self.places = [planet.words[node.place_id] for node in self.nodes]
        self.crossings = [planet.crossings[int(net.crossing[edge])] for edge in self.edges if net.crossing[edge] >= 0]
        self.hours = way.minutes / 60
        self.flown = {node.country for node, edge in zip(self.nodes, self.edges, strict=True) if net.way[edge] == 0}

    def is_sane(self, wish, closures):
        """Check what is true of every route: roads stay in one part of a country, and nothing closed is used."""
        net = self.net
        for edge in self.edges:
            one, other = net.nodes[net.tail[edge]], net.nodes[net.head[edge]]
            is_open = (one.country, other.country) in open_pairs()
            if net.evidence[edge] == Evidence.ESTIMATE and not is_open:
                assert (one.country, one.part) == (other.country, other.part)
            if one.country != other.country and WAYS[net.way[edge]] is not Way.AIR and not is_open:
                assert net.crossing[edge] >= 0 or net.evidence[edge] == Evidence.KNOWN_LINE
            for closure in closures:
                both = {one.country, other.country}
                if closure.kind == "country_airspace":
                    assert net.way[edge] != 0 or closure.country not in both
                if closure.kind == "border" and len(both) == 2 and WAYS[net.way[edge]] in OVER_LAND:
                    assert both != {closure.country, closure.other_country}
                    assert closure.other_country or closure.country not in both
        through = {node.country for node in self.nodes[:-1]} - {self.nodes[-1].country}
        assert not through & (wish.avoid_countries | wish.refused_by)
        assert self.hours < 120


def air(country):
    return Closure("country_airspace", ALWAYS, country=country)


def border(country, other=""):
    return Closure("border", ALWAYS, country=country, other_country=other)


SEA = Closure("mode", ALWAYS, way="sea")


def about(hours):
    return pytest.approx(hours, rel=0.1)


def test_mexico_to_caracas_goes_via_cucuta_and_equally_good_crossings(planet):
    ways = planet.ways("MEX", "Caracas", "VE", air("VE"), avoid_countries=US)
    assert ways[0].places == ["BOG", "CUC", "Cúcuta", "San Antonio del Táchira", "Caracas"]
    assert ways[0].crossings == ["Puente Internacional Simón Bolívar"]
    assert ways[0].hours == about(33)
    tied = {way.crossings[0] for way in ways if way.hours <= 1.1 * ways[0].hours}
    assert {"Puente Internacional José Antonio Páez", "Paraguachón"} <= tied


@pytest.mark.parametrize(("origin", "first", "hours"), [("MEX", "BOG", 54), ("EZE", "GRU", 48), ("HAV", "BOG", None)])
def test_with_the_colombian_border_closed_too_routes_go_via_manaus_and_boa_vista(planet, origin, first, hours):
    way = planet.ways(origin, "Caracas", "VE", air("VE"), border("CO", "VE"), avoid_countries=US)[0]
    assert way.places == [first, "MAO", "BVB", "Pacaraima", "Santa Elena de Uairén", "Caracas"]
    assert hours is None or way.hours == about(hours)


def test_with_the_sea_all_land_borders_and_the_airspace_closed_there_is_no_route(planet):
    for origin in ("MEX", "EZE", "HAV"):
        assert planet.ways(origin, "Caracas", "VE", air("VE"), border("VE"), SEA) == []


def test_routes_to_havana_avoid_the_united_states(planet):
    for origin in ("CCS", "MAD", "TGU", "ADD"):
        ways = planet.ways(origin, "La Habana", "CU", refused_by=US)
        assert ways
        assert ways[0].hours < 40


@pytest.mark.parametrize(
    ("locality", "country", "origin", "crossings", "least", "most"),
    [
        ("Beirut", "LB", "CDG", {"Masnaa–Jdeidet Yabous"}, 14, 30),
        ("La Paz", "BO", "LIM", {"Kasani"}, 13, 24),
        ("Tegucigalpa", "HN", "SAL", {"El Amatillo"}, 9, 18),
        ("Port-au-Prince", "HT", "MIA", {"Malpasse–Jimaní"}, 14, 26),
        ("Kathmandu", "NP", "DEL", {"Raxaul–Birgunj", "Sunauli–Belahiya"}, 12, 24),
        ("Tunis", "TN", "MJI", {"Ras Ajdir"}, 15, 28),
        ("Johannesburg", "ZA", "MPM", {"Lebombo–Ressano Garcia"}, 13, 24),
        ("Bissau", "GW", "DSS", {"Mpack–Jegue"}, 11, 24),
        ("Paramaribo", "SR", "GEO", {"Corentyne, Moleson Creek–South Drain"}, 11, 24),
        ("Bogotá", "CO", "UIO", {"Puente Internacional Rumichaca"}, 18, 36),
    ],
)
def test_with_the_airspace_closed_the_last_border_is_one_that_people_use(
    planet, locality, country, origin, crossings, least, most
):
    way = planet.ways(origin, locality, country, air(country))[0]
    assert way.crossings[-1] in crossings
    assert least <= way.hours <= most


def test_routes_to_kyiv_use_several_western_borders_and_never_fly_in(planet):
    ways = planet.ways("MAD", "Kyiv", "UA", air("UA"), border("UA", "RU"), border("UA", "BY"))
    assert len({entry(way) for way in ways}) >= 3
    assert all("UA" not in way.flown for way in ways)
    assert 18 <= ways[0].hours <= 40


def entry(way):
    """Return the last two places on either side of a border."""
    nodes = [(way.net.nodes[way.net.tail[edge]], way.net.nodes[way.net.head[edge]]) for edge in way.edges]
    return [(one.place_id, other.place_id) for one, other in nodes if one.country != other.country][-1]


@pytest.mark.parametrize(
    ("locality", "country", "origin", "mode", "least", "most"),
    [
        ("London", "GB", "CDG", Way.RAIL, 5, 14),
        ("Valletta", "MT", "CTA", Way.SEA, 7, 20),
        ("Algeciras", "ES", "TNG", Way.SEA, 5, 12),
        ("Tallinn", "EE", "HEL", Way.SEA, 5, 12),
    ],
)
def test_with_the_airspace_closed_a_ferry_or_a_train_leads_there(planet, locality, country, origin, mode, least, most):
    way = planet.ways(origin, locality, country, air(country))[0]
    assert mode in {WAYS[way.net.way[edge]] for edge in way.edges}
    assert least <= way.hours <= most


def test_closing_the_sea_closes_the_ferry_over_the_channel(planet):
    ways = planet.ways("CDG", "London", "GB", air("GB"), SEA)
    assert ways
    assert all(WAYS[way.net.way[edge]] is not Way.SEA for way in ways for edge in way.edges)


@pytest.mark.parametrize(("locality", "country", "origin"), [("Palikir", "FM", "GUM"), ("Antananarivo", "MG", "JNB")])
def test_no_road_leads_to_an_island(planet, locality, country, origin):
    assert planet.ways(origin, locality, country, air(country)) == []


def test_an_enclave_is_closed_with_its_only_border(planet):
    assert planet.ways("LHR", "Maseru", "LS")[0].crossings == ["Maseru Bridge"]
    assert planet.ways("LHR", "Maseru", "LS", air("LS"), border("ZA", "LS")) == []


def test_a_town_without_an_airport_is_reached_by_bridge(planet):
    ways = planet.ways("LHR", "Ramallah", "PS", border("IL", "PS"))
    assert ways[0].crossings == ["Allenby Bridge (King Hussein Bridge)"]


def test_routes_leave_a_country_with_a_closed_airspace_by_land(planet):
    way = planet.ways("DAM", "Caracas", "VE", air("SY"))[0]
    assert way.crossings[0] == "Masnaa–Jdeidet Yabous" or way.crossings[0] == "Jaber–Nasib"
    assert "SY" not in way.flown


def test_no_route_uses_the_avoided_carriers_of_a_country(planet):
    closed = Closure("carriers_of", ALWAYS, country="CO", carrier_ids=planet.carriers_of("CO"))
    ways = planet.ways("MEX", "Caracas", "VE", air("VE"), closed)
    for edge in (edge for way in ways for edge in way.edges):
        carriers = set(ways[0].net.carriers_of(edge))
        assert not carriers or carriers - closed.carrier_ids


def test_the_bridge_near_an_open_airport_is_proposed_too(planet):
    ways = planet.ways("SDQ", "Port-au-Prince", "HT")
    assert any("Malpasse–Jimaní" in way.crossings for way in ways)


def test_no_road_crosses_a_river_mouth_or_a_gulf(planet):
    ways = [
        *planet.ways("DSS", "Bissau", "GW", air("GW")), *planet.ways("SJO", "Ciudad de Panamá", "PA", air("PA")),
    ]  # fmt: skip
    for way in ways:
        over = set(itertools.pairwise(way.places))
        assert not over & {("Barra", "Brikama"), ("PJM", "GLF"), ("Barra", "BJL")}
