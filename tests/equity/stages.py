"""Made-up incidents with known counts, as the records hand them over."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

STAGES = ("recorded", "eligible", "offered", "accepted", "referred", "assessed", "completed")


@dataclass(frozen=True)
class Records:
    """Just enough of the records: an Ibis table of stages, and the files they came from."""

    stages: Any
    sources: dict[str, str]


def records_of(*blocks: dict[str, Any]) -> Records:
    """Return records with `size` incidents for each block; stages not named are true up to `furthest`, then false."""
    import ibis

    rows = []
    for block in blocks:
        furthest = STAGES.index(block.get("furthest", "recorded"))
        flags: dict[str, bool | None] = {stage: place <= furthest for place, stage in enumerate(STAGES)}
        flags |= {stage: block[stage] for stage in STAGES if stage in block}
        for _ in range(block["size"]):
            number = len(rows)
            rows.append(
                {
                    "incident": f"i{number:05d}",
                    "person": block.get("person", f"p{number:05d}"),
                    "force": block.get("force", "force-a"),
                    "scheme": block.get("scheme", "scheme-a"),
                    "sex": block.get("sex", "Male"),
                    "age": block.get("age", 30),
                    "age_band": "26-35",
                    "ethnicity_self": block.get("code", "W1"),
                    "ethnicity_officer": None,
                    "ethnicity": block["group"],
                    "ethnicity_officer_group": None,
                    "ethnicity_self_then_officer": block["group"],
                    "fictional": True,
                    **flags,
                }
            )
    frame = pd.DataFrame(rows)
    for name in ("sex", "scheme", "force", "ethnicity_officer", "ethnicity_officer_group", "ethnicity", "ethnicity_self"):
        frame[name] = frame[name].astype("string")
    for stage in STAGES:
        frame[stage] = frame[stage].astype("boolean")
    return Records(stages=ibis.memtable(frame), sources={"incidents.csv": "0" * 64})


def funnel_of(group: str, *reached: int, **more: Any) -> list[dict[str, Any]]:
    """Return blocks for a group of which so many reached recorded, eligible, offered, ….

    The numbers are cumulative: 100 recorded, 80 eligible, ….
    """
    counts = [*reached, *[0] * (len(STAGES) - len(reached))]
    nexts = [*counts[1:], 0]
    return [
        {"group": group, "furthest": stage, "size": count - after, **more}
        for stage, count, after in zip(STAGES, counts, nexts, strict=True)
        if count > after
    ]
