"""Each case's status on each component."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from workbench.errors import InputError
from workbench.fidelity.evaluate import evaluate
from workbench.fidelity.log import read_log
from workbench.fidelity.status import NAMES
from workbench.manual import Manual


def as_date(as_of: str | date) -> date:
    """Return the as-of date.

    Raises
    ------
    InputError
        If it is no date in the form 2023-03-31.
    """
    if isinstance(as_of, date):
        return as_of.date() if isinstance(as_of, datetime) else as_of
    try:
        return date.fromisoformat(as_of)
    except (TypeError, ValueError) as error:
        raise InputError(f"as_of={as_of!r} is no date: write it as 2023-03-31") from error


def case_status(records: Any, manual: Manual, *, as_of: str | date) -> pd.DataFrame:
    """Return the status of every case of a scheme on every component of its manual.

    Parameters
    ----------
    records : Records
        With `events`, an Ibis table.
    manual : Manual
        From `read_manual`.
    as_of : str or date
        Last day that is seen; events after it do not exist.

    Returns
    -------
    pandas.DataFrame
        Columns case, component, status: met, missed, not_due, not_applicable
        or not_observable. One row per case and component, cases in the order
        in which they were recorded, components in the manual's order.

    Raises
    ------
    InputError
        If `as_of` is no date, or a rule names a column that the events lack.
    """
    log = read_log(records, manual, as_of=as_date(as_of))
    codes = [evaluate(log, component, manual).case_codes for component in manual.components.values()]
    together = np.array(codes, dtype=np.int64).reshape(len(codes), len(log.names)).T
    return pd.DataFrame(
        {
            "case": np.repeat(log.names, len(codes)),
            "component": np.tile(np.array(list(manual.components), dtype=object), len(log.names)),
            "status": np.array(NAMES, dtype=object)[together.ravel()],
        }
    )
