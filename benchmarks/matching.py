"""How well duplicates are found: on the half of the labeled pairs that was not used to choose weights and thresholds."""

import time

from app.matching.blocking import keys
from app.matching.comparing import Decision, compare
from benchmarks import Case
from benchmarks.pairs import LANGUAGES, Pair, pairs

COUNT = 6000
_FOUND = (Decision.SURE, Decision.LIKELY)


def run(quick: bool) -> list[Case]:
    """Measure on 3,000 pairs; with `quick`, on 200: too few to say anything."""
    return cases(held_out(400 if quick else COUNT))


def tuned(count: int = COUNT) -> list[Pair]:
    """Return the half that weights and thresholds are chosen on."""
    return pairs(count)[: count // 2]


def held_out(count: int = COUNT) -> list[Pair]:
    """Return the half that is only measured."""
    return pairs(count)[count // 2 :]


def cases(measured: list[Pair]) -> list[Case]:
    """Return precision and recall of what blocking keeps, and the recall of blocking alone."""
    started = time.perf_counter()
    decided = [compare(pair.one, pair.other).decision for pair in measured]
    seconds = time.perf_counter() - started
    near = [bool(keys(pair.one) & keys(pair.other)) for pair in measured]
    found = [pair for pair, by, is_near in zip(measured, decided, near, strict=True) if is_near and by in _FOUND]
    sure = [pair for pair, by, is_near in zip(measured, decided, near, strict=True) if is_near and by is Decision.SURE]
    same = [is_near for pair, is_near in zip(measured, near, strict=True) if pair.same]
    homonyms = sum(pair.kind == "homonym" for pair in measured) / len(measured)
    return [
        _least(f"precision on {len(measured)} pairs, sure and likely", _precision(found), 0.98),
        _least("recall, sure and likely", sum(pair.same for pair in found) / len(same), 0.90),
        _least("precision of the sure ones", _precision(sure), 0.995),
        _least("duplicates that are sure", sum(pair.same for pair in sure) / len(same), 0.5),
        _least("blocking recall", sum(same) / len(same), 0.97),
        _least("homonyms among the pairs", homonyms, 0.2),
        *(
            _least(f"precision in {one}", _precision([p for p in found if p.language == one]), 0.94)
            for one in LANGUAGES
        ),
        Case("comparing one pair", seconds / len(measured) * 1e6, 200.0, "µs"),
    ]


def _least(name: str, value: float, target: float) -> Case:
    return Case(name, value, target, "share", at_least=True)


def _precision(found: list[Pair]) -> float:
    return sum(pair.same for pair in found) / max(len(found), 1)
