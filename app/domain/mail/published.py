"""What the DNS records of a domain say about emails from it, and what they lack. Nothing here asks a name server."""

import ipaddress
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

_MOST_LOOKUPS = 10
"""Look-ups that an SPF record may need (RFC 7208, section 4.6.4)."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Addresses = Collection[Address]


class Case(StrEnum):
    """What was found about one thing."""

    NO_ANSWER = "no_answer"
    SPF_GOOD = "spf_good"
    SPF_MISSING = "spf_missing"
    SPF_SEVERAL = "spf_several"
    SPF_ALLOWS_ALL = "spf_allows_all"
    SPF_TOO_LONG = "spf_too_long"
    SPF_BROKEN = "spf_broken"
    SPF_WITHOUT_RELAY = "spf_without_relay"
    SPF_UNSURE = "spf_unsure"
    MX_MISSING = "mx_missing"
    DKIM_GOOD = "dkim_good"
    DKIM_NO_KEY = "dkim_no_key"
    DKIM_MISSING = "dkim_missing"
    DKIM_OTHER_KEY = "dkim_other_key"
    DMARC_GOOD = "dmarc_good"
    DMARC_MISSING = "dmarc_missing"
    DMARC_SEVERAL = "dmarc_several"
    DMARC_WATCHES = "dmarc_watches"
    DMARC_NO_REPORTS = "dmarc_no_reports"
    DMARC_NOT_ALIGNED = "dmarc_not_aligned"
    PTR_GOOD = "ptr_good"
    PTR_MISSING = "ptr_missing"
    PTR_OTHER = "ptr_other"
    PTR_UNSURE = "ptr_unsure"
    TLS_GOOD = "tls_good"
    TLS_NEAR = "tls_near"
    TLS_MISSING = "tls_missing"
    TLS_CERTIFICATE = "tls_certificate"
    TLS_ENDS_SOON = "tls_ends_soon"
    TLS_UNREACHABLE = "tls_unreachable"
    NO_RELAY = "no_relay"


_RIGHT = frozenset(
    {
        Case.SPF_GOOD, Case.SPF_UNSURE, Case.DKIM_GOOD, Case.DMARC_GOOD, Case.DMARC_WATCHES, Case.DMARC_NO_REPORTS, Case.PTR_GOOD,
        Case.PTR_UNSURE, Case.TLS_GOOD, Case.TLS_NEAR, Case.NO_RELAY,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, with what the sentence about it names."""

    case: Case
    values: dict[str, str] = field(default_factory=dict)

    @property
    def is_wrong(self) -> bool:
        """Whether something has to be done."""
        return self.case not in _RIGHT


