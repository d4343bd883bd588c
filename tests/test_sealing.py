"""Sealed texts: what is decrypted, and what is refused."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sealing import Box, Keyring, SealError, is_digest, new_key

OLD, NEW = new_key(), new_key()
RING = Keyring.from_text(OLD)


@given(st.text())
def test_any_text_is_read_again_and_is_never_stored_twice_in_the_same_way(text):
    first, second = RING.seal(text, "people.note"), RING.seal(text, "people.note")
    assert first != second
    assert RING.open(first, "people.note") == RING.open(second, "people.note") == text


def test_a_text_is_not_read_as_that_of_another_column():
    with pytest.raises(SealError, match="belongs elsewhere"):
        RING.open(RING.seal("CU", "people.nationality"), "people.note")


@given(st.integers(min_value=0))
def test_a_text_of_which_one_bit_was_changed_is_refused(place):
    content = bytearray(base64.b64decode(RING.seal("Help in the hotel", "people.note")))
    content[place // 8 % len(content)] ^= 1 << place % 8
    with pytest.raises(SealError):
        RING.open(base64.b64encode(content).decode(), "people.note")


@pytest.mark.parametrize("damaged", ["", "=", "not sealed", "AQ==", "ñ"])
def test_what_is_not_sealed_is_refused(damaged):
    with pytest.raises(SealError):
        RING.open(damaged, "people.note")


def test_an_old_key_still_decrypts_but_no_longer_encrypts():
    sealed = RING.seal("CU", "people.nationality")
    both, new = Keyring.from_text(f"{NEW}, {OLD}"), Keyring.from_text(NEW)
    assert both.open(sealed, "people.nationality") == "CU"
    assert new.open(both.seal("CU", "people.nationality"), "people.nationality") == "CU"
    with pytest.raises(SealError, match="not there"):
        new.open(sealed, "people.nationality")


def test_digests_are_equal_for_equal_texts_of_one_place_under_one_key():
    digest = RING.digest("CU", "nationality")
    assert digest == RING.digest("CU", "nationality")
    assert is_digest(digest)
    assert RING.digest(digest, "nationality") == digest
    assert len({digest, RING.digest("CO", "nationality"), RING.digest("CU", "country")}) == 3
    assert Keyring.from_text(NEW).digest("CU", "nationality") != digest


@pytest.mark.parametrize("key", ["short", "ñ", base64.b64encode(b"31 bytes are one byte too few..").decode()])
def test_a_key_of_another_length_is_refused(key):
    with pytest.raises(SealError, match="32 random bytes"):
        Keyring.from_text(key)


def test_without_a_key_nothing_is_encrypted():
    with pytest.raises(SealError, match="no key"):
        Keyring.from_text("").seal("CU", "people.nationality")


@given(st.text())
def test_what_is_sealed_without_the_key_is_read_with_it_and_nowhere_else(text):
    box = Box(RING.box)
    sealed = box.seal(text, "people.note")
    assert RING.open(sealed, "people.note") == text
    for ring, place in ((RING, "people.nationality"), (Keyring.from_text(NEW), "people.note")):
        with pytest.raises(SealError):
            ring.open(sealed, place)
    with pytest.raises(SealError, match="withdrawn"):
        box.open(sealed, "people.note")
    with pytest.raises(SealError, match="withdrawn"):
        box.digest(text or "x", "people.note")


@given(st.integers(min_value=0))
def test_what_was_sealed_without_the_key_and_changed_is_refused(place):
    content = bytearray(base64.b64decode(Box(RING.box).seal("Help in the hotel", "people.note")))
    content[place // 8 % len(content)] ^= 1 << place % 8
    with pytest.raises(SealError):
        RING.open(base64.b64encode(content).decode(), "people.note")


def test_what_was_sealed_without_the_key_is_read_after_the_key_was_replaced_next_to_it():
    sealed = Box(RING.box).seal("CU", "people.nationality")
    assert Keyring.from_text(f"{NEW},{OLD}").open(sealed, "people.nationality") == "CU"
