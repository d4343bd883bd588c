"""Addresses that are written differently and lead to the same page."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.reading.addresses import address_key, normal


@pytest.mark.parametrize(
    "written",
    [
        "HTTPS://Paper.Example.org/A/b?c=D", "https://paper.example.org/A/b/?c=D", "https://paper.example.org:443/A/b?c=D",
        "https://paper.example.org/A/b?c=D#part", "https://paper.example.org/A/b?utm_source=x&c=D&UTM_Medium=y",
        "https://paper.example.org./A/b?c=D&fbclid=1", " https://paper.example.org/A/b?c=D ",
    ],
)  # fmt: skip
def test_what_only_differs_in_form_is_the_same(written):
    assert normal(written) == "https://paper.example.org/A/b?c=D"


@pytest.mark.parametrize(
    "other",
    [
        "https://paper.example.org/a/b?c=D", "https://paper.example.org/A/b?c=d", "https://paper.example.org/A/b",
        "https://paper.example.org:8443/A/b?c=D", "https://other.example.org/A/b?c=D", "https://paper.example.org/A/b?c=D&d=E",
    ],
)  # fmt: skip
def test_what_may_lead_elsewhere_is_another(other):
    assert address_key(other) != address_key("https://paper.example.org/A/b?c=D")


def test_a_front_page_is_one_with_and_without_its_slash():
    assert normal("https://paper.example.org/") == normal("https://paper.example.org")


@given(st.text(max_size=80))
@example("\x0c#")
def test_no_text_makes_it_raise_and_what_is_in_its_normal_form_stays_so(text):
    for url in (text, f"https://{text}"):
        assert len(address_key(url)) == 64
    once = normal(f"https://paper.example.org/{text}")
    assert normal(once) == once
