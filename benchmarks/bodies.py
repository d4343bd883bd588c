"""Body text: real pages and our own pages, each in two halves, compared with plain trafilatura.

Rules are tuned on one half only; the other half is only measured. Real pages are named by hashes, and a page whose name ends in an
even digit may be used for tuning. (Rules older than choosing.py and completing.py were tuned on all of them.) All pages of a layout
of our own belong to the same half, see layouts. The halves are reported separately: if they differ, the rules are overfitted.
"""

import gzip
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from app.reading.pages import Page, read_page
from benchmarks import Case, layouts

ROOT = Path(__file__).resolve().parent.parent
HALVES = {False: "tuned on", True: "held out"}


@dataclass(frozen=True, slots=True)
class Measured:
    """A page, its marked-up text, and the text that plain trafilatura extracts."""

    page: Page
    marked: str
    plain: str
    held_out: bool
    seconds: float
    """CPU seconds of our extraction."""


def real_pages(quick: bool) -> list[Measured]:
    """Read the real pages; an empty list if they are missing, with a message on standard error."""
    folder = Path(os.environ.get("ENCUENTRO_SHARED", ROOT.parent / "shared")) / "data" / "article-pages"
    if not (folder / "ground-truth.json").is_file():
        sys.stderr.write(
            f"Not measured: body text, time for a page, excerpts of real pages ({folder} does not exist).\n"
        )
        return []
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        _measured(
            gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()),
            truth[name]["url"],
            truth[name]["articleBody"],
            held_out=int(name[-1], 16) % 2 == 1,
        )
        for name in sorted(truth)[: 20 if quick else None]
    ]


def own_pages(chosen: str) -> list[Measured]:
    """Read our own pages of a set, see layouts.SETS."""
    return [
        _measured(made.html, "https://example.org/", made.text, held_out=made.held_out)
        for made in layouts.pages(chosen)
    ]


def cases(real: list[Measured]) -> list[Case]:
    """Compare the extracted texts with the marked-up ones."""
    sets = [("real", real), *((chosen, own_pages(chosen)) for chosen in layouts.SETS)]
    found = [case for kind, pages in sets for case in _halves(kind, pages)]
    if real:
        seconds = sorted(one.seconds for one in real)
        found += [
            Case("real pages without any extracted text", sum(not one.page.text for one in real), 0.0, "pages"),
            Case("CPU per page, 95th percentile", 1_000 * seconds[int(0.95 * (len(seconds) - 1))], 100.0, "ms"),
        ]
    return found


def _halves(kind: str, pages: list[Measured]) -> list[Case]:
    found = []
    for held_out, half in HALVES.items():
        of_half = [one for one in pages if one.held_out == held_out]
        if of_half:
            ours, plain = _scores(of_half, lambda one: one.page.text), _scores(of_half, lambda one: one.plain)
            name = f"body text, {len(of_half)} {kind} pages {half}"
            found += [
                Case(f"{name}, F1 (precision {ours[0]:.1f}, recall {ours[1]:.1f})", ours[2], 96.0, "%", at_least=True),
                Case(
                    f"the same, minus plain trafilatura's {plain[2]:.1f}",
                    ours[2] - plain[2],
                    0.0,
                    "points",
                    at_least=True,
                ),
            ]
    return found


def _scores(pages: list[Measured], text: Callable[[Measured], str]) -> list[float]:
    return [100 * score for score in body_scores((text(one), one.marked) for one in pages)]


def _measured(html: bytes | str, url: str, marked: str, *, held_out: bool) -> Measured:
    start = time.process_time()
    page = read_page(html, url)
    seconds = time.process_time() - start
    plain = trafilatura.extract(html, include_comments=False) or ""
    return Measured(page, marked, plain, held_out, seconds)


def body_scores(pairs: Iterable[tuple[str, str]]) -> tuple[float, float, float]:
    r"""Return precision, recall and F1 of texts that were read against texts that people marked.

    A text is the bag of its runs of four words, words being what `\w+` matches, case and all; a text of fewer words is one run.
    Of each page, precision is the share of the read runs that are marked, each counted as often as it stands there, and recall is
    the share of the marked runs that were read. Both are averaged over the pages, a page without a denominator left out, and F1 is
    the harmonic mean of the two averages. That is how scrapinghub's article-extraction-benchmark counts.
    """
    precisions, recalls = [], []
    for read, marked in pairs:
        found, wanted = _runs(read), _runs(marked)
        right = (found & wanted).total()
        precisions += [right / found.total()] if found else []
        recalls += [right / wanted.total()] if wanted else []
    precision, recall = statistics.mean(precisions or [0.0]), statistics.mean(recalls or [0.0])
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[place : place + 4]) for place in range(max(1, len(words) - 3))) if words else Counter()
