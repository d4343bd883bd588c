"""A border card: what an organizer enters about a country is on it, it is saved as a file that works offline, and printed."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, fill_in, follow, is_titled, press, sees, sign_in
from tests.factories import utc

A5 = {"width": "148mm", "height": "210mm"}


def test_a_card_is_filled_by_an_organizer_saved_for_a_phone_without_a_connection_and_printed(
    site, open_page, at, tmp_path
):
    at(utc("2025-12-05 12:00"))
    with site.open() as make:
        congress = make.congress(help_name=None, help_phone="+58 212 5550142")
        delegation = make.delegation(congress, delegates=0, seats=1, organization=make.organization("Sindicato"))
        make.seat(delegation, make.person("Rosa", congress=congress, nationality="MX"))
        make.leg(delegation, "MEX", "BOG", "2025-12-10 02:00", "2025-12-10 07:00")
        make.leg(delegation, "BOG", "CCS", "2025-12-10 09:00", "2025-12-10 12:00")
    page = open_page(site)
    sign_in(page, "alice@example.org", PASSWORD)
    page.goto(f"/congresses/{congress.id}/delegations/{delegation.id}")
    follow(page, "Border card")
    is_titled(page, "Mexico City → Caracas")
    sees(page, "Only changes planes here.", "CHECK. Nothing is recorded: ask a consulate and the carrier.")
    card = page.url

    follow(page, "Border information")
    page.goto("/border-information/CO")
    follow(page, "Add a visa rule")
    fill_in(
        page,
        {
            "Passport of": "Mexico", "Visa to enter": "no visa needed", "Days allowed": "90",
            "Visa to change planes only": "no visa needed", "Source": "Consulate, by phone", "Checked on": "2025-12-01",
        },
    )  # fmt: skip
    press(page, "Save")
    sees(page, "no visa needed", "Consulate, by phone")

    page.goto(card)
    sees(page, "only changing planes: no visa needed.", "Up to 90 days.")
    with page.expect_download() as started:
        follow(page, "Save for offline use")
    file = tmp_path / "card.html"
    started.value.save_as(file)
    text = file.read_text()
    assert [name for name in ("Rosa", "Sindicato", "://", "Encuentro") if name in text] == []
    assert len(text) < 8_000

    phone = open_page(site, viewport={"width": 360, "height": 740})
    phone.context.set_offline(True)
    phone.goto(file.as_uri())
    sees(phone, "Mexico → Colombia", "only changing planes: no visa needed.", "CHECK. Nothing is recorded")
    expect(phone.get_by_role("link", name=re.compile("212"))).to_have_attribute("href", "tel:+582125550142")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360

    printed = page.pdf(**A5)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2
