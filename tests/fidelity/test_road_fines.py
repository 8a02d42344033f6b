"""A real log of 150,370 fines that nobody here made, where it is at hand.

de Leoni and Mannhardt (2015), Road Traffic Fine Management Process,
doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5. The expected counts were made before, by engines of others.
"""

import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from event_tables import manual, records

from workbench.fidelity import check_fidelity

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
FINES = Path(os.environ.get("WORKBENCH_SHARED_DATA", SHARED)) / "eventlogs" / "road_traffic_fines.parquet"

pytestmark = pytest.mark.skipif(not FINES.exists(), reason="the log of road fines is not on this machine")

POSTED = """
template: precedence
activation: {activity: Send Fine}
target: {activity: Create Fine}
within: {n: %s, unit: days, inclusive: %s}
"""
PENALTY = """
template: precedence
activation: {activity: Add penalty}
target: {activity: Insert Fine Notification}
within: {n: 60, unit: days, inclusive: %s}
"""


@pytest.fixture(scope="module")
def log():
    frame = pd.read_parquet(FINES, columns=["case_id", "activity", "timestamp", "_row"])
    frame = frame.sort_values("_row").rename(columns={"case_id": "case", "timestamp": "at", "_row": "event"})
    return records(frame.assign(event=frame["event"].astype(str), scheme="here"))


def counts(log, *rules: str, **component) -> list[tuple[int, int]]:
    table = check_fidelity(log, manual(*rules, **component), as_of="2013-12-31").table
    whole = table[table["period"] == "all"]
    return list(zip(whole["n"].astype(int), whole["total"].astype(int), strict=True))


def test_48_6_percent_of_103987_fines_are_posted_after_90_days(log) -> None:
    exclusive, inclusive = counts(log, POSTED % (90, "false"), POSTED % (90, "true"))

    assert exclusive == (103_987 - 50_567, 103_987)
    assert inclusive == (103_987 - 49_772, 103_987)


def test_penalties_come_on_day_60_so_that_one_sign_decides_everything(log) -> None:
    assert counts(log, PENALTY % "false", PENALTY % "true") == [(0, 79_860), (79_860, 79_860)]


def test_with_the_limit_in_force_when_the_fine_arose_about_3_percent_are_late(log) -> None:
    rule = """
        template: response
        when: [{activity: Send Fine}]
        activation: {activity: Create Fine}
        target: {activity: Send Fine}
        within: {n: %s, unit: days, inclusive: false}
        ties: lenient
    """
    [(before, all_before)] = counts(log, rule % 150, valid_to=date(2010, 8, 12))
    [(after, all_after)] = counts(log, rule % 90, valid_from=date(2010, 8, 13))

    assert all_before + all_after == 103_987
    assert round(1 - (before + after) / 103_987, 3) == 0.032
