"""A certificate authority for tests, and certificates of servers that it vouches for."""

import ipaddress
import ssl
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app import clock


class Authority:
    """Signs certificates; a client trusts them whose SSL_CERT_FILE is `path`."""

    def __init__(self, folder):
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tests")])
        self.path = folder / "authority.pem"
        basic = x509.BasicConstraints(ca=True, path_length=None)
        usage = x509.KeyUsage(*[False] * 5, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False)
        signed = self._signed(self._name, self._key, (basic, True), (usage, True))
        self.path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))

    def context_for(self, host):
        """Return the TLS context of a server of this name."""
        key = ec.generate_private_key(ec.SECP256R1())
        literal = ":" in host
        name = x509.IPAddress(ipaddress.ip_address(host)) if literal else x509.DNSName(host)
        names = x509.SubjectAlternativeName([name])
        signed = self._signed(x509.Name([]), key, (names, True))
        file = self._folder / f"{host}.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _signed(self, name, key, *extensions):
        day = timedelta(days=1)
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        builder = x509.CertificateBuilder(
            self._name, name, key.public_key(), x509.random_serial_number(), clock.now() - day, clock.now() + day
        )
        for extension, critical in (*extensions, (identifier, False), (issuer, False)):
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(self._key, hashes.SHA256())
