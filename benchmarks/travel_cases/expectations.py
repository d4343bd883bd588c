"""Whether the ways found for a situation are those that an informed traveler expects; see benchmarks/situations/README.md."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.queries.travel.splits import Part
from app.queries.travel.ways import AlternativeRoute, Segment
from app.routing.estimates import START
from app.text import plain

TRANSFER_KM = 60.0
"""A road of at most this length between a town and its airport, port or station counts for no mode."""
NEARLY = 1 / 3
"""How far hours may be off for a way to be partly right."""
_LAND = ("rail", "road", "river", "foot")
_MODES = {"land": "|".join(_LAND), "any": "[a-z]+"}


class Verdict(StrEnum):
    """How the answer to a situation is."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Score:
    """A verdict, and why."""

    verdict: Verdict
    reason: str = ""


def of_party(expects: dict[str, Any], ways: Sequence[AlternativeRoute], parts: Sequence[Part]) -> Score:
    """Return how well the ways for a party fit, and those for its parts where it has to be split."""
    if "split" not in expects:
        return score(expects, ways)
    if not parts:
        return Score(Verdict.WRONG, "one way for all") if ways else Score(Verdict.MISSING, "no way, and no split")
    found = [_of_part(code, expects | own, parts) for code, own in expects["split"].items()]
    return max(found, key=lambda one: list(Verdict).index(one.verdict))


def _of_part(nationality: str, expects: dict[str, Any], parts: Sequence[Part]) -> Score:
    members = (part for part in parts if nationality in {one.person.nationality for one in part.delegates})
    part = next(members, None)
    return score(expects, part.ways if part else ())


def score(expects: dict[str, Any], ways: Sequence[AlternativeRoute]) -> Score:
    """Return how well the ways, best first, fit an expectation about the whole party."""
    if expects.get("none"):
        return Score(Verdict.MISSING, "a way though none exists") if ways else Score(Verdict.RIGHT)
    if not ways:
        return Score(Verdict.MISSING, "no way")
    forbidden = _forbidden(expects, ways[0])
    return Score(Verdict.WRONG, f"the first way has {forbidden}") if forbidden else _by_pattern(expects, ways)


def _by_pattern(expects: dict[str, Any], ways: Sequence[AlternativeRoute]) -> Score:
    first, later = ways[0], ways[1:]
    if _fits(expects.get("first", ()), first):
        if _in_time(expects, first):
            barred = next((found for way in later if (found := _forbidden(expects, way))), "")
            return Score(Verdict.PARTLY, f"a later way has {barred}") if barred else Score(Verdict.RIGHT)
        if _in_time(expects, first, NEARLY):
            return Score(Verdict.PARTLY, f"{first.hours:.1f} h")
    elif _fits(expects.get("others", ()), first):
        return Score(Verdict.PARTLY, "the first way is only a second choice")
    for way in later:
        if _fits(expects.get("first", ()), way) and _in_time(expects, way) and not _forbidden(expects, way):
            return Score(Verdict.PARTLY, "the way expected is a later one")
    return Score(Verdict.WRONG, f"{path_of(first)}, {first.hours:.1f} h")


def _in_time(expects: dict[str, Any], way: AlternativeRoute, off: float = 0.0) -> bool:
    """Return whether a way takes as long as expected; getting ready may add to the most, and is part of any waiting."""
    least, most = expects.get("hours", (0.0, float("inf")))
    return bool(least * (1 - off) <= way.hours <= most * (1 + off) + START / 60)


def path_of(way: AlternativeRoute) -> str:
    """Return the countries of a way and the modes between them."""
    words = [way.segments[0].origin.country]
    for one in way.segments:
        if one.destination.country != words[-1]:
            words += [one.mode.value, one.destination.country]
    return " ".join(words)


