"""Codings as files for others."""

import re
from pathlib import Path

import pandas as pd
import pytest
from tiny_corpus import TinyCorpus

from workbench.coding import Store, open_store
from workbench.corpus.span import Span
from workbench.errors import Refused
from workbench.exchange import export_codings, read_codings
from workbench.exchange.export_codings import without_formula


class TinyCodebook:
    def __init__(self) -> None:
        self.codes = {"M09": "Teachable moment", "=M01": "Ease"}

    def name(self, code: str) -> str:
        return self.codes[code]

    def known(self, code: str) -> bool:
        return code in self.codes

    def to_table(self) -> pd.DataFrame:
        return pd.DataFrame({"code": list(self.codes), "name": list(self.codes.values())})


@pytest.fixture
def coded(store: Store) -> Store:
    store.code(Span("wm-user-01", 23, 36), "M09", coder="anna", stance="supports", memo="@Ben: see this")
    store.code(Span("wm-officer-01", 28, 34), "=M01", coder="+ben")
    store.read("wm-user-01", coder="anna")
    return store


def test_the_bundle_holds_codings_twice_who_finished_what_and_what_columns_mean(coded: Store, tmp_path: Path) -> None:
    written = export_codings(coded, tmp_path / "out")
    assert sorted(path.name for path in written) == [
        "codings.csv", "codings.parquet", "columns.csv", "documents.csv", "finished.csv",
    ]  # fmt: skip
    as_csv, as_parquet = pd.read_csv(tmp_path / "out/codings.csv"), pd.read_parquet(tmp_path / "out/codings.parquet")
    assert list(as_csv.columns) == list(as_parquet.columns) == list(pd.read_csv(tmp_path / "out/columns.csv")["column"])
    assert as_parquet[["document", "turn", "code", "start"]].values.tolist() == [
        ["wm-user-01", 2, "M09", 23], ["wm-officer-01", 2, "=M01", 28]
    ]  # fmt: skip


def test_what_people_said_stays_unless_it_is_asked_for(coded: Store, tmp_path: Path) -> None:
    export_codings(coded, tmp_path / "without")
    everything = b"".join(path.read_bytes() for path in (tmp_path / "without").iterdir())
    assert [word for word in (b"made me think", b"see this", "😀".encode()) if word in everything] == []
    export_codings(coded, tmp_path / "with", quotes=True)
    assert pd.read_csv(tmp_path / "with/codings.csv")["quote"].tolist() == ["made me think", "easy 😀"]


def test_no_cell_of_a_csv_begins_like_a_formula(coded: Store, tmp_path: Path) -> None:
    export_codings(coded, tmp_path, quotes=True, codebook=TinyCodebook())
    cells = {
        cell
        for path in tmp_path.glob("*.csv")
        for column in pd.read_csv(path, dtype=str, keep_default_na=False).T.values.tolist()
        for cell in column
    }
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert {"'=M01", "'+ben"} <= cells
    assert (without_formula("-"), without_formula(-1), without_formula("a=b")) == ("'-", -1, "a=b")


def test_a_codebook_adds_names_and_its_table(coded: Store, tmp_path: Path) -> None:
    written = export_codings(coded, tmp_path, codebook=TinyCodebook())
    assert (tmp_path / "codes.csv") in written
    assert pd.read_parquet(tmp_path / "codings.parquet")["code_name"].tolist() == ["Teachable moment", "Ease"]


def test_an_exported_bundle_reads_back_to_the_same_codings(coded: Store, tmp_path: Path) -> None:
    export_codings(coded, tmp_path, quotes=True)
    before = coded.codings()
    assert coded.code_many(read_codings(tmp_path / "codings.csv", coded)) != []
    pd.testing.assert_frame_equal(coded.codings(), before)
    assert len(coded.acts()) == 3


def test_an_empty_store_exports_headers(store: Store, tmp_path: Path) -> None:
    export_codings(store, tmp_path)
    assert pd.read_csv(tmp_path / "codings.csv").empty


