"""The audit of the locked packages says what it found, or that it could not look."""

import json
import os
import sys

import pytest

from tools import audit

FOUND = {
    "dependencies": [
        {"name": "flask", "version": "3.1.2", "vulns": []},
        {"name": "lxml", "version": "5.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["5.1", "6.0"]}]},
    ]
}


@pytest.fixture
def looked_up(tmp_path):
    """Return a command that stands for pip-audit: it runs Python code with its arguments in `given`."""

    def command(code):
        script = tmp_path / "pip-audit"
        script.write_text(f"#!{sys.executable}\nimport json, sys, time\ngiven = sys.argv\n{code}\n")
        script.chmod(0o700)
        return str(script)

    return command


UNREADABLE = "open(given[given.index('--output') + 1], 'w').write('{')"


def writing(found):
    return f"open(given[given.index('--output') + 1], 'w').write({json.dumps(found)!r})"


def test_known_vulnerabilities_are_named_with_the_version_that_mends_them(looked_up, capsys):
    assert audit.main(looked_up(writing(FOUND) + "; sys.exit(1)")) == 1
    assert capsys.readouterr().out.splitlines() == [
        "lxml 5.0: PYSEC-2026-1, fixed in 5.1, 6.0",
        "Audit: 1 known vulnerabilities in 2 locked packages.",
    ]


def test_no_known_vulnerability_is_no_error(looked_up, capsys):
    assert audit.main(looked_up(writing({"dependencies": FOUND["dependencies"][:1]}))) == 0
    assert "Audit: 0 known" in capsys.readouterr().out


def test_the_whole_lock_file_is_looked_up_with_its_checksums(looked_up, capsys):
    asked = "assert '--require-hashes' in given and given[given.index('-r') + 1].endswith('requirements.lock'); "
    assert audit.main(looked_up(asked + writing(FOUND))) == 1


@pytest.mark.parametrize("code", ["sys.exit('ConnectionError: no route')", UNREADABLE, "time.sleep(60)"])
def test_a_list_that_cannot_be_reached_is_told_and_holds_up_nothing(looked_up, capsys, monkeypatch, code):
    monkeypatch.setattr(audit, "LONGEST", 1)
    assert audit.main(looked_up(code)) == os.EX_TEMPFAIL
    assert "Audit skipped: the list of vulnerabilities could not be reached" in capsys.readouterr().out


def test_a_tool_that_is_not_installed_is_told(tmp_path, capsys):
    assert audit.main(str(tmp_path / "none")) == os.EX_TEMPFAIL
    assert "Audit skipped" in capsys.readouterr().out
