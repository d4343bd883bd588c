"""Emails over several relays, of which some are in trouble."""

import socket
import time
from collections import Counter

import pytest

from app.jobs.mail.fleet import Fleet
from app.mailer import Envelope, Relay, Verdict
from app.mailer.channel import Patience
from tests.mailer.scripted import CLOSE, ScriptedServer
from tests.mailserver import free_port


def envelopes(count):
    return [Envelope(n, "e@house.example", f"m{n}@example.org", [b"Subject: %d\r\n\r\n" % n]) for n in range(count)]


def sent_over(*urls, count=60, go_on=lambda: True, patience=None):
    fleet, results = Fleet([Relay.of(url) for url in urls], own_name="localhost", patience=patience), []
    left = fleet.send(iter(envelopes(count)), results.extend, go_on)
    fleet.close()
    assert len(results) == len({email.key for email, _outcome in results})
    return fleet, {email.key: outcome.verdict for email, outcome in results}, left


def test_emails_are_spread_by_weight():
    with ScriptedServer() as light, ScriptedServer() as heavy:
        _fleet, verdicts, left = sent_over(
            f"{light.url}?connections=2", f"{heavy.url}?weight=3&connections=2", count=80
        )
        assert (set(verdicts.values()), len(verdicts), left) == ({Verdict.SENT}, 80, [])
        assert len(light.taken) + len(heavy.taken) == 80
        assert 10 <= len(light.taken) <= 35


@pytest.mark.parametrize("answer", ["550 who are you", "451 later"])
@pytest.mark.parametrize("step", ["MAIL", "greeting"])
def test_what_a_relay_does_not_take_goes_to_another_one(step, answer):
    with ScriptedServer(lambda at, *_: answer if at == step else None) as bad, ScriptedServer() as good:
        fleet, verdicts, left = sent_over(bad.url, good.url)
        assert (set(verdicts.values()), len(verdicts), left) == ({Verdict.SENT}, 60, [])
        assert (bad.taken, len(good.taken)) == ([], 60)
        (name,) = [name for name, reason in fleet.states.items() if reason]
        assert bad.url.endswith(name)
        assert answer[:3] in fleet.states[name]
        assert fleet.takes_more


def test_a_relay_that_fails_in_the_middle_is_replaced_and_an_answer_that_never_came_is_unknown():
    def fails_later(step, email, _connection):
        return CLOSE if (email > 9 and step == "end") or (email > 9 and step == "greeting") else None

    with ScriptedServer(fails_later) as failing, ScriptedServer() as good:
        _fleet, verdicts, left = sent_over(f"{failing.url}?connections=1", good.url)
        counted = Counter(verdicts.values())
        assert left == []
        assert counted == {Verdict.SENT: 60 - counted[Verdict.UNKNOWN], Verdict.UNKNOWN: counted[Verdict.UNKNOWN]}
        assert 1 <= counted[Verdict.UNKNOWN] <= 2
        assert len(failing.taken) + len(good.taken) >= counted[Verdict.SENT]


def test_a_relay_from_which_nothing_comes_back_holds_up_only_what_it_was_given():
    with socket.socket() as full, socket.socket() as first, ScriptedServer() as good:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        first.connect(full.getsockname())  # no other connection is answered
        silent = f"smtp://127.0.0.1:{full.getsockname()[1]}?connections=2"
        fleet, verdicts, left = sent_over(silent, good.url, patience=Patience(connecting=0.5))
        assert (set(verdicts.values()), len(verdicts), left) == ({Verdict.SENT}, 60, [])
        assert [reason for reason in fleet.states.values() if reason] == ["the server did not answer in time"]


def test_nothing_is_tried_further_once_all_relays_are_in_trouble():
    fleet, verdicts, left = sent_over(f"smtp://127.0.0.1:{free_port()}", f"smtp://127.0.0.1:{free_port()}")
    assert verdicts == {}
    assert 0 < len(left) < 60
    assert not fleet.takes_more
    assert all("refused" in reason.lower() for reason in fleet.states.values())


def test_an_email_that_every_relay_refuses_for_its_own_reasons_is_an_attempt():
    def refuses_the_first(step, email, _connection):
        return "451 busy" if step == "MAIL" and email == 1 else None

    with ScriptedServer(refuses_the_first) as one, ScriptedServer(refuses_the_first) as other:
        _fleet, verdicts, left = sent_over(one.url, other.url, count=1)
        assert (verdicts, left) == ({0: Verdict.LATER}, [])


def test_an_email_that_one_relay_postponed_is_not_stuck_when_the_other_is_gone():
    def ends_late(_step, _email, _connection):
        time.sleep(0.3)
        return "554 no service"

    looks = iter(range(100))
    with (
        ScriptedServer(lambda step, *_: "451 busy" if step == "MAIL" else None) as busy,
        ScriptedServer(ends_late) as other,
    ):
        _fleet, verdicts, left = sent_over(busy.url, other.url, count=3, go_on=lambda: next(looks, None) is not None)
        assert (set(verdicts.values()), left) == ({Verdict.LATER}, [])


def test_a_recipient_that_does_not_exist_is_not_asked_about_twice():
    with ScriptedServer(lambda at, *_: "550 no such user" if at == "RCPT" else None) as one, ScriptedServer() as other:
        _fleet, verdicts, _left = sent_over(one.url, other.url, count=40)
        assert Verdict.NEVER in verdicts.values()
        assert len(other.taken) == list(verdicts.values()).count(Verdict.SENT)


def test_emails_that_were_not_begun_are_returned_when_sending_has_to_stop():
    looks = iter([True, True])
    with ScriptedServer() as one, ScriptedServer() as other:
        _fleet, verdicts, left = sent_over(one.url, other.url, count=60, go_on=lambda: next(looks, False))
        assert len(one.taken) + len(other.taken) == len(verdicts) < 60
        assert not {email.key for email in left} & set(verdicts)
