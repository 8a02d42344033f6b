"""One small demonstration, made once by the command that README names, with every socket closed."""

import subprocess
from pathlib import Path

import pytest
from closed_command import run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The demonstration's folder, and how making it ended."""
    folder = tmp_path_factory.mktemp("journey")
    done = run("demo", "demo", "--suspects", "3000", cwd=folder)
    return folder / "demo", done


@pytest.fixture(scope="session")
def demo(made: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    """The demonstration's folder."""
    assert made[1].returncode == 0, made[1].stderr
    return made[0]
