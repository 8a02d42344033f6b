"""The search command shows keywords in context, says how many, and codes what it found."""

import json
from pathlib import Path

import pytest
import typer
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner, Result

from workbench.cli.search import search
from workbench.errors import InputError
from workbench.study import new_study, open_study

TALK = "INT: What about rent?\nP01: I owed rent. Rents went up\nand I was warned 👍.\nINT: By?\nP01: The office.\n"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "100")
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    (folder / "transcripts" / "du-01.txt").write_text(TALK, encoding="utf-8")
    rows = "document,scheme,role,kind,speakers\ndu-01,durham,service_user,interview,INT=interviewer; P01=service_user\n"
    (folder / "transcripts" / "metadata.csv").write_text(rows, encoding="utf-8")
    return folder


def _search(*arguments: str, types: str | None = None) -> Result:
    app = typer.Typer()
    app.command()(search)
    return CliRunner().invoke(app, arguments, input=types)


def test_a_turn_has_its_place_and_speaker_in_full_and_matches_stand_one_below_the_other(study: Path) -> None:
    lines = _search("rent", str(study)).stdout.splitlines()
    assert [lines[0], lines[2]] == ["du-01 1  INT, interviewer", "du-01 2  P01, service_user"]
    assert len({lines[at].index("[") for at in (1, 3, 4)}) == 1
    assert lines[4].endswith("I owed rent. [Rents] went up and I was warned 👍.")
    assert lines[5] == "3 hits, 2 people, 1 transcript."
    assert _search("rent", str(study), "--most", "1").stdout.endswith("; 2 more with --most 3.\n")


def test_eighty_columns_are_enough(study: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = "I was behind with the rent for about as long as the whole of that very cold winter."
    rows = f"Sgt Hollis: {said}\nUnidentified: What rent?\nSgt Hollis: The rent, rent.\nAll: Rent!\nSgt Hollis: Yes.\n"
    (study / "transcripts" / "long-name-of-a-transcript-02.txt").write_text(rows, encoding="utf-8")
    opened = open_study(study)
    opened.register.add("Hollis", "person", by="ana", pseudonym="[Person 74]")
    opened.register.save()
    told = _search("rent", str(study)).stdout
    assert told == snapshot
    assert max(map(len, told.splitlines())) <= 80
    assert "8 hits, 3 people, 2 transcripts." in told  # neither Unidentified nor All is a person


def test_a_name_that_is_replaced_is_not_found_and_a_hint_says_how_to_look(study: Path) -> None:
    assert _search("Hollis", str(study)).stdout == "0 hits, 0 people, 0 transcripts.\n"
    with (study / "transcripts" / "du-01.txt").open("a", encoding="utf-8") as file:
        file.write("P01: Hollis knew.\n")
    opened = open_study(study)
    pseudonym = opened.register.add("Hollis", "person", by="ana").pseudonym
    opened.register.save()
    told = _search("Hollis", str(study)).stdout
    assert "Names are replaced in this study: look for a person, place or organisation by the pseudonym" in told
    assert pseudonym not in told
    assert _search("Hollis", str(study)).stdout == _search("Mercer", str(study)).stdout
    assert "Names are replaced" not in _search("rent", str(study)).stdout


def test_every_way_to_search_is_told(study: Path) -> None:
    refused = _search("rent", str(study), "--how", "fuzzy")
    assert "Known: words, phrase, regex, meaning." in str(refused.exception)


def test_json_has_every_hit_with_its_offsets(study: Path) -> None:
    told = json.loads(_search("warn", str(study), "--json", "--role", "service_user").stdout)
    assert (told["hits"], told["people"], told["transcripts"]) == (1, 1, 1)
    row = told["rows"][0]
    assert open_study(study).corpus.text("du-01")[row["start"] : row["end"]] == row["quote"] == "warned"


def test_hits_are_coded_at_once_and_only_with_a_yes(study: Path) -> None:
    done = _search("rent", str(study), "--code-as", "M09", "--coder", "ana", "--role", "service_user", "--yes")
    assert "Coded as M09 by ana: 2 passages." in done.stdout
    codings = open_study(study).store.codings()
    assert codings[["quote", "code", "coder"]].values.tolist() == [["rent", "M09", "ana"], ["Rents", "M09", "ana"]]
    assert _search("rent", str(study), "--code", "M09").stdout.endswith("2 hits, 1 person, 1 transcript.\n")


def test_coding_needs_a_coder_a_known_code_and_a_yes(study: Path) -> None:
    refused = _search("rent", str(study), "--code-as", "M9")
    assert isinstance(refused.exception, InputError)
    assert [problem.what for problem in refused.exception.problems] == [
        "nobody is named who codes", "'M9' is not in the codebook", "there is nobody to ask",
    ]  # fmt: skip
    assert open_study(study).store.codings().empty
