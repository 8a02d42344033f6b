"""Cases for a qualitative comparative analysis, as a study names them or a file holds them."""

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import InputError, Problem
from workbench.finding import Finding

if TYPE_CHECKING:
    import pandas as pd

    from workbench.study.study import Study


def compared_cases(study: "Study") -> Finding | None:
    """Return the truth table of the cases that study.yaml names under `qca`; None where it names none."""
    from workbench.theory_testing.lenses.qca import truth_table

    asked = study.settings.qca
    if asked is None:
        return None
    return truth_table(read_cases(study.path / asked.cases), asked.outcome, asked.conditions, cut=asked.cut)


def read_cases(path: Path) -> "pd.DataFrame":
    """Read a table of cases: ids in the first column, kept as text.

    Raises
    ------
    InputError
        If there is no such file, or it is no CSV in UTF-8.
    """
    import pandas as pd

    if not path.is_file():
        raise InputError(Problem(place=str(path), what="there is no such file", remedy="Check its path"))
    try:
        return pd.read_csv(path, encoding="utf-8-sig", dtype={0: str}, keep_default_na=False, na_values=[""])
    except (UnicodeDecodeError, ValueError) as error:
        what = f"cannot be read as a table ({error})"
        raise InputError(Problem(place=path.name, what=what, remedy="Save it as CSV in UTF-8")) from error
