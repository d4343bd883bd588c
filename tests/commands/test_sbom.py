"""The bill of materials: every package of the lock file, with checksums and licenses."""

import json
import re

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


def test_the_bill_has_what_the_schema_of_cyclonedx_requires():
    """As in bom-1.6.schema.json: required properties, closed lists of values, patterns, and references that exist."""
    made = bill(sbom.LOCK.read_text())
    assert made["$schema"] == "http://cyclonedx.org/schema/bom-1.6.schema.json"
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["serialNumber"])
    assert made["version"] >= 1
    assert made.keys() <= {
        "$schema",
        "bomFormat",
        "specVersion",
        "serialNumber",
        "version",
        "metadata",
        "components",
        "dependencies",
    }
    components = [made["metadata"]["component"], *made["components"]]
    for one in components:
        assert one["name"], one
        assert one["type"] in ("application", "library", "data"), one
        assert one.keys() <= {
            "type", "bom-ref", "name", "version", "description", "licenses", "purl", "externalReferences",
        }, one  # fmt: skip
        check_licenses(one.get("licenses", []))
        for outside in one.get("externalReferences", ()):
            assert (outside["type"], outside["url"][:8]) == ("distribution", "https://")
            assert all(re.fullmatch("[0-9a-f]{64}", digest["content"]) for digest in outside["hashes"])
            assert {digest["alg"] for digest in outside["hashes"]} <= {"SHA-256"}
    names = [one["bom-ref"] for one in components]
    assert len(names) == len(set(names))
    for one in made["dependencies"]:
        assert {one["ref"], *one["dependsOn"]} <= set(names)
        assert len(one["dependsOn"]) == len(set(one["dependsOn"]))


def check_licenses(licenses):
    """Either one SPDX expression, or licenses that each have an SPDX id or a name, not both."""
    if any("expression" in one for one in licenses):
        assert len(licenses) == 1
        assert licenses[0].keys() == {"expression"}
        return
    for one in licenses:
        assert one.keys() == {"license"}
        assert one["license"].keys() in ({"id"}, {"name"})
        assert all(one["license"].values())


def test_the_same_lock_file_gives_the_same_bill_and_another_one_another_number():
    assert bill(LOCK) == bill(LOCK)
    assert bill(LOCK)["serialNumber"] != bill(LOCK + "a==1")["serialNumber"]


def test_a_lock_file_that_is_missing_is_told_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(sbom, "LOCK", tmp_path / "none.lock")
    answer = CliRunner().invoke(main, ["sbom"])
    assert answer.exit_code == 1
    assert "cannot be read: No such file" in answer.output
