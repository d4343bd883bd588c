"""Digests under a key are those of the standard library."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.keyed_digests import KeyedDigest


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha512"])
@given(key=st.binary(max_size=200), contents=st.lists(st.binary(max_size=200), max_size=3))
def test_each_digest_is_what_hmac_says_for_keys_of_every_length(algorithm, key, contents):
    digests = KeyedDigest(key, algorithm)
    assert [digests.of(one) for one in contents] == [hmac.digest(key, one, algorithm) for one in contents]
