"""One-time codes: those of RFC 6238 and RFC 4226, and recovery codes."""

from datetime import timedelta

import pytest

from app import one_time
from tests.factories import utc

SEED = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
        (2000000000, "69279037"), (20000000000, "65353130"),
    ],
)  # fmt: skip
def test_codes_are_those_of_rfc_6238(seconds, code):
    assert one_time.code_at(SEED, seconds // 30, digits=8) == code


@pytest.mark.parametrize(("hashed_by", "repeats", "code"), [("sha256", 32, "46119246"), ("sha512", 64, "90693936")])
def test_other_digests_are_those_of_rfc_6238_as_well(hashed_by, repeats, code):
    assert one_time.code_at((SEED * 4)[:repeats], 1, digits=8, hashed_by=hashed_by) == code


def test_codes_of_counters_are_those_of_rfc_4226():
    codes = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
    assert [one_time.code_at(SEED, step) for step in range(10)] == codes


def test_a_clock_may_be_half_a_minute_early_or_late():
    now = utc("2025-12-01 10:00")
    code = one_time.code_at(SEED, one_time.step_at(now))
    for seconds, matches in ((-60, False), (-30, True), (0, True), (30, True), (60, False)):
        found = one_time.matching_step(SEED, code, now + timedelta(seconds=seconds))
        assert found == (one_time.step_at(now) if matches else None)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "０００００"])
def test_what_is_no_code_matches_nothing(typed):
    assert one_time.matching_step(SEED, typed, utc("2025-12-01 10:00")) is None


def test_recovery_codes_differ_and_are_found_as_people_type_them():
    codes = [one_time.recovery_code(SEED, number) for number in range(one_time.RECOVERY_CODES)]
    assert len(set(codes)) == 10
    assert one_time.matching_recovery(SEED, codes[3].upper().replace("-", " ")) == 3
    assert one_time.matching_recovery(SEED, "aaaa-bbbb-cccc") is None


def test_the_secret_depends_on_the_key_of_the_installation():
    assert one_time.secret_of("one", "nonce") != one_time.secret_of("two", "nonce")
    assert one_time.address_for(SEED, "ana@example.org") == (
        "otpauth://totp/Encuentro:ana%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Encuentro"
    )
