"""Agreement within roles, schemes and waves, and over time."""

import numpy as np
import pytest
from held_store import HeldStore, everybody, only

from workbench.agreement import agreement, krippendorff_alpha
from workbench.errors import InputError

ALPHA = "Krippendorff's alpha"
TURNS = [
    ("x", 1, 0, 10, "officer"), ("x", 2, 10, 20, "service_user"), ("x", 3, 20, 30, "officer"),
    ("y", 1, 0, 10, "officer"), ("y", 2, 10, 20, "service_user"), ("y", 3, 20, 30, "service_user"),
]  # fmt: skip
CODINGS = [
    ("a", "x", "M", 0, 5), ("b", "x", "M", 0, 5), ("a", "y", "M", 2, 3), ("b", "y", "M", 2, 3),
    ("a", "x", "M", 12, 15), ("b", "y", "M", 22, 25), ("a", "y", "M", 12, 15), ("b", "y", "M", 12, 15),
]  # fmt: skip


def held(**given: object) -> HeldStore:
    return HeldStore(CODINGS, everybody("ab", "xy"), turns=TURNS, **given)  # type: ignore[arg-type]


def test_each_role_has_rows_of_its_own_beside_all_of_the_study() -> None:
    found = agreement(held(), by="role")
    table = found.table[(found.table["method"] == ALPHA) & (found.table["code"] == "M")]
    assert table["group"].tolist() == ["", "officer", "service_user"]
    assert (found.name, set(found.table["period"])) == ("agreement-role", {""})
    assert only(table, group="officer")["value"] == pytest.approx(1)
    users = krippendorff_alpha([[1, 1, 0], [0, 1, 1]])
    row = only(table, group="service_user")
    assert row["value"] == pytest.approx(users.value)
    assert (row["n"], row["marked"], row["marked_by_all"]) == (3, 3, 1)


def test_all_of_the_study_is_as_it_is_without_groups() -> None:
    plain, grouped = agreement(held()).table, agreement(held(), by="role").table
    whole = grouped[grouped["group"] == ""].reset_index(drop=True)
    assert whole.equals(plain)


def test_a_sentence_says_where_agreement_is_lowest_with_number_base_and_interval() -> None:
    said = agreement(held(), by="role").statements
    assert said[1] == (
        "M: of the 2 roles in which Krippendorff's alpha is defined, it is lowest in the role service user, at -0.25 "
        "(95% interval -0.50 to -0.17; 3 turns in 2 documents, 3 marked)."
    )


def test_a_row_of_a_role_leads_to_the_codings_in_its_turns_only() -> None:
    found = agreement(held(), by="role")
    which = found.table[(found.table["group"] == "officer") & (found.table["code"] == "M")].index[0]
    assert found.trace(int(which)) == ("c0", "c1", "c2", "c3")


def test_turns_without_a_role_make_a_group_of_their_own() -> None:
    turns = [(*turn[:4], "" if turn[0] == "x" else turn[4]) for turn in TURNS]
    store = HeldStore(CODINGS, everybody("ab", "xy"), turns=turns)
    assert "not stated" in set(agreement(store, by="role").table["group"])


def test_a_document_belongs_to_the_month_in_which_the_later_of_two_finished_it() -> None:
    finished = {("a", "x"): "2024-01-05T08:00", ("b", "x"): "2024-03-02T08:00", ("a", "y"): "2024-02-29T23:59"}
    finished[("b", "y")] = "2024-02-01T08:00"
    found = agreement(held(finished=finished), by="month")
    table = found.table[(found.table["method"] == ALPHA) & (found.table["code"] == "M")]
    assert table["period"].tolist() == ["", "2024-02", "2024-03"]
    assert only(table, period="2024-03")["documents"] == 1
    assert only(table, period="2024-02")["value"] == pytest.approx(krippendorff_alpha([[1, 1, 0], [1, 1, 1]]).value)
    assert "it was" in found.statements[1] and "2024-03" in found.statements[1]
    assert found.notes[-1] == "A document belongs to the month in which the last of the coders compared finished it."


def test_three_coders_are_compared_in_the_month_in_which_the_last_of_those_compared_finished() -> None:
    finished = {("a", "x"): "2024-01-05", ("b", "x"): "2024-02-02", ("c", "x"): "2024-04-02"}
    codings = [("a", "x", "M", 0, 5), ("b", "x", "M", 0, 5), ("c", "x", "M", 50, 60)]
    store = HeldStore(codings, everybody("abc", "x"), finished=finished)
    table = agreement(store, by="month").table
    periods = table[table["period"] != ""].groupby("coder")["period"].unique()
    assert {coder: list(months) for coder, months in periods.items()} == {
        "a + b": ["2024-02"], "a + c": ["2024-04"], "all": ["2024-04"], "b + c": ["2024-04"],
    }  # fmt: skip


