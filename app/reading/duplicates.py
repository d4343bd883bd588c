"""Near-duplicate detection: whether two texts are the same article, shortened, retitled, mistyped, or with additions.

A text is represented by its four-word sequences (shingles), each hashed to 32 bits. Two texts are the same if most
shingles of the smaller one are in the other. If fewer are, the order of their word pairs decides. Cutting or adding text changes that share little, and two articles on the
same event share almost none.
"""

import re
import unicodedata
import zlib
from dataclasses import dataclass

from app.later import np, npt

_RUN = 4
_MOST_WORDS = 60_000
_MOST_HASHES = 2_048
"""The maximum per text. Of a longer text, every second, fourth, … hash is kept, the same ones in every text."""

_SAME = 0.5
"""Share of the smaller text's shingles. Measured: at least .84 for altered articles; for different ones at most .28
among 181 real pages on the same events, and .72 among generated ones made of the same phrases, which the order tells apart."""

_FEW = 24
_SAME_OF_FEW = 0.8
"""A brief with fewer than _FEW shingles may be quoted in full, or share one stock phrase."""

_SURELY = 0.73
_MAYBE, _MAYBE_OF_FEW = 0.3, 0.15
"""Below `_SURELY`, the order of the words decides too: if 15 % of them were edited, only half of the shingles are left."""

_IN_ORDER, _OUT_OF_ORDER = 0.65, 0.5
"""The share of the smaller text that must stand in the other in the same order, if few shingles are shared, and if most are."""

_ROW = 6
"""Word pairs in the same order that are no coincidence: two articles made of the same phrases share at most five in a row."""

_GAP, _SHIFT = 24, 4
"""Words between two such pairs, and by how many words one text may be longer there."""

_MOST_IN_ORDER = 8_000

_FACTOR = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text as hashes. `data` can be stored: one byte for the number of halvings, then 4 bytes for each hash."""

    data: bytes
    order: bytes = b""
    """The hashes of its word pairs in order, 4 bytes each; if there are none, only shingles are compared."""

    @property
    def halvings(self) -> int:
        """How often the set of hashes was halved to keep the fingerprint small."""
        return self.data[0] if self.data else 0

    @property
    def hashes(self) -> "npt.NDArray[np.uint32]":
        """The hashes, unique and ascending. Raises ValueError if the bytes are not a fingerprint."""
        return np.frombuffer(self.data, dtype="<u4", offset=1) if len(self.data) > 1 else np.empty(0, "<u4")


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a text, ignoring case, accents and punctuation; empty for fewer than four words."""
    words = re.findall(r"\w+", _bare(text))[:_MOST_WORDS]
    if len(words) < _RUN:
        return Fingerprint(b"")
    each = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    hashed, factor = np.zeros(len(words) - _RUN + 1, dtype=np.uint64), np.uint64(_FACTOR)
    for place in range(_RUN):
        hashed = (hashed * factor) ^ (each[place : place + len(hashed)] + np.uint64(place))
    hashed *= factor
    pairs = ((each[:-1] * factor) ^ each[1:]) * factor
    order = (pairs[:_MOST_IN_ORDER] >> np.uint64(32)).astype("<u4").tobytes()
    kept = np.unique((hashed >> np.uint64(32)).astype("<u4"))
    halvings = 0
    while len(kept) > _MOST_HASHES:
        halvings += 1
        kept = _thinned(kept, halvings)
    return Fingerprint(bytes([halvings]) + kept.tobytes(), order)


def containment(a: Fingerprint, b: Fingerprint) -> float:
    """Return the share of the smaller text's shingles that is in the other: 0.0 to 1.0."""
    first, second = _comparable(a, b)
    smaller = min(len(first), len(second))
    return len(np.intersect1d(first, second, assume_unique=True)) / smaller if smaller else 0.0


def same(a: Fingerprint, b: Fingerprint) -> bool:
    """Return whether two texts are likely the same article."""
    first, second = _comparable(a, b)
    few = min(len(first), len(second)) < _FEW
    share = containment(a, b)
    if share >= (_SAME_OF_FEW if few else _SURELY):
        return True
    if share < (_MAYBE_OF_FEW if few else _MAYBE) or not (a.order and b.order):
        return not few and share >= _SAME
    return in_order(a, b) >= (_IN_ORDER if few or share < _SAME else _OUT_OF_ORDER)


def in_order(a: Fingerprint, b: Fingerprint) -> float:
    """Return the share of the smaller text that stands in the other in the same order, edited or not: 0.0 to 1.0.

    What a text repeats does not count: it is in every article made of the same phrases.
    """
    one, other = (np.frombuffer(text.order, dtype="<u4") for text in (a, b))
    if len(one) > len(other):
        one, other = other, one
    (first, starts), (second, ends) = _once(one), _once(other)
    _, left, right = np.intersect1d(first, second, assume_unique=True, return_indices=True)
    if not len(left):
        return 0.0
    order = np.argsort(starts[left])
    places, others = starts[left][order], ends[right][order]
    shifts = others - places
    together = (np.diff(places) <= _GAP) & (np.abs(np.diff(shifts)) <= _SHIFT)
    alone = ~(np.concatenate(([False], together)) | np.concatenate((together, [False])))
    places, shifts = places[~alone], shifts[~alone]
    breaks = np.flatnonzero((np.diff(places) > _GAP) | (np.abs(np.diff(shifts)) > _SHIFT)) + 1
    rows = [row for row in np.split(places, breaks) if len(row) >= _ROW]
    return sum(int(np.count_nonzero((starts >= row[0]) & (starts <= row[-1]))) for row in rows) / len(starts)


def _once(text: "npt.NDArray[np.uint32]") -> "tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]":
    """Return the word pairs that are once in a text, ascending, and where they stand in it."""
    pairs, places, counts = np.unique(text, return_index=True, return_counts=True)
    return pairs[counts == 1], places[counts == 1].astype(np.int64)


def _comparable(a: Fingerprint, b: Fingerprint) -> "tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]":
    halvings = max(a.halvings, b.halvings)
    return _thinned(a.hashes, halvings), _thinned(b.hashes, halvings)


def _thinned(hashes: "npt.NDArray[np.uint32]", halvings: int) -> "npt.NDArray[np.uint32]":
    return hashes[hashes % np.uint32(2**halvings) == 0] if halvings else hashes


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text[: 10 * _MOST_WORDS])
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
