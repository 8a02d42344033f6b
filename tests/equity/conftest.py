"""Made-up incidents with known counts, as the records hand them over."""

from dataclasses import dataclass
from typing import Any

import pytest

OUTCOMES = ("diverted", "criminalised")
STAGES = ("recorded", "eligible", "offered", "accepted", "referred", "assessed", "completed")


@dataclass(frozen=True)
class Records:
    """Just enough of the records: an Ibis table of stages, and the files they came from."""

    stages: Any
    sources: dict[str, str]


def _records_of(*blocks: dict[str, Any]) -> Records:
    """Return records with `size` incidents for each block; stages not named are true up to `furthest`, then false."""
    import ibis
    import pyarrow as pa

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
                    "age_band": block.get("age_band", "26-35"),
                    "ethnicity_self": block.get("code", "W1"),
                    "ethnicity_officer": None,
                    "ethnicity": block["group"],
                    "ethnicity_officer_group": block.get("officer"),
                    "ethnicity_self_then_officer": block["group"],
                    "fictional": True,
                    **flags,
                    **{outcome: block.get(outcome) for outcome in OUTCOMES},
                }
            )
    texts = (
        "scheme", "force", "sex", "age_band", "ethnicity", "ethnicity_self", "ethnicity_officer",
        "ethnicity_officer_group",
    )  # fmt: skip
    types = {name: pa.string() for name in texts} | {flag: pa.bool_() for flag in (*STAGES, *OUTCOMES)}
    types["age"] = pa.int64()
    columns = {name: pa.array([row[name] for row in rows], types.get(name)) for name in rows[0]}
    return Records(stages=ibis.memtable(pa.table(columns)), sources={"incidents.csv": "0" * 64})


def _funnel_of(group: str, *reached: int, **more: Any) -> list[dict[str, Any]]:
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


@pytest.fixture
def records_of() -> Any:
    """Make records from blocks."""
    return _records_of


@pytest.fixture
def funnel_of() -> Any:
    """Make the blocks of a group from its cumulative counts."""
    return _funnel_of


@pytest.fixture
def records() -> Any:
    """Three groups and the not stated, with a known number at every stage."""
    return _records_of(
        *_funnel_of("White", 1000, 900, 700, 500, 480, 400, 300),
        *_funnel_of("Black", 400, 350, 250, 160, 150, 120, 80, sex="Female"),
        *_funnel_of("Mixed", 60, 50, 40, 30, 29, 21, 14),
        *_funnel_of("Not stated", 200, 150, 100, 60, 40, 20, 12, code="NS", sex=None),
    )
