"""Addresses that lead to the internal network, or try to, in every known spelling. The benchmarks use them too."""

import socket

LOOPBACK = [
    "127.0.0.1", "127.1", "127.0.1", "127.0.0.2", "127.255.255.254", "2130706433", "017700000001", "0177.0.0.1", "0177.1",
    "00000177.0.0.1", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0X7F.0x0.0x0.0x1", "127.0.0.01", "127.0x0.0.1", "0", "0.0.0.0",
    "0x0", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::]", "localhost",
    "LocalHost", "127.0.0.1.", "localhost.", "127%2e0%2e0%2e1", "%31%32%37.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "１２７.0.0.1",
]  # fmt: skip
"""This machine, spelled so that one resolver or another understands it."""

INSIDE = [
    "10.0.0.1", "10.255.255.255", "012.0.0.1", "167772161", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1.1.",
    "0xc0a80001", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.170.2", "169.254.0.1",
    "100.64.0.1", "100.100.100.200", "100.127.255.255", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd00::1]",
    "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:c0a8:1::]", "[2001:db8::1]", "[100::1]",
]  # fmt: skip
"""Networks that are not the public web."""

NAMES = {
    "127.0.0.1.nip.io": ["127.0.0.1"],
    "7f000001.nip.io": ["127.0.0.1"],
    "10-0-0-1.sslip.io": ["10.0.0.1"],
    "www.192.168.0.1.xip.example": ["192.168.0.1"],
    "localtest.me": ["127.0.0.1", "::1"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "translated.example": ["64:ff9b::7f00:1"],
    "scoped.example": ["fe80::1%1"],
    "zero.example": ["0.0.0.0"],
    "intranet.example": ["10.1.2.3"],
    "carrier.example": ["100.64.7.7"],
    "cloud.example": ["169.254.169.254"],
    "group.example": ["224.0.0.251"],
    "both.example": ["93.184.215.14", "127.0.0.1"],
    "both-later.example": ["127.0.0.1", "93.184.215.14"],
    "metadata.google.internal": ["169.254.169.254"],
    "metadata.goog": ["169.254.169.254"],
    "metadata": ["169.254.169.254"],
    "instance-data.ec2.internal": ["169.254.169.254"],
    "kubernetes.default.svc.cluster.local": ["10.96.0.1"],
    "printer.local": ["192.168.0.9"],
    "router.lan": ["192.168.0.1"],
    "nas.home.arpa": ["192.168.0.2"],
    "foo.localhost": ["127.0.0.1"],
    "ip6-localhost": ["::1"],
    "localhost.localdomain": ["127.0.0.1"],
    "router": ["192.168.0.1"],
}
"""Host names, and how a hostile name server resolves them."""

_OTHER = [
    "file:///etc/passwd", "file://127.0.0.1/etc/passwd", "ftp://127.0.0.1:{port}/", "gopher://127.0.0.1:{port}/_GET%20/",
    "dict://127.0.0.1:{port}/", "ldap://127.0.0.1:{port}/", "ws://127.0.0.1:{port}/", "data:text/html,<p>x", "about:blank",
    "javascript:alert(1)", "jar:http://127.0.0.1:{port}/!/", "//127.0.0.1:{port}/", "127.0.0.1:{port}", "/etc/passwd", "",
    "http:", "http://", "http:///127.0.0.1:{port}/", "http:127.0.0.1:{port}/", "http://[::1", "http://[127.0.0.1]:{port}/",
    "http://press.example:22/", "http://press.example:25/", "http://press.example:6379/", "http://press.example:0/",
    "http://press.example:65536/", "http://press.example:8080/", "https://press.example:5432/", "http://press.example:-1/",
    "http://user:word@press.example/", "http://press.example@127.0.0.1:{port}/", "http://press.example:80@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@press.example/", "http://press.example\\@127.0.0.1:{port}/", "http://@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@press.example/", "http://127.0.0.1:{port}?@press.example/",
    "http://press.example%2f@127.0.0.1:{port}/", "http://press.example%00.127.0.0.1:{port}/", "http://127.0.0.1\t:{port}/",
    "http://127.0.0.1 :{port}/", "http://127.0.0.1:{port}\r\nX: y/", "ht\ntp://127.0.0.1:{port}/", "http://127.0.0.1:{port} /",
    "  http://127.0.0.1:{port}/  ", "HTTP://127.0.0.1:{port}/", "https://127.0.0.1:{port}/", "http://a..example/",
    "http://.press.example/", "http://press_\x00.example/", "http://" + "a." * 200 + "example/", "http://" + "ß" * 300 + "/",
    "http://press.example/" + "a" * 9000,
]  # fmt: skip


def hostile_addresses(port: int = 80) -> list[str]:
    """Return addresses that must never be requested. With another port, those on this machine lead to a server there."""
    hosts = [*LOOPBACK, *INSIDE, *NAMES]
    return [f"http://{host}:{port}/inside?secret=1" for host in hosts] + [
        text.replace("{port}", str(port)) for text in _OTHER
    ]


def resolve(host, port, *question):
    """Resolve names from the table and numbers as this platform does, without any lookup."""
    if host.rstrip(".") in NAMES:
        return rows(NAMES[host.rstrip(".")], port)
    return socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)


def rows(addresses, port):
    """Return addresses in the form of `socket.getaddrinfo`."""
    return [
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
        if ":" in address
        else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
        for address in addresses
    ]
