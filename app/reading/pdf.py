"""Reads the text of a PDF within limits of time, memory and size."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median

from app.reading import pdf_text
from app.reading.letters import without_invisible

_SECONDS = 20
"""Seconds on the clock; the process has a limit of CPU seconds besides."""
_FULL = 0.95
"""The share of the usual width from which a line continues on the next one."""
_OFTEN = 3
"""Pages. A line that is at the edge of this many is a running title."""
_ENDS = re.compile(r"[.!?…:»”\"]$")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]$")
_NUMBER = re.compile(r"^\W*(?:\w{1,8}\W+)?\d{1,4}(?:\W+(?:\w{1,3}\W+)?\d{1,4})?\W*$")


def is_pdf(data: bytes) -> bool:
    """Return whether bytes begin as a PDF does."""
    return b"%PDF-" in data[:1024]


def text_of_pdf(data: bytes) -> str:
    """Return the paragraphs of a PDF, separated by blank lines; empty if there are none or it cannot be read. Never raises."""
    try:
        run = subprocess.run(  # noqa: S603  our own script
            [sys.executable, "-I", str(Path(pdf_text.__file__))],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={"PYTHONIOENCODING": "utf-8"},
        )
        return "\n\n".join(paragraphs_of(json.loads(run.stdout)))
    except (subprocess.SubprocessError, OSError, ValueError):
        return ""


def paragraphs_of(pages: list[list[str]]) -> list[str]:
    """Return the paragraphs of pages of lines, without page numbers and running titles, and with words joined that were parted."""
    lines = [" ".join(line.split()) for page in _without_running_titles(pages) for line in page]
    usual = median(sorted(len(line) for line in lines if line)[-max(1, len(lines) // 2) :] or [0])
    found, current = list[str](), ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if not line:
            found, current = [*found, current], ""
            continue
        current = (
            _BROKEN.sub("", current) + line if _BROKEN.search(current) and line[0].islower() else f"{current} {line}"
        )
        is_headline = not found and not _ENDS.search(line) and following[:1] and not following[0].islower()
        if len(line) < _FULL * usual and (_ENDS.search(line) or len(line) < usual / 2 or is_headline):
            found, current = [*found, current], ""
    return [without_invisible(text).strip() for text in [*found, current] if text.strip()]


def _without_running_titles(pages: list[list[str]]) -> list[list[str]]:
    edges = Counter(_unnumbered(line) for page in pages for line in {*page[:2], *page[-2:]})
    return [
        [
            line
            for place, line in enumerate(page)
            if 2 <= place < len(page) - 2 or not (_NUMBER.match(line) or edges[_unnumbered(line)] >= _OFTEN)
        ]
        for page in pages
    ]


def _unnumbered(line: str) -> str:
    return re.sub(r"\d+", "", line).strip()
