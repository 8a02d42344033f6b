"""Help is complete, and a user's mistake ends in a message and an exit code, never in a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from workbench.cli.program import EXTRAS, app

COMMANDS = [command.name for command in app.registered_commands]


def _workbench(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "workbench", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=environment)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, snapshot: SnapshotAssertion) -> None:
    done = _workbench(command, "--help")
    assert done.returncode == 0
    assert f"Example: workbench {command}" in done.stdout
    assert done.stdout == snapshot


def test_the_commands_of_the_design_are_all_there() -> None:
    wanted = "new demo check import suggest agree theory fidelity equity report export merge audit"
    assert [name for name in wanted.split() if name not in COMMANDS] == []


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("new", "demo", "export", "merge")])
def test_a_folder_that_is_no_study_is_told(command: str, tmp_path: Path) -> None:
    before = ("talk",) if command == "search" else ()
    done = _workbench(command, *before, str(tmp_path))
    assert done.returncode == 2
    assert "is not a study: it has no study.yaml" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_wrong_usage_ends_with_two() -> None:
    assert _workbench("agre").returncode == 2
    assert _workbench("new", "x").returncode == 2


def test_a_missing_part_names_the_extra_that_brings_it(tmp_path: Path) -> None:
    blocked = """
import sys
from workbench.cli.program import app, main
sys.modules["sklearn"] = None
@app.command()
def broken():
    import sklearn
sys.argv = ["workbench", "broken"]
main()
"""
    done = subprocess.run([sys.executable, "-c", blocked], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 4
    assert "pip install 'workbench-evaluation[text]'" in done.stderr


def test_every_extra_that_is_named_exists() -> None:
    from importlib.metadata import metadata

    assert set(EXTRAS.values()) <= set(metadata("workbench-evaluation").get_all("Provides-Extra") or [])


def test_cells_without_a_value_are_a_dash_whatever_stands_for_nothing() -> None:
    import pandas as pd

    from workbench.cli.screen import _cell

    nothing = [None, float("nan"), pd.NA, pd.NaT]
    assert [_cell(value) for value in nothing] == ["–"] * 4
    assert [_cell(value) for value in (0, 0.5, 2.0, "x")] == ["0", "0.500", "2.0", "x"]
