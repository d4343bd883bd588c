"""`encuentro sbom`: the packages that Encuentro consists of, as CycloneDX (a software bill of materials)."""

import json
import re
import uuid
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from app.config import ROOT

LOCK = ROOT / "requirements.lock"
"""The packages that every installation gets, with their checksums."""
_NAMESPACE = uuid.UUID("5a0d2c1e-4b0b-5f5e-9f1c-6f3f3a5f0a11")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")
_CLASSIFIER = "License :: OSI Approved :: "
_DATA = (("zxcvbn-common-passwords", "The 10,000 most common passwords, from zxcvbn", "MIT"),)
"""What comes with the code and is no package: name, what it is, license."""


@dataclass(slots=True)
class Package:
    """A package of the lock file."""

    name: str
    version: str
    checksums: list[str] = field(default_factory=list)


@click.command()
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a file.")
def sbom(file: Path | None) -> None:
    """Print the packages of requirements.lock with versions, checksums and licenses (CycloneDX JSON).

    The same lock file gives the same bytes on the same installation.
    """
    try:
        listed = json.dumps(bill(LOCK.read_text()), indent=2, ensure_ascii=False) + "\n"
    except OSError as error:
        raise click.ClickException(f"{LOCK} cannot be read: {error.strerror}.") from error
    if file is None:
        click.echo(listed, nl=False)
    else:
        file.write_text(listed)


def bill(lock: str) -> dict[str, Any]:
    """Return the bill of materials of a lock file."""
    packages = locked(lock)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": "encuentro", "name": "encuentro", "version": _own_version(),
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [*map(_component, packages), *(_data(*one) for one in _DATA)],
        "dependencies": [{"ref": "encuentro", "dependsOn": [_purl(one) for one in packages]}],
    }  # fmt: skip


def locked(lock: str) -> list[Package]:
    """Return the packages of a lock file, in its order."""
    packages: list[Package] = []
    for line in lock.splitlines():
        pinned = _PINNED.match(line)
        if pinned:
            packages.append(Package(re.sub(r"[-_.]+", "-", pinned[1]).lower(), pinned[2]))
        if packages:
            packages[-1].checksums += _HASH.findall(line)
    return packages


def _component(package: Package) -> dict[str, Any]:
    known = _installed(package)
    told = {"description": str(known["Summary"])} if known and known["Summary"] else {}
    licenses = _licenses(known) if known else []
    return {
        "type": "library", "bom-ref": _purl(package), "name": package.name, "version": package.version,
        **told, **({"licenses": licenses} if licenses else {}), "purl": _purl(package),
        "externalReferences": [
            {
                "type": "distribution", "url": f"https://pypi.org/project/{package.name}/{package.version}/",
                "hashes": [{"alg": "SHA-256", "content": one} for one in package.checksums],
            }
        ],
    }  # fmt: skip


def _data(name: str, description: str, license_id: str) -> dict[str, Any]:
    licenses = [{"license": {"id": license_id}}]
    return {"type": "data", "bom-ref": name, "name": name, "description": description, "licenses": licenses}


def _purl(package: Package) -> str:
    return f"pkg:pypi/{package.name}@{package.version}"


def _installed(package: Package) -> metadata.PackageMetadata | None:
    """Return what an installed package says about itself, if it is the same version; others are for other systems."""
    try:
        found = metadata.distribution(package.name)
    except metadata.PackageNotFoundError:
        return None
    return found.metadata if found.version == package.version else None


def _licenses(known: metadata.PackageMetadata) -> list[dict[str, Any]]:
    """Return the licenses of a package: an SPDX expression if it gives one, otherwise what it calls them."""
    expression = str(known["License-Expression"] or "").strip()
    if expression:
        return [{"expression": expression}]
    names = [one.removeprefix(_CLASSIFIER) for one in known.get_all("Classifier") or [] if one.startswith(_CLASSIFIER)]
    given = str(known["License"] or "").strip().partition("\n")[0]
    if not names and _EXPRESSION.fullmatch(given):
        names = [given]
    return [{"license": {"name": name}} for name in names]


def _own_version() -> str:
    try:
        return metadata.version("encuentro")
    except metadata.PackageNotFoundError:
        return "0"
