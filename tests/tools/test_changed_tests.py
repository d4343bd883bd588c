"""Selecting the tests of what changed."""

import pytest

from tools.changed_tests import select_tests

TESTS = (
    "tests/architecture/test_house.py",
    "tests/browser/test_problems.py",
    "tests/domain/travel/test_problems.py",
    "tests/views/press/test_articles.py",
    "tests/views/travel/test_problems.py",
)
OF_PROBLEMS = ["tests/domain/travel/test_problems.py", "tests/views/travel/test_problems.py"]


@pytest.mark.parametrize(
    "path", ["app/models/travel/problems.py", "app/domain/travel/problems.py", "templates/travel/problems/show.html"]
)
def test_a_module_leads_to_its_tests_in_every_layer(path):
    assert select_tests([path], TESTS) == OF_PROBLEMS


def test_a_changed_test_is_run_even_if_it_is_slow():
    assert select_tests(["tests/browser/test_problems.py"], TESTS) == ["tests/browser/test_problems.py"]


def test_files_without_code_lead_to_no_tests():
    assert select_tests(["README.md", "docs/problems.md", "app/static/problems.css"], TESTS) == []
