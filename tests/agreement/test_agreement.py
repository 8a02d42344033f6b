"""The findings: who is compared on what, what is said, and what lies behind it."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from workbench.agreement import agreement, cohen_kappa, disagreements, gwet_ac1, krippendorff_alpha, percent_agreement
from workbench.coding import Store
from workbench.coding.units import unit_table
from workbench.finding import Finding


def code(store: Store, document: str, words: str, name: str, *coders: str, memo: str = "") -> None:
    start = store.text(document).index(words)
    for coder in coders:
        row = {"document": document, "start": start, "end": start + len(words), "code": name, "coder": coder}
        store.code_many([row | {"memo": memo}])


@pytest.fixture
def coded(store: Store) -> Store:
    code(store, "wm-officer-01", "It is easy 😀", "M01", "anna", "ben")
    code(store, "wm-user-01", "made me think", "M09", "anna", "ben", memo="turning point")
    code(store, "wm-officer-01", "you know", "M12", "anna", memo="thin")
    for document in ("wm-officer-01", "wm-user-01"):
        for coder in ("anna", "ben"):
            store.read(document, coder=coder)
    return store


def rows(found: Finding, **which: str) -> pd.DataFrame:
    table = found.table
    for column, value in which.items():
        table = table[table[column] == value]
    return table


def test_the_front_door_leads_to_it_also_the_second_time(coded: Store) -> None:
    assert [wb.agreement(coded, unit="turn").name for _ in range(2)] == ["agreement", "agreement"]


def test_each_code_and_all_together_have_one_row_a_method(coded: Store) -> None:
    table = agreement(coded).table
    methods = ["percent agreement", "Cohen's kappa", "Krippendorff's alpha", "Gwet's AC1"]
    assert table[["code", "coder", "method"]].values.tolist() == [
        *([name, "anna + ben", method] for name in ("M01", "M09", "M12", "all codes") for method in methods),
        ["all codes", "anna + ben", "Krippendorff's alpha, sets (MASI)"],
    ]
    assert table[["n", "documents"]].drop_duplicates().values.tolist() == [[2, 2], [6, 2]]


def test_a_code_that_both_mark_alike_reaches_one_and_one_that_only_one_uses_does_not(coded: Store) -> None:
    kappa = rows(agreement(coded), method="Cohen's kappa").set_index("code")
    assert kappa["value"].round(6).to_dict() == {"M01": 1.0, "M09": 1.0, "M12": 0.0, "all codes": 0.666667}
    assert kappa[["marked", "marked_by_all"]].values.tolist() == [[1, 1], [1, 1], [1, 0], [3, 2]]


def test_the_sentences_give_counts_base_and_interval_and_no_bands(coded: Store) -> None:
    found = agreement(coded, rng=np.random.default_rng(1))
    assert list(found.statements)[2] == (
        "M12: of 2 turns in 2 documents, 1 was marked, 0 of them by both coders. Krippendorff's alpha is 0.00 "
        "(no interval, because it is undefined in many of the resampled sets of documents; 1 is perfect, 0 is chance)."
    )
    said = " ".join([*found.statements, *found.notes]).lower()
    assert [word for word in ("substantial", "moderate", "good", "poor", "excellent") if word in said] == []


def test_a_row_leads_back_to_its_codings(coded: Store) -> None:
    found = agreement(coded)
    codings = coded.codings()
    row = int(rows(found, code="M12").index[0])
    assert found.trace(row) == tuple(codings.loc[codings["code"] == "M12", "id"])
    assert len(found.trace(len(found.table) - 1)) == len(codings)


def test_documents_that_only_one_coder_has_finished_are_left_out_and_said(coded: Store) -> None:
    coded.undo("ben")  # his having finished wm-user-01
    found = agreement(coded)
    assert set(rows(found, method="Cohen's kappa")["code"]) == {"M01", "M12", "all codes"}
    assert found.notes[-1] == (
        "Left out: 1 coding in 1 document, because the coder has not recorded the document as finished."
    )


def test_without_a_finished_document_the_reason_is_given(store: Store) -> None:
    assert agreement(store).table.empty
    assert agreement(store).statements[0].endswith("import codings with --finished.")
    store.read("wm-user-01", coder="anna")
    assert agreement(store).statements[0].endswith("only anna has recorded a document as finished.")
    store.read("wm-officer-01", coder="ben")
    table = agreement(store).table
    assert set(table["note"]) == {"no document was finished by two of them"}
    assert table["value"].isna().all()


def test_documents_without_a_single_coding_leave_agreement_undefined(store: Store) -> None:
    for coder in ("anna", "ben"):
        store.read("wm-user-01", coder=coder)
    table = agreement(store).table
    assert list(table["code"].unique()) == ["all codes"]
    assert set(table["note"]) == {"none of them used a code in the documents that two of them have finished"}


def test_three_coders_are_compared_by_twos_and_all_together(coded: Store) -> None:
    code(coded, "wm-user-01", "made me think", "M09", "cara")
    coded.read("wm-user-01", coder="cara")
    found = agreement(coded)
    assert list(found.table["coder"].unique()) == ["anna + ben", "anna + cara", "ben + cara", "all"]
    assert "Cohen's kappa" not in set(rows(found, coder="all")["method"])
    assert rows(found, coder="anna + cara")["documents"].unique().tolist() == [1]
    assert rows(found, coder="all", code="M09")["documents"].unique().tolist() == [2]


@pytest.mark.parametrize("unit", ["turn", "sentence", "character"])
def test_the_finding_equals_the_public_functions_on_the_same_units(coded: Store, unit: str) -> None:
    code(coded, "wm-user-01", "think twice", "M09", "cara")
    coded.read("wm-user-01", coder="cara")
    found, table = agreement(coded, unit=unit), unit_table(coded, unit)
    documents = table.units["document"].repeat(table.sizes).tolist()
    for name in table.codes:
        marks = np.where(table.finished, table.marked(name).astype(float), np.nan).repeat(table.sizes, axis=1).tolist()
        pair = [row for row, coder in zip(marks, table.coders, strict=True) if coder in ("anna", "ben")]
        expected: dict[tuple[str, str], Any] = {
            ("anna + ben", "percent agreement"): percent_agreement(*pair),
            ("anna + ben", "Cohen's kappa"): cohen_kappa(*pair),
            ("anna + ben", "Krippendorff's alpha"): krippendorff_alpha(pair),
            ("all", "Krippendorff's alpha"): krippendorff_alpha(marks, documents=documents),
            ("all", "Gwet's AC1"): gwet_ac1(marks, categories=[0.0, 1.0], documents=documents),
            ("all", "percent agreement"): percent_agreement(marks, documents=documents),
        }
        for (coder, method), one in expected.items():
            row = rows(found, code=name, coder=coder, method=method).iloc[0]
            assert row["value"] == pytest.approx(one.value)
            if one.low is not None:
                assert (row["low"], row["high"]) == (pytest.approx(one.low), pytest.approx(one.high))


def test_disagreements_list_who_marked_what_and_who_did_not(coded: Store) -> None:
    found = disagreements(coded)
    assert found.table.to_dict(orient="records") == [
        {
            "document": "wm-officer-01", "turn": 2, "code": "M12", "coder": "anna", "coder_without": "ben",
            "quote": "you know", "note": "thin", "value": 0.0, "gain": 0.0, "kind": "marked",
        }
    ]  # fmt: skip
    assert list(found.statements) == ["M12: 1 to talk about."]
    assert found.trace(0) == (coded.codings().iloc[-1]["id"],)


def test_a_near_miss_is_a_disagreement_by_sentence_but_not_by_turn(coded: Store) -> None:
    code(coded, "wm-officer-01", "It is easy.", "M12", "ben")
    assert disagreements(coded).table.empty
    assert disagreements(coded, unit="sentence").table["coder"].tolist() == ["anna", "ben"]


def test_an_empty_store_has_no_disagreements(store: Store) -> None:
    assert disagreements(store).table.empty
