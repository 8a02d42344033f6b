"""What people say of a component, counted by person, and how it sits beside the records."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.manual import Manual

SAYS = {"supports": "delivered", "qualifies": "adapted", "contradicts": "not_delivered"}
"""Stance of a coding on a component, and what it says of delivery."""

MOST = 0.5
"""Records or people say a thing when more than half of them do: a reading aid, not a standard."""


@dataclass(frozen=True, kw_only=True)
class Voices:
    """How many people say what of one component, and the codings that it rests on."""

    delivered: int = 0
    adapted: int = 0
    not_delivered: int = 0
    codings: tuple[str, ...] = ()

    @property
    def heard(self) -> bool:
        """Say whether anybody spoke of it."""
        return self.delivered + self.adapted + self.not_delivered > 0

    def say(self) -> str:
        """Return what most say, or that they are divided."""
        everyone = self.delivered + self.adapted + self.not_delivered
        for words, count in (
            ("delivered", self.delivered), ("adapted", self.adapted), ("not delivered", self.not_delivered),
        ):  # fmt: skip
            if count > MOST * everyone:
                return words
        return "divided"


def hear(manual: Manual, store: Any | None) -> dict[str, Voices | None]:
    """Return the voices on each component; a person who says two things counts once for each.

    Without a store nobody was asked, which is not the same as nobody having
    spoken. Interviewers' turns do not count: a question is not a report.
    """
    if store is None:
        return dict.fromkeys(manual.components)
    codings = store.codings()
    if not len(codings):
        return {component: Voices() for component in manual.components}
    about = codings[
        codings["code"].isin(list(manual.components)) & codings["stance"].isin(list(SAYS)) & codings["person"].notna()
    ]
    about = about[~about["role"].isin(["interviewer"])]
    by_code = dict(list(about.groupby("code", sort=False)))
    return {component: _voices(by_code.get(component)) for component in manual.components}


def _voices(codings: pd.DataFrame | None) -> Voices:
    if codings is None:
        return Voices()
    people = codings.groupby(codings["stance"].map(SAYS))["person"].nunique()
    return Voices(
        delivered=int(people.get("delivered", 0)),
        adapted=int(people.get("adapted", 0)),
        not_delivered=int(people.get("not_delivered", 0)),
        codings=tuple(codings["id"].astype(str)),
    )


def compare_streams(share: float | None, late: bool, voices: Voices) -> str:
    """Return in words whether records and people tell the same; blank where one of them is silent.

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
    said = voices.say()
    if share > MOST:
        shown = "kept"
    elif share == MOST:
        shown = "divided"
    else:
        shown = "late" if late else "missed"
    if (shown, said) in (("kept", "delivered"), ("missed", "not delivered"), ("late", "not delivered")):
        return "records and people agree"
    return f"records {shown}, people {'divided' if said == 'divided' else 'say ' + said}"