def test_speakers_leave_as_random_codes_that_hold_within_one_export(coded: Store, tmp_path: Path) -> None:
    coded.code(Span("wm-user-01", 23, 28), "M09", coder="ben")
    exports = []
    for name in ("one", "two"):
        written = export_codings(coded, tmp_path / name)
        everything = b"".join(path.read_bytes() for path in written)
        assert [label for label in (b"Lee", b"Amy", b"wm-user-01:") if label in everything] == []
        exports.append(pd.read_csv(tmp_path / name / "codings.csv"))
    for export in exports:
        assert export["person"].str.fullmatch(r"P-[0-9a-f]{4}").all()
        assert export.groupby("document")["person"].nunique().tolist() == [1, 1]
        assert export["person"].nunique() == 2
    assert set(exports[0]["person"]) != set(exports[1]["person"])
    assert exports[0]["id"].tolist() == exports[1]["id"].tolist()


def test_columns_say_that_the_export_is_not_for_publication(coded: Store, tmp_path: Path) -> None:
    export_codings(coded, tmp_path)
    meaning = pd.read_csv(tmp_path / "columns.csv").set_index("column")["meaning"]
    assert "for the team and not for publication" in meaning["id"]


def test_what_a_coder_noted_never_goes_out(coded: Store, tmp_path: Path) -> None:
    coded.code(Span("wm-officer-01", 28, 34), "=M01", coder="cara", memo="ring 07700 900123")
    written = export_codings(coded, tmp_path, quotes=True)
    everything = b"".join(path.read_bytes() for path in written)
    assert [words for words in (b"07700", b"see this", b"memo") if words in everything] == []


def test_words_that_may_not_leave_are_empty_and_the_reason_stands_beside_them(tmp_path: Path) -> None:
    talk = [("Lee", "service_user", said) for said in ("Ring 07700 900123.", "Me mum came.", "It was fine.", "No.")]
    corpus = TinyCorpus({"wm-user-01": talk})
    with open_store(tmp_path / "codings.sqlite") as store:
        store.add_corpus(corpus)
        for turn in corpus.turns.itertuples():
            store.code(Span("wm-user-01", turn.start, turn.end), "M09", coder="anna")
        reasons = {"No.": ("no consent to quotation", "")}
        for name, by in (("held", ""), ("let-go", "Anna")):
            export_codings(
                store,
                tmp_path / name,
                quotes=True,
                permission=lambda row, by=by: reasons.get(row["quote"], ("", by)),  # type: ignore[misc]
            )
    held, let_go = (pd.read_csv(tmp_path / name / "codings.csv", keep_default_na=False) for name in ("held", "let-go"))
    assert held["quote"].tolist() == ["", "", "It was fine.", ""]
    assert held["withheld"].tolist() == [
        "holds a raw identifier: phone",
        "says 'mum': could somebody know the person by this?",
        "",
        "no consent to quotation",
    ]
    assert let_go["quote"].tolist() == ["", "Me mum came.", "It was fine.", ""]
    assert b"07700" not in b"".join(path.read_bytes() for path in tmp_path.glob("*/*"))


def test_an_archive_gets_only_what_may_be_archived_and_is_told_how_much_it_does_not_get(
    coded: Store, tmp_path: Path
) -> None:
    coded.read("wm-officer-01", coder="ben")
    left_out = {"wm-user-01:Lee": "no consent to archiving"}
    written = export_codings(coded, tmp_path, left_out=left_out)
    (code,) = pd.read_csv(tmp_path / "codings.csv")["document"]
    assert re.fullmatch("T-[0-9a-f]{4}", code)
    assert pd.read_csv(tmp_path / "finished.csv")["document"].tolist() == [code]
    assert pd.read_parquet(tmp_path / "codings.parquet")["document"].tolist() == [code]
    meaning = pd.read_csv(tmp_path / "columns.csv").set_index("column")["meaning"]
    assert meaning["document"].startswith("Transcript, as a random code")
    assert pd.read_csv(tmp_path / "left_out.csv").values.tolist() == [["no consent to archiving", 1, 1]]
    everything = b"".join(path.read_bytes() for path in written)
    assert [name for name in (b"wm-user-01", b"wm-officer-01") if name in everything] == []
    export_codings(coded, tmp_path)
    assert not (tmp_path / "left_out.csv").exists()