def test_a_group_in_which_nobody_marked_a_code_is_undefined_and_says_so() -> None:
    codings = [("a", "x", "M", 0, 5), ("b", "x", "M", 0, 5)]
    store = HeldStore(codings, everybody("ab", "xy"), turns=TURNS)
    found = agreement(store, by="role")
    row = only(found.table, code="M", group="service_user", method=ALPHA)
    assert row["note"] == "every unit was marked by none of them, so they could not have differed"
    assert found.statements[1] == (
        "M: agreement can be worked out in 1 of 2 roles: every unit was marked by none of them, so they could not have "
        "differed."
    )


@pytest.mark.parametrize("unit", ["turn", "sentence", "character", "passage"])
@pytest.mark.parametrize("by", ["role", "scheme", "wave", "month"])
def test_every_unit_can_be_looked_at_in_every_way(unit: str, by: str) -> None:
    found = agreement(held(), unit=unit, by=by, confidence=0.8, rng=np.random.default_rng(2))
    defined = found.table["value"].notna()
    assert defined.any()
    assert (found.table.loc[~defined, "note"] != "").all()
    assert (found.table["status"] == np.where(defined, "defined", "undefined")).all()


def test_other_groups_and_units_are_refused_with_the_choices() -> None:
    with pytest.raises(InputError, match="by is 'day': expected one of role, scheme, wave, month"):
        agreement(held(), by="day")
    with pytest.raises(InputError, match="unit is 'word': expected one of turn, sentence, character, passage"):
        agreement(held(), unit="word")


def test_sets_of_codes_have_a_row_of_their_own() -> None:
    codings = [("a", "x", "M", 0, 5), ("a", "x", "N", 0, 5), ("b", "x", "M", 0, 5), ("b", "y", "N", 0, 5)]
    store = HeldStore(codings, everybody("abc", "xyz"))
    row = only(agreement(store).table, code="all codes", coder="all", method=f"{ALPHA}, sets (MASI)")
    sets = [[{"M", "N"}, set(), set()], [{"M"}, {"N"}, set()], [set(), set(), set()]]
    expected = krippendorff_alpha(sets, level="masi", documents=["x", "y", "z"])
    assert (row["value"], row["low"]) == (pytest.approx(expected.value), pytest.approx(expected.low))
    assert (row["n"], row["marked"], row["marked_by_all"]) == (3, 2, 0)


def test_one_coder_alone_who_finished_is_said_not_computed() -> None:
    found = agreement(HeldStore([("a", "x", "M", 0, 5)], [("a", "x")]), by="role")
    assert found.table.empty
    assert found.statements == ["Agreement is undefined: only a has recorded a document as finished."]


def test_a_month_of_imports_is_told_and_a_single_month_is_not_compared() -> None:
    found = agreement(held(), by="month")  # all four acts of finishing were recorded at one time
    assert found.notes[-1].startswith("4 of 4 times that a coder finished a document, the same coder finished another ")
    assert list(found.statements)[1:] == [
        found.statements[1],
        "All that two coders have read is of one month, 2024-01: there is none to compare.",
    ]


def test_documents_finished_minutes_apart_are_no_import() -> None:
    finished = {("a", "x"): "2024-01-05T08:00", ("a", "y"): "2024-01-05T08:01", ("b", "x"): "2024-01-05T08:00"}
    assert "--finished" not in " ".join(agreement(held(finished=finished), by="month").notes)
    two = agreement(held(finished=finished | {("a", "y"): "2024-01-05T08:00:59"}), by="month").notes
    assert next(note for note in two if "--finished" in note).startswith("2 of 4 times")


def test_a_part_without_a_shared_unit_is_left_out_and_named() -> None:
    turns = [*TURNS, ("z", 1, 0, 10, "navigator")]
    read = [*everybody("ab", "xy"), ("a", "z")]
    found = agreement(HeldStore(CODINGS, read, turns=turns), by="role")
    assert set(found.table["group"]) == {"", "officer", "service_user"}
    assert (
        found.notes[-1] == "Left out by role, because nothing there was read by two of the coders compared: navigator."
    )
    passages = agreement(HeldStore(CODINGS, read, turns=turns), unit="passage", by="role")
    assert set(passages.table["group"]) == {"", "officer", "service_user"}


def test_a_part_that_some_coders_share_is_left_out_for_the_others_only() -> None:
    turns = [*TURNS, ("z", 1, 0, 10, "navigator")]
    read = [*everybody("abc", "xy"), ("a", "z"), ("b", "z")]
    found = agreement(HeldStore(CODINGS, read, turns=turns), by="role")
    assert set(found.table.loc[found.table["group"] == "navigator", "coder"]) == {"a + b", "all"}
    assert found.notes[-1].endswith("compared: navigator (a + c), navigator (b + c).")
