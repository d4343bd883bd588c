"""Every form says what it does to stored rows, so that no new one erases what others have saved."""

import ast
from pathlib import Path

from app.extensions import Base
from app.models.accounts.submissions import Submission
from app.models.types import Revised
from tests.views.test_editing import FORMS

SOURCES = [path for folder in ("app/views", "app/web") for path in sorted(Path(folder).rglob("*.py"))]
ALONE = {"subscriptions.preferences"}
"""Forms filled from a row that only one person can change: the member, with the link from an email."""
BESIDE_LISTS = {"feeds.index"}
"""Forms that create something and stand on the page that lists it, so that nobody goes back to them."""
BY_LINK = {"hosting.edit", "hosting.move", "hosting.turnout"}
"""Forms that show to the holder of a personal link what others in FORMS show to organizers."""
TESTED_ELSEWHERE = {"parties.edit", *BY_LINK}
"""Forms that edit a row and have a test of their own beside those in FORMS."""


def submitting():
    """Yield each function that calls `submit`, by the name of its module and its own, with the effect that it names."""
    for path in SOURCES:
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "submit":
                        effect = call.args[1] if len(call.args) > 1 else None
                        name = effect.func if isinstance(effect, ast.Call) else effect
                        yield f"{path.stem}.{function.name}", function, name.id if isinstance(name, ast.Name) else None


def is_filled(function):
    """Return whether a form in a function is filled from something that is stored."""
    calls = [one for one in ast.walk(function) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
    forms = [call for call in calls if call.func.id.endswith("Form")]
    return any(keyword.arg in ("obj", "data") for form in forms for keyword in form.keywords)


def test_every_form_names_its_effect():
    found = list(submitting())
    assert len(found) > 50
    assert [name for name, _, effect in found if effect not in ("edits", "creates", "ACTS")] == []


def test_a_form_that_is_filled_from_a_row_edits_it():
    found = {name: effect for name, function, effect in submitting() if is_filled(function)}
    assert {name for name, effect in found.items() if effect != "edits"} == ALONE


def test_a_page_for_something_new_creates_it_and_one_for_editing_edits():
    named = [(name, name.rpartition(".")[2], effect) for name, _, effect in submitting()]
    wrong = [name for name, verb, effect in named if verb.startswith("edit") and effect != "edits"]
    wrong += [name for name, verb, effect in named if verb.startswith("new") and effect != "creates"]
    assert wrong == ["address_changes.new"]  # a request, which the owner of the new address has to confirm


def test_links_to_every_page_that_creates_something_have_a_key():
    creating, marked = set(), set()
    for path in Path("app/views").rglob("*.py"):
        for function in [one for one in ast.parse(path.read_text()).body if isinstance(one, ast.FunctionDef)]:
            name = f"{path.stem}.{function.name}"
            if {"creates", "submit_with_preview"} & {one.id for one in ast.walk(function) if isinstance(one, ast.Name)}:
                creating.add(name)
            if any(isinstance(one, ast.Name) and one.id == "creating" for one in function.decorator_list):
                marked.add(name)
    assert creating - marked == BESIDE_LISTS
    assert marked - creating == set()


def test_every_form_that_edits_is_tested_with_two_people():
    assert {name for name, _, effect in submitting() if effect == "edits"} == {*FORMS, *TESTED_ELSEWHERE}


def test_every_table_with_a_revision_refuses_to_overwrite_another_one():
    revised = {mapper.class_ for mapper in Base.registry.mappers if "revision" in mapper.columns} - {Submission}
    assert revised == {mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Revised)}
    assert [one.__name__ for one in revised if one.__mapper__.version_id_col is not one.__table__.c.revision] == []
    assert len(revised) >= len({*FORMS, *TESTED_ELSEWHERE} - BY_LINK)
