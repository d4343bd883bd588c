"""Different spellings of an address that lead to the same page."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.reading.addresses import address_key, cleaned, cleaned_text, normal
from app.reading.articles import from_page, from_text
from tests import press


@pytest.mark.parametrize(
    "written",
    [
        "HTTPS://Paper.Example.org/A/b?c=D", "https://paper.example.org/A/b/?c=D", "https://paper.example.org:443/A/b?c=D",
        "https://paper.example.org/A/b?c=D#part", "https://paper.example.org/A/b?utm_source=x&c=D&UTM_Medium=y",
        "https://paper.example.org./A/b?c=D&fbclid=1", " https://paper.example.org/A/b?c=D ",
    ],
)  # fmt: skip
def test_addresses_that_differ_only_in_form_are_the_same(written):
    assert normal(written) == "https://paper.example.org/A/b?c=D"


@pytest.mark.parametrize(
    "other",
    [
        "https://paper.example.org/a/b?c=D", "https://paper.example.org/A/b?c=d", "https://paper.example.org/A/b",
        "https://paper.example.org:8443/A/b?c=D", "https://other.example.org/A/b?c=D", "https://paper.example.org/A/b?c=D&d=E",
    ],
)  # fmt: skip
def test_addresses_that_may_lead_to_another_page_are_different(other):
    assert address_key(other) != address_key("https://paper.example.org/A/b?c=D")


def test_a_front_page_is_the_same_with_and_without_its_slash():
    assert normal("https://paper.example.org/") == normal("https://paper.example.org")


@given(st.text(max_size=80))
@example("\x0c#")
def test_normalizing_never_raises_and_is_idempotent(text):
    for url in (text, f"https://{text}"):
        assert len(address_key(url)) == 64
    once = normal(f"https://paper.example.org/{text}")
    assert normal(once) == once


@pytest.mark.parametrize(
    "written",
    [
        "http://paper.example.org/A/b?c=D", "https://www.paper.example.org/A/b?c=D", "http://www.paper.example.org/A/b/?c=D",
        "http://paper.example.org:80/A/b?c=D", "HTTP://WWW.Paper.example.org/A/b?c=D#x", "https://paper.example.org/%41/b?c=D",
        "https://l.facebook.com/l.php?u=http%3A%2F%2Fwww.paper.example.org%2FA%2Fb%3Fc%3DD%26fbclid%3Dx&h=y",
        "https://paper.example.org/A/b;jsessionid=7F?c=D", "https://paper.example.org/A/b?c=D&email=ana%40example.net",
    ],
)  # fmt: skip
def test_all_variants_of_an_address_have_the_same_key(written):
    assert address_key(written) == address_key("https://paper.example.org/A/b?c=D")


def test_non_ascii_letters_are_the_same_in_every_encoding():
    assert address_key("https://münchen.example/ñandú?q=é") == address_key(
        "https://xn--mnchen-3ya.example/%c3%b1and%C3%BA?q=%C3%A9"
    )
    assert address_key("https://paper.example/a%2Fb") != address_key("https://paper.example/a/b")
    assert address_key("https://www.example/a") != address_key("https://example/a")


@pytest.mark.parametrize(
    "parameter",
    [
        "mc_eid=1", "mc_cid=1", "_hsenc=p2A", "_hsmi=1", "mkt_tok=NzE", "fbclid=IwAR", "gclid=1", "msclkid=1", "igshid=1", "yclid=1",
        "vero_id=1", "oly_enc_id=1", "utm_source=x", "utm_source", "UTM_Campaign=x", "amp;utm_medium=email", "__hstc=1", "ml_subscriber=1",
        "ck_subscriber_id=1", "_ke=x", "sfmc_id=1", "elqTrackId=1", "wt_zmc=x", "xtor=EPR-1", "at_medium=x", "twclid=1", "ref_src=twsrc",
        "email=ana@example.org", "to=ana%2Bx%40example.org", "ana@example.org", "%75tm_source=x", "__twitter_impression=true", "srsltid=1",
    ],
)  # fmt: skip
def test_a_parameter_that_identifies_a_reader_is_removed(parameter):
    for query, kept in ((parameter, ""), (f"{parameter}&id=7", "?id=7"), (f"id=7&{parameter}&p=", "?id=7&p=")):
        assert cleaned(f"http://www.Paper.example.org/A/?{query}") == f"http://www.Paper.example.org/A/{kept}"


@pytest.mark.parametrize(
    "url",
    [
        "https://paper.example.org/?p=7", "https://paper.example.org/a?id=1&source=x&ref=y&s=z&campaign=1", "https://paper.example.org/a#part",
        "https://paper.example.org/a/?", "http://paper.example.org/a?mc=1&gcl=2&id=@ana", "mailto:ana@example.org?utm_source=x", "https://[",
    ],
)  # fmt: skip
def test_the_rest_of_an_address_is_unchanged(url):
    assert cleaned(url) == url


def test_tracking_parameters_in_a_fragment_are_removed():
    assert cleaned("https://paper.example.org/a#xtor=RSS-1") == "https://paper.example.org/a"


def test_addresses_in_a_text_are_cleaned_and_the_punctuation_after_them_is_kept():
    text = "See (https://a.example/b?utm_source=x), https://a.example/c?mc_eid=1. <https://a.example/d?id=1&fbclid=y>"
    assert cleaned_text(text) == "See (https://a.example/b), https://a.example/c. <https://a.example/d?id=1>"


def test_pasted_text_keeps_no_address_that_identifies_its_reader():
    reading = from_text(
        "The port stood still. See https://a.example/b?mc_eid=1", url="https://a.example/c?utm_source=x"
    )
    assert "mc_eid" not in reading["text"]
    assert reading["url"] == "https://a.example/c"


def test_the_canonical_address_of_a_page_is_cleaned():
    head = '<link rel="canonical" href="https://paper.example.org/a?utm_source=x&amp;id=7">'
    body = "".join(f"<p>{paragraph}</p>" for paragraph in press.text().split("\n\n"))
    page = f"<html><head>{head}<title>x</title></head><body><article><h1>Drivers carry them</h1>{body}</article></body></html>"
    assert from_page(page.encode(), "https://paper.example.org/b?fbclid=y")["url"] == "https://paper.example.org/a?id=7"
    bare = from_page(page.replace(head, "").encode(), "https://paper.example.org/b?fbclid=y")
    assert bare["url"] == "https://paper.example.org/b"
