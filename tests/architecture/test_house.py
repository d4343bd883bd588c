"""Project rules that no tool checks."""

import ast
import dataclasses
import re
from itertools import pairwise

from jinja2 import Environment, meta

from app.config import ROOT, TEMPLATES, Config

SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text()
    for folder in ("app", "tasks")
    for path in (ROOT / folder).rglob("*.py")
}
PAGES = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*") if path.is_file()}
SHEETS = {path.name: path.read_text() for path in (ROOT / "app" / "static").iterdir() if path.suffix != ".ico"}
TREES = {name: ast.parse(text, filename=name) for name, text in SOURCES.items()}
LONGEST = 300

MAY_COMMIT = re.compile(
    r"(app/views/|app/web/transactions|app/jobs/|app/commands/|app/dialects/quick_updates|tasks/).+"
)
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
UNCHECKED = {"bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings"}
LOADED_FROM_ELSEWHERE = re.compile(
    r"""(?: \b(?:src|srcset|poster|data|background)\s*= | <link\b[^>]*\bhref\s*= | \burl\( | @import\b )
        [\s"']* (?:https?:)?//""",
    re.IGNORECASE | re.VERBOSE,
)


def nodes():
    """Yield every AST node of every source file with its location."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            yield node, f"{name}:{getattr(node, 'lineno', 0)}"


def name_of_call(node):
    """Return the last name of a call: `commit` for `db.session.commit()`."""
    return getattr(node.func, "attr", getattr(node.func, "id", None)) if isinstance(node, ast.Call) else None


def lines_with(pattern):
    """Return the lines of sources, templates and style sheets that match a pattern."""
    return [
        f"{name}: {line.strip()}"
        for name, text in (SOURCES | PAGES | SHEETS).items()
        for line in text.splitlines()
        if re.search(pattern, line)
    ]


def test_every_source_file_has_a_docstring():
    assert [name for name, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_no_source_file_is_long():
    lengths = {name: len(text.splitlines()) for name, text in SOURCES.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_imports_are_at_the_top():
    functions = [node for node, _ in nodes() if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {inner for function in functions for inner in ast.walk(function)}
    imports = (ast.Import, ast.ImportFrom)
    assert [place for node, place in nodes() if isinstance(node, imports) and node in inside] == []


def test_only_the_edge_commits():
    commits = [place for node, place in nodes() if name_of_call(node) == "commit"]
    assert commits
    assert [place for place in commits if not MAY_COMMIT.fullmatch(place.partition(":")[0])] == []


def test_no_code_bypasses_the_scope_checks():
    assert [place for node, place in nodes() if name_of_call(node) in UNCHECKED] == []


def test_only_the_clock_reads_the_time():
    def reads_time(node):
        owner = getattr(node.value, "id", getattr(node.value, "attr", None))
        return (owner, node.attr) in CLOCKS

    readers = {
        place.partition(":")[0] for node, place in nodes() if isinstance(node, ast.Attribute) and reads_time(node)
    }
    assert readers == {"app/clock.py"}


def test_values_passed_from_forms_to_the_domain_are_typed():
    """mypy then detects a key that is missing in a form or in the seeds."""
    untyped = [
        place
        for node, place in nodes()
        if isinstance(node, ast.FunctionDef)
        and isinstance(node.returns, ast.Name)
        and node.returns.id == "Any"
        and (place.startswith("app/views/") or node.name in ("values", "_values"))
    ]
    assert untyped == []
    values = [node for node, _ in nodes() if isinstance(node, ast.ClassDef) and node.name.endswith("Values")]
    assert len(values) > 10
    optional = [node.name for node in values if "NotRequired" in ast.dump(node) or "total" in ast.dump(node)]
    assert optional == []
    assert "type: ignore[arg-type]" not in SOURCES["app/commands/seeds.py"] + SOURCES["app/commands/seed_values.py"]


def test_rows_are_read_by_name():
    """Adding a column to a statement must not change the position of another."""
    loops = [
        (node.target, node.iter, place) for node, place in nodes() if isinstance(node, ast.For | ast.comprehension)
    ]
    by_position = [
        place
        for target, source, place in loops
        if isinstance(target, ast.Tuple)
        and len(target.elts) > 2
        and any(name_of_call(inner) == "execute" for inner in ast.walk(source))
    ]
    assert by_position == []


def test_no_source_file_contains_a_todo():
    assert lines_with(r"\b(TODO|FIXME|XXX|HACK)\b") == []


def test_no_page_loads_anything_from_another_host():
    assert lines_with(LOADED_FROM_ELSEWHERE) == []


def test_every_setting_is_documented_in_config_and_in_the_readme():
    settings = next(node for node, _ in nodes() if isinstance(node, ast.ClassDef) and node.name == "Config").body
    explained = [
        line.value.value.partition(": ")[0]
        for setting, line in pairwise(settings)
        if isinstance(setting, ast.AnnAssign) and isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
    ]
    names = [field.name.upper() for field in dataclasses.fields(Config)]
    assert explained == names
    readme = (ROOT / "README.md").read_text()
    assert [name for name in names if f"`{name}`" not in readme] == []


def test_every_template_is_used_and_none_is_missing():
    leads = []
    for node, _ in nodes():
        if isinstance(node, ast.Constant) and re.fullmatch(r"(?!templates/)\w+(?:/\w+)+\.html", str(node.value)):
            leads.append(node.value)
        if name_of_call(node) in ("render_letter", "render_parts") and isinstance(node.args[0], ast.Constant):
            leads += [f"emails/{node.args[0].value}/{part}" for part in ("subject.txt", "body.txt", "body.html")]
    environment, reached = Environment(extensions=["jinja2.ext.i18n"], autoescape=True), set()
    while leads:
        name = leads.pop()
        if name not in reached:
            reached.add(name)
            leads += meta.find_referenced_templates(environment.parse(PAGES[name]))
    assert reached == set(PAGES)
