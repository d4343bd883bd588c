"""The entries of feeds, compared with those that feedparser lists."""

import io

import feedparser
import pytest

from app.reading.feeds import read_feed
from tests.reading.odd_feeds import ACCIDENTS, HEADLINES, HOST, SHAPES

URL = f"{HOST}/feeds/all.xml"
PAIRS = [(shape, accident) for shape in SHAPES for accident in ACCIDENTS]
LINKED_OTHERWISE = frozenset({"podcast", "a CMS with ids alone"})
"""Variants to whose entries feedparser gives no link."""


@pytest.mark.parametrize(("shape", "accident"), PAIRS, ids=map(" with ".join, PAIRS))
def test_every_entry_that_feedparser_lists_is_listed_at_the_same_address(shape, accident):
    data = ACCIDENTS[accident](SHAPES[shape])
    entries = read_feed(data, URL).entries
    parsed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": URL})
    whole = len(parsed.entries) - (accident == "the last entry is cut")
    assert len(entries) >= whole
    if shape not in LINKED_OTHERWISE:
        assert [entry.url for entry in entries][:whole] == [entry.get("link") for entry in parsed.entries][:whole]


@pytest.mark.parametrize("shape", SHAPES)
def test_all_entries_of_every_variant_are_listed(shape):
    entries = read_feed(SHAPES[shape].encode(), URL).entries
    assert len(entries) == len(HEADLINES)
    assert len({entry.url for entry in entries}) == len(HEADLINES)
    assert len({entry.id for entry in entries}) == len(HEADLINES)
