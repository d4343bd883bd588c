"""How long the slowest hostile page, feed, email and forward take."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from app.reading.charsets import decoded
from app.reading.feeds import read_feed
from app.reading.forwards import letters_in
from app.reading.mail import read_mail
from app.reading.pages import read_page
from benchmarks import Case
from benchmarks.hostile import BYTES, EMAILS, FEEDS, FORWARDS, PAGES


def cases(quick: bool) -> list[Case]:
    """Measure the CPU time of the slowest of each kind."""
    address = "https://example.org/hostile"
    kinds: list[tuple[str, Callable[[Any], object], Iterable[Callable[[], Any]], float]] = [
        ("page", lambda html: read_page(html, address), PAGES.values(), 2.0),
        ("feed of 2 MB", lambda data: read_feed(data, address), FEEDS.values(), 1.0),
        ("email", read_mail, EMAILS.values(), 3.0),
        ("forward of 400 kB", letters_in, FORWARDS.values(), 1.0),
        ("2 MB of bytes", lambda data: decoded(data, markup=True), BYTES.values(), 1.0),
    ]
    return [
        Case(
            f"CPU for the slowest hostile {kind}",
            max(_seconds(read, make()) for make in [*every][:: 6 if quick else 1]),
            most,
            "s",
        )
        for kind, read, every, most in kinds
    ]


def _seconds(read: Callable[[Any], object], data: Any) -> float:
    start = time.process_time()
    read(data)
    return time.process_time() - start
