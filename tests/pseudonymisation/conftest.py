"""A register outside the study, and a search for names that is quick and certain."""

from pathlib import Path

import pytest
from fictional_talk import find_few

from workbench.pseudonymisation import Register


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register.read(tmp_path / "keys" / "names.csv")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search know a few names only."""
    monkeypatch.setattr("workbench.language.names.find_names", find_few)
