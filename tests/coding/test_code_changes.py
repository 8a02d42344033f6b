"""Codes that change: worked sequences, each with the codings that a person would expect."""

from collections.abc import Sequence

import pandas as pd
import pytest

from workbench.coding import Store, open_store, view
from workbench.coding.acts import Act
from workbench.coding.code_changes import followed, present_codes
from workbench.corpus.span import Span
from workbench.errors import InputError

MADE, TWICE = Span("wm-user-01", 23, 36), Span("wm-user-01", 31, 42)


def shown(store: Store) -> list[tuple[str, ...]]:
    """Return each coding in force as coder, code, stance, memo."""
    rows = store.codings()[["coder", "code", "stance", "memo"]]
    return [tuple("" if pd.isna(value) else value for value in row) for row in rows.itertuples(index=False)]


def change(number: int, kind: str, code: str, target: str = "", coder: str = "kim") -> Act:
    return Act(f"{number:04}", coder, "2024-03-01T00:00:00.000Z", f"{kind}-code", target=target, code=code)


def undo(number: int, target: int, coder: str = "kim") -> Act:
    return Act(f"{number:04}", coder, "2024-03-01T00:00:00.000Z", "undo", target=f"{target:04}")


# Which code is it now?


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], {"A": "A"}),
        ([change(1, "rename", "A", "B")], {"A": "B", "B": "B", "C": "C"}),
        ([change(1, "rename", "A", "B"), change(2, "rename", "B", "C")], {"A": "C", "B": "C"}),
        ([change(1, "rename", "A", "B"), change(2, "rename", "B", "A")], {"A": "A", "B": "A"}),
        # Two leads who did not know of each other: the later name stands, and nothing is left behind.
        ([change(1, "rename", "A", "B"), change(2, "rename", "A", "C")], {"A": "C", "B": "C", "C": "C"}),
        ([change(1, "merge", "A\nB", "C"), change(2, "rename", "C", "D")], {"A": "D", "B": "D", "C": "D"}),
        ([change(1, "rename", "C", "D"), change(2, "merge", "A", "C")], {"A": "D", "C": "D"}),
        ([change(1, "merge", "A", "B"), change(2, "merge", "B", "A")], {"A": "B", "B": "B"}),
        ([change(1, "merge", "A", "B"), change(2, "merge", "A", "C")], {"A": "B", "B": "B", "C": "C"}),
        ([change(1, "merge", "A", "B"), change(2, "rename", "A", "C")], {"A": "B", "B": "B", "C": "B"}),
        ([change(1, "split", "A", "B\nC"), change(2, "merge", "A", "B")], {"A": "B", "B": "B", "C": "C"}),
        ([change(1, "rename", "A", "B"), undo(2, 1)], {"A": "A", "B": "B"}),
        ([change(1, "rename", "A", "B"), undo(2, 1, coder="ben")], {"A": "B", "B": "B"}),
    ],
)
def test_a_code_is_now_what_it_became(changes: Sequence[Act], expected: dict[str, str]) -> None:
    now = followed(reversed(changes))  # in whatever order they reached the store
    assert {code: now(code) for code in expected} == expected


def test_the_parts_of_a_split_code_are_called_as_they_are_now_and_split_again() -> None:
    codes = present_codes(
        [change(1, "split", "A", "B\nC"), change(2, "rename", "C", "D"), change(3, "split", "B", "E\nF")]
    )
    assert (codes.parts("A"), codes.parts("B"), codes.parts("D")) == (("E", "F", "D"), ("E", "F"), ())
    assert codes.may_become("A", "C")
    assert codes.may_become("A", "B")
    assert not codes.may_become("B", "D")


def test_codes_that_were_split_into_each_other_end() -> None:
    codes = present_codes([change(1, "split", "A", "B\nC"), change(2, "split", "B", "A\nD")])
    assert codes.parts("A") == ("B", "C")
    assert codes.parts("B") == ("A", "D")


def test_retiring_a_code_that_was_merged_elsewhere_does_not_retire_the_other() -> None:
    codes = present_codes([change(1, "merge", "A", "B"), change(2, "retire", "A"), change(3, "retire", "C")])
    assert [codes.retired(code) for code in "ABC"] == [False, False, True]


# What becomes of codings


def test_codings_of_a_renamed_code_follow_whoever_made_them_and_whenever(store: Store) -> None:
    store.code(MADE, "M09", coder="anna", stance="supports")
    change = store.rename_code("M09", "M09b", by="kim", why="the theory calls it so")
    store.code(TWICE, "M09", coder="ben")  # has not heard of it
    assert shown(store) == [("anna", "M09b", "supports", ""), ("ben", "M09b", "", "")]
    assert (change.kind, change.codings, change.also) == ("rename", 1, ())


def test_a_passage_marked_again_under_the_former_name_is_one_coding(store: Store) -> None:
    first = store.code(MADE, "M09", coder="anna")
    store.rename_code("M09", "M09b", by="kim")
    again = store.code(MADE, "M09", coder="anna", stance="qualifies")
    assert (again.id, again.code) == (first.id, "M09b")
    assert shown(store) == [("anna", "M09b", "qualifies", "")]


