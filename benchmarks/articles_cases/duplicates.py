"""Near-duplicates: altered articles that are found, and different ones that are taken for one.

Texts are divided into halves by their SHA-256, and kinds of edits by the SHA-256 of their names.
"""

import hashlib
from collections.abc import Callable, Sequence

from app.reading.duplicates import fingerprint, same
from benchmarks import Case
from benchmarks.altering import ALTERATIONS, EDITS, invented
from benchmarks.articles_cases.common import Found
from benchmarks.bodies import HALVES
from benchmarks.layouts import is_held_out
from benchmarks.layouts.stories import story


def cases(count: int, real: Sequence[str]) -> list[Case]:
    """Alter `count` articles in every way, and compare all of them with each other; then edit those of both halves and real ones."""
    articles = [invented(seed) for seed in range(count)]
    prints = [fingerprint(article) for article in articles]
    pairs = [(alter, seed) for alter in ALTERATIONS.values() for seed in range(count)]
    found = Found(
        sum(same(prints[seed], fingerprint(alter(articles[seed], seed))) for alter, seed in pairs), len(pairs)
    )
    return [
        Case(f"near-duplicates found, of {found.asked} altered articles", found.share, 99.0, "%", at_least=True),
        *_edited(texts(count), "own"),
        *(_edited(real, "real") if real else []),
    ]


def _edited(every: Sequence[str], kind: str) -> list[Case]:
    cases = []
    for held_out, half in HALVES.items():
        of_half = [text for text in every if _is_in(text, held_out)]
        edits = [edit for name, edit in EDITS.items() if is_held_out(name) == held_out]
        found, merged = edited_found(of_half, edits), merged_pairs(of_half)
        cases += [
            Case(
                f"found with 15 % of their words edited, of {found.asked} {kind} texts {half}",
                found.share,
                99.0,
                "%",
                at_least=True,
            ),
            Case(f"different {kind} texts merged, of {merged.asked} pairs {half}", merged.right, 0.0, "pairs"),
        ]
    return cases


def edited_found(every: Sequence[str], edits: Sequence[Callable[[str, int], str]]) -> Found:
    """Edit every text in every way, and count those that are still found."""
    pairs = [(text, edit(text, seed)) for edit in edits for seed, text in enumerate(every)]
    return Found(sum(same(fingerprint(text), fingerprint(edited)) for text, edited in pairs), len(pairs))


def merged_pairs(every: Sequence[str]) -> Found:
    """Compare all texts with each other, and count the pairs that are taken for one."""
    prints = [fingerprint(text) for text in every]
    merged = sum(same(one, other) for place, one in enumerate(prints) for other in prints[:place])
    return Found(merged, len(prints) * (len(prints) - 1) // 2)


def texts(count: int) -> list[str]:
    """Return invented articles, and stories in four languages of very different lengths."""
    stories = (story("edited", seed) for seed in range(count))
    return [
        *map(invented, range(count, 2 * count)),
        *("\n\n".join(one.paragraphs[: 2 + seed % 9]) for seed, one in enumerate(stories)),
    ]


def _is_in(text: str, held_out: bool) -> bool:
    return (hashlib.sha256(text.encode()).digest()[0] % 2 == 1) == held_out
