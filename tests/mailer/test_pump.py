"""Many emails over several connections, with servers that refuse, close, and fall silent."""

from collections import Counter

import pytest

from app.mailer import Envelope, Pump, Relay, Verdict
from app.mailer.channel import Patience
from tests.mailer.scripted import CLOSE, PROPER, SILENCE, ScriptedServer
from tests.mailserver import free_port

SOON = Patience(connecting=5, reply=1, end=1)
"""For servers that fall silent; the others are waited for."""
ONE_BY_ONE = "250-here\r\n250 8BITMIME"


def envelopes(count):
    return [
        Envelope(number, "e@house.example", f"m{number}@example.org", [b"Subject: %d\r\n\r\n" % number, b"..text\r\n"])
        for number in range(count)
    ]


def pumped(url, count=6, connections=1, patience=None):
    pump, results = Pump(Relay.of(url), connections=connections, patience=patience), []
    left = pump.send(iter(envelopes(count)), results.extend)
    pump.close()
    assert len(results) + len(left) <= count
    assert len({email.key for email, _outcome in results}) == len(results)
    return pump, results, left


def verdicts(results):
    return {email.key: outcome.verdict for email, outcome in results}


@pytest.mark.parametrize("greeting", [PROPER["EHLO"], ONE_BY_ONE])
@pytest.mark.parametrize("connections", [1, 3])
def test_every_email_is_taken_once_with_or_without_pipelining(greeting, connections):
    with ScriptedServer(lambda step, *_: greeting if step == "EHLO" else None) as server:
        _pump, results, left = pumped(server.url, 20, connections)
        assert set(verdicts(results).values()) == {Verdict.SENT}
        assert (len(results), left) == (20, [])
        assert sorted(server.taken) == sorted(b"Subject: %d\r\n\r\n.text\r\n" % number for number in range(20))
        assert server.connections <= connections


@pytest.mark.parametrize("features", [PROPER["EHLO"], ONE_BY_ONE])
@pytest.mark.parametrize(
    ("step", "answer", "verdict"),
    [
        ("MAIL", "451 later", Verdict.LATER),
        ("MAIL", "550 who are you", Verdict.LATER),
        ("RCPT", "451 greylisted", Verdict.LATER),
        ("RCPT", "550 no such user", Verdict.NEVER),
        ("DATA", "451 later", Verdict.LATER),
        ("DATA", "554 no", Verdict.NEVER),
        ("end", "452 full", Verdict.LATER),
        ("end", "554 not wanted", Verdict.NEVER),
        ("RCPT", "421 closing", Verdict.SENT),
        ("end", "421 closing", Verdict.LATER),
        ("MAIL", CLOSE, Verdict.SENT),
        ("RCPT", CLOSE, Verdict.SENT),
        ("end", CLOSE, Verdict.UNKNOWN),
        ("end", SILENCE, Verdict.UNKNOWN),
        ("RCPT", SILENCE, Verdict.SENT),
    ],
)
def test_a_fault_concerns_one_email_and_the_others_are_sent(features, step, answer, verdict):
    def script(at, email, _connection):
        return features if at == "EHLO" else answer if at == step and email == 3 else None

    with ScriptedServer(script) as server:
        _pump, results, left = pumped(server.url, patience=SOON if answer == SILENCE else None)
        found = verdicts(results)
        assert left == []
        assert Counter(found.values()) == Counter({Verdict.SENT: 5}) + Counter([verdict])
        assert found[2] is verdict
        assert len(server.taken) == list(found.values()).count(Verdict.SENT)


def test_an_email_that_breaks_every_connection_waits_and_the_others_are_sent():
    broken = []

    def script(step, _email, _connection):
        if step == "RCPT" and server.commands[-1].startswith("RCPT TO:<m3@"):
            broken.append(step)
            return CLOSE
        return None

    with ScriptedServer(script) as server:
        _pump, results, left = pumped(server.url)
        assert verdicts(results) == dict.fromkeys(range(6), Verdict.SENT) | {3: Verdict.LATER}
        assert (left, len(broken)) == ([], 2)