def test_two_codings_that_a_merge_brings_together_become_one_with_the_later_stance_and_both_memos(
    store: Store,
) -> None:
    store.code(MADE, "I01", coder="anna", stance="supports", memo="he laughs")
    store.code(MADE, "I02", coder="anna", stance="qualifies", memo="he means it")
    store.code(MADE, "I02", coder="ben")
    store.code(TWICE, "I02", coder="anna", memo="another place")
    change = store.merge_codes(["I01", "I02"], "I03", by="kim")
    assert (change.codings, change.joined) == (4, 1)
    assert shown(store) == [
        ("anna", "I03", "qualifies", "he laughs\n\nhe means it"),
        ("ben", "I03", "", ""),
        ("anna", "I03", "", "another place"),
    ]
    joined = store.codings()["id"].iloc[0]
    store.set_memo(joined, "he laughs", coder="anna")
    assert shown(store)[0] == ("anna", "I03", "qualifies", "he laughs")
    store.uncode(joined, coder="anna")
    assert len(store.codings()) == 2


def test_an_undone_merge_gives_back_both_codings_as_they_were(store: Store) -> None:
    store.code(MADE, "I01", coder="anna", stance="supports", memo="one")
    store.code(MADE, "I02", coder="anna", memo="two")
    before = store.codings()
    store.merge_codes(["I02"], "I01", by="kim")
    assert len(store.codings()) == 1
    undone = store.undo("kim")
    assert undone is not None
    assert undone.kind == "merge-code"
    pd.testing.assert_frame_equal(store.codings(), before)
    assert store.code_changes().empty
    store.redo("kim")
    assert shown(store) == [("anna", "I01", "supports", "one\n\ntwo")]


def test_codings_of_a_split_code_stay_until_somebody_says_which(store: Store) -> None:
    first = store.code(MADE, "I02", coder="anna", memo="keep me")
    second = store.code(TWICE, "I02", coder="ben")
    store.split_code("I02", ["I08", "I09"], by="kim", why="two things")
    assert [row[1] for row in shown(store)] == ["I02", "I02"]
    waiting = store.to_recode()
    assert waiting[["id", "choices"]].values.tolist() == [[first.id, ["I08", "I09"]], [second.id, ["I08", "I09"]]]
    assert store.to_recode("ben")["id"].tolist() == [second.id]
    store.recode(first.id, "I09", coder="ben")
    assert shown(store) == [("anna", "I09", "", "keep me"), ("ben", "I02", "", "")]
    with pytest.raises(InputError, match=r"'I02' is no part of I02\. Known: I08, I09"):
        store.recode(second.id, "I02", coder="ben")
    with pytest.raises(InputError, match=r"no coding with this id waits .* store\.to_recode"):
        store.recode(first.id, "I08", coder="anna")
    store.undo("ben")
    assert len(store.to_recode()) == 2


def test_what_is_left_of_a_split_code_can_be_merged_into_one_part(store: Store) -> None:
    first = store.code(MADE, "I02", coder="anna")
    store.code(TWICE, "I02", coder="anna")
    store.split_code("I02", ["I08", "I09"], by="kim")
    store.recode(first.id, "I09", coder="anna")
    store.merge_codes(["I02"], "I08", by="kim")
    assert [row[1] for row in shown(store)] == ["I09", "I08"]
    assert store.to_recode().empty


def test_a_split_that_is_undone_takes_its_recodings_along_and_brings_them_back(store: Store) -> None:
    made = store.code(MADE, "I02", coder="anna")
    store.split_code("I02", ["I08", "I09"], by="kim")
    store.recode(made.id, "I09", coder="anna")
    store.undo("kim")
    assert shown(store) == [("anna", "I02", "", "")]
    store.redo("kim")
    assert shown(store) == [("anna", "I09", "", "")]


def test_split_and_retired_codes_are_refused_with_what_to_do(store: Store) -> None:
    for code in ("I02", "I05"):
        store.code(MADE, code, coder="anna")
    store.split_code("I02", ["I08", "I09"], by="kim")
    store.retire_code("I05", by="kim")
    for code, told in (("I02", r"'I02' was split\. Known: I08, I09"), ("I05", "'I05' was retired")):
        with pytest.raises(InputError, match=told):
            store.code(TWICE, code, coder="ben")
    assert [row[1] for row in shown(store)] == ["I02", "I05"]


def test_a_coding_of_a_split_code_comes_in_by_a_merge_and_waits(store: Store, tmp_path, corpus) -> None:
    with open_store(tmp_path / "other.sqlite") as other:
        other.add_corpus(corpus)
        other.code(MADE, "I02", coder="ben")
        store.code(TWICE, "I02", coder="anna")
        store.split_code("I02", ["I08", "I09"], by="kim")
        store.merge(other)
    assert sorted(store.to_recode()["coder"]) == ["anna", "ben"]


