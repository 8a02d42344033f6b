"""Write the fictional records, read them as any user would, and find what was planted."""

import hashlib
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from workbench.demo.records import Plan, write
from workbench.demo.records.write import SEED, draw
from workbench.errors import InputError
from workbench.records import Records, read_records

pytestmark = [
    # Ibis 12 calls what DuckDB 2 and pandas 3 have renamed; nothing of ours does.
    pytest.mark.filterwarnings("ignore:fetch_arrow_table"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string'"),
]

PLANTED = yaml.safe_load((Path(__file__).parent / "planted.yaml").read_text(encoding="utf-8"))
SUSPECTS = 6_000
FAR = 3.5
"""Standard errors: over some thirty comparisons chance alone passes this once in 70 seeds; the seed is fixed."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "records"
    write(folder, suspects=SUSPECTS)
    return folder


@pytest.fixture(scope="module")
def records(folder: Path) -> Records:
    return read_records(folder)


@pytest.fixture(scope="module")
def stages(records: Records) -> pd.DataFrame:
    table = records.stages.to_pyarrow().to_pandas()
    flags = ["eligible", "offered", "accepted", "referred", "assessed", "completed", "was_diverted"]
    return table.assign(**{flag: table[flag].astype(bool) for flag in flags if table[flag].notna().all()})


@pytest.fixture(scope="module")
def events(records: Records) -> pd.DataFrame:
    return records.events.to_pyarrow().to_pandas()


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    return draw(Plan(), SUSPECTS, np.random.default_rng(SEED))[0]


def assert_near(found: float, planted: float, error: float, what: str) -> None:
    assert abs(found - planted) <= FAR * error, f"{what}: found {found:.3f}, planted {planted:.3f} (SE {error:.3f})"


def gap_within_forces(rows: pd.DataFrame, flag: str, group: str) -> tuple[float, float]:
    """Mantel-Haenszel weighted difference from White over forces, and its standard error."""
    total = weight = variance = 0.0
    for _, here in rows.groupby("force"):
        one, other = here[here["group"] == group][flag], here[here["group"] == "White"][flag]
        share = len(one) * len(other) / (len(one) + len(other))
        total += share * (one.mean() - other.mean())
        variance += share**2 * (one.var() / len(one) + other.var() / len(other))
        weight += share
    return total / weight, sqrt(variance) / weight


STEPS = {"offered": "eligible", "assessed": "referred_shown", "completed": "assessed"}


@pytest.mark.parametrize("stage", ["offered", "assessed", "completed"])
@pytest.mark.parametrize("group", ["Black", "Asian"])
def test_the_gap_planted_at_a_stage_is_found_there_and_at_no_other(
    stages: pd.DataFrame, events: pd.DataFrame, truth: pd.DataFrame, stage: str, group: str
) -> None:
    of_case = truth.set_index("case")["group"]
    shown = set(events.loc[events["activity"] == "referral", "case"])
    cohort = stages.assign(group=stages["case"].map(of_case), referred_shown=stages["case"].isin(shown))
    cohort = cohort[cohort["contact_date"] <= pd.Timestamp("2022-09-30").date()]
    found, error = gap_within_forces(cohort[cohort[STEPS[stage]]], stage, group)
    assert_near(found, PLANTED["gaps"][stage][group], error, f"{stage}, {group}")


def test_late_assessments_are_found_in_the_scheme_that_has_them(events: pd.DataFrame) -> None:
    first = events.pivot_table(index=["scheme", "case"], columns="activity", values="at", aggfunc="min")
    # A referral in the last 50 days can have its late assessment only after the extract.
    settled = first.dropna(subset=["referral", "assessment"]).query("referral < '2023-02-08'")
    in_time = (settled["assessment"] - settled["referral"]) <= pd.Timedelta(days=14)
    for scheme, planted in PLANTED["assessed_within_14_days"].items():
        here = in_time.loc[scheme]
        assert_near(here.mean(), planted, sqrt(planted * (1 - planted) / len(here)), scheme)


def test_advice_drifts_down_over_the_year(events: pd.DataFrame) -> None:
    here = events[events["scheme"] == "west-midlands"]
    month = here[here["activity"] == "encounter"].set_index("case")["at"].dt.strftime("%Y-%m")
    assessed = month.reindex(here.loc[here["activity"] == "assessment", "case"].unique())
    advised = pd.Series(assessed.index.isin(here.loc[here["activity"] == "advice", "case"]), index=assessed.to_numpy())
    for name, planted in (("2021-10", PLANTED["advice"]["first_month"]), ("2022-09", PLANTED["advice"]["last_month"])):
        rows = advised[advised.index == name]
        # Within a month the share itself moves by a point.
        assert_near(rows.mean(), planted, sqrt(planted * (1 - planted) / len(rows)) + 0.005, name)


def test_ethnicity_not_stated_is_not_missing_at_random(stages: pd.DataFrame) -> None:
    missing, planted = stages["ethnicity"].eq("Not stated"), PLANTED["not_stated"]
    assert_near(missing.mean(), planted["overall"], 0.005, "overall")
    black = stages["ethnicity_officer"].eq("3")
    for diverted, share in ((True, planted["diverted"]), (False, planted["others"])):
        for seen, factor in ((False, 1.0), (True, planted["seen_as_black_factor"])):
            rows = missing[stages["was_diverted"].eq(diverted) & black.eq(seen)]
            expected = share * factor
            error = sqrt(expected * (1 - expected) / len(rows)) + 0.002  # some police flags are wrong on purpose
            assert_near(rows.mean(), expected, error, f"diverted {diverted}, seen as Black {seen}")


def test_forces_have_their_share_and_minors_are_there(stages: pd.DataFrame) -> None:
    for force, planted in PLANTED["forces"].items():
        assert_near((stages["force"] == force).mean(), planted, sqrt(planted * (1 - planted) / SUSPECTS), force)
    assert set(stages.loc[stages["age"] < 18, "eligible"]) == {False}
    assert dict(stages.groupby("force")["offence_group"].agg(lambda groups: "2" in set(groups))) == {
        "Durham": True,
        "Thames Valley": True,
        "West Midlands": False,
    }


def test_sessions_are_two_to_three_hours_with_some_shorter(events: pd.DataFrame) -> None:
    minutes = events.loc[events["activity"] == "group_session", "minutes"]
    planted = PLANTED["group_session_120_to_180_minutes"]
    assert minutes.max() <= 180
    assert_near(minutes.between(120, 180).mean(), planted, sqrt(planted * (1 - planted) / len(minutes)), "long enough")


def test_the_bar_on_offering_again_is_broken_in_a_few_cases_only() -> None:
    _, events = draw(Plan(), 20_000, np.random.default_rng(1))
    midlands = events[events["case"].str.startswith("WM")]
    left = midlands[midlands["activity"] == "non_engagement"].set_index("case")["at"]
    again = midlands[midlands["activity"] == "reoffer"].set_index("case")["at"]
    since = (again - left.reindex(again.index)).dt.days.dropna()
    assert 1 <= since.between(0, 365).sum() <= 0.01 * len(left)


def test_nothing_happens_after_the_extract_and_some_cases_are_too_recent(
    events: pd.DataFrame, truth: pd.DataFrame
) -> None:
    assert events["at"].max() < pd.Timestamp("2023-04-01")
    assessed = set(events.loc[events["activity"] == "assessment", "case"])
    waiting = truth[truth["assessed"] & ~truth["case"].isin(assessed)]
    assert len(waiting) > 0
    assert waiting["day"].min() > pd.Timestamp("2023-02-01")


def test_every_contact_is_read_once_with_its_case(
    stages: pd.DataFrame, events: pd.DataFrame, truth: pd.DataFrame
) -> None:
    assert sorted(stages["case"]) == sorted(truth["case"])
    known = stages.set_index("case").loc[truth["case"]]
    assert known["age"].astype(int).tolist() == truth["age"].tolist()
    assert known["offence"].tolist() == truth["offence"].tolist()
    assert known["eligible"].tolist() == truth["eligible"].tolist()
    assert known["offered"].tolist() == truth["offered"].tolist()
    assert stages["person"].nunique() == SUSPECTS
    assert bool(stages["fictional"].all() and events["fictional"].all())


def test_what_is_wrong_on_purpose_is_counted(records: Records) -> None:
    checks = set(records.quality["check"])
    assert {"set aside", "repeated row", "referral", "was_arrested is neither yes nor no"} <= checks
    assert not checks & {"case without an incident", "incident without a case", "offence not known", "sex not known"}


def test_the_same_seed_writes_the_same_files(tmp_path: Path) -> None:
    def hashes(name: str, seed: int) -> list[str]:
        return [
            hashlib.sha256(path.read_bytes()).hexdigest() for path in write(tmp_path / name, suspects=200, seed=seed)
        ]

    assert hashes("a", 5) == hashes("b", 5)
    assert hashes("a", 5) != hashes("c", 6)


def test_every_file_says_that_it_is_fictional(folder: Path) -> None:
    from python_calamine import CalamineWorkbook

    assert {path.read_text(encoding="utf-8").splitlines()[0][:16] for path in folder.glob("*.csv")} == {
        "# FICTIONAL DATA"
    }
    for path in folder.glob("*.xlsx"):
        book = CalamineWorkbook.from_path(path)
        assert [str(book.get_sheet_by_name(name).to_python()[0][0])[:14] for name in book.sheet_names] == [
            "FICTIONAL DATA"
        ] * 3


def test_too_few_suspects_for_three_forces_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="99 suspects are too few"):
        write(tmp_path, suspects=99)
