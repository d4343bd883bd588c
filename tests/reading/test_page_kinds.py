"""Pages are called what they are, and articles that look like something else stay articles."""

import pytest

from app.reading.articles import NotAnArticle, from_page
from app.reading.page_kinds import NO_ARTICLES, PageKind
from app.reading.pages import read_page
from benchmarks import layouts

PAGES = [pytest.param(one, id=one.name) for one in layouts.pages_of_kinds() if one.name.endswith(("0", "3"))]


def test_every_kind_but_a_pdf_has_pages():
    assert {page.values[0].kind for page in PAGES} == {*PageKind} - {PageKind.PDF}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_called_what_it_is(page):
    assert read_page(page.shown.html, page.shown.url).kind == page.kind


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_an_article_is_refused_with_its_kind(page):
    if page.kind in NO_ARTICLES:
        with pytest.raises(NotAnArticle) as refused:
            from_page(page.shown.html.encode(), page.shown.url)
        assert refused.value.kind == page.kind
    else:
        assert from_page(page.shown.html.encode(), page.shown.url)["page_kind"] == page.kind
