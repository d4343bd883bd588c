"""The commands for the domain that emails are sent from."""

import stat

import pytest
from click.testing import CliRunner

from app import clock
from app.commands import main
from app.mailer.dkim import ED25519_FILE, RSA_FILE
from app.mailer.encryption import Encryption
from tests.nameserver import NameServerHere


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run a command of `encuentro mail` with a VAR_DIR of its own."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("MAIL_FROM", "Encuentro <e@house.example>")

    def run(*arguments):
        answer = CliRunner().invoke(main, ["mail", *arguments], catch_exceptions=False)
        return answer.exit_code, answer.stdout

    return run


def test_keys_are_made_once_and_their_records_are_printed(run, tmp_path):
    code, records = run("key")
    assert code == 0
    rsa, ed25519 = records.splitlines()
    assert rsa.startswith('encuentro._domainkey.house.example. IN TXT ( "v=DKIM1; k=rsa; p=MII')
    assert ed25519.startswith('encuentro-ed25519._domainkey.house.example. IN TXT ( "v=DKIM1; k=ed25519; p=')
    assert max(len(string) for string in rsa.split('"')) == 255
    for name in (RSA_FILE, ED25519_FILE):
        assert stat.S_IMODE((tmp_path / "var" / name).stat().st_mode) == 0o600
    assert run("key") == (0, records)


def test_one_key_alone_can_be_made(run, tmp_path):
    _code, records = run("key", "--only", "ed25519")
    assert "k=ed25519" in records
    assert not (tmp_path / "var" / RSA_FILE).exists()


def text(value):
    return " ".join(f'"{value[at : at + 255]}"' for at in range(0, len(value), 255))


@pytest.fixture
def records():
    """What the name server of a test says."""
    return {
        ("house.example", "TXT"): [text("v=spf1 include:spf.relay.example -all"), text("something else")],
        ("house.example", "MX"): ["10 mail.house.example."],
        ("spf.relay.example", "TXT"): [text("v=spf1 ip4:127.0.0.0/8 ~all")],
        ("_dmarc.house.example", "TXT"): [text("v=DMARC1; p=reject; rua=mailto:a@house.example")],
    }


@pytest.fixture
def name_server(records):
    """The name server."""
    with NameServerHere(records) as server:
        yield server


def lines(run, name_server, language="en"):
    code, said = run("check", "--resolver", name_server.address, "--language", language)
    return code, said.splitlines()


def test_a_domain_that_lacks_nothing(run, name_server, records, mail_server, monkeypatch, tmp_path):
    monkeypatch.setenv("MAIL_URL", mail_server.url)
    monkeypatch.setenv("BASE_URL", "https://house.example")
    for line in run("key")[1].splitlines():
        name, _in, record = line.partition(". IN TXT ")
        records[name, "TXT"] = [record.strip("() ")]
    code, said = lines(run, name_server)
    assert (code, [line[0] for line in said]) == (0, [" "] * len(said))
    assert [line.split(":")[0].strip() for line in said] == ["SPF", "SPF", "DKIM", "DKIM", "DMARC", "PTR", "TLS"]
    assert said[-1].endswith("does not encrypt, but it is this machine.")


def test_a_domain_that_lacks_everything_in_spanish(run, name_server, records):
    records.clear()
    records["other.example", "TXT"] = [text("x")]
    code, said = lines(run, name_server, "es")
    assert code == 1
    assert said[0].startswith("! SPF: house.example no dice quién puede enviar sus correos.")
    assert said[1].startswith("! MX: nada recibe correos para house.example")
    assert said[2] == "! DKIM: los correos no se firman. Crea las claves con: encuentro mail key"
    assert "_dmarc.house.example. IN TXT" in said[3]


def test_a_key_that_is_not_the_one_in_use_is_told_with_the_right_record(run, name_server, records):
    record = run("key", "--only", "ed25519")[1]
    records["encuentro-ed25519._domainkey.house.example", "TXT"] = [text("v=DKIM1; k=ed25519; p=AAAA")]
    _code, said = lines(run, name_server)
    (told,) = [line for line in said if "DKIM" in line]
    assert told.startswith("! DKIM: another key is published at encuentro-ed25519._domainkey.house.example.")
    assert record.split('"')[1] in told


def test_the_domain_that_emails_return_to_is_checked_too(run, name_server, monkeypatch):
    monkeypatch.setenv("MAIL_BOUNCE_ADDRESS", "bounces@back.example")
    _code, said = lines(run, name_server)
    assert [line[:24] for line in said[:3]] == [
        "! SPF: back.example does",
        "! MX: nothing takes emai",
        "  SPF: house.example say",
    ]


def test_silence_is_not_taken_for_a_missing_record(run, name_server, monkeypatch):
    monkeypatch.setattr("app.mailer.name_server._PATIENCE", 0.3)
    name_server.is_silent = True
    code, said = lines(run, name_server)
    assert code == 1
    assert said[0] == "! SPF: no name server answers about house.example, so nothing is known."


def test_the_addresses_and_the_encryption_of_a_relay_elsewhere(run, name_server, records, monkeypatch):
    monkeypatch.setenv("MAIL_URL", "smtp://ana:w0rd@relay.example:587")
    monkeypatch.setenv("BASE_URL", "https://house.example")
    monkeypatch.setattr("app.mailer.domain_check.encryption_of", lambda _relay: Encryption("TLSv1.2", clock.now()))
    records["relay.example", "A"] = ["198.51.100.7", "198.51.100.8"]
    records["relay.example", "AAAA"] = ["2001:db8::7"]
    records["7.100.51.198.in-addr.arpa", "PTR"] = ["relay.example."]
    records["8.100.51.198.in-addr.arpa", "PTR"] = ["house.example."]
    code, said = lines(run, name_server)
    assert code == 1
    assert "w0rd" not in "".join(said)
    assert said[0].startswith("! SPF: house.example does not let the addresses of relay.example:587 send.")
    assert [line[:22] for line in said if "PTR" in line] == [
        "  PTR: 198.51.100.7 of", "! PTR: 198.51.100.8 of", "! PTR: 2001:db8::7 of "
    ]  # fmt: skip
    assert said[-1].startswith("! TLS: the certificate of relay.example:587 ends on 20")
