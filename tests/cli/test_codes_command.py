"""The codes commands: store and codebook change together, or neither does, and what is left is told."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner, Result

from workbench.cli.codes import app
from workbench.coding import Store
from workbench.corpus.span import Span
from workbench.errors import InputError
from workbench.study import check_study, new_study, open_study
from workbench.study.audit import audit_study

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
TALK = "INT: What happened?\nP01: It made me think, that course did. Honestly.\nINT: And?\nP01: I packed it in.\n"
TODAY = datetime.now(UTC).date().isoformat()
CODINGS = (
    (25, 41, "I02", "anna"), (25, 41, "I03", "anna"), (25, 41, "I02", "ben"), (60, 69, "M09", "anna"),
    (60, 69, "A11→M09", "ben"),
)  # fmt: skip


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "80")
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    (folder / "transcripts" / "du-01.txt").write_text(TALK, encoding="utf-8")
    rows = "document,scheme,role,kind,speakers\ndu-01,durham,service_user,interview,INT=interviewer; P01=service_user\n"
    (folder / "transcripts" / "metadata.csv").write_text(rows, encoding="utf-8")
    opened = open_study(folder)
    opened.take_in()
    for start, end, code, coder in CODINGS:
        opened.store.code(Span("du-01", start, end), code, coder=coder, stance="supports", at="2024-02-01")
    return folder


def codes(study: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--study", str(study)])


def told(study: Path, *arguments: str) -> str:
    """Return what a command says; a refusal too, of which the caller knows that it is one."""
    result = codes(study, *arguments)
    if isinstance(result.exception, InputError):
        return f"refused: {result.exception}"
    assert result.exit_code in (0, 1), result.output
    return result.output


def files(study: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (study / "codebooks").iterdir() if path.is_file()}


def store_of(study: Path) -> Store:
    return open_study(study).store


def in_use(study: Path) -> list[str]:
    return sorted(store_of(study).codings()["code"])


def doubts(study: Path) -> str:
    report = check_study(open_study(study))
    return "\n".join(map(str, [*report.problems, *report.doubtful["coding"]]))


def with_entry(study: Path, *lines: str) -> None:
    path = study / "codebooks" / "codebook.yaml"
    path.write_bytes(path.read_bytes() + "".join(f"{line}\n" for line in lines).encode())


def entry(code: str, name: str) -> str:
    parts = "kind: inductive, definition: d, include: i, exclude: e, example: x, near_miss: n"
    return f"  - {{id: {code}, name: {name}, {parts}}}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    assert f"Example: workbench codes {command} " in result.output


def test_the_list_fits_80_columns(study: Path, snapshot: SnapshotAssertion) -> None:
    told(study, "split", "I02", "--into", "I01", "--into", "I04", "--by", "Kim")
    told(study, "move", "I03", "--under", "I01", "--by", "Kim")
    output = told(study, "list")
    assert max(map(len, output.splitlines())) <= 80
    assert [line for line in output.splitlines() if not line.startswith(("A0", "C", "M1", "O", "X"))] == snapshot


def test_the_list_as_json_has_every_code_with_its_codings(study: Path) -> None:
    store_of(study).code(Span("du-01", 25, 30), "I77", coder="anna", at="2024-03-01")
    rows = {row["code"]: row for row in json.loads(told(study, "list", "--json"))}
    assert len(rows) == 54 + 2
    assert rows["I02"] | {"name": ""} == {
        "code": "I02", "name": "", "kind": "inductive", "parent": None, "retired": None, "depth": 0, "waiting": 0,
        "codings": 2, "coders": 2, "since": "2024-02-01", "colour": rows["I02"]["colour"],
    }  # fmt: skip
    assert (rows["A11→M09"]["kind"], rows["I77"]["kind"], rows["I77"]["name"]) == ("link", "unknown", None)


def test_a_rename_changes_the_store_one_line_of_the_codebook_and_the_list_of_changes(study: Path) -> None:
    before = files(study)
    output = told(study, "rename", "I02", "I02b", "--by", "Kim", "--why", "clearer beside I07")
    assert output.splitlines() == [
        "I02: renamed I02b, by Kim.",
        "2 codings follow.",
        "I02 is named still in the texts of M19 (exclude): mend them by hand.",
        "Changed: codebook.yaml, CHANGES.md.",
    ]
    after = files(study)
    assert in_use(study) == ["A11→M09", "I02b", "I02b", "I03", "M09"]
    assert after["codebook.yaml"] == before["codebook.yaml"].replace(b"- id: I02\n", b"- id: I02b\n")
    added = f"## {TODAY} – Kim\n\n- I02: renamed I02b – clearer beside I07.\n\n## 2026-01-15"
    assert added in after["CHANGES.md"].decode()
    assert after["CHANGES.md"].decode().replace(added, "## 2026-01-15") == before["CHANGES.md"].decode()
    assert {name for name in after if after[name] != before[name]} == {"codebook.yaml", "CHANGES.md"}
    told(study, "retire", "I05", "--by", "Kim")
    assert f"## {TODAY} – Kim\n\n- I05: retired.\n- I02: renamed" in files(study)["CHANGES.md"].decode()
    assert "codings" not in doubts(study)


def test_a_merge_retires_what_goes_and_says_what_became_one(study: Path) -> None:
    output = told(study, "merge", "I02", "I03", "--into", "I01", "--by", "Kim")
    assert "3 codings follow." in output
    assert "1 passage had two of them by the same coder, and one coding now, with both memos." in output
    assert in_use(study) == ["A11→M09", "I01", "I01", "M09"]
    codebook = open_study(study).codebook
    assert [code for code in codebook.codes if codebook.codes[code].retired] == ["I02", "I03"]
    assert doubts(study) == ""


def test_a_split_waits_for_people_and_ends_with_them(study: Path) -> None:
    assert "it has no code 'I08'. Did you mean 'O08'? Write it there first, such as: - {id: I08, name: …" in told(
        study, "split", "I02", "--into", "I08", "--into", "I01", "--by", "Kim"
    )
    with_entry(study, entry("I08", "Own shifts"), entry("I09", "Their shifts"))
    output = told(study, "split", "I02", "--into", "I08", "--into", "I09", "--by", "Kim")
    assert "2 codings wait to be given one of the new codes: workbench codes waiting." in output
    assert "code I02: it was split into I08, I09, and 2 codings wait to be given one of them." in doubts(study)
    assert any("2 codings wait" in str(problem) for problem in audit_study(open_study(study)).problems)
    shown = codes(study, "waiting")
    first = store_of(study).to_recode()["id"].iloc[0]
    assert shown.exit_code == 1
    assert f"  {first}: du-01, turn 2, I02, anna\n    {TALK[25:41]}\n    now: I08 or I09" in shown.output
    assert json.loads(told(study, "waiting", "--coder", "ben", "--json"))[0]["choices"] == ["I08", "I09"]
    assert "'I01' is no part of I02. Known: I08, I09." in told(study, "recode", first[-8:], "I01", "--by", "Kim")
    settled = codes(study, "recode", first[-8:], "I08", "--by", "Kim")
    assert (settled.exit_code, settled.output) == (
        1,
        f"I08, by Kim: {first}.\n1 still waits.\n",
    )
    last = store_of(study).to_recode()["id"].iloc[0]
    assert codes(study, "recode", last, "I09", "--by", "Kim").exit_code == 0
    assert codes(study, "waiting").output == "No coding waits for a person.\n"
    assert "no coding with this id waits for a code" in told(study, "recode", last, "I09", "--by", "Kim")
    assert doubts(study) == ""


def test_a_deductive_code_is_renamed_after_its_node_with_its_links_told(study: Path) -> None:
    before = files(study)
    refused = told(study, "rename", "M09", "M09b", "--by", "Kim")
    assert "M09 is the code of the theory's node M09, and the theory has no node M09b" in refused
    lines = (study / "codebooks" / "theory.yaml").read_text("utf-8").splitlines()
    here = [number for number, line in enumerate(lines, 1) if re.search(r"\bM09\b", line)]
    links = sum("M09" in link for link in open_study(study).theory.links)
    assert f"Write M09b for M09 in theory.yaml, lines {', '.join(map(str, here))} (the node, {links} links" in refused
    assert refused.endswith("then run this command again.")
    assert files(study) == before
    theory = study / "codebooks" / "theory.yaml"
    theory.write_text(theory.read_text("utf-8").replace("M09", "M09b"), "utf-8")
    output = told(study, "rename", "M09", "M09b", "--by", "Kim")
    assert "Codes of their own, and as they were: A11→M09." in output
    text = files(study)["codebook.yaml"].decode()
    assert "- id: M09b\n" in text
    assert "node: M09b\n" in text
    assert "neither codebook, theory nor manual has A11→M9" in told(
        study, "rename", "A11->M09", "A11->M9", "--by", "Kim"
    )
    assert "codebook.yaml needed no change." not in told(study, "rename", "A11→M09", "A11→M09b", "--by", "Kim")
    assert in_use(study) == ["A11→M09b", "I02", "I02", "I03", "M09b"]


def test_a_code_that_is_nowhere_is_named_itself_not_its_new_id(study: Path) -> None:
    before = files(study)
    refused = told(study, "rename", "M091", "M92", "--by", "Kim")
    assert "there is no code 'M091'. Did you mean 'M09'?" in refused
    assert "M92" not in refused
    assert "there is no code 'NOPE'. See: workbench codes list" in told(study, "rename", "NOPE", "N2", "--by", "Kim")
    assert "there is no code 'NOPE'" in told(study, "retire", "NOPE", "--by", "Kim")
    assert files(study) == before


def test_who_decides_is_said_to_be_required_and_the_folder_may_stand_either_way(study: Path) -> None:
    for command in ("rename", "merge", "split", "move", "retire", "recode"):
        shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).output
        assert "Required, unless the store is a team's server" in shown
    for command in ("list", "waiting"):
        with_option = codes(study, command)
        with_argument = CliRunner().invoke(app, [command, str(study)])
        assert with_argument.exit_code == 0
        assert with_argument.output == with_option.output
    elsewhere = codes(study, "list", str(study.parent))
    assert isinstance(elsewhere.exception, InputError)
    assert "the folder is given twice" in str(elsewhere.exception)


def test_what_is_refused_by_the_store_leaves_the_codebook_as_it_was(study: Path) -> None:
    with_entry(study, entry("I08", "Once more"))
    told(study, "rename", "I02", "I07", "--by", "Kim")
    before, acts = files(study), len(store_of(study).acts())
    assert "it is I07 now" in told(study, "retire", "I02", "--by", "Kim")
    assert "I02 is the former name of I07" in told(study, "rename", "I08", "I02", "--by", "Kim")
    assert "this is a merge, not a rename" in told(study, "rename", "I08", "I03", "--by", "Kim")
    assert "say who decides: --by NAME" in told(study, "retire", "I08")
    assert "say where it goes: --under CODE, or --top" in told(study, "move", "I08", "--by", "Kim")
    assert "I08 under I08" in told(study, "move", "I08", "--under", "I08", "--by", "Kim")
    assert "it has no code 'I8'. Did you mean 'I08'?" in told(study, "move", "I8", "--top", "--by", "Kim")
    assert "I08 lies there already" in told(study, "move", "I08", "--top", "--by", "Kim")
    assert files(study) == before
    assert len(store_of(study).acts()) == acts
    left = {path.name for path in (study / "codebooks").iterdir()}
    assert left == {"CHANGES.md", "codebook.yaml", "manuals", "maps", "theory.yaml"}


def test_a_store_that_cannot_be_written_leaves_the_codebook_as_it_was(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(study)

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "retire_code", fail)
    assert codes(study, "retire", "I05", "--by", "Kim").exit_code != 0
    assert files(study) == before


def test_a_file_that_cannot_be_put_in_place_or_that_another_changed_meanwhile_changes_nothing(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, acts, replace = files(study), len(store_of(study).acts()), Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "CHANGES.md" and self.stat().st_size != len(before["CHANGES.md"]):
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        assert "codebook.yaml: it cannot be changed (No space left on device)" in told(
            study, "retire", "I05", "--by", "Kim"
        )
    assert (files(study), len(store_of(study).acts())) == (before, acts)

    def check_and_meddle(*_: object) -> None:
        with_entry(study, "# meanwhile")

    monkeypatch.setattr("workbench.study.codebook_file._check", check_and_meddle)
    assert "codebook.yaml: somebody else changed it just now. Try again." in told(study, "retire", "I05", "--by", "Kim")
    assert files(study)["codebook.yaml"] == before["codebook.yaml"] + b"# meanwhile\n"
    assert len(store_of(study).acts()) == acts


def test_a_list_of_changes_in_any_encoding_and_style_is_kept_byte_for_byte(study: Path) -> None:
    path = study / "codebooks" / "CHANGES.md"
    path.write_bytes(b"# Caf\xe9\r\n\r\nNone yet.\r\n")
    told(study, "retire", "I05", "--by", "Kim")
    added = f"\r\n## {TODAY} – Kim\r\n\r\n- I05: retired.\r\n".encode()
    assert path.read_bytes() == b"# Caf\xe9\r\n\r\nNone yet.\r\n" + added


def test_a_codebook_without_a_list_of_changes_or_changed_by_hand_is_taken_as_it_is(study: Path) -> None:
    (study / "codebooks" / "CHANGES.md").unlink()
    path = study / "codebooks" / "codebook.yaml"
    path.write_text(path.read_text("utf-8").replace("- id: I02\n", "- id: I02b\n"), "utf-8")
    before = files(study)
    assert "2 codings follow.\n" in told(study, "rename", "I02", "I02b", "--by", "Kim")
    assert files(study) == before
    assert in_use(study).count("I02b") == 2


def test_where_codebook_and_store_do_not_say_the_same_a_person_is_told_what_to_write(study: Path) -> None:
    stale = files(study)["codebook.yaml"]
    for arguments in (
        ["rename", "I02", "I02b"], ["merge", "I03", "--into", "I01"], ["retire", "I05"],
        ["move", "I01", "--under", "I04"],
    ):  # fmt: skip
        told(study, *arguments, "--by", "Kim", "--why", "so")
    assert doubts(study) == ""
    renamed = files(study)["codebook.yaml"]
    (study / "codebooks" / "codebook.yaml").write_bytes(stale)
    said = doubts(study)
    for expected in (
        f"I02 was renamed I02b ({TODAY}, Kim: so), and the file has it still. Write `id: I02b` there",
        f"I03 was merged into I01 ({TODAY}, Kim: so), and the file has it still. Write `retired: ",
        f"I05 was retired ({TODAY}, Kim: so), and the file has it still. Write `retired: ",
        f"I01 was moved under I04 ({TODAY}, Kim: so), and the file has it elsewhere. Write `parent: I04` there",
        "codebook.yaml: 2 codings have I02b, which I02 became, and the file lacks it.",
    ):
        assert expected in said
    assert audit_study(open_study(study)).told[:1] == [f"Code I02 was renamed I02b ({TODAY}, Kim: so)."]
    (study / "codebooks" / "codebook.yaml").write_bytes(
        renamed.replace(b"- id: I04\n", b"- id: I04\n    retired: 2024-01-01\n")
    )
    assert (
        "I04 is retired in the file only, so it can still be given. Tell the store: workbench codes retire I04"
        in doubts(study)
    )
    told(study, "retire", "I04", "--by", "Kim")
    assert "retired in the file only" not in doubts(study)
    told(study, "rename", "I02b", "I02", "--by", "Kim")
    assert "I02" not in doubts(study)
