"""The commands for the domain that emails are sent from."""

import stat

import pytest
from click.testing import CliRunner

from app.commands import main
from app.mailer.dkim import ED25519_FILE, RSA_FILE


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
