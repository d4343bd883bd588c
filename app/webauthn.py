"""Passkeys (WebAuthn): what a browser is asked for, and whether its answer is right. Knows neither accounts nor a database."""

import hashlib
import ipaddress
import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from app.later import cose, fido2_server, fido2_utils, webauthn

Read = TypeVar("Read")

CHALLENGE_BYTES = 32
LONGEST_ID = 1023
"""Bytes of the id of a passkey, by the standard."""
_DEFAULT_PORTS = {"http": 80, "https": 443}


class WrongAnswerError(ValueError):
    """An answer that is not from a passkey that was asked, or not to this question."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks: the host that passkeys are tied to, and the origin of the pages that may ask for them."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey that a device has just made."""

    credential_id: str
    credential: bytes
    """Its public key, with its id and the model of the device."""
    sign_count: int


@dataclass(frozen=True, slots=True)
class Proof:
    """That a passkey was used for one challenge."""

    sign_count: int
    is_verified: bool
    """Whether the device made sure who used it: by a finger, a face or its PIN."""


def party_of(base_url: str) -> Party | None:
    """Return who asks, or None if browsers offer no passkeys at this address: they need a name, and https."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    is_local = host == "localhost" or host.endswith(".localhost")
    if _is_number(host) or not host or not (parts.scheme == "https" or is_local):
        return None
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return Party(host, f"{parts.scheme}://{host}{port}")


def new_challenge() -> bytes:
    """Return what a passkey has to sign, which nobody can foresee."""
    return secrets.token_bytes(CHALLENGE_BYTES)


def digest_of(challenge: bytes) -> str:
    """Return under which digest it is recorded that a challenge was used."""
    return hashlib.sha256(challenge).hexdigest()


def creation_options(
    party: Party, challenge: bytes, *, handle: bytes, name: str, shown: str, existing: Iterable[bytes]
) -> str:
    """Return, as JSON, what a browser needs to make a passkey. A device that has one of `existing` makes no second one."""
    options, _state = _server(party).register_begin(
        webauthn.PublicKeyCredentialUserEntity(id=handle, name=name, display_name=shown),
        [webauthn.AttestedCredentialData(one) for one in existing],
        resident_key_requirement=webauthn.ResidentKeyRequirement.PREFERRED,
        user_verification=webauthn.UserVerificationRequirement.PREFERRED,
        challenge=challenge,
    )
    return json.dumps(dict(options)["publicKey"])


def request_options(party: Party, challenge: bytes, *, among: Iterable[bytes], verified: bool) -> str:
    """Return, as JSON, what a browser needs to use a passkey: one of `among`, or whichever the person chooses if it is empty."""
    asked = [webauthn.AttestedCredentialData(one) for one in among]
    options, _state = _server(party).authenticate_begin(asked or None, _verification(verified), challenge=challenge)
    return json.dumps(dict(options)["publicKey"])


def made(party: Party, challenge: bytes, answer: str) -> NewPasskey:
    """Return the passkey in the answer of a browser; raises WrongAnswerError."""
    data = _decoded(answer, lambda given: _server(party).register_complete(_state(challenge, verified=False), given))
    credential = data.credential_data
    if credential is None or credential.public_key.ALGORITHM not in cose.CoseKey.supported_algorithms():
        raise WrongAnswerError
    if len(credential.credential_id) > LONGEST_ID:
        raise WrongAnswerError
    return NewPasskey(fido2_utils.websafe_encode(credential.credential_id), bytes(credential), data.counter)


def credential_id_in(answer: str) -> str:
    """Return the id of the passkey that an answer says it is from; raises WrongAnswerError."""
    return fido2_utils.websafe_encode(
        _decoded(answer, lambda given: webauthn.AuthenticationResponse.from_dict(given).raw_id)
    )


def proven(party: Party, challenge: bytes, answer: str, credential: bytes, *, verified: bool) -> Proof:
    """Return that a passkey was used for a challenge; raises WrongAnswerError.

    If it has to be `verified`, the device must have made sure who used it.
    """
    own, asked = webauthn.AttestedCredentialData(credential), _state(challenge, verified=verified)
    _decoded(answer, lambda given: _server(party).authenticate_complete(asked, [own], given))
    data = _decoded(answer, lambda given: webauthn.AuthenticationResponse.from_dict(given).response.authenticator_data)
    return Proof(data.counter, data.is_user_verified())


def _decoded(answer: str, read: Callable[[Any], Read]) -> Read:
    """Return what is read from an answer. The library reads bytes of strangers and raises whatever they lead to."""
    try:
        return read(json.loads(answer))
    except Exception as error:
        raise WrongAnswerError from error


def _server(party: Party) -> "fido2_server.Fido2Server":
    entity = webauthn.PublicKeyCredentialRpEntity(id=party.host, name="Encuentro")
    return fido2_server.Fido2Server(
        entity, webauthn.AttestationConveyancePreference.NONE, verify_origin=party.origin.__eq__
    )


def _state(challenge: bytes, *, verified: bool) -> dict[str, Any]:
    return {"challenge": fido2_utils.websafe_encode(challenge), "user_verification": _verification(verified)}


def _verification(verified: bool) -> "webauthn.UserVerificationRequirement":
    return webauthn.UserVerificationRequirement.REQUIRED if verified else webauthn.UserVerificationRequirement.PREFERRED


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
