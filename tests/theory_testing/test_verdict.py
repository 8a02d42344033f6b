"""The rule for verdicts, and counting people rather than quotes."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding import open_store
from workbench.corpus import Span, read_corpus
from workbench.errors import InputError
from workbench.theory import read_theory
from workbench.theory_testing import VERDICTS, Rule, judge, weigh_theory
from workbench.theory_testing.verdict import Counts

THEORY = """\
title: Tiny
version: "1"
date: 2026-01-01
status: Invented for a test.
nodes:
  - {id: A1, type: activity, name: Course, definition: A course.}
  - {id: M1, type: mechanism, name: Thinking, definition: Thinks about it.}
  - {id: O1, type: outcome, name: Less use, definition: Uses less.}
links:
  - {from: A1, to: M1, type: triggers, expects: thinks, breaks: does not}
  - {from: M1, to: O1, type: yields, expects: less, breaks: same}
"""


def _counts(
    for_: int = 0, against: int = 0, qualifies: int = 0, both: int = 0, roles: int = 2, schemes: int = 2
) -> Counts:
    return Counts(
        for_=for_, against=against, qualifies=qualifies, both=both, roles=roles, schemes=schemes,
        against_roles=roles if against else 0, against_schemes=schemes if against else 0, groups=2 if for_ else 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        (_counts(), "untested"),
        (_counts(for_=3), "supported"),
        (_counts(for_=2), "untested"),
        (_counts(for_=9, roles=1), "untested"),
        (_counts(for_=9, schemes=1), "untested"),
        (_counts(for_=9, against=1), "contested"),
        (_counts(for_=1, against=1), "untested"),
        (_counts(for_=2, against=1), "contested"),
        (_counts(against=3), "refuted"),
        (_counts(against=2), "untested"),
        (_counts(against=9, roles=1, schemes=1), "untested"),
        (_counts(for_=3, qualifies=9), "supported"),
        (_counts(qualifies=9), "untested"),
        (_counts(for_=9, both=1), "contested"),
        (_counts(both=1), "untested"),
    ],
)
def test_the_rule(counts: Counts, verdict: str) -> None:
    assert judge(counts, Rule())[0] == verdict


@given(*(st.integers(0, 9) for _ in range(5)))
def test_nothing_is_supported_from_one_role_or_one_scheme(
    for_: int, against: int, qualifies: int, roles: int, schemes: int
) -> None:
    counts = Counts(
        for_=for_, against=against, qualifies=qualifies, roles=min(roles, for_), schemes=min(schemes, for_),
        against_roles=min(roles, against), against_schemes=min(schemes, against),
    )  # fmt: skip
    verdict, why = judge(counts, Rule())
    assert verdict in VERDICTS
    assert why
    if verdict == "supported":
        assert counts.roles >= 2
        assert counts.schemes >= 2
        assert counts.against == 0


def test_nothing_is_supported_from_one_group_or_while_a_case_waits() -> None:
    enough = Counts(for_=9, roles=2, schemes=2, groups=2, coded=9)
    assert judge(enough, Rule()) == ("supported", "9 for, nobody against")
    one = judge(replace(enough, groups=1), Rule())
    assert one == ("untested", "not enough evidence: 1 independent group of 2")
    waits = judge(replace(enough, unresolved=2), Rule())
    assert waits == ("contested", "9 for, nobody against, but 2 cases against wait for a decision")
    both = judge(replace(enough, against=1, unresolved=1), Rule())
    assert both == ("contested", "9 for, 1 against, 0 both ways; 1 case against waits for a decision")


def test_what_was_decided_on_cases_stands_in_the_reason() -> None:
    counts = Counts(for_=9, roles=2, schemes=2, groups=2, limits=1, rivals=2)
    why = "9 for, nobody against; cases of 1 person limit where it holds; cases of 2 people have a rival explanation"
    assert judge(counts, Rule()) == ("supported", why)


def test_a_rule_that_would_rest_on_one_scheme_is_refused() -> None:
    with pytest.raises(InputError, match="at least 2"):
        Rule(schemes=1)


@pytest.fixture
def study(tmp_path: Path):
    folder = tmp_path / "transcripts"
    folder.mkdir()
    rows = ["document,scheme,role,kind,speakers"]
    people = [
        ("a", "durham", "officer"),
        ("b", "durham", "service_user"),
        ("c", "west-midlands", "provider"),
        ("d", "west-midlands", "officer"),
    ]
    for name, scheme, role in people:
        (folder / f"{name}.txt").write_text(
            "INT: And the course?\nP01: It made me think. It really did. Well, in a way.\n", encoding="utf-8"
        )
        rows.append(f"{name},{scheme},{role},interview,INT=interviewer; P01={role}")
    (folder / "metadata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "theory.yaml").write_text(THEORY, encoding="utf-8")
    store = open_store(tmp_path / "codings.sqlite")
    corpus = read_corpus(folder)
    store.add_corpus(corpus)
    yield read_theory(tmp_path / "theory.yaml"), store, corpus
    store.close()


def _code(store, corpus, document: str, words: str, stance: str, coder: str = "ann") -> str:
    start = corpus.text(document).index(words)
    store.read(document, coder=coder)
    return store.code(Span(document, start, start + len(words)), "A1→M1", coder=coder, stance=stance).id


def test_more_quotes_and_more_coders_of_one_person_change_nothing(study) -> None:
    theory, store, corpus = study
    _code(store, corpus, "a", "It made me think.", "supports")
    once = weigh_theory(theory, store).table.drop(columns=["note", "tried"])
    _code(store, corpus, "a", "It really did.", "supports")
    _code(store, corpus, "a", "It made me think.", "supports", coder="bea")
    assert weigh_theory(theory, store).table.drop(columns=["note", "tried"]).equals(once)


def test_a_link_is_supported_by_three_people_of_two_roles_and_schemes_and_traced_to_their_codings(study) -> None:
    theory, store, corpus = study
    ids = [_code(store, corpus, name, "It made me think.", "supports") for name in "abc"]
    finding = weigh_theory(theory, store)
    row = finding.table.set_index("link").loc["A1→M1"]
    assert (row["status"], row["n"], row["roles"], row["schemes"], row["total"]) == ("supported", 3, 3, 2, 3)
    assert set(finding.trace(0)) == set(ids)
    assert finding.table["status"].tolist() == ["supported", "untested"]
    said = "A1→M1 (Course → Thinking) is supported: 3 of 3 people speak for it, 0 against it, "
    said += "0 both ways, and 0 qualify it."
    assert said in finding.statements


def test_one_person_against_makes_it_contested(study) -> None:
    theory, store, corpus = study
    for name in "abc":
        _code(store, corpus, name, "It made me think.", "supports")
    _code(store, corpus, "d", "Well, in a way.", "contradicts")
    row = weigh_theory(theory, store).table.iloc[0]
    assert (row["status"], row["n"], row["against"], row["both"]) == ("contested", 3, 1, 0)


def test_a_person_of_two_minds_is_on_both_sides_and_bars_supported(study) -> None:
    theory, store, corpus = study
    for name in "abcd":
        _code(store, corpus, name, "It made me think.", "supports")
    _code(store, corpus, "d", "Well, in a way.", "contradicts")
    row = weigh_theory(theory, store).table.iloc[0]
    assert (row["status"], row["n"], row["both"]) == ("contested", 3, 1)


def test_coders_who_differ_about_a_turn_are_not_a_person_of_two_minds(study) -> None:
    theory, store, corpus = study
    for name in "abc":
        _code(store, corpus, name, "It made me think.", "supports")
    _code(store, corpus, "d", "It really did.", "supports")
    _code(store, corpus, "d", "It really did.", "contradicts", coder="bea")
    row = weigh_theory(theory, store).table.iloc[0]
    assert (row["status"], row["n"], row["both"], row["coders_differ"]) == ("supported", 3, 0, 1)
    assert row["note"].endswith("coders differ about 1 more")


def test_people_of_no_known_role_and_unfinished_transcripts_count_nowhere(study) -> None:
    theory, store, corpus = study
    start = corpus.text("a").index("It made me think.")
    store.code(Span("a", start, start + 17), "A1→M1", coder="ann", stance="supports")
    finding = weigh_theory(theory, store)
    assert (finding.table["n"][0], finding.table["total"][0]) == (0, 0)
    assert finding.trace(0) == ()


def test_a_coding_without_a_stance_is_told_as_such(study) -> None:
    theory, store, corpus = study
    _code(store, corpus, "a", "It made me think.", None)
    assert weigh_theory(theory, store).table["note"][0] == "coded, but without a stance"


def test_where_coders_differ_about_all_who_spoke_the_reason_says_so_and_not_that_stances_are_missing(study) -> None:
    theory, store, corpus = study
    for document in "ab":
        for coder, stance in (("ann", "supports"), ("ann", "contradicts"), ("bea", "supports")):
            _code(store, corpus, document, "It made me think.", stance, coder)
    row = weigh_theory(theory, store).table.iloc[0]
    assert (row["n"], row["against"], row["both"], row["coders_differ"]) == (0, 0, 0, 2)
    assert row["note"] == "coders differ about 2 people, and nobody else counts for or against it"


def test_suggestions_accepted_from_a_rule_are_not_counted_as_what_people_found(study) -> None:
    theory, store, corpus = study
    text = corpus.text("a")
    start = text.index("It really did.")
    store.code(Span("a", start, start + 14), "A1→M1", coder="ann", stance="supports", origin="rule")
    assert weigh_theory(theory, store).table.iloc[0]["n"] == 0