class BrokenRecord(Exception):
    """An SPF record that no server understands, or that needs too many look-ups."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.case = case


@dataclass(slots=True)
class Spf:
    """Reads SPF records: `texts` and `addresses` look names up, `mail_servers` those of a domain."""

    texts: Callable[[str], Sequence[str]]
    addresses: Callable[[str], Addresses]
    mail_servers: Callable[[str], Sequence[str]]
    _looked_up: int = 0

    def check(self, domain: str, senders: dict[str, Addresses]) -> list[Finding]:
        """Return what is to be said about a domain and the relays that send for it, by their names and addresses."""
        records = self._records(domain)
        if len(records) != 1:
            values = {"domain": domain, "record": "v=spf1 mx -all"}
            return [Finding(Case.SPF_SEVERAL if records else Case.SPF_MISSING, values)]
        found: list[Finding] = []
        try:
            ends = records[0].split()[-1].lower()
            if ends in {"all", "+all", "?all"}:
                found.append(Finding(Case.SPF_ALLOWS_ALL, {"domain": domain, "record": ends}))
            for name, addresses in senders.items():
                self._looked_up = 0
                public = [one for one in addresses if not one.is_loopback]
                if not public:
                    found.append(Finding(Case.SPF_UNSURE, {"domain": domain, "relay": name}))
                elif not all(self._allows(domain, one) for one in public):
                    found.append(Finding(Case.SPF_WITHOUT_RELAY, {"domain": domain, "relay": name}))
            self._looked_up = 0
            self._allows(domain, ipaddress.IPv4Address("192.0.2.255"))  # reads all of it
        except BrokenRecord as error:
            return [*found, Finding(error.case, {"domain": domain})]
        return found if any(one.is_wrong for one in found) else [Finding(Case.SPF_GOOD, {"domain": domain}), *found]

    def _records(self, domain: str) -> list[str]:
        return [one for one in self.texts(domain) if one.lower().split(" ", 1)[0] == "v=spf1"]

    def _allows(self, domain: str, address: Address) -> bool:
        """Return whether the record of a domain lets an address send (RFC 7208, section 4.6)."""
        records = self._records(domain)
        if len(records) != 1:
            raise BrokenRecord(Case.SPF_BROKEN)
        redirect = ""
        for term in records[0].split()[1:]:
            if term.lower().startswith("redirect="):
                redirect = term.partition("=")[2]
            elif "=" in term.partition(":")[0]:
                continue  # a modifier that says nothing about who may send
            elif self._matches(term.lstrip("+-~?"), domain, address):
                return term[0] not in "-~?"
        if redirect:
            self._count()
            return self._allows(redirect, address)
        return False

    def _matches(self, term: str, domain: str, address: Address) -> bool:
        kind, _colon, rest = term.partition(":")
        kind, _slash, bits = kind.partition("/")
        kind = kind.lower()
        if kind == "all":
            return True
        if kind in {"ip4", "ip6"}:
            try:
                return address in ipaddress.ip_network(rest, strict=False)
            except ValueError as error:
                raise BrokenRecord(Case.SPF_BROKEN) from error
        self._count()
        name, _slash, more_bits = rest.partition("/")
        name, bits = name or domain, (bits or more_bits).partition("/")[0]
        if kind == "include":
            return self._allows(name, address)
        if kind == "a":
            return self._is_near(address, self.addresses(name), bits)
        if kind == "mx":
            return any(self._is_near(address, self.addresses(server), bits) for server in self.mail_servers(name))
        if kind in {"exists", "ptr"}:
            return False
        raise BrokenRecord(Case.SPF_BROKEN)

    def _is_near(self, address: Address, found: Addresses, bits: str) -> bool:
        if not bits.isdecimal() or address.version == 6:
            return address in found
        return any(address in ipaddress.ip_network(f"{one}/{bits}", strict=False) for one in found if one.version == 4)

    def _count(self) -> None:
        self._looked_up += 1
        if self._looked_up > _MOST_LOOKUPS:
            raise BrokenRecord(Case.SPF_TOO_LONG)


def tags(record: str) -> dict[str, str]:
    """Return the tags of a DKIM or DMARC record."""
    pairs = (one.partition("=") for one in record.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, equals, value in pairs if equals}


def dkim(name: str, records: Sequence[str], wanted: str) -> Finding:
    """Return what is to be said about a published key, compared with the record that should be there."""
    values = {"name": name, "record": wanted}
    published = [tags(one).get("p", "") for one in records if "p=" in one]
    if not published:
        return Finding(Case.DKIM_MISSING, values)
    return Finding(Case.DKIM_GOOD if published == [tags(wanted)["p"]] else Case.DKIM_OTHER_KEY, values)


def dmarc(domain: str, records: Sequence[str], signs: str) -> list[Finding]:
    """Return what is to be said about the policy of a domain whose emails are signed by the domain `signs`."""
    policies = [tags(one) for one in records if "".join(one.split()).upper().startswith("V=DMARC1")]
    values = {"domain": domain, "record": f'_dmarc.{domain}. IN TXT "v=DMARC1; p=none; rua=mailto:postmaster@{domain}"'}
    if len(policies) != 1:
        return [Finding(Case.DMARC_SEVERAL if policies else Case.DMARC_MISSING, values)]
    policy = policies[0]
    found = []
    if policy.get("adkim") == "s" and signs != domain:
        found.append(Finding(Case.DMARC_NOT_ALIGNED, {"domain": domain, "signs": signs}))
    if policy.get("p", "none").lower() == "none":
        found.append(Finding(Case.DMARC_WATCHES, values))
    if "rua" not in policy:
        found.append(Finding(Case.DMARC_NO_REPORTS, values))
    return found or [Finding(Case.DMARC_GOOD, {"domain": domain, "policy": policy["p"]})]
