"""Articles: body text of real pages, excerpts, near-duplicates, translations, hostile pages and addresses, and digests.

Real pages are stored outside the repository (../shared/data/article-pages, or in ENCUENTRO_SHARED). If they are missing, the cases
that need them are skipped, with a message on standard error. bodies.py says which pages were not used for tuning. A module in
`articles_cases` for each other kind of work.
"""

from app.reading.pages import read_page
from benchmarks import Case, bodies, composing, inside
from benchmarks.articles_cases import (
    duplicates,
    excerpts,
    feeds,
    furniture,
    heads,
    hostile_input,
    kinds_of_pages,
    letters,
    translations,
)


def run(quick: bool) -> list[Case]:
    """Measure all cases; with `quick`, on so little data that the figures are meaningless."""
    read_page("<html><body><p>Warm up: the language model is loaded once.</p></body></html>", "https://example.org/")
    real = bodies.real_pages(quick)
    return [
        *bodies.cases(real),
        *heads.cases(quick),
        *excerpts.cases(real),
        *furniture.cases(),
        *letters.cases(),
        *kinds_of_pages.cases(),
        *feeds.cases(quick),
        *hostile_input.cases(quick),
        *duplicates.cases(40 if quick else 700, [one.page.text for one in real]),
        *translations.cases(),
        *inside.cases(quick),
        *composing.cases(quick),
    ]