def test_an_identifier_in_a_coders_name_refuses_the_whole_export_and_writes_nothing(
    coded: Store, tmp_path: Path
) -> None:
    export_codings(coded, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    coded.read("wm-user-01", coder="jo@example.org")
    with pytest.raises(Refused, match=r"finished\.csv, column coder, row \d: .*\(e-mail\)") as caught:
        export_codings(coded, tmp_path / "out")
    assert caught.value.exit_code == 3
    assert "jo@example" not in str(caught.value)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_no_random_code_of_a_speaker_reads_like_an_identifier(
    coded: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["dc01", "dc02", "00a1", "dc03", "00a2"])
    monkeypatch.setattr("secrets.token_hex", lambda _size: next(drawn))
    export_codings(coded, tmp_path)
    assert set(pd.read_csv(tmp_path / "codings.csv")["person"]) == {"P-00a1", "P-00a2"}


def test_a_file_name_that_reads_like_a_collar_number_does_not_hold_up_the_teams_export(tmp_path: Path) -> None:
    names = ["wm-ps-01", "wm-sergeant-02", "Interview Bob Tranter"]
    corpus = TinyCorpus({name: [("Lee", "officer", "It was fine.")] for name in names})
    with open_store(tmp_path / "codings.sqlite") as store:
        store.add_corpus(corpus)
        for turn in corpus.turns.itertuples():
            store.code(Span(str(turn.document), turn.start, turn.end), "M09", coder="anna")
            store.read(str(turn.document), coder="anna")
        written = export_codings(store, tmp_path / "team", named=["Interview Bob Tranter"])
        archived = export_codings(store, tmp_path / "archive", left_out={})
    codings, finished = (pd.read_csv(tmp_path / f"team/{name}.csv")["document"] for name in ("codings", "finished"))
    assert codings.tolist()[:2] == names[:2]
    assert re.fullmatch("T-[0-9a-f]{4}", codings[2])
    assert set(finished) == set(codings)
    meaning = pd.read_csv(tmp_path / "team/columns.csv").set_index("column")["meaning"]
    assert "One whose name holds a name of the register stands as a random code" in meaning["document"]
    assert b"Tranter" not in b"".join(path.read_bytes() for path in written)
    everything = b"".join(path.read_bytes() for path in archived)
    assert [name for name in names if name.encode() in everything] == []


def test_a_refused_cell_is_told_by_file_column_coding_and_kind_with_a_remedy(coded: Store, tmp_path: Path) -> None:
    made = coded.code(Span("wm-officer-01", 28, 34), "M09", coder="jo@example.org")
    with pytest.raises(Refused) as caught:
        export_codings(coded, tmp_path / "out")
    assert f"codings.csv, column coder, coding {made.id}: reads like a raw identifier (e-mail)" in str(caught.value)
    assert "code again under a name" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_each_document_of_the_export_has_a_row_with_who_finished_it(coded: Store, tmp_path: Path) -> None:
    export_codings(coded, tmp_path)
    documents = pd.read_csv(tmp_path / "documents.csv", keep_default_na=False)
    assert list(documents.columns) == ["document", "scheme", "role", "wave", "words", "finished_by"]
    assert dict(zip(documents["document"], documents["finished_by"], strict=True)) == {
        "wm-officer-01": "", "wm-user-01": "anna",
    }  # fmt: skip
    export_codings(coded, tmp_path / "archive", left_out={"wm-user-01": "no consent to archiving"})
    away = pd.read_csv(tmp_path / "archive" / "documents.csv")
    assert len(away) == 1
    assert away["document"].str.startswith("T-").all()
