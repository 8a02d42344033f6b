"""Before Quarto renders: make the fragments that the pages ask for, where they are absent or out of date."""

import os
import subprocess
import sys
from pathlib import Path

from workbench.report.inputs import FILE, fingerprint
from workbench.report.write import write_fragments_of
from workbench.study import open_study
from workbench.study.stages import run_stages

DEMO = Path("build") / "demo"


def prepare(root: Path) -> Path:
    """Make sure that a study's fragments are there, and made from what the study holds now.

    Parameters
    ----------
    root : Path
        Of the Quarto project. The study is the one that WORKBENCH_STUDY names, else the project itself when it holds
        a study.yaml, else the demonstration in build/demo, which is made when it is not there.

    Returns
    -------
    Path
        The folder of the fragments.
    """
    named = os.environ.get("WORKBENCH_STUDY")
    study = Path(named) if named else root if (root / "study.yaml").is_file() else root / DEMO
    fragments = study / "outputs" / "fragments"
    if fragments.is_dir() and not (study / "study.yaml").is_file():
        return fragments  # handed over without the study, so there is nothing to make them from
    if not named and not (study / "study.yaml").is_file():
        # The demonstration stands above this package, so it is asked for as a user would ask.
        subprocess.run([sys.executable, "-m", "workbench", "demo", str(study)], check=True)  # noqa: S603
    opened = open_study(study)
    made_from = fragments / FILE
    if not made_from.is_file() or made_from.read_text(encoding="utf-8").strip() != fingerprint(opened):
        write_fragments_of(opened, run_stages(opened))
    return fragments


if __name__ == "__main__":
    print(prepare(Path.cwd()))
