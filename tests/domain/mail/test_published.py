"""What DNS records say about emails from a domain."""

from ipaddress import ip_address

import pytest

from app.domain.mail.published import Case, Spf, dkim, dmarc

RELAY = {"relay.example:587": [ip_address("198.51.100.7"), ip_address("2001:db8::7")]}


def cases(record, relay=None, **others):
    texts = {"house.example": record if isinstance(record, list) else [record], **others}
    spf = Spf(
        lambda name: texts.get(name, []),
        lambda name: [ip_address("198.51.100.7")] if name in ("relay.example", "mx.example") else [],
        lambda name: ["mx.example"],
    )
    return [one.case for one in spf.check("house.example", relay or RELAY)]


BOTH = "ip6:2001:db8::/32"


@pytest.mark.parametrize(
    ("record", "case"),
    [
        (f"v=spf1 ip4:198.51.100.0/24 {BOTH} -all", Case.SPF_GOOD),
        (f"v=spf1 a:relay.example {BOTH} ~all", Case.SPF_GOOD),
        (f"v=spf1 mx/24 {BOTH} -all", Case.SPF_GOOD),
        ("v=spf1 include:ok.example -all", Case.SPF_GOOD),
        ("v=spf1 redirect=ok.example", Case.SPF_GOOD),
        ("v=spf1 ip4:198.51.100.7 -all", Case.SPF_WITHOUT_RELAY),
        ("v=spf1 -ip4:198.51.100.7 mx -all", Case.SPF_WITHOUT_RELAY),
        ("v=spf1 +all", Case.SPF_ALLOWS_ALL),
        ("v=spf1 include:none.example -all", Case.SPF_BROKEN),
        ("v=spf1 ip4:1.2.3 -all", Case.SPF_BROKEN),
        ("v=spf1 include:loop.example -all", Case.SPF_TOO_LONG),
        ([], Case.SPF_MISSING),
        (["v=spf1 -all", "v=spf1 mx -all"], Case.SPF_SEVERAL),
        ("v=spf10 -all", Case.SPF_MISSING),
    ],
)
def test_an_spf_record(record, case):
    others = {"ok.example": [f"v=spf1 a:mx.example {BOTH} -all"], "loop.example": ["v=spf1 include:loop.example -all"]}
    assert cases(record, **others) == [case]


def test_a_relay_on_this_machine_may_send_from_anywhere():
    assert cases("v=spf1 -all", {"localhost:25": [ip_address("127.0.0.1")]}) == [Case.SPF_GOOD, Case.SPF_UNSURE]


@pytest.mark.parametrize(
    ("records", "case"),
    [
        (["v=DKIM1; k=rsa; p=AB CD"], Case.DKIM_GOOD),
        (["p=ABCD"], Case.DKIM_GOOD),
        (["v=DKIM1; p="], Case.DKIM_OTHER_KEY),
        (["v=spf1"], Case.DKIM_MISSING),
    ],
)
def test_a_published_key(records, case):
    assert dkim("x._domainkey.house.example", records, "v=DKIM1; k=rsa; p=ABCD").case is case


@pytest.mark.parametrize(
    ("records", "found"),
    [
        (["v=DMARC1; p=reject; rua=mailto:a@b.example"], [Case.DMARC_GOOD]),
        (["v=DMARC1;p=none"], [Case.DMARC_WATCHES, Case.DMARC_NO_REPORTS]),
        (["v=DMARC1; p=reject; rua=mailto:a@b.example; adkim=s"], [Case.DMARC_NOT_ALIGNED]),
        (["v=spf1"], [Case.DMARC_MISSING]),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], [Case.DMARC_SEVERAL]),
    ],
)
def test_a_policy(records, found):
    assert [one.case for one in dmarc("a.house.example", records, "house.example")] == found