@pytest.mark.parametrize("answer", ["554 go away", "421 too busy", CLOSE, SILENCE, "nonsense"])
@pytest.mark.parametrize("connections", [1, 3])
def test_a_server_that_does_not_let_anybody_in_gets_no_email_and_none_is_burnt(answer, connections):
    with ScriptedServer(lambda step, *_: answer if step == "greeting" else None) as server:
        pump, results, left = pumped(server.url, connections=connections, patience=SOON if answer == SILENCE else None)
        assert pump.trouble
        assert (results, len(left)) == ([], min(6, connections))
        assert server.connections <= connections


def test_a_server_that_is_not_there_is_a_trouble():
    pump, results, left = pumped(f"smtp://127.0.0.1:{free_port()}")
    assert "ConnectionRefused" in pump.trouble
    assert (results, len(left)) == ([], 1)


def test_a_relay_that_refuses_the_sender_gets_no_more_than_ten_emails():
    with ScriptedServer(lambda step, *_: "550 not you" if step == "MAIL" else None) as server:
        pump, results, _left = pumped(server.url, 40)
        assert "550 not you" in pump.trouble
        assert set(verdicts(results).values()) == {Verdict.LATER}
        assert 10 <= len(results) <= 12


def test_a_relay_that_allows_fewer_connections_gets_the_emails_over_those():
    with ScriptedServer(
        lambda step, _email, connection: "421 too many" if step == "greeting" and connection > 1 else None
    ) as server:
        pump, results, left = pumped(server.url, 20, connections=4)
        assert set(verdicts(results).values()) == {Verdict.SENT}
        assert (len(results), left, pump.trouble) == (20, [], "")
        assert server.connections <= 5


def test_a_relay_that_refused_one_connection_and_later_closes_the_other_is_asked_again():
    def script(step, email, connection):
        if step == "greeting" and connection == 1:
            return "421 too many"
        return "421 closing" if step == "RCPT" and email == 3 and connection == 2 else None

    with ScriptedServer(script) as server:
        pump, results, left = pumped(server.url, 8, connections=2)
        assert set(verdicts(results).values()) == {Verdict.SENT}
        assert (len(results), left, pump.trouble) == (8, [], "")


def test_what_is_on_its_way_is_finished_when_sending_stops():
    with ScriptedServer() as server:
        seen = []
        pump, results = Pump(Relay.of(server.url), connections=1), []

        def settle(some):
            results.extend(some)
            seen.append(len(results))

        left = pump.send(iter(envelopes(50)), settle, lambda: len(results) < 5)
        pump.close()
        assert 5 <= len(results) <= 8
        assert len(server.taken) == len(results)
        assert {one.key for one in left}.isdisjoint(verdicts(results))


def test_connections_stay_open_from_batch_to_batch_and_one_that_was_closed_is_replaced():
    with ScriptedServer() as server:
        pump, results = Pump(Relay.of(server.url), connections=1), []
        pump.send(iter(envelopes(2)), results.extend)
        pump.send(iter(envelopes(2)), results.extend)
        assert server.connections == 1
        server.script = lambda step, *_: CLOSE if step == "MAIL" and server.connections == 1 else None
        pump.send(iter(envelopes(2)), results.extend)
        pump.close()
        assert (server.connections, len(server.taken)) == (2, 6)
        assert {outcome.verdict for _email, outcome in results} == {Verdict.SENT}


@pytest.mark.parametrize("address", ["a@example.org>\r\nRCPT TO:<b@example.org", "a b@example.org", "<a@example.org"])
def test_an_address_that_ends_its_command_is_an_error(address):
    with pytest.raises(ValueError, match="ends it"):
        Envelope(1, "e@house.example", address, [])


def test_an_old_server_that_knows_no_ehlo_gets_the_emails_one_by_one():
    with ScriptedServer(lambda step, *_: "502 what?" if step == "EHLO" else None) as server:
        _pump, results, _left = pumped(server.url, 3)
        assert set(verdicts(results).values()) == {Verdict.SENT}
        assert "HELO localhost" in server.commands


def test_an_email_larger_than_the_server_takes_fails_without_being_sent():
    with ScriptedServer(lambda step, *_: "250-here\r\n250 SIZE 20" if step == "EHLO" else None) as server:
        _pump, results, _left = pumped(server.url, 1)
        assert verdicts(results) == {0: Verdict.NEVER}
        assert not any(command.startswith("MAIL") for command in server.commands)
