"""From records to cells: how many incidents of a group went which way through the stages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.errors import InputError, Problem, did_you_mean
from workbench.records import STAGES

CHARACTERISTICS = (
    "ethnicity", "ethnicity_officer_group", "ethnicity_self_then_officer", "sex", "age_band", "force", "scheme",
)  # fmt: skip
"""What incidents can be grouped by."""

Kept = npt.NDArray[np.bool_]
"""Which cells to keep."""

NOT_STATED = "Not stated"
EVERYBODY = "All"


@dataclass(frozen=True)
class Cells:
    """Counted incidents: one row per scheme, group and way through the stages.

    Parameters
    ----------
    by : str
        The characteristic that `group` stands for.
    force : str or None
        The one force that was asked for.
    table : pandas.DataFrame
        `scheme`, `group`, one column per stage, or the one outcome (1 yes, 0 no, -1 not known), `weight` (incidents).
    observable : Mapping[str, frozenset[str]]
        Scheme to the stages, or the outcome, that anything is known of there.
    persons : int
        How many different persons the incidents belong to.
    fictional : bool
        Whether any of the incidents is invented.
    outcome : str or None
        The one outcome that was counted instead of the stages.
    """

    by: str
    force: str | None
    table: pd.DataFrame
    observable: Mapping[str, frozenset[str]]
    persons: int
    fictional: bool
    outcome: str | None = None

    @property
    def incidents(self) -> int:
        """How many incidents there are."""
        return int(self.table["weight"].sum())

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages after the first that are observable in at least one scheme."""
        seen = frozenset().union(*self.observable.values())
        return tuple(stage for stage in STAGES[1:] if stage in seen)

    def is_observable(self, stage: str) -> bool:
        """Return whether anything is known of a stage or an outcome in at least one scheme."""
        return any(stage in seen for seen in self.observable.values())

    def in_base(self, stage: str) -> Kept:
        """Return which cells are in the base of a stage.

        The base are those who reached every earlier stage that is observable
        in their scheme, and of whom it is known whether they reached this one. An outcome has no earlier stage.
        """
        known = self.table[stage].to_numpy() >= 0
        return known & self.reached_before(stage)

    def reached_before(self, stage: str) -> Kept:
        """Return which cells reached every earlier stage that is observable in their scheme."""
        reached = np.ones(len(self.table), dtype=bool)
        for earlier in earlier_stages(stage):
            blind = ~self.table["scheme"].map(lambda scheme, at=earlier: at in self.observable[scheme]).to_numpy(bool)
            reached &= blind | (self.table[earlier].to_numpy() == 1)
        return reached

    def complete(self) -> Kept:
        """Return which cells are known as far as they went: at no stage does their trace get lost."""
        kept = self.table["scheme"].isin(self.sighted_schemes()).to_numpy(bool)
        for stage in self.stages:
            kept = kept & ~(self.reached_before(stage) & (self.table[stage].to_numpy() < 0))
        return kept

    def sighted_schemes(self) -> tuple[str, ...]:
        """Return the schemes in which every stage of `stages` is observable."""
        return tuple(sorted(scheme for scheme, seen in self.observable.items() if seen.issuperset(self.stages)))

    def pair(self, stage: str, group: str, where: Kept | None = None) -> tuple[int, int]:
        """Return n and total of one group, or of everybody, at a stage."""
        counts = self.counts(stage, where)
        kept = counts if group == EVERYBODY else counts[counts.index == group]
        return int(kept["n"].sum()), int(kept["total"].sum())

    def counts(self, stage: str, where: Kept | None = None) -> pd.DataFrame:
        """Return `n` and `total` of a stage per group, index `group`; every group is there, with 0 if need be.

        Parameters
        ----------
        stage : str
            One of the stages, or the outcome.
        where : array of bool, optional
            Cells to keep.
        """
        base = self.in_base(stage) if where is None else self.in_base(stage) & where
        weight = self.table["weight"].to_numpy()
        counted = pd.DataFrame(
            {
                "group": self.table["group"],
                "n": np.where(base & (self.table[stage].to_numpy() == 1), weight, 0),
                "total": np.where(base, weight, 0),
            }
        )
        return counted.groupby("group").sum()

    def groups(self, reference: str) -> tuple[str, ...]:
        """Return the groups: the reference first, then from large to small, the not stated last."""
        sizes = self.table.groupby("group")["weight"].sum().sort_values(ascending=False, kind="stable")
        others = [str(group) for group in sizes.index if group not in (reference, NOT_STATED)]
        return (reference, *others, *([NOT_STATED] if NOT_STATED in sizes.index and reference != NOT_STATED else []))

    def blind_schemes(self, stage: str) -> tuple[str, ...]:
        """Return the schemes in which nothing is known of a stage."""
        return tuple(sorted(scheme for scheme, seen in self.observable.items() if stage not in seen))


