"""A device that makes and uses passkeys, in Python: it answers the questions of pages as a browser does."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Authenticator:
    """One device with one passkey."""

    def __init__(self, origin="https://encuentro.test", host="encuentro.test", *, verifies=True, count=0):
        self.origin, self.host, self.verifies, self.count = origin, host, verifies, count
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)

    def make(self, options):
        """Return the answer to a question for a new passkey; `options` is the JSON on the page."""
        public = ES256.from_cryptography_key(self.key.public_key())
        data = self._data(ATTESTED, AttestedCredentialData.create(b"\0" * 16, self.id, public))
        parts = {"attestationObject": AttestationObject.create("none", data, {})}
        return self._answer(self._client_data("webauthn.create", options), parts)

    def use(self, options):
        """Return the answer to a question for an existing passkey."""
        if self.count:
            self.count += 1
        client, data = self._client_data("webauthn.get", options), self._data(0)
        signature = self.key.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(client, {"authenticatorData": data, "signature": signature})

    def _data(self, flags, *credential):
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return AuthenticatorData.create(hashlib.sha256(self.host.encode()).digest(), flags, self.count, *credential)

    def _client_data(self, kind, options):
        return CollectedClientData.create(kind, websafe_decode(json.loads(options)["challenge"]), self.origin)

    def _answer(self, client_data, parts):
        response = {name: websafe_encode(part) for name, part in ({"clientDataJSON": client_data} | parts).items()}
        name = websafe_encode(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
