"""Write the fictional records into a folder."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.demo.records.decisions import decide, hide_ethnicity
from workbench.demo.records.pathways import draw_events, draw_outcomes
from workbench.demo.records.plan import Plan
from workbench.demo.records.provider_files import write_events
from workbench.demo.records.suspects import draw_contacts, draw_people
from workbench.demo.records.workbooks import write_workbook
from workbench.errors import InputError

SEED = 20_211_001


def write(
    folder: Path | str,
    *,
    suspects: int = 40_000,
    seed: int = SEED,
    plan: Plan | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write one workbook and one file of events per force, all fictional.

    Parameters
    ----------
    folder : Path or str
        Made if it is not there; files of the same name are replaced.
    suspects : int
        Fictional people over all forces; a few have two contacts.
    seed : int
        The same seed gives the same files.
    plan : Plan, optional
        What is planted.
    progress : callable, optional
        Told after each file how many are written, and of how many.

    Returns
    -------
    list of Path
        The files, workbooks first.

    Raises
    ------
    InputError
        If there are too few suspects for every force to have some.
    """
    if suspects < 100:
        raise InputError(f"{suspects} suspects are too few for three forces: ask for 100 or more")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    plan = plan or Plan()
    rng = np.random.default_rng(seed)
    contacts, events = draw(plan, suspects, rng)
    paths: list[Path] = []
    for writer, table, ending in ((write_workbook, contacts, "extract.xlsx"), (write_events, events, "events.csv")):
        for number, one in enumerate(plan.schemes):
            path = folder / f"{one.scheme}-{ending}"
            writer(path, one, table[table["scheme"] == number], plan, rng)
            paths.append(path)
            if progress is not None:
                progress(len(paths), 2 * len(plan.schemes))
    return paths


def draw(plan: Plan, suspects: int, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all contacts, with the truth about each, and all events."""
    contacts = decide(plan, draw_contacts(plan, draw_people(plan, suspects, rng), rng), rng)
    contacts["stated"] = hide_ethnicity(plan, contacts, rng)
    contacts["outcome"] = draw_outcomes(plan, contacts, rng)
    return contacts, draw_events(plan, contacts, rng)