def earlier_stages(stage: str) -> tuple[str, ...]:
    """Return the stages before a stage; an outcome has none."""
    return STAGES[: STAGES.index(stage)] if stage in STAGES else ()


def check_by(by: str) -> None:
    """Refuse a characteristic that is not in the records."""
    if by not in CHARACTERISTICS:
        remedy = did_you_mean(by, CHARACTERISTICS)
        raise InputError(
            Problem(place="by", what=f"{by!r} is no characteristic", choices=CHARACTERISTICS, remedy=remedy)
        )


def read_cells(records: Any, *, by: str, force: str | None = None, outcome: str | None = None) -> Cells:
    """Count the incidents of the records; the counting is done by their engine.

    Parameters
    ----------
    records : Records
        Anything with `.stages`, an Ibis table.
    by : str
        The characteristic.
    force : str, optional
        Keep the incidents of one force.
    outcome : str, optional
        Count by this outcome instead of by the stages.

    Raises
    ------
    InputError
        If the characteristic or the force is not known, or there are no incidents.
    """
    check_by(by)
    stages = records.stages if force is None else _of_force(records.stages, force)
    flags = list(STAGES) if outcome is None else [outcome]
    grouped = stages.mutate(group=group_of(stages, by), scheme=stages["scheme"].fill_null(""))
    counted = grouped.group_by(["scheme", "group", *flags]).aggregate(weight=grouped.count()).to_pyarrow().to_pandas()
    if counted.empty:
        raise InputError("the records hold no incidents, so there is nothing to compare")
    ways = counted[flags].apply(_three_ways)
    table = pd.concat([counted[["scheme", "group", "weight"]], ways], axis=1)
    table = table.sort_values(["scheme", "group", *flags], ignore_index=True)
    people = (
        stages.aggregate(persons=stages["person"].nunique(), fictional=stages["fictional"].any())
        .to_pyarrow()
        .to_pandas()
    )
    return Cells(
        by=by,
        force=force,
        table=table,
        observable={
            str(scheme): frozenset(stage for stage in flags if (part[stage] >= 0).any())
            for scheme, part in table.groupby("scheme")
        },
        persons=int(people["persons"].iloc[0]),
        fictional=bool(people["fictional"].fillna(False).iloc[0]),
        outcome=outcome,
    )


def _of_force(stages: Any, force: str) -> Any:
    """Return the incidents of one force; refuse a force without any."""
    forces = sorted(
        stages.filter(stages["force"].notnull()).select("force").distinct().to_pyarrow()["force"].to_pylist()
    )
    if force not in forces:
        remedy = did_you_mean(force, forces)
        raise InputError(Problem(place="force", what=f"{force!r} has no incidents here", choices=forces, remedy=remedy))
    return stages.filter(stages["force"] == force)


def _three_ways(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return 1, 0 and -1 for true, false and missing."""
    return column.map(lambda value: -1 if value is None or pd.isna(value) else int(value)).astype("int8")


def group_of(stages: Any, by: str) -> Any:
    """Return the Ibis expression of an incident's group; the missing are not stated."""
    return stages[by].cast("string").fill_null(NOT_STATED)


def incidents_behind(
    records: Any, cells: Cells, stage: str, groups: Sequence[str], *, complete: bool = False
) -> tuple[str, ...]:
    """Return the ids of the incidents in the base of a stage, asked from the engine now.

    Parameters
    ----------
    records : Records
        As in `read_cells`.
    cells : Cells
        What was counted from them.
    stage : str
        The stage or outcome whose base is meant.
    groups : Sequence[str]
        Groups to keep; everybody when it holds "All".
    complete : bool
        Only incidents of which every stage is known, as `Cells.complete`.
    """
    stages = records.stages
    known = stages[stage].notnull()
    if cells.force is not None:
        known &= stages["force"] == cells.force
    if EVERYBODY not in groups:
        known &= group_of(stages, cells.by).isin(list(groups))
    if complete:
        known &= stages["scheme"].fill_null("").isin(list(cells.sighted_schemes()))
        for earlier in cells.stages:
            known &= ~(_reached_before(stages, cells, earlier) & stages[earlier].isnull())
    kept = stages.filter(known & _reached_before(stages, cells, stage)).select("incident").order_by("incident")
    return tuple(str(each) for each in kept.to_pyarrow()["incident"].to_pylist())


def _reached_before(stages: Any, cells: Cells, stage: str) -> Any:
    """Return the Ibis expression of `Cells.reached_before`."""
    reached = None
    for scheme, seen in cells.observable.items():
        here = stages["scheme"].fill_null("") == scheme
        for earlier in earlier_stages(stage):
            if earlier in seen:
                here &= stages[earlier].fill_null(False)
        reached = here if reached is None else reached | here
    return reached
