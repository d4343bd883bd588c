"""Marks for the databases that tests run on.

Tests of pages run on SQLite, all others on SQLite and PostgreSQL; `tests/architecture/test_access.py` opens every page
on both.
"""

import pytest

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session")
BOTH_DATABASES = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True, scope="session")