def described(way: AlternativeRoute) -> str:
    """Return a way in one line: its places and modes, and its hours."""
    words = [_called(way.segments[0].origin)]
    for one in way.segments:
        words += [f"–{one.mode.value}→", _called(one.destination)]
    return f"{way.hours:.1f} h: {' '.join(words)}"


def _called(place: Any) -> str:
    return f"{place.code or place.name} {place.country}"


def _fits(patterns: Sequence[Any], way: AlternativeRoute) -> bool:
    return any(_fits_one({"path": one} if isinstance(one, str) else one, way) for one in patterns)


def _fits_one(pattern: dict[str, Any], way: AlternativeRoute) -> bool:
    if not re.fullmatch(regular(pattern["path"]), path_of(way)):
        return False
    modes = _main_modes(way)
    flights = sum(one.mode.value == "air" for one in way.segments)
    return (
        all(modes & _modes_of(wanted) for wanted in pattern.get("uses", ()))
        and not any(modes & _modes_of(barred) for barred in pattern.get("without", ()))
        and all(_passes(way, name) for name in pattern.get("via", ()))
        and flights <= pattern.get("flights", flights)
    )


def regular(path: str) -> str:
    """Return a pattern of countries and modes as a regular expression over `path_of`."""
    words = path.split(" ")
    written = [_country(words[0])]
    for mode, country in zip(words[1::2], words[2::2], strict=True):
        bare = "|".join(_MODES.get(one, one) for one in mode.rstrip("+").split("|"))
        hop = f" (?:{bare}) "
        written.append((f"(?:{hop}[A-Z]{{2}})*" if mode.endswith("+") else "") + hop + _country(country))
    return "".join(written)


def _country(word: str) -> str:
    return "[A-Z]{2}" if word == "*" else f"(?:{word})"


def _modes_of(word: str) -> set[str]:
    return {mode for one in word.split("|") for mode in (_LAND if one == "land" else (one,))}


def _main_modes(way: AlternativeRoute) -> set[str]:
    return {one.mode.value for one in way.segments if one.mode.value != "road" or one.km > TRANSFER_KM}


def _passes(way: AlternativeRoute, names: str) -> bool:
    """Return whether a place or crossing of the way is called so, or has this code."""
    wanted = names.split("|")
    return any(_is_called(one, name) for one in _named(way) for name in wanted)


def _named(way: AlternativeRoute) -> Iterator[tuple[str, str]]:
    """Yield the code and the folded name of all places and crossings of a way."""
    for one in way.segments:
        for place in (one.origin, one.destination):
            yield place.code or "", plain(place.name)
        if one.crossing:
            yield "", plain(one.crossing.name)


def _is_called(one: tuple[str, str], name: str) -> bool:
    code, called = one
    return code == name if re.fullmatch("[A-Z]{3}", name) else plain(name) in called


def _forbidden(expects: dict[str, Any], way: AlternativeRoute) -> str:
    """Return what a way has that it must not have, or an empty text."""
    never = expects.get("never", {})
    touched = {place.country for one in way.segments for place in (one.origin, one.destination)}
    used = {one.mode.value for one in way.segments}
    found = [code for code in never.get("countries", ()) if code in touched]
    found += [mode for mode in never.get("modes", ()) if mode in used]
    found += [name for name in never.get("places", ()) if _passes(way, name)]
    found += [edge for edge in never.get("edges", ()) if any(_is_edge(one, edge) for one in way.segments)]
    return ", ".join(found)


def _is_edge(segment: Segment, edge: str) -> bool:
    """Return whether a segment is such an edge in either direction; over land, only between two countries."""
    one, mode, other = edge.split(" ")
    ends = (segment.origin.country, segment.destination.country)
    if segment.mode.value in _LAND and ends[0] == ends[1]:
        return False
    if mode != "any" and segment.mode.value not in _modes_of(mode):
        return False
    pairs = (ends, ends[::-1])
    return any(re.fullmatch(_country(one), pair[0]) and re.fullmatch(_country(other), pair[1]) for pair in pairs)
