"""Passkeys: which answers of a device are right, and which are not."""

import json

import pytest
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import given
from hypothesis import strategies as st

from app import webauthn
from app.webauthn import Party, WrongAnswerError, party_of
from tests.authenticator import Authenticator

PARTY = Party("encuentro.test", "https://encuentro.test")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://encuentro.example.org", Party("encuentro.example.org", "https://encuentro.example.org")),
        ("https://Encuentro.example.org:443/", Party("encuentro.example.org", "https://encuentro.example.org")),
        ("https://encuentro.example.org:8443", Party("encuentro.example.org", "https://encuentro.example.org:8443")),
        ("http://localhost:8000", Party("localhost", "http://localhost:8000")),
        ("http://encuentro.example.org", None),
        ("http://127.0.0.1:8000", None),
        ("https://192.0.2.7", None),
        ("https://[2001:db8::1]", None),
    ],
)
def test_passkeys_are_tied_to_the_host_of_the_address_if_browsers_offer_them_there(address, expected):
    assert party_of(address) == expected


def made(device, challenge):
    return webauthn.made(PARTY, challenge, device.make(creation(challenge)))


def creation(challenge, existing=()):
    return webauthn.creation_options(PARTY, challenge, handle=b"h" * 32, name="bob", shown="Bob", existing=existing)


def request(challenge, among=(), *, verified=False):
    return webauthn.request_options(PARTY, challenge, among=among, verified=verified)


def proven(device, challenge, credential, *, asked=None, verified=False):
    answer = device.use(request(asked or challenge, verified=verified))
    return webauthn.proven(PARTY, challenge, answer, credential, verified=verified)


@pytest.fixture
def challenge():
    return webauthn.new_challenge()


def test_a_passkey_is_made_and_used_and_its_count_read(challenge):
    device = Authenticator(count=7)
    new = made(device, challenge)
    assert new.sign_count == 7
    assert webauthn.credential_id_in(device.use(request(challenge))) == new.credential_id
    assert proven(device, challenge, new.credential).sign_count == 9


def test_no_attestation_is_asked_for_and_a_device_makes_no_second_passkey(challenge):
    new = made(Authenticator(), challenge)
    options = json.loads(creation(challenge, [new.credential]))
    assert options["attestation"] == "none"
    assert [one["id"] for one in options["excludeCredentials"]] == [new.credential_id]
    assert options["rp"]["id"] == "encuentro.test"


def test_an_answer_to_another_question_at_another_place_or_of_another_device_is_wrong(challenge):
    device = Authenticator()
    new = made(device, challenge)
    with pytest.raises(WrongAnswerError):
        proven(device, challenge, new.credential, asked=webauthn.new_challenge())
    device.origin = "https://encuentro.test.example.org"
    with pytest.raises(WrongAnswerError):
        proven(device, challenge, new.credential)
    device.origin, device.host = PARTY.origin, "example.org"
    with pytest.raises(WrongAnswerError):
        proven(device, challenge, new.credential)
    other = Authenticator()
    other.id = device.id
    with pytest.raises(WrongAnswerError):
        proven(other, challenge, new.credential)
    with pytest.raises(WrongAnswerError):
        made(Authenticator(origin="http://encuentro.test"), challenge)


def test_instead_of_a_password_the_device_has_to_make_sure_who_uses_it(challenge):
    device = Authenticator(verifies=False)
    new = made(device, challenge)
    assert not proven(device, challenge, new.credential).is_verified
    with pytest.raises(WrongAnswerError):
        proven(device, challenge, new.credential, verified=True)
    device.verifies = True
    assert proven(device, challenge, new.credential, verified=True).is_verified


LEAVES = st.one_of(st.none(), st.integers(), st.text(), st.booleans(), st.binary().map(lambda it: it.hex()))
KEYS = ("id", "rawId", "type", "response", "clientDataJSON", "attestationObject", "authenticatorData", "signature")


@given(
    st.recursive(LEAVES, lambda inner: st.dictionaries(st.sampled_from(KEYS), inner) | st.lists(inner), max_leaves=12)
)
def test_whatever_a_stranger_sends_is_a_wrong_answer(anything):
    answer, challenge = json.dumps(anything), b"c" * 32
    new = made(Authenticator(), challenge)
    for read in (
        lambda: webauthn.made(PARTY, challenge, answer),
        lambda: webauthn.credential_id_in(answer),
        lambda: webauthn.proven(PARTY, challenge, answer, new.credential, verified=False),
        lambda: webauthn.proven(PARTY, challenge, answer[:-1], new.credential, verified=False),
    ):
        with pytest.raises(WrongAnswerError):
            read()


@given(st.data())
def test_an_answer_with_changed_bytes_is_a_wrong_answer(data):
    challenge, device = b"c" * 32, Authenticator()
    new, answer = made(device, challenge), json.loads(device.use(request(challenge)))
    part = data.draw(st.sampled_from(sorted(answer["response"])))
    sent = bytearray(websafe_decode(answer["response"][part]))
    sent[data.draw(st.integers(0, 10_000)) % len(sent)] ^= data.draw(st.integers(1, 255))
    answer["response"][part] = websafe_encode(bytes(sent))
    with pytest.raises(WrongAnswerError):
        webauthn.proven(PARTY, challenge, json.dumps(answer), new.credential, verified=False)
