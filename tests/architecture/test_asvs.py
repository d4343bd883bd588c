"""The comparison with OWASP ASVS is complete, and what it names exists; so do the constants of the security decisions."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATUSES = ("met", "partly", "not met", "does not apply")
NO_TEST = ("none", "by configuration")
SECTIONS = (
    "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:5 2.4:2 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2"
    " 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:3 7.6:2 8.1:2 8.2:3 8.3:2 8.4:1 9.1:3 9.2:4"
    " 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5"
    " 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2"
)
"""How many requirements each section has on levels 1 and 2; they are the first ones. 2.3, 7.5 and 8.3 have one of level 3 besides."""
ALONE = ("14.2.7",)
"""One of level 3 that does not follow the others of its section."""


def page(name):
    return (ROOT / "docs" / name).read_text()


def rows():
    """Return the rows of the tables, as their cells."""
    lines = [line for line in page("asvs.md").splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@cache
def functions_of(file):
    path = ROOT / "tests" / file
    return frozenset(re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)) if path.is_file() else frozenset()


def test_every_requirement_is_on_the_page_once_and_in_order():
    sections = [one.split(":") for one in SECTIONS.split()]
    numbers = [f"{section}.{number + 1}" for section, count in sections for number in range(int(count))]
    numbers = sorted([*numbers, *ALONE], key=lambda one: [*map(int, one.split("."))])
    assert [row[0] for row in rows()] == numbers


def test_every_requirement_has_a_status_a_reason_and_the_counts_are_right():
    assert {row[0] for row in rows() if len(row) != 5 or row[2] not in STATUSES or not row[1] or not row[3]} == set()
    counted = Counter(row[2] for row in rows())
    told = ", ".join(f"{counted[status]} *{status}*" for status in STATUSES)
    assert f"Of {len(rows())} requirements: {told}." in page("asvs.md")


def test_every_test_that_the_page_names_exists():
    named = [one.strip(" `") for row in rows() for one in row[4].split(",") if one.strip() not in NO_TEST]
    assert len(named) > 100
    tests = [one.partition("::")[0::2] for one in named]
    assert [f"{file}::{test}" for file, test in tests if test not in functions_of(file)] == []


def test_every_constant_of_the_security_decisions_is_where_they_say():
    named = re.findall(r"`(app/[\w/.]+\.py)`: ((?:`\w+`(?:, )?)+)", page("security.md"))
    assert len(named) > 20
    missing = [
        (file, name)
        for file, names in named
        for name in re.findall(r"`(\w+)`", names)
        if not re.search(rf"^\s*(\w+, )*{name}\b", (ROOT / file).read_text(), re.MULTILINE)
    ]
    assert missing == []


@pytest.mark.parametrize("name", ["asvs.md", "security.md"])
def test_links_to_sections_lead_to_headings(name):
    headings = re.findall(r"^## (.+)$", page("security.md"), re.MULTILINE)
    known = {heading.lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\(security\.md#([\w-]+)\)", page(name))) <= known
