"""The bill of materials: every package of the lock file, with checksums and licenses."""

import json

from click.testing import CliRunner

from app.commands import main, sbom
from app.commands.sbom import bill, locked

LOCK = """flask==3.1.2 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
psycopg[binary]==3.2.1 ; python_version < "3.14" \\
    --hash=sha256:{a}
Zope.Interface_x==1.0
""".format(a="a" * 64, b="b" * 64)


def test_packages_are_read_from_the_lock_file_with_their_checksums():
    found = [(one.name, one.version, [checksum[0] for checksum in one.checksums]) for one in locked(LOCK)]
    assert found == [("flask", "3.1.2", ["a", "b"]), ("psycopg", "3.2.1", ["a"]), ("zope-interface-x", "1.0", [])]


def test_the_bill_names_every_package_of_the_lock_once_with_a_license(tmp_path):
    file = tmp_path / "bom.json"
    answer = CliRunner().invoke(main, ["sbom", "--to", str(file)], catch_exceptions=False)
    assert answer.exit_code == 0
    made = json.loads(file.read_text())
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    packages = [one for one in made["components"] if one["type"] == "library"]
    pinned = [line for line in sbom.LOCK.read_text().splitlines() if "==" in line and not line.startswith(" ")]
    assert len(packages) == len(pinned) == len({one["purl"] for one in packages}) > 50
    assert all(one["externalReferences"][0]["hashes"] for one in packages)
    flask = next(one for one in packages if one["name"] == "flask")
    assert flask["purl"] == f"pkg:pypi/flask@{flask['version']}"
    assert flask["licenses"] == [{"expression": "BSD-3-Clause"}]
    licensed = [one for one in packages if one.get("licenses")]
    assert len(licensed) > 0.8 * len(packages)  # those for other systems are not installed here
    assert made["dependencies"][0]["dependsOn"] == [one["purl"] for one in packages]


def test_the_same_lock_file_gives_the_same_bill_and_another_one_another_number():
    assert bill(LOCK) == bill(LOCK)
    assert bill(LOCK)["serialNumber"] != bill(LOCK + "a==1")["serialNumber"]


def test_a_lock_file_that_is_missing_is_told_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(sbom, "LOCK", tmp_path / "none.lock")
    answer = CliRunner().invoke(main, ["sbom"])
    assert answer.exit_code == 1
    assert "cannot be read: No such file" in answer.output
