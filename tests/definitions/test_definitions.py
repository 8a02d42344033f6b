"""YAML that knows its lines, refuses what hides or harms, and code tables as text."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from workbench.definitions import MOST_ALIASES, read_map, read_yaml, shipped, validate
from workbench.errors import InputError


class Scheme(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    days: int


class File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    schemes: list[Scheme]


def _write(folder: Path, text: str) -> Path:
    path = folder / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_problem_is_told_with_its_line(tmp_path: Path) -> None:
    path = _write(tmp_path, "schemes:\n  - name: a\n    days: soon\n  - days: 3\n    colour: red\n")
    with pytest.raises(InputError) as caught:
        validate(read_yaml(path), File)
    told = str(caught.value).splitlines()
    assert told[0].startswith("file.yaml, line 3: schemes.0.days is 'soon'")
    assert told[1] == "file.yaml, line 4: schemes.1.name is missing. Add it."
    assert told[2] == "file.yaml, line 5: schemes.1.colour is not known here. Check its spelling, or remove it."


def test_lines_of_nested_keys_are_known(tmp_path: Path) -> None:
    source = read_yaml(_write(tmp_path, "a:\n  b:\n    - x\n    - y\n"))
    assert (source.line("a", "b"), source.line("a", "b", 1), source.line("a", "b", 1, "gone")) == (2, 4, 4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3\n", "line 3: the key 'a' stands twice"),
        ("a: [1, 2\n", "not readable as YAML"),
        ("a: !!python/object/apply:os.system ['true']\n", "not readable as YAML"),
        ("   \n", "the file is empty"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=r"file\.yaml") as caught:
        read_yaml(_write(tmp_path, text))
    assert told in str(caught.value)


def test_an_anchor_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(InputError, match=f"72 aliases. Write out all but {MOST_ALIASES}"):
        read_yaml(_write(tmp_path, "\n".join(lines)))


def test_a_code_table_keeps_codes_as_text(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text('code,name\n007,"two\nlines"\nNA,not\n', encoding="utf-8")
    assert read_map(path, ["code", "name"]) == [{"code": "007", "name": "two\nlines"}, {"code": "NA", "name": "not"}]


def test_a_code_table_with_a_header_and_no_rows_is_empty_and_one_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text("code,name\n", encoding="utf-8")
    assert read_map(path, ["code"]) == []
    with pytest.raises(InputError, match=r"map.csv: column 'group' is missing. Known: code, name"):
        read_map(path, ["group"])


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_code_table_is_read_as_spreadsheets_save_it_anywhere(tmp_path: Path, sign: str, encoding: str) -> None:
    path = tmp_path / "map.csv"
    rows = [["code", "name", "note"], ["007", '"INT=a; P01=b, c"', "Zoë’s"], ["8", "", ""]]
    path.write_text("\r\n".join(sign.join(row) for row in rows), encoding=encoding, newline="")
    found = [{"code": "007", "name": "INT=a; P01=b, c", "note": "Zoë’s"}, {"code": "8", "name": "", "note": ""}]
    assert read_map(path, ["code", "name"]) == found
    assert read_map(path, ["code"]) == found


def test_what_is_no_text_is_no_code_table(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\xff\x81\xfe" * 9 + bytes(1))
    with pytest.raises(InputError, match=r"map.csv: holds zero bytes"):
        read_map(path, ["code"])


def test_a_missing_file_is_told() -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_yaml("nowhere.yaml")


def test_the_shipped_definitions_are_found() -> None:
    assert (shipped("codebooks/diversion") / "theory.yaml").is_file()
