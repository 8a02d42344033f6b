"""Events as a provider or navigator team exports them: CSV, each scheme with headers of its own."""

from pathlib import Path

import numpy as np
import pandas as pd

from workbench.demo.records.plan import BANNER, Plan, SchemePlan

HEADERS = {
    "durham": {
        "case": "Checkpoint Ref", "activity": "Activity", "at": "Date and time", "actor": "By", "minutes": "Minutes",
        "result": "Result", "arrested": "Arrested", "outcome": "Outcome", "offence_group": "Offence group",
    },
    "thames-valley": {
        "case": "Case ref", "pnc": "PNC No", "activity": "Event type", "at": "Event date", "actor": "Recorded by",
        "minutes": "Duration (minutes)", "result": "Detail", "arrested": "Arrested (Y/N)", "outcome": "Outcome code",
        "offence_group": "Group",
    },
    "west-midlands": {
        "case": "Referral ID", "pnc": "PNC ID", "activity": "activity", "at": "timestamp", "actor": "resource",
        "minutes": "Mins", "result": "result", "arrested": "arrested", "outcome": "outcome",
        "offence_group": "offence_group",
    },
}  # fmt: skip
"""Durham's team quotes the case that stands in the extract; the others know the person's number only."""

TIMES = {"durham": "%d/%m/%Y %H:%M", "thames-valley": "%d/%m/%Y %H:%M:%S", "west-midlands": "%Y-%m-%dT%H:%M:%S"}


def write_events(path: Path, scheme: SchemePlan, events: pd.DataFrame, _plan: Plan, _rng: np.random.Generator) -> None:
    """Write the events of one scheme, under a line that says they are fictional."""
    headers = HEADERS[scheme.scheme]
    table = events[list(headers)].rename(columns=headers)
    table[headers["at"]] = events["at"].dt.strftime(TIMES[scheme.scheme])
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"# {BANNER}\n")
        table.to_csv(stream, index=False, lineterminator="\n")
