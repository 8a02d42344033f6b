"""What the study's records hold, and what was found while they were read."""

import pandas as pd

from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.study.study import Study


def describe_records(study: Study) -> Finding:
    """Count incidents, people, cases and events, and list what reading them turned up.

    Returns
    -------
    Finding
        One row a kind of thing found: method (the check), note, value (as written), place, n.
    """
    records = study.records
    counts = {
        "incidents": int(records.incidents.count().execute()),
        "people": int(records.incidents["person"].nunique().execute()),
        "events": int(records.events.count().execute()),
        "cases": int(records.events["case"].nunique().execute()),
    }
    quality = records.quality
    table = pd.DataFrame(
        {
            "method": quality["check"],
            "note": quality["note"],
            "written": quality["value"],
            "place": quality["place"],
            "n": quality["n"],
        }
    ).reset_index(drop=True)
    return Finding(
        name="records",
        title="What the records hold, and what reading them turned up",
        table=table,
        statements=[
            f"{len(records.sources)} files hold {counts['incidents']:,} incidents of {counts['people']:,} people and "
            f"{counts['events']:,} events of {counts['cases']:,} cases."
        ],
        notes=["Names, dates of birth and police numbers became random ids on the way in and go no further."],
        provenance=Provenance(
            call=f"read_records({study.settings.records!r})",
            inputs=dict(records.sources),
            as_of=study.settings.as_of.isoformat(),
        ),
    )
