"""What people decide on evidence, told in the verdict: cases, hearsay, silence, groups, seals, records."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from workbench.coding import Store, open_store
from workbench.corpus import Span, read_corpus
from workbench.finding import Finding
from workbench.provenance import Provenance
from workbench.theory import Theory, read_theory
from workbench.theory_testing import Rule, negative_cases, weigh_theory
from workbench.theory_testing.change_our_mind import what_would_change
from workbench.theory_testing.ledger import COLUMNS, ledger

THEORY = """\
title: Tiny
version: "1"
date: 2026-01-01
status: Invented for a test.
nodes:
  - {id: A1, type: activity, name: Course, definition: A course.}
  - {id: M1, type: mechanism, name: Thinking, definition: Thinks about it.}
links:
  - {from: A1, to: M1, type: triggers, expects: thinks, breaks: does not, records: [DU-06, DU-99]}
"""
PEOPLE = (
    ("a", "durham", "officer"), ("b", "durham", "service_user"), ("c", "west-midlands", "provider"),
    ("d", "west-midlands", "officer"),
)  # fmt: skip
LINK = "A1→M1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "transcripts"
    folder.mkdir()
    rows = ["document,scheme,role,kind,speakers"]
    for name, scheme, role in PEOPLE:
        said = "INT: And the course?\nP01: It made me think. Well, in a way.\nINT: Anything else?\nP01: Dunno.\n"
        (folder / f"{name}.txt").write_text(said, encoding="utf-8")
        rows.append(f"{name},{scheme},{role},interview,INT=interviewer; P01={role}")
    (folder / "metadata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with open_store(tmp_path / "codings.sqlite") as opened:
        opened.add_corpus(read_corpus(folder))
        yield opened


@pytest.fixture
def theory(tmp_path: Path) -> Theory:
    (tmp_path / "theory.yaml").write_text(THEORY, encoding="utf-8")
    return read_theory(tmp_path / "theory.yaml")


def code(store: Store, document: str, words: str, stance: str, coder: str = "ann") -> str:
    start = store.text(document).index(words)
    store.read(document, coder=coder)
    return store.code(Span(document, start, start + len(words)), LINK, coder=coder, stance=stance).id


def row(theory: Theory, store: Store, **more: object) -> dict[str, object]:
    return dict(weigh_theory(theory, store, **more).table.iloc[0])  # type: ignore[arg-type]


def supported_but_for_one(store: Store) -> str:
    for name in "abc":
        code(store, name, "It made me think.", "supports")
    return code(store, "d", "Well, in a way.", "contradicts")


@pytest.mark.parametrize(
    ("disposition", "status", "why"),
    [
        (None, "contested", "3 for, 1 against, 0 both ways; 1 case against waits for a decision"),
        ("refutes", "contested", "3 for, 1 against, 0 both ways"),
        ("limits", "supported", "3 for, nobody against; cases of 1 person limit where it holds"),
        ("error", "supported", "3 for, nobody against"),
        ("rival", "supported", "3 for, nobody against; cases of 1 person have a rival explanation"),
    ],
)
def test_a_decision_on_a_case_moves_the_verdict(
    theory: Theory, store: Store, disposition: str | None, status: str, why: str
) -> None:
    case = supported_but_for_one(store)
    if disposition:
        store.dispose(case, disposition, by="lead", why="so")
    found = row(theory, store)
    assert (found["status"], found["note"]) == (status, why)


def test_two_decisions_on_one_case_leave_it_open(theory: Theory, store: Store) -> None:
    case = supported_but_for_one(store)
    store.dispose(case, "error", by="lead", why="so")
    store.dispose(case, "refutes", by="ben", why="not so")
    found = row(theory, store)
    assert (found["status"], found["unresolved"], found["negative"]) == ("contested", 1, 1)
    cases = negative_cases(theory, store)
    assert cases.table.loc[0, ["disposition", "by", "why"]].tolist() == [
        "disputed",
        "ben; lead",
        "lead: so; ben: not so",
    ]
    assert cases.trace(0) == (case,)
    assert cases.statements == ["1 case against 1 link; 1 wait for a decision.", "Decisions: 1 disputed."]


def test_one_dependence_group_supports_nothing_and_two_transcripts_can_be_made_one(
    theory: Theory, store: Store
) -> None:
    ids = [code(store, name, "It made me think.", "supports") for name in "abc"]
    assert row(theory, store)["groups"] == 3
    for identity in ids:
        store.weigh(identity, by="lead", group="one office")
    found = row(theory, store)
    assert (found["status"], found["groups"]) == ("untested", 1)
    assert found["note"] == "not enough evidence: 1 independent group of 2"


def test_hearsay_is_counted_and_left_out_at_once(theory: Theory, store: Store) -> None:
    ids = [code(store, name, "It made me think.", "supports") for name in "abc"]
    for identity in ids[:2]:
        store.weigh(identity, by="lead", source="hearsay")
    found = row(theory, store)
    assert (found["status"], found["hearsay"]) == ("supported", 2)
    assert "without all hearsay: untested" in str(found["sensitive"])
    assert "without any one of 3 people: untested" in str(found["sensitive"])
    assert found["flips"] == 10
    assert found["tried"] == 3 + 3 + 2 + 1 + 1


def test_who_was_asked_and_said_nothing_is_counted_also_when_the_question_was_coded(
    theory: Theory, store: Store
) -> None:
    code(store, "a", "Dunno.", "silent")
    code(store, "b", "Anything else?", "silent")
    found = row(theory, store)
    assert (found["silent"], found["n"], found["status"]) == (2, 0, "untested")
    rows = ledger(theory, store)
    assert rows[["person", "role", "side"]].to_numpy().tolist() == [
        ["a:P01", "officer", "silent"], ["b:P01", "service_user", "silent"],
    ]  # fmt: skip
    code(store, "a", "It made me think.", "supports")
    assert row(theory, store)["silent"] == 1


def test_the_verdict_says_when_it_was_sealed_and_whether_before_coding(theory: Theory, store: Store) -> None:
    sealed = {LINK: theory.links[LINK].sealed}
    assert row(theory, store)["registered"] is None
    store.register(sealed, by="lead")
    code(store, "a", "It made me think.", "supports")
    found = row(theory, store)
    assert found["registered"] == store.registered()["at"][0]
    assert found["registered_before"] is True
    store.register({LINK: "0" * 64}, by="lead")
    assert row(theory, store)["registered"] is None
    store.register(sealed, by="lead")
    assert row(theory, store)["registered_before"] is False


def test_results_of_records_stand_beside_a_verdict_and_do_not_move_it(theory: Theory, store: Store) -> None:
    table = pd.DataFrame(
        {"component": ["DU-06", "DU-07"], "period": "all", "value": [0.5, 0.1], "low": [0.4, 0.0], "high": [0.6, 0.2],
         "n": [50, 1], "total": [100, 10], "status": "observed"}
    )  # fmt: skip
    fidelity = Finding(name="fidelity-durham", title="x", table=table, provenance=Provenance(call="x"))
    found = row(theory, store, fidelity=[fidelity])
    assert found["records"] == "DU-06: met in 50.0% (40.0% to 60.0%) of 100"
    assert found["status"] == "untested"
    rows = ledger(theory, store, fidelity=[fidelity])
    assert tuple(rows.columns) == COLUMNS
    assert rows[["stream", "id", "scheme"]].to_numpy().tolist() == [["record", "DU-06", "durham"]]


def test_what_would_change_our_mind_follows_from_the_rule(theory: Theory, store: Store) -> None:
    code(store, "a", "It made me think.", "supports")
    weighed = weigh_theory(theory, store)
    found = what_would_change(theory, weighed, rule=Rule()).table.iloc[0]
    assert (found["n"], found["breaks"]) == (2, "does not")
    assert found["note"] == (
        "2 more people for it, 1 more role, 1 more scheme, 1 more independent group would make it supported, with "
        "nobody against it."
    )
    supported_but_for_one(store)
    found = what_would_change(theory, weigh_theory(theory, store)).table.iloc[0]
    assert found["note"].startswith("A decision on 1 case against it:")
