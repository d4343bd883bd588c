"""Pages that are not articles, and articles that look like them: whether each is called what it is, in two halves."""

from app.reading.pages import read_page
from benchmarks import Case, layouts
from benchmarks.bodies import HALVES


def cases() -> list[Case]:
    """Count the pages that are taken for something else."""
    found = []
    for held_out, half in HALVES.items():
        pages = [one for one in layouts.pages_of_kinds() if one.held_out == held_out]
        wrong = [one for one in pages if read_page(one.shown.html, one.shown.url).kind != one.kind]
        articles = [one for one in wrong if one.kind == "article"]
        of_pages = f"of {len(pages)}"
        found += [
            Case(f"pages taken for another kind of page, {half}", len(wrong), 0.05 * len(pages), of_pages),
            Case(f"articles among them, {half}", len(articles), 0.0, of_pages),
        ]
    return found
