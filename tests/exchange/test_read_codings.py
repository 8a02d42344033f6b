"""Hand-made codings: the quote is found in the text, or every line that fails is named."""

from pathlib import Path
from typing import Any

import pytest

from workbench.coding import Store
from workbench.errors import InputError
from workbench.exchange import read_codings
from workbench.exchange.read_codings import occurrences

HEADER = "document,quote,code,stance,memo,coder"


class TinyCodebook:
    codes = ("M09", "A11→M09")

    def known(self, code: str) -> bool:
        return code in self.codes


def written(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "codings.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8-sig")
    return path


def test_quotes_are_found_whatever_the_blanks_and_can_be_stored(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, 'wm-user-01,"made  me\nthink",M09,Supports,"a, b",anna', "wm-officer-01,easy 😀,M01,,,ben")
    made = store.code_many(read_codings(path, store))
    assert [(one.coder, one.code, one.stance, one.memo) for one in made] == [
        ("anna", "M09", "supports", "a, b"), ("ben", "M01", None, "")
    ]  # fmt: skip
    assert store.codings()["quote"].tolist() == ["made me think", "easy 😀"]


def test_a_corpus_serves_as_well_as_a_store(corpus: Any, tmp_path: Path) -> None:
    path = written(tmp_path, "wm-user-01,made me think,M09,,,anna")
    assert read_codings(path, corpus) == [
        {
            "document": "wm-user-01", "start": 23, "end": 36, "code": "M09", "coder": "anna", "stance": None,
            "memo": "", "place": "codings.csv, line 2",
        }
    ]  # fmt: skip


def test_every_line_that_fails_is_named_at_once(store: Store, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'wm-user-01,"made me\nthink",M09,,,anna',
        "wm-usr-01,made me think,M09,,,anna",
        "",
        "wm-user-01,made us think,M09,,,anna",
        "wm-officer-01,It is easy,M09,,,anna",
        "wm-user-01,made me think,M9,against,,",
    )
    with pytest.raises(InputError) as refused:
        read_codings(path, store, codebook=TinyCodebook())
    assert [str(problem) for problem in refused.value.problems] == [
        "codings.csv, line 4: there is no document 'wm-usr-01'. Did you mean 'wm-user-01'?",
        "codings.csv, line 6: the quote 'made us think' is not in wm-user-01. Copy it from the transcript as it "
        "stands, without words left out.",
        "codings.csv, line 7: the quote 'It is easy' occurs 2 times in wm-officer-01. Quote more words, or add its "
        "turn in a column named turn.",
        "codings.csv, line 8: coder is missing.",
        "codings.csv, line 8: stance is 'against'. Known: supports, contradicts, qualifies, silent.",
        "codings.csv, line 8: the codebook has no code 'M9'. Did you mean 'M09'?",
    ]


def test_a_turn_picks_the_passage(store: Store, tmp_path: Path) -> None:
    header = f"{HEADER},turn"
    rows = read_codings(written(tmp_path, "wm-user-01,t,M09,,,anna,1", header=header), store)
    assert store.text("wm-user-01")[rows[0]["start"] - 4 : rows[0]["end"]] == "And t"
    with pytest.raises(InputError, match=r"'easy' occurs 2 times in turn 2 of wm-officer-01. Quote more words\."):
        read_codings(written(tmp_path, "wm-officer-01,easy,M01,,,anna,2", header=header), store)
    with pytest.raises(InputError, match="wm-officer-01 has no turn '9'"):
        read_codings(written(tmp_path, "wm-officer-01,easy,M01,,,anna,9", header=header), store)


def test_links_may_be_written_with_an_ascii_arrow(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "wm-user-01,made me think,A11->M09,,,anna")
    assert [row["code"] for row in read_codings(path, store, codebook=TinyCodebook())] == ["A11→M09"]


def test_a_file_without_the_columns_says_which(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"codings.csv, line 1: missing columns: quote, coder"):
        read_codings(written(tmp_path, header="document,code,text"), store)


def test_bent_quotation_marks_and_overlapping_finds(store: Store) -> None:
    assert occurrences('it\'s "fine"', "so it’s “fine”", 0, 14) == [(3, 14)]
    assert occurrences("ha ha", "ha ha ha", 0, 8) == [(0, 5), (3, 8)]
    assert occurrences("(a.b", "x (a.b (acb", 0, 11) == [(2, 6)]
