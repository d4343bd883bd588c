"""Relays that are far away or encrypt: a whole digest against the same connections without database and composing."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from app.mailer import Envelope, Pump, Relay
from app.models.campaigns.campaigns import Campaign
from benchmarks import Case
from benchmarks.mail_cases import members, wire
from benchmarks.mail_cases.wire import Sent
from tests.certificates import Authority

_TARGET = 0.8
_DELAY = 0.02


def cases(campaign: Campaign, size: int) -> list[Case]:
    """Measure 20 ms for each reply, and TLS with a password."""
    with wire.slow_sink(delay=_DELAY) as port:
        far = _ratio(campaign, f"smtp://127.0.0.1:{port}", size)
    with tempfile.TemporaryDirectory() as folder:
        authority = Authority(Path(folder))
        authority.context_for("localhost")
        trusted = os.environ.get("SSL_CERT_FILE")
        os.environ["SSL_CERT_FILE"] = str(authority.path)
        try:
            with wire.slow_sink(certificate=str(Path(folder) / "localhost.pem")) as port:
                encrypted = _ratio(campaign, f"smtps://house:word@localhost:{port}", size)
        finally:
            os.environ.pop("SSL_CERT_FILE") if trusted is None else os.environ.update(SSL_CERT_FILE=trusted)
    return [
        Case("with 20 ms for each reply, to the bare connections", far, _TARGET, "times", at_least=True),
        Case("with TLS and a password, to the bare connections", encrypted, _TARGET, "times", at_least=True),
    ]


def _ratio(campaign: Campaign, url: str, size: int) -> float:
    members.hand_over_to(url)
    ours = members.send(members.draft(campaign))
    return ours.rate / _bare(Relay.of(url), ours.emails, size).rate


def _bare(relay: Relay, emails: int, size: int) -> Sent:
    content = [b"Subject: x\r\n\r\n" + b"x" * 76 + b"\r\n", (b"x" * 76 + b"\r\n") * (size // 78)]
    envelopes: Iterator[Envelope] = (
        Envelope(number, "house@example.org", f"m{number}@example.org", content) for number in range(emails)
    )
    taken = 0

    def settle(results: object) -> None:
        nonlocal taken
        taken += len(results)  # type: ignore[arg-type]

    pump = Pump(relay, connections=relay.connections)
    started, cpu = time.perf_counter(), time.process_time()
    pump.send(envelopes, settle)
    sent = Sent(taken, time.perf_counter() - started, time.process_time() - cpu)
    pump.close()
    return sent
