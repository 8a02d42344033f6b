"""A framework matrix as a workbook: what is written, what is read back, and what is told."""

import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from workbench.errors import InputError
from workbench.exchange.matrix import write_matrix
from workbench.exchange.matrix_cell import LONGEST, PASSAGES, VERSIONS, cell_of, plain, units
from workbench.exchange.matrix_read import read_matrix
from workbench.exchange.matrix_take_in import take_in_matrix

ELEMENTS = {"A1": "Course", "M1": "Thinking", "A1→M1": "Course → Thinking"}
CASES = {"wm-01:Amy": ("officer", "west-midlands"), "du-01:Lee": ("service_user", "durham")}
AT = "2026-01-15T10:00:00.000Z"


@dataclass
class Kept:
    """Summaries as a store keeps them."""

    texts: dict[tuple[str, str], tuple[str, str, str]] = field(default_factory=dict)
    acts: list[tuple[str, str, str, str]] = field(default_factory=list)

    def summarise(self, element: str, case: str, text: str, *, by: str) -> None:
        self.texts[element, case] = (text, by, AT)
        self.acts.append((element, case, text, by))

    def summaries(self) -> pd.DataFrame:
        rows = [(*key, *said, 0) for key, said in self.texts.items()]
        return pd.DataFrame(rows, columns=["element", "case", "text", "by", "at", "earlier"])


@dataclass
class Made:
    """What a framework matrix offers to those who write it."""

    table: pd.DataFrame
    passages: pd.DataFrame
    notes: tuple[str, ...] = ("A cell counts passages, not people.",)


def made(kept: Kept, elements: dict[str, str] | None = None, quote: str = "=It made me think 😀\nhard") -> Made:
    rows = []
    for element, name in (elements or ELEMENTS).items():
        for case, (role, scheme) in CASES.items():
            text, by, at = kept.texts.get((element, case), ("", "", ""))
            n = int((element, case) == ("M1", "du-01:Lee"))
            rows.append((element, name, case, role, scheme, n, text, by, at))
    passages = [("M1", "du-01:Lee", "du-01", 2, 5, 30, "supports", "ana, ben", quote, ("c1", "c2"))]
    columns = ["element", "case", "document", "turn", "start", "end", "stance", "coder", "quote", "codings"]
    return Made(
        table=pd.DataFrame(rows, columns=["element", "name", "case", "role", "scheme", "n", "summary", "by", "at"]),
        passages=pd.DataFrame(passages, columns=columns),
    )


Grids = dict[str, list[list[Any]]]


def edit(path: Path, change: Callable[[Grids], Any]) -> None:
    """Save the workbook anew with its cells changed, as a spreadsheet does."""
    with CalamineWorkbook.from_path(str(path)) as book:
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    change(grids)
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        for name, grid in grids.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(grid):
                for column, value in enumerate(cells):
                    sheet.write(row, column, value) if not isinstance(value, str) else sheet.write_string(
                        row, column, value
                    )


def put(cell: str, value: Any) -> Callable[[Grids], None]:
    """Write into a cell of the matrix, such as C4."""
    column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1

    def change(grids: Grids) -> None:
        grids["Matrix"][row][column] = value

    return change


@pytest.fixture
def kept() -> Kept:
    return Kept({("M1", "du-01:Lee"): ("Thinks twice.", "ana", AT), ("A1", "wm-01:Amy"): ("=1+1", "ben", AT)})


@pytest.fixture
def path(tmp_path: Path, kept: Kept) -> Path:
    write_matrix(made(kept), tmp_path / "matrix.xlsx")
    return tmp_path / "matrix.xlsx"


