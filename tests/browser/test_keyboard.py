"""Places typed, corrected and chosen with the keyboard alone, without a script."""

import pytest

from app.domain.travel import gazetteer
from tests.browser.conftest import sees, sign_in

FOCUSED = """() => {
    const it = document.activeElement;
    return [...(it.labels ?? [])].map(label => label.innerText.trim()).join() || it.innerText;
}"""
CHOSEN = "() => document.querySelector('.asked input:checked').labels[0].innerText.trim()"


@pytest.fixture
def page(site, open_page):
    """The form for a leg of a delegation from Chile."""
    with site.open() as make:
        gazetteer.load()
        delegation = make.delegation(make.congress(), "CL", seats=2)
        path = f"/congresses/{delegation.congress_id}/delegations/{delegation.id}/legs/new"
    page = open_page(site)
    sign_in(page, "alice@example.org")
    page.goto(path)
    return page


def reach(page, name):
    """Press Tab until something with this label has the focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(name):
            return
    pytest.fail(f"Tab never reaches {name}")


def test_an_ambiguous_place_is_chosen_by_keyboard_alone(page):
    reach(page, "From")
    page.keyboard.type("San José")
    reach(page, "Departs")
    page.keyboard.type("12102025")
    page.keyboard.press("Tab")
    page.keyboard.type("0200AM")
    reach(page, "To")
    page.keyboard.type("CCS")
    page.keyboard.press("Enter")
    sees(page, "Which one?")
    first, second = (one.strip() for one in page.locator(".asked label").all_inner_texts()[:2])
    reach(page, first)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(CHOSEN) == second
    assert "(SJO), Costa Rica" in second
    page.keyboard.press("Enter")
    sees(page, "Leg saved.", "San José – Juan Santamaria International Airport → Caracas")
