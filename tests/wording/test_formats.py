"""Formatting of days, hours and numbers."""

import re

import pytest

from app.config import TEMPLATES
from app.wording.formats import dialable, grouped_phone


@pytest.mark.parametrize(
    ("written", "dialed"),
    [
        ("+58 212 555-01-42", "+582125550142"), ("(0212) 555.0142", "02125550142"), (" 0414 1234567 ", "04141234567"),
        ("＋58 ２１２ 5550142", "+582125550142"), ("+٥٨ ٢١٢ ٥٥٥٠١٤٢", "+582125550142"),
        ("call her aunt", ""), ("I don't know", ""), ("0414 (ask for Ana)", ""), ("123", ""), ("+", ""), ("", ""), (None, ""),
        ("javascript:alert(1)", ""), ("1" * 16, ""),
    ],
)  # fmt: skip
def test_only_a_phone_number_becomes_a_link(written, dialed):
    assert dialable(written) == dialed


def test_phone_links_are_made_in_one_place_only():
    linking = [path.name for path in TEMPLATES.rglob("*") if path.is_file() and "tel:" in path.read_text()]
    assert linking == ["parts.html"]
    shown = r"""\.contact\("phone"\) \}\}|help_phone \}\}"""
    assert [path.name for path in TEMPLATES.rglob("*.html") if re.search(shown, path.read_text())] == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("+5511955557002", "+55 11 95555-7002"),
        ("+58 414 5557001", "+58 414-5557001"),
        ("0414-5557001", "0414-5557001"),
        ("+1 23", "+1 23"),
        ("call her aunt", "call her aunt"),
    ],
)
def test_a_phone_number_with_a_country_code_is_shown_in_the_groups_of_its_country(written, shown):
    assert grouped_phone(written) == shown
