"""A small fictional study with talk, and findings about records that were made by hand."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from workbench.corpus import Span
from workbench.disclosure import Release, Rules
from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.report.aliases import Aliases
from workbench.report.quotes import Quoting
from workbench.report.wording import Names
from workbench.report.write import talk_of
from workbench.study import Study, new_study, open_study
from workbench.study.describe import describe_coding, describe_corpus, describe_methods
from workbench.synthesis import synthesise
from workbench.theory_testing import weigh_theory

PHONE = "07700 900123"
LINK = "A11→M09"
TALK = {
    "wm-focus": (
        "west-midlands",
        {
            "Ann": "It made me think about what I was doing to my lungs.",
            "Bob": f"Ring me on {PHONE} if you want to hear more about that course.",
            "Cem": "I sat there and it went in one ear and out the other.",
            "Dee": "The session made me think twice, it really did.",
        },
    ),
    "du-user": ("durham", {"Eve": "That afternoon was when I woke up to it."}),
    "du-officer": ("durham", {"Fay": "They come back from the session and they say it opened their eyes."}),
}
ROLES = {"wm-focus": "service_user", "du-user": "service_user", "du-officer": "officer"}
STANCES = {"Cem": "contradicts"}
WITHHELD = 7
"""A count that no output may hold; its share is 7 of 23."""


def _write_talk(folder: Path) -> None:
    rows = ["document,title,scheme,role,wave,kind,date,fictional,speakers"]
    for document, (scheme, turns) in TALK.items():
        text = "\n\n".join(f"{speaker}: {said}" for speaker, said in turns.items())
        (folder / f"{document}.txt").write_text(f"Interviewer: What was it like?\n\n{text}\n", encoding="utf-8")
        speakers = "; ".join(f"{speaker}={ROLES[document]}" for speaker in turns)
        kind = "focus_group" if len(turns) > 1 else "interview"
        rows.append(
            f"{document},{document},{scheme},{ROLES[document]},1,{kind},2023-01-05,true,"
            f'"Interviewer=interviewer; {speakers}"'
        )
    (folder / "metadata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("report") / "study"
    new_study(folder, title="A small study", as_of="2023-03-31", fictional=True)
    _write_talk(folder / "transcripts")
    opened = open_study(folder)
    opened.take_in()
    turns = opened.corpus.turns
    for turn in turns[turns["role"] != "interviewer"].to_dict(orient="records"):
        span = Span(turn["document"], turn["start"], turn["end"])
        stance = STANCES.get(turn["speaker"], "supports")
        opened.store.code(span, LINK, coder="anna", stance=stance, at="2024-01-02T10:00:00+00:00")
    for document in TALK:
        opened.store.read(document, coder="anna")
        opened.store.review(document, coder="anna")
    return opened


def _fidelity_row(component: str, period: str, n: int | None, total: int | None) -> dict[str, object]:
    share = None if n is None or not total else n / total
    return {
        "component": component, "name": component, "scheme": "durham", "period": period,
        "status": "observed" if total else "not observable", "dimension": "content", "essential": True,
        "n": n, "total": total, "value": share, "low": share and share - 0.02, "high": share and share + 0.02,
        "value_closed": share, "not_due": 3, "not_applicable": 412, "unknown": 0, "missed": total and total - (n or 0),
        "otherwise": 0, "delivered": 2, "adapted": 1, "not_delivered": 0, "agreement_of_streams": "",
        "drift_p": None, "method": "wilson", "note": "",
    }  # fmt: skip


@pytest.fixture(scope="session")
def fidelity() -> Finding:
    rows = [_fidelity_row("DU-01", "all", None, None), _fidelity_row("DU-06", "all", 803, 1207)]
    rows += [_fidelity_row("DU-07", "all", WITHHELD, 23)]
    rows += [_fidelity_row("DU-06", f"2022-0{month}", 130 + month, 203) for month in range(1, 6)]
    table = pd.DataFrame(rows)
    for column in ("n", "total", "missed"):
        table[column] = table[column].astype("Int64")
    for column in ("value", "low", "high", "value_closed", "drift_p"):
        table[column] = table[column].astype(float)
    return Finding(
        name="fidelity-durham",
        title="Delivery against the manual: Durham",
        table=table,
        statements=["DU-06: 803 of 1,207 cases kept it.", f"DU-07: {WITHHELD} of 23 cases kept it."],
        notes=["13,338 events without case or time were left out.", "4 cases came late."],
        provenance=Provenance(call="check_fidelity(records, manual)", as_of="2023-03-31"),
    )


def _equity_row(stage: str, group: str, measure: str, n: int, total: int, value: tuple[float, float, float]) -> dict:  # type: ignore[type-arg]
    return {
        "characteristic": "ethnicity", "group": group, "reference": "White" if measure != "share" else None,
        "stage": stage, "measure": measure, "n": n, "total": total, "value": value[0], "low": value[1],
        "high": value[2], "method": "wilson" if measure == "share" else "newcombe", "status": "", "note": "",
        "rests_on": "",
    }  # fmt: skip


@pytest.fixture(scope="session")
def equity() -> Finding:
    rows = [
        _equity_row("offered", "All", "share", 1586, 2473, (1586 / 2473, 0.62, 0.67)),
        _equity_row("offered", "White", "share", 1402, 2003, (1402 / 2003, 0.68, 0.72)),
        _equity_row("offered", "Black", "share", 168, 417, (168 / 417, 0.36, 0.45)),
        _equity_row("offered", "Black", "gap", 168, 417, (168 / 417 - 0.7, -0.34, -0.24)),
        _equity_row("offered", "Mixed", "share", 9, 30, (0.3, 0.15, 0.51)),
        _equity_row("offered", "Other", "share", WITHHELD, 23, (WITHHELD / 23, 0.15, 0.51)),
        _equity_row("offered", "Other", "gap", WITHHELD, 23, (WITHHELD / 23 - 0.7, -0.5, -0.2)),
    ]
    table = pd.DataFrame(rows).astype({"n": "Int64", "total": "Int64"})
    return Finding(
        name="equity-funnel",
        title="From record to completion, by ethnicity",
        table=table,
        statements=["Other: 7 of 23 were offered it (30.4%)."],
        notes=["One row per incident: 2,473 incidents of 2,451 persons."],
        provenance=Provenance(call="funnel(records)"),
    )


@pytest.fixture(scope="session")
def findings(study: Study, fidelity: Finding, equity: Finding) -> dict[str, Finding]:
    found = {
        each.name: each
        for each in (describe_corpus(study), describe_coding(study), weigh_theory(study.theory, study.store))
    }
    found |= {fidelity.name: fidelity, equity.name: equity}
    found["emmie"] = synthesise(found.values())
    found["methods"] = describe_methods(study, found)
    return found


WEIGHED: Mapping[str, Any] = {
    "link": LINK, "status": "contested", "n": 4, "total": 6, "silent": 2, "groups": 3, "negative": 1, "unresolved": 1,
    "limits": 0, "rivals": 1, "hearsay": 1, "flips": 2, "tried": 9, "sensitive": "without all hearsay: untested",
    "records": "", "registered": "2024-01-01", "registered_before": True, "agreement": 0.714, "saturation": "reached",
}  # fmt: skip
"""A row of the finding “theory”, with what stands beside its verdict."""

LINK_NAMES = Names(codes={LINK: "Session → Moment"})


def quoting_of(study: Study, **more: Any) -> Quoting:
    """Return what quotes of a study pass, with parts of its talk replaced."""
    return Quoting(gate=Release(Rules()), talk=replace(talk_of(study, Rules()), **more), aliases=Aliases())


def negative_case(study: Study, words: str, **more: Any) -> dict[str, Any]:
    """Return a row of negative cases: the coding whose words hold these."""
    codings = study.store.codings()
    row = codings[codings["quote"].str.contains(words, regex=False)].iloc[0]
    return {
        "link": LINK, "case": row["id"], "role": row["role"], "scheme": row["scheme"], "source": "own experience",
        "coder": "anna", "disposition": "none yet", "by": "", "why": "", "value": None, "quote": row["quote"], **more,
    }  # fmt: skip


def finding_of(name: str, rows: list[dict[str, Any]]) -> Finding:
    """Return a finding with these rows."""
    return Finding(name=name, title=name, table=pd.DataFrame(rows), provenance=Provenance(call=name))


def part_of(scheme: str, n: int) -> dict[str, Any]:
    """Return a row on one part of a configuration."""
    return {
        "configuration": "CMO1", "name": "Short course", "part": "context", "scheme": scheme, "nodes": "C13", "n": n,
        "total": 2 * n, "links": "", "linked": 0, "against": 0, "whole": 0, "status": "", "note": "",
    }  # fmt: skip
