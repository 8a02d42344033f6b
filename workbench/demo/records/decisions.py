"""Who was eligible, offered, accepted, referred, assessed, and who completed."""

import numpy as np
import pandas as pd

from workbench.demo.records.plan import Plan

CHAIN = ("offered", "accepted", "referred", "assessed", "completed")
BAR_DAYS = 365 + 90
"""From the contact: the bar of 12 months runs from when non-engagement is written down, up to 90 days later."""


def decide(plan: Plan, contacts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the contacts with one flag per stage; first contacts are decided before second ones."""
    durham = np.array([one.scheme == "durham" for one in plan.schemes])[contacts["scheme"]]
    adult = contacts["age"] >= 18
    eligible = adult & ((contacts["offence_group"] == "1") | durham)
    decided = contacts.assign(eligible=eligible)
    luck = {stage: rng.random(len(contacts)) for stage in CHAIN}
    flags = _chain(plan, decided, luck, barred=np.zeros(len(contacts), dtype=bool))
    barred, earlier = _barred(plan, decided.assign(**flags))
    flags = _chain(plan, decided, luck, barred=barred)
    return decided.assign(**flags, earlier_case=earlier)


def _chain(
    plan: Plan, contacts: pd.DataFrame, luck: dict[str, np.ndarray], *, barred: np.ndarray
) -> dict[str, np.ndarray]:
    reached = contacts["eligible"].to_numpy()
    flags: dict[str, np.ndarray] = {}
    for stage in CHAIN:
        chance = np.array([getattr(one, stage) for one in plan.schemes])[contacts["scheme"]]
        chance = chance + contacts["group"].map(plan.gaps.get(stage, {})).fillna(0.0).to_numpy(dtype=float)
        if stage == "offered":
            chance = np.where(barred, plan.offered_under_bar, chance)
        reached = reached & (luck[stage] < chance)
        flags[stage] = reached
    return flags


def _barred(plan: Plan, contacts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    first = contacts[~contacts["second"]].set_index("person")
    second = contacts["second"].to_numpy()
    person = contacts["person"]
    earlier = person.map(first["case"]).to_numpy(dtype=object)
    earlier[~second] = None
    disengaged = person.map(first["referred"] & ~first["completed"]).to_numpy(dtype=bool)
    since = (contacts["day"] - person.map(first["day"])).dt.days.to_numpy()
    midlands = np.array([one.scheme == "west-midlands" for one in plan.schemes])[contacts["scheme"]]
    return second & midlands & disengaged & (since < BAR_DAYS), earlier


def hide_ethnicity(plan: Plan, contacts: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Return the self-defined code, not stated for some: more of the undiverted, more of those seen as Black."""
    chance = np.where(contacts["referred"], plan.not_stated_diverted, plan.not_stated_others)
    chance = chance * np.where(contacts["ethnicity_officer"] == "3", plan.not_stated_black_factor, 1.0)
    return contacts["ethnicity_self"].mask(rng.random(len(contacts)) < chance, "NS")
