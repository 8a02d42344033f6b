"""What people say of a component, counted by person, and how it sits beside the records."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.coding.settle import DIFFER, Decided, decided, settle, speakers
from workbench.manual import Manual

SAYS = {"supports": "delivered", "qualifies": "adapted", "contradicts": "not_delivered"}
"""Stance of a coding on a component, and what it says of delivery."""

MIXED = "mixed"

MOST = 0.5
"""Records keep a component in most cases when at least this share does, people say a thing when more than this share
does: a reading aid, not a standard."""


@dataclass(frozen=True, kw_only=True)
class Voices:
    """How many people say what of one component, each counted once, and the codings and decisions that it rests on.

    `mixed` say more than one thing; of `coders_differ`, coders do not agree on what they say.
    """

    delivered: int = 0
    adapted: int = 0
    not_delivered: int = 0
    mixed: int = 0
    coders_differ: int = 0
    codings: tuple[str, ...] = ()

    @property
    def heard(self) -> int:
        """Count people who spoke of it and of whom it is settled what they say."""
        return self.delivered + self.adapted + self.not_delivered + self.mixed

    def say(self) -> str:
        """Return what most say, or how they are split."""
        for words, count in (
            ("delivered", self.delivered), ("adapted", self.adapted), ("not delivered", self.not_delivered),
            ("both", self.mixed),
        ):  # fmt: skip
            if count == self.heard:
                return f"the one heard says {words}" if count == 1 else f"all say {words}"
            if count > MOST * self.heard:
                return f"most say {words}"
        if self.not_delivered and (self.delivered or self.adapted):
            return "divided"
        return "no view shared by most" if self.mixed else "some say delivered, some adapted"


def hear(manual: Manual, store: Any | None, settled: Decided | None = None) -> dict[str, Voices | None]:
    """Return the voices on each component.

    Without a store nobody was asked, which is not the same as nobody having
    spoken. Interviewers' turns do not count: a question is not a report. Nor
    do transcripts that nobody has finished, or what no person has coded.
    Where coders' differences were settled, the decision counts (`settled`).
    """
    if store is None:
        return dict.fromkeys(manual.components)
    settled = settled or decided(store)
    codings = settled.codings
    if not len(codings):
        return {component: Voices() for component in manual.components}
    counted = codings["code"].isin(list(manual.components)) & codings["person"].isin(set(speakers(store)["person"]))
    about = codings[counted & codings["stance"].isin(list(SAYS)) & (codings["origin"] == "human")]
    by_code = dict(list(about.groupby("code", sort=False)))
    return {component: _voices(by_code.get(component), settled.evidence(component)) for component in manual.components}


def _voices(codings: pd.DataFrame | None, decisions: tuple[str, ...]) -> Voices:
    if codings is None:
        return Voices(codings=decisions)
    settled = settle(codings, ["person"], together=lambda _: MIXED, between=lambda _: DIFFER)
    said = settled["stance"].map(lambda stance: SAYS.get(stance, stance)).value_counts()
    return Voices(
        **{name: int(said.get(name, 0)) for name in (*SAYS.values(), MIXED)},
        coders_differ=int(said.get(DIFFER, 0)),
        codings=tuple(dict.fromkeys((*codings["id"].astype(str), *decisions))),
    )


def compare_streams(share: float | None, late: bool, voices: Voices) -> str:
    """Return in words what records and people tell, side by side; blank where one of them is silent.

    Parameters
    ----------
    share : float or None
        Share of decided cases that kept the component, by the records.
    late : bool
        Whether most of the missed were recorded late.
    voices : Voices
        What people say.
    """
    if share is None or not voices.heard:
        return ""
    kept = "kept in most cases" if share >= MOST else "kept in few cases"
    if late and share < MOST:
        kept += ", most others late"
    return f"records: {kept}; people: {voices.say()}"
