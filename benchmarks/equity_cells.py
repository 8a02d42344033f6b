"""Shares by ethnicity with intervals: ours from counted cells, fairlearn's MetricFrame on rows with its bootstrap."""

import warnings

import numpy as np
import pandas as pd

from benchmarks.harness import Stopwatch
from workbench.equity import compare_groups
from workbench.records import Records

ROWS = 40_000
DRAWS = 100
GROUPS = ("White", "Black", "Asian", "Mixed", "Other", "Not stated")


def run(stopwatch: Stopwatch) -> None:
    from fairlearn.metrics import MetricFrame, selection_rate

    rng = np.random.default_rng(40)
    group = rng.choice(GROUPS, ROWS, p=[0.5, 0.12, 0.1, 0.05, 0.03, 0.2])
    referred = rng.random(ROWS) < 0.3
    incidents = pd.DataFrame(
        {
            "incident": [f"i{row}" for row in range(ROWS)],
            "person": [f"p{row}" for row in range(ROWS)],
            "scheme": "durham",
            "age": 30,
            "offence_group": "1",
            "ethnicity": group,
            "was_diverted": referred,
            "contact_date": pd.Timestamp("2022-01-01"),
        }
    )
    records = Records.from_frames(incidents, None)
    compare_groups(records, stage="referred", by="ethnicity", reference="White")
    stopwatch.lap("set up", f"{ROWS:,} incidents")
    for _ in range(10):
        compare_groups(records, stage="referred", by="ethnicity", reference="White")
    stopwatch.lap("workbench, 10 times", "shares, gaps, ratios, worst cases, intervals")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outcome = referred.astype(int)
        MetricFrame(
            metrics=selection_rate, y_true=outcome, y_pred=outcome, sensitive_features=group,
            n_boot=DRAWS, ci_quantiles=[0.025, 0.975], random_state=1,
        )  # fmt: skip
    ours = stopwatch.figures[-1].cpu_seconds / 10
    stopwatch.lap("fairlearn, once")
    theirs = stopwatch.figures.pop()
    note = f"shares only, {DRAWS} bootstrap draws; {theirs.cpu_seconds / ours:.0f} times our CPU"
    stopwatch.figures.append(type(theirs)(**{**vars(theirs), "note": note}))
