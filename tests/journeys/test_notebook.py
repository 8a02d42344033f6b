"""The tour runs from top to bottom on the demonstration."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.xdist_group("demo")
ROOT = Path(__file__).parents[2]
TOUR = ROOT / "notebooks" / "tour.ipynb"


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::PendingDeprecationWarning"
)
def test_the_tour_runs_and_shows_what_it_says(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "WORKBENCH_STUDY", str(demo))
    notebook = nbformat.read(TOUR, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(TOUR.parent)}}).execute()
    shown = "\n".join(
        output.get("text", "") + output.get("data", {}).get("text/plain", "")
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    assert "fictional" in shown
    assert "Of 122 links of the theory" in shown
    assert "Economics: not assessed." in shown


def test_the_tour_holds_no_output_and_no_function() -> None:
    notebook = nbformat.read(TOUR, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) <= 15
    assert [cell.outputs for cell in cells if cell.outputs] == []
    assert [cell.source for cell in cells if "def " in cell.source] == []
