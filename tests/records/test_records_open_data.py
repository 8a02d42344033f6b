"""Real files that nobody here wrote; skipped where they are not at hand. Counts are from the files themselves."""

import shutil
from pathlib import Path

import pytest
from record_rows import rows

from workbench.records import read_records

DATA = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.mark.skipif(not DATA.is_dir(), reason="no real data here")
def test_three_months_of_published_stops_load_and_not_stated_is_no_other_group(tmp_path: Path) -> None:
    for path in (DATA / "records" / "stop_search_met_2020Q3").glob("*.csv"):
        shutil.copyfile(path, tmp_path / path.name)
    with read_records(tmp_path) as records:
        groups = dict(
            records.incidents.ethnicity.value_counts(name="n").to_pyarrow().to_pandas().itertuples(index=False)
        )
        assert groups["Not stated"] == 14_972 + 913
        assert groups["Other"] == 1_800
        assert sum(groups.values()) == 65_964
        months = records.incidents.group_by(month=records.incidents.contact_date.month()).agg(n=lambda t: t.count())
        assert sorted(months.month.to_pyarrow().to_pylist()) == [7, 8, 9]
        assert set(records.incidents.force.to_pyarrow().to_pylist()) == {"Metropolitan"}


@pytest.mark.skipif(not DATA.is_dir(), reason="no real data here")
def test_a_public_event_log_loads_through_columns_yaml(tmp_path: Path) -> None:
    shutil.copyfile(DATA / "eventlogs" / "road_traffic_fines.parquet", tmp_path / "log.parquet")
    (tmp_path / "columns.yaml").write_text("case: case_id\nactivity: activity\nat: timestamp\nscheme: fines\n")
    with read_records(tmp_path) as records:
        events = records.events
        counts = events.aggregate(
            n=events.count(), cases=events["case"].nunique(), activities=events.activity.nunique()
        )
        assert rows(counts.mutate(place=1), "n", "cases", "activities") == [(561_470, 150_370, 11)]
