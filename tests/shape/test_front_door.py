"""Importing is inert, help needs nothing heavy, and every name of the front door opens."""

import json
import subprocess
import sys

import pytest

import workbench

HEAVY = {"pandas", "sklearn", "spacy", "bertopic", "ibis", "matplotlib", "scipy", "sqlalchemy", "fairlearn", "numpy"}


def _modules_after(statement: str) -> set[str]:
    code = (
        f"import sys, json; {statement}; print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert _modules_after("import workbench") & (HEAVY | {"typer", "rich", "pydantic", "yaml"}) == set()


def test_the_command_line_loads_nothing_heavy_before_a_command_runs() -> None:
    assert _modules_after("import workbench.cli.program") & HEAVY == set()


@pytest.mark.parametrize("name", workbench.__all__)
def test_every_name_of_the_front_door_opens(name: str) -> None:
    assert getattr(workbench, name).__doc__


def test_a_name_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(AttributeError, match="open_study"):
        workbench.open_stduy  # noqa: B018