def grid(path: Path, sheet: str) -> list[list[Any]]:
    with CalamineWorkbook.from_path(str(path)) as book:
        found: list[list[Any]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return found


# Written


def test_one_row_an_element_and_one_column_a_case(path: Path) -> None:
    rows = grid(path, "Matrix")
    assert rows[1] == ["Element", "Name", "wm-01:Amy", "du-01:Lee"]
    assert rows[2][2:] == ["officer, west-midlands", "service_user, durham"]
    assert [row[0] for row in rows[3:]] == ["A1", "M1", "A1→M1"]
    assert (rows[3][2], rows[4][3]) == ("=1+1", "Thinks twice.")


def test_passages_stand_with_their_ids_on_a_sheet_of_their_own(path: Path) -> None:
    row = grid(path, PASSAGES)[2]
    assert row[:3] == ["M1", "Thinking", "du-01:Lee"]
    assert row[5:] == ["du-01", 2.0, "supports", "ana, ben", "=It made me think 😀\nhard", "c1, c2"]


def test_the_file_says_on_each_sheet_that_it_stays_inside(path: Path) -> None:
    for sheet in ("Matrix", PASSAGES, "About"):
        assert "STAYS INSIDE" in grid(path, sheet)[0][0]


def test_nothing_is_a_formula_and_what_is_typed_stays_text(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in parts.read(name) for name in sheets)
        styles = parts.read("xl/styles.xml").decode()
    assert 'quotePrefix="1"' in styles
    assert 'numFmtId="49"' in styles  # text


def test_the_versions_are_hidden_and_hold_no_words(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        assert f'name="{VERSIONS}" sheetId="4" state="veryHidden"' in parts.read("xl/workbook.xml").decode()
    assert "Thinks twice." not in str(grid(path, VERSIONS))


def test_a_summary_that_a_cell_cannot_hold_is_told_and_marked(tmp_path: Path) -> None:
    long = "😀" * (LONGEST // 2) + "ab"
    kept = Kept({("M1", "du-01:Lee"): (long, "ana", AT), ("A1", "wm-01:Amy"): ("bell\x07", "ben", AT)})
    told = write_matrix(made(kept), tmp_path / "m.xlsx")
    assert "M1 × du-01:Lee: the cell does not hold the whole summary, it has 32,768 characters" in "\n".join(told)
    assert "A1 × wm-01:Amy: the cell does not hold the whole summary, it has control characters" in "\n".join(told)
    cell = grid(tmp_path / "m.xlsx", "Matrix")[4][3]
    assert cell.startswith("[The summary is not whole here")
    assert units(cell) <= LONGEST
    assert not read_matrix(tmp_path / "m.xlsx")["changed"].any()
    edit(tmp_path / "m.xlsx", put("D5", "shorter"))
    with pytest.raises(InputError, match="D5: the cell did not hold the whole summary"):
        take_in_matrix(tmp_path / "m.xlsx", made(kept), kept, by="kim")


def test_a_quote_that_a_cell_cannot_hold_is_cut_and_told(tmp_path: Path, kept: Kept) -> None:
    told = write_matrix(made(kept, quote="x" * 40_000), tmp_path / "m.xlsx")
    assert "Passages, row 3: the quote is cut, it has 40,000 characters and a cell 32,767" in told[1]


def test_a_text_that_just_fits_is_not_cut() -> None:
    assert cell_of("x" * LONGEST).why == ""
    assert cell_of("x" * (LONGEST + 1)).why


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.sampled_from(["", "=", "+", "-", "@", "'", "_x000D_", "\t", "\r\n", " "]))
def test_what_is_written_is_read_back(text: str, lead: str) -> None:
    kept = Kept({("A1→M1", "wm-01:Amy"): (lead + text, "ana", AT)})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m.xlsx"
        told = write_matrix(made(kept), path)
        read = read_matrix(path)
        assert not read["changed"].any()
        if len(told) == 1 and plain(lead + text):
            assert read.loc[0, ["element", "case", "text"]].tolist() == ["A1→M1", "wm-01:Amy", plain(lead + text)]
        assert take_in_matrix(path, made(kept), kept, by="kim").empty
    assert kept.acts == []


# Read back


def test_only_edited_cells_are_written_as_acts_of_who_reads(path: Path, kept: Kept) -> None:
    edit(path, put("D5", "Thinks twice,\nsays Lee 😀"))
    edit(path, put("C6", "- none yet"))
    edit(path, put("C4", ""))
    written = take_in_matrix(path, made(kept), kept, by="kim")
    assert kept.acts == [
        ("A1", "wm-01:Amy", "", "kim"),
        ("M1", "du-01:Lee", "Thinks twice,\nsays Lee 😀", "kim"),
        ("A1→M1", "wm-01:Amy", "- none yet", "kim"),
    ]
    assert written["cell"].tolist() == ["C4", "D5", "C6"]
    assert take_in_matrix(path, made(kept), kept, by="kim").empty


def test_rows_and_columns_may_be_sorted_moved_and_removed(path: Path, kept: Kept) -> None:
    def shuffle(grids: Grids) -> None:
        rows = [[row[0], row[1], row[3]] for row in grids["Matrix"]]  # Amy's column is gone
        grids["Matrix"] = [rows[0], rows[1], rows[5], rows[4], rows[2]]  # A1 is gone

    edit(path, shuffle)
    edit(path, put("C4", "now"))
    take_in_matrix(path, made(kept), kept, by="kim")
    assert kept.acts == [("M1", "du-01:Lee", "now", "kim")]


def test_what_looks_like_a_number_or_a_date_is_read_as_text(path: Path, kept: Kept) -> None:
    edit(path, put("C5", 3.0))
    edit(path, put("D4", True))
    take_in_matrix(path, made(kept), kept, by="kim")
    assert {text for _, _, text, _ in kept.acts} == {"3", "TRUE"}


def test_every_wrong_heading_element_and_case_is_told_at_once_with_its_cell(path: Path, kept: Kept) -> None:
    def spoil(grids: Grids) -> None:
        rows = grids["Matrix"]
        rows[1][0], rows[1][3], rows[3][0], rows[4][0] = "Node", "du-01:Le", "M1", ""
        rows[5][2] = "#NAME?"
        rows[1].append("")
        for row in rows[2:]:
            row.append("stray")

    edit(path, spoil)
    with pytest.raises(InputError) as told:
        take_in_matrix(path, made(kept), kept, by="kim")
    said = str(told.value)
    for part in (
        "A2: the heading is 'Node'",
        "D2: there was no case 'du-01:Le' when the file was written. Did you mean 'du-01:Lee'?",
        "A5: the row has text and no element",
        "C6: the cell shows #NAME?",
        "E2: the column has text and no case",
    ):
        assert part in said
    assert kept.acts == []


def test_a_row_that_stands_twice_is_told_with_both_cells(path: Path, kept: Kept) -> None:
    edit(path, lambda grids: grids["Matrix"].append(grids["Matrix"][4]))
    with pytest.raises(InputError, match="A7: 'M1' stands in A5 too"):
        take_in_matrix(path, made(kept), kept, by="kim")


def test_a_cell_edited_in_the_study_too_is_told_and_nothing_is_written(path: Path, kept: Kept) -> None:
    edit(path, put("D5", "mine"))
    edit(path, put("D6", "fine"))
    kept.texts["M1", "du-01:Lee"] = ("theirs", "ben", AT)
    with pytest.raises(InputError) as told:
        take_in_matrix(path, made(kept), kept, by="kim")
    assert (
        "D5: M1 × du-01:Lee was edited here (“mine”) and in the study since (ben on 2026-01-15 10:00 UTC: “theirs”)"
        in str(told.value)
    )
    assert kept.acts == []
    kept.texts["M1", "du-01:Lee"] = ("mine", "ben", AT)  # they agreed
    assert take_in_matrix(path, made(kept), kept, by="kim")["text"].tolist() == ["fine"]


def test_a_change_in_the_study_alone_is_no_conflict_and_stays(path: Path, kept: Kept) -> None:
    kept.texts["M1", "du-01:Lee"] = ("theirs", "ben", AT)
    assert take_in_matrix(path, made(kept), kept, by="kim").empty
    assert kept.texts["M1", "du-01:Lee"][0] == "theirs"


def test_an_edited_element_that_the_study_has_not_any_more_is_told(path: Path, kept: Kept) -> None:
    edit(path, put("D6", "lost"))
    with pytest.raises(InputError, match="D6: the study has no element 'A1→M1' now"):
        take_in_matrix(path, made(kept, {"A1": "Course", "M1": "Thinking"}), kept, by="kim")


def test_a_file_that_is_no_matrix_is_told_as_one(path: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK no zip")
    with pytest.raises(InputError, match="cannot be read"):
        read_matrix(tmp_path / "broken.xlsx")
    with pytest.raises(InputError, match="there is no such file"):
        read_matrix(tmp_path / "none.xlsx")
    edit(path, lambda grids: grids.pop(VERSIONS))
    with pytest.raises(InputError, match=r"the sheet Versions \(hidden\) is not there"):
        read_matrix(path)


# Written over


def test_an_edited_file_is_not_written_over_until_it_is_read(path: Path, kept: Kept) -> None:
    write_matrix(made(kept), path)  # nobody edited it
    edit(path, put("D6", "an afternoon"))
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"somebody edited it.*D6"):
        write_matrix(made(kept), path)
    assert path.read_bytes() == before
    take_in_matrix(path, made(kept), kept, by="kim")
    write_matrix(made(kept), path)
    assert not read_matrix(path)["changed"].any()


def test_a_file_of_another_kind_is_neither_written_nor_written_over(tmp_path: Path, kept: Kept) -> None:
    with pytest.raises(InputError, match=r"it ends in '\.csv'"):
        write_matrix(made(kept), tmp_path / "m.csv")
    (tmp_path / "m.xlsx").write_text("a letter")
    with pytest.raises(InputError, match="no matrix of the workbench"):
        write_matrix(made(kept), tmp_path / "m.xlsx")
    assert (tmp_path / "m.xlsx").read_text() == "a letter"
    with pytest.raises(InputError, match="cannot be written"):
        write_matrix(made(kept), tmp_path / "no folder" / "m.xlsx")


def test_nobody_reads_a_file_back_without_a_name(path: Path, kept: Kept) -> None:
    with pytest.raises(InputError, match="nobody is named"):
        take_in_matrix(path, made(kept), kept, by=" ")
