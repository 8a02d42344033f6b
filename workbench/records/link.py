"""Repeated rows dropped, people given their ids, events tied to incidents."""

import pandas as pd

from workbench.records.quality import Notes

SAME = ["person", "contact_date", "offence", "outcome"]
"""Two rows that agree in all of these tell of one incident."""


def drop_repeats(incidents: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Keep the first of the rows that repeat an incident, within a sheet or across sheets.

    A flag that any of the rows has set is kept: one sheet may know of the
    diversion and the other of the arrest.
    """
    if incidents.empty:
        return incidents
    known = incidents["person"].notna() & incidents["contact_date"].notna()
    keys = [
        incidents.loc[known, column].astype(object).where(incidents.loc[known, column].notna(), "") for column in SAME
    ]
    group = pd.Series(list(zip(*keys, strict=True)), index=incidents.index[known], dtype=object)
    repeated = group.duplicated(keep="first")
    rows = incidents.loc[known]
    for flag in ("was_diverted", "was_arrested"):
        spread = rows[flag].astype("Float64").groupby(pd.factorize(group)[0]).transform("max").astype("boolean")
        differs = int((spread.fillna(False) & ~rows[flag].fillna(False) & ~repeated).sum())
        notes.add(
            "repeats disagree",
            "all files",
            value=flag,
            n=differs,
            note="one of the repeated rows says yes; yes is kept",
        )
        incidents.loc[known, flag] = spread
    case = rows["case"].groupby(pd.factorize(group)[0]).transform("first")
    incidents.loc[known, "case"] = case.astype(object).where(case.notna(), None)
    notes.add(
        "repeated row", "all files", n=int(repeated.sum()), note="same person, date, offence and outcome; counted once"
    )
    return incidents.drop(index=repeated.index[repeated])


def tie(incidents: pd.DataFrame, events: pd.DataFrame, notes: Notes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tie each case of the events to the incident that started it.

    By the case's name where the extract gives it, else by the person and the
    day of the encounter (the first `encounter` event, or else the first event).
    Where one person has several incidents and cases on a day, they are tied
    in the order of the files.
    """
    if events.empty or incidents.empty:
        return incidents, events
    by_day = _by_person_and_day(incidents, events)
    incidents = incidents.assign(case=incidents["case"].where(incidents["case"].notna(), by_day))
    events = _with_scheme(incidents, events)
    cases = events.drop_duplicates(["scheme", "case"])
    named = set(zip(incidents["scheme"], incidents["case"], strict=True))
    lost = sum((scheme, case) not in named for scheme, case in zip(cases["scheme"], cases["case"], strict=True))
    notes.add("case without an incident", "all files", n=lost, note="its events are kept; no incident shows them")
    covered = incidents["scheme"].isin(set(events["scheme"].dropna()))
    alone = int((covered & incidents["case"].isna()).sum())
    notes.add("incident without a case", "all files", n=alone, note="its scheme has events, but none for it")
    _compare_referrals(incidents, events, notes)
    return incidents, events


def _by_person_and_day(incidents: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    told = events[events["person"].notna() & ~events["case"].isin(set(incidents["case"].dropna()))]
    first = told.assign(later=told["activity"].ne("encounter")).sort_values(["later", "at"], kind="stable")
    cases = first.drop_duplicates(["scheme", "case"])[["case", "person", "at", "place"]]
    cases = cases.assign(contact_date=cases["at"].dt.normalize()).sort_values("at", kind="stable")
    # The free row numbers of one person's day pair the first incident with the first case, and so on.
    cases["turn"] = cases.groupby(["person", "contact_date"]).cumcount()
    free = incidents[incidents["case"].isna() & incidents["person"].notna() & incidents["contact_date"].notna()]
    free = free.assign(turn=free.groupby(["person", "contact_date"]).cumcount())
    keys = ["person", "contact_date", "turn"]
    tied = free[keys].merge(cases[[*keys, "case"]], on=keys, how="left")
    return pd.Series(tied["case"].to_numpy(dtype=object), index=free.index, dtype=object).reindex(incidents.index)


def _with_scheme(incidents: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    if events["scheme"].notna().all():
        return events
    schemes = incidents.dropna(subset=["case", "scheme"]).drop_duplicates("case").set_index("case")["scheme"]
    found = events["case"].map(schemes)
    scheme = events["scheme"].where(events["scheme"].notna(), found)
    return events.assign(scheme=scheme.astype(object).where(scheme.notna(), None))


def _compare_referrals(incidents: pd.DataFrame, events: pd.DataFrame, notes: Notes) -> None:
    referred = events.loc[events["activity"] == "referral", ["scheme", "case"]].drop_duplicates()
    pairs = pd.MultiIndex.from_frame(referred)
    tied = incidents[incidents["case"].notna()]
    shown = pd.Series(pd.MultiIndex.from_frame(tied[["scheme", "case"]]).isin(pairs), index=tied.index)
    flagged = tied["was_diverted"]
    note = "the police flag and the events disagree about the referral"
    for force, rows in tied.groupby("force"):
        only_flag = int((flagged[rows.index].fillna(False) & ~shown[rows.index]).sum())
        only_event = int((~flagged[rows.index].fillna(True) & shown[rows.index]).sum())
        notes.add("referral", str(force), value="flag without event", n=only_flag, note=note)
        notes.add("referral", str(force), value="event without flag", n=only_event, note=note)
