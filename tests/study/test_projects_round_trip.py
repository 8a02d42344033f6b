"""A study goes out as a project of other programs and comes back into an empty study as it was."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from workbench.coding.acts import moment
from workbench.exchange.refi.write_project import write_project
from workbench.study import Study, new_study, open_study
from workbench.study.projects import project_of, take_in_project

TREE = """\
title: Codes
version: "1"
date: 2026-01-15
codes:
  # Two codes of one name, under two parents.
  - {id: staff, name: Staff, kind: inductive, definition: Who works there., colour: "#AA0011"}
  - {id: police, name: Police, kind: inductive, definition: Officers.}
  - {id: staff.trust, name: Trust, kind: inductive, parent: staff, definition: In them., include: "Said: so.",
     near_miss: "'Hm.' – not this."}
  - {id: police.trust, name: Trust, kind: inductive, parent: police, definition: In officers., example: "Yes 😀."}
"""
CODES = ("staff", "police", "staff.trust", "police.trust", "A11→M09")
TALK = {
    "du-01": "INT: How was it?\nP01: Easy 😀, you know. It is easy \U0001f469\u200d\U0001f467 e\u0301asy.\n"
    "INT: Na\u00efve?\nP01: No\u00a0way.\n",
    "du-02": "\ufeffINT: And then?\r\nP02: It made me  think twice 😀.\r\n\r\nINT: Did it?\r\nP02: It did. It did.\r\n",
}
COLUMNS = ["coder", "document", "start", "end", "code", "quote", "stance", "origin", "memo", "at"]


def study_with(folder: Path, talk: Mapping[str, str] | None = None, *, codebook: str = TREE) -> Study:
    """Return a new study with these transcripts, reviewed for names by everybody's friend."""
    made = new_study(folder, title="Mine", as_of="2023-03-31")
    (made / "codebooks" / "codebook.yaml").write_text(codebook, encoding="utf-8")
    for name, text in (talk or {}).items():
        (made / "transcripts" / f"{name}.txt").write_bytes(text.encode())
    study = open_study(made)
    if talk:
        study.take_in()
        for name in talk:
            study.store.review(name, coder="kim")
    return study


def carried_over(study: Study, folder: Path) -> Study:
    """Return an empty study into which the other one came through a file."""
    write_project(project_of(study).project, folder / "out.qdpx")
    other = study_with(folder / "other")
    take_in_project(other, folder / "out.qdpx")
    return other


def table(study: Study) -> list[dict[str, Any]]:
    codings = study.store.codings().sort_values(["document", "start", "end", "coder", "code"])
    return list(codings[COLUMNS].astype(object).where(codings[COLUMNS].notna(), None).to_dict(orient="records"))


def _plain(memo: str) -> str:
    return " ".join(normalize("NFC", memo).split())


@st.composite
def codings(draw: st.DrawFn) -> list[dict[str, Any]]:
    number = draw(st.integers(1, 12))
    memo = st.one_of(  # a memo goes out in NFC, as every text here
        st.just(""),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(_plain),
        st.sampled_from(["stance: supports", "stance: nonsense\n\nx", "origin: model", "two\nlines", "\u00e9 😀"]),
    )
    return [
        {
            "document": draw(st.sampled_from(sorted(TALK))),
            "from": draw(st.floats(0, 0.95)),
            "length": draw(st.integers(1, 40)),
            "code": draw(st.sampled_from(CODES)),
            "coder": draw(st.sampled_from(["ann", "Ben 😀"])),
            "stance": draw(st.sampled_from([None, "supports", "contradicts", "qualifies"])),
            "origin": draw(st.sampled_from(["human", "rule", "model"])),
            "memo": draw(memo),
            "at": moment(draw(st.dates(min_value=date(2020, 1, 1)))),
        }
        for _ in range(number)
    ]


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(codings())
def test_codings_come_back_as_they_were_whoever_made_them_and_wherever_they_lie(rows: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study = study_with(folder / "mine", TALK)
        for row in rows:
            text = study.store.text(row["document"])
            row["start"] = int(row.pop("from") * len(text))
            row["end"] = min(row["start"] + row.pop("length"), len(text))
        study.store.code_many(rows)
        other = carried_over(study, folder)
        assert table(other) == table(study)
        assert [other.store.text(name) for name in TALK] == [study.store.text(name) for name in TALK]
        ids = {study.store.guid("coding", identity) for identity in study.store.codings()["id"]}
        assert {other.store.guid("coding", identity) for identity in other.store.codings()["id"]} == ids
        again = take_in_project(other, folder / "out.qdpx")
        assert (again.codings_new, again.texts_new, again.codes_new) == (0, (), ())
        assert again.codings_known == again.codings == len(table(study))
