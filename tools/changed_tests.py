"""Print the tests that belong to what changed in the work tree since a commit: `python -m tools.changed_tests [COMMIT]`.

One noun has one spelling in every layer, so a changed `app/domain/travel/problems.py` or `templates/travel/problems/`
leads to every `test_problems.py`. A changed foundation (extensions, scoping, config, …) has tests of its own name or
none: the whole suite is for that. The rules of the house that need no database are always included.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALWAYS = ("tests/architecture/test_house.py", "tests/architecture/test_translations.py")
SLOW = ("tests/browser/", "tests/services/")
"""Run where they have changed themselves."""


def changed(since: str) -> list[str]:
    """Return the paths that differ from a commit, with those that git does not know yet."""
    diff = ["git", "diff", "--name-only", "--diff-filter=d", since]
    new = ["git", "ls-files", "--others", "--exclude-standard"]
    return [line for command in (diff, new) for line in _lines(command)]


def select_tests(paths: Iterable[str], tests: Iterable[str]) -> list[str]:
    """Select the tests among `tests` that are changed themselves or carry the noun of a changed path."""
    paths = list(paths)
    nouns = {noun for path in paths for noun in _nouns(path)}
    return sorted(
        test
        for test in tests
        if test in paths or (Path(test).stem.removeprefix("test_") in nouns and not test.startswith(SLOW))
    )


def _nouns(path: str) -> Iterator[str]:
    parts = Path(path).parts
    if parts[0] in ("app", "tasks") and path.endswith(".py"):
        yield Path(path).stem
    elif parts[0] == "templates":
        yield parts[-2]


def _lines(command: list[str]) -> list[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S603 - git


def main() -> None:
    """Print the tests on one line."""
    since = sys.argv[1] if len(sys.argv) > 1 else "HEAD"
    tests = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")]
    print(*ALWAYS, *(test for test in select_tests(changed(since), tests) if test not in ALWAYS))


if __name__ == "__main__":
    main()