def test_a_decision_dated_before_the_split_by_a_slow_clock_still_counts() -> None:
    at = "2024-03-01T00:00:00.000Z"
    place = {"document": "d", "start": 0, "end": 4, "revision": "r"}
    acts = [
        Act("0001", "anna", at, "code", code="I02", **place),
        Act("0002", "ben", at, "recode", target="0001", code="I08", document="d"),
        change(3, "split", "I02", "I08\nI09"),
    ]
    assert [act.code for act in view.current(acts)] == ["I08"]
    assert [act.code for act in view.current(acts[:2], changes=acts[2:])] == ["I08"]
    assert [act.code for act in view.current([*acts, undo(4, 3)])] == ["I02"]


def test_a_moved_code_changes_no_coding_and_may_not_lie_under_itself(store: Store) -> None:
    store.code(MADE, "I01", coder="anna")
    store.code(MADE, "I02", coder="anna")
    before = store.codings()
    store.move_code("I01", "I02", by="kim")
    with pytest.raises(InputError, match="I01 lies under I02 itself"):
        store.move_code("I02", "I01", by="kim")
    store.move_code("I01", None, by="kim")
    pd.testing.assert_frame_equal(store.codings(), before)
    assert store.code_changes()[["kind", "code", "to"]].values.tolist() == [
        ["move", "I01", ["I02"]],
        ["move", "I01", []],
    ]


# What is refused


@pytest.mark.parametrize(
    ("verb", "given", "told"),
    [
        ("rename_code", ("M9", "M10"), r"code M9: no coding has it.*Did you mean 'M09'"),
        ("rename_code", ("M09", "M12"), r"there is a code M12 already, so this is a merge.*merge_codes"),
        ("rename_code", ("M09", "M09"), "it has that name already"),
        ("rename_code", ("M09", " "), "a code is a few signs on one line"),
        ("rename_code", ("M09", "I01"), r"I01 is the former name of I02.*merge_codes\(\['M09'\], 'I02'\)"),
        ("rename_code", ("I01", "I03"), "code I01: it is I02 now. Say I02"),
        ("merge_codes", (["M09"], "M09"), "nothing to merge into it"),
        ("merge_codes", ([], "M09"), "nothing to merge"),
        ("merge_codes", (["M09", "M8"], "M12"), "code M8: no coding has it"),
        ("merge_codes", (["M09"], "I01"), "it is I02 now. Merge into I02"),
        ("split_code", ("M09", ["M09a"]), "at least two codes"),
        ("split_code", ("M09", ["M09", "M10"]), "M09 is the code itself"),
        ("move_code", ("M09", "M8"), "code M8: no coding has it"),
        ("retire_code", ("M8",), "code M8: no coding has it"),
    ],
)
def test_what_would_lose_or_confuse_codings_is_refused(store: Store, verb: str, given: tuple, told: str) -> None:
    for code in ("M09", "M12", "I01"):
        store.code(MADE, code, coder="anna")
    store.rename_code("I01", "I02", by="kim")
    acts = len(store.acts())
    with pytest.raises(InputError, match=told):
        getattr(store, verb)(*given, by="kim")
    assert len(store.acts()) == acts


def test_a_code_may_have_its_former_name_back_and_one_that_only_a_codebook_knows_can_be_renamed(store: Store) -> None:
    store.code(MADE, "M09", coder="anna")
    store.rename_code("M09", "M09b", by="kim")
    store.rename_code("M09b", "M09", by="kim")
    assert shown(store) == [("anna", "M09", "", "")]
    assert store.rename_code("I07", "I08", by="kim", known=["I07"]).codings == 0


def test_links_that_carry_a_renamed_code_are_named_and_stay(store: Store) -> None:
    for code in ("M09", "A11→M09", "X03→(A11→M09)", "A11→M14"):
        store.code(MADE, code, coder="anna")
    change = store.rename_code("M09", "M09b", by="kim")
    assert change.also == ("A11→M09", "X03→(A11→M09)")
    store.rename_code("A11->M09", "A11->M09b", by="kim")
    assert set(store.codings()["code"]) == {"M09b", "A11→M09b", "X03→(A11→M09)", "A11→M14"}


def test_a_change_names_who_made_it_when_and_why(store: Store) -> None:
    store.code(MADE, "M09", coder="anna")
    store.code(MADE, "M12", coder="anna")
    store.merge_codes(["M09", "M12"], "I01", by="kim", why=" nobody could tell them apart ")
    table = store.code_changes()
    assert table["id"].nunique() == 1
    assert table[["kind", "code", "to", "by", "why"]].values.tolist() == [
        ["merge", "M09", ["I01"], "kim", "nobody could tell them apart"],
        ["merge", "M12", ["I01"], "kim", "nobody could tell them apart"],
    ]
    with pytest.raises(InputError, match="an act needs the name of its coder"):
        store.retire_code("I01", by="")
    assert store.verify() == []
