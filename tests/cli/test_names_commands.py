"""The names commands: a person decides on each form, the key stays apart, and a mistake changes nothing."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner, Result

from workbench.cli.names import app
from workbench.errors import InputError
from workbench.language.identifiers import identifiers
from workbench.language.names import Mention
from workbench.pseudonymisation import Register
from workbench.study import new_study, open_study

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
NAMES = {"David Orme": "person", "Zoë Quill": "person", "David": "person", "Zoë": "person", "Kelverton": "place"}
TALK = {
    "du-01": "INT: Who rang?\nP01: David Orme did, on 07700 900123. David is kind.\nINT: From Kelverton?\nP01: Yes.\n",
    "du-02": "INT: And you?\nP02: Zoë Quill lent me rent. David was away. So Zoë came.\n",
}


def _find(documents: list[list[str]], **_: object) -> list[list[list[Mention]]]:
    """Stand for the search: it knows a few names only, and is quick."""
    pattern = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))
    return [[[*_mentions(pattern, passage)] for passage in passages] for passages in documents]


def _mentions(pattern: re.Pattern[str], passage: str) -> list[Mention]:
    found = [Mention(start=it.start(), end=it.end(), kind=NAMES[it[0]], why="few") for it in pattern.finditer(passage)]
    return found + [
        Mention(start=start, end=end, kind=kind, why="pattern") for kind, start, end in identifiers(passage)
    ]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr("workbench.language.names.find_names", _find)
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    rows = ["document,scheme,role,kind,speakers"]
    for name, talk in TALK.items():
        (folder / "transcripts" / f"{name}.txt").write_text(talk, encoding="utf-8")
        speaker = talk[talk.index("P0") :][:3]
        rows.append(f"{name},durham,service_user,interview,INT=interviewer; {speaker}=service_user")
    (folder / "transcripts" / "metadata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def found(study: Path) -> Path:
    assert _names("find", str(study)).exit_code == 0
    return study


def _names(*arguments: str, types: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=types)


def _register(study: Path) -> Register:
    return Register.read(study.parent / "mine-keys" / "names.csv")


def _decisions(study: Path) -> dict[tuple[str, str], str]:
    return {(entry.form, entry.document): entry.decision for entry in _register(study).entries}


def _workbench(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "workbench", "names", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_names_command_has_help_with_an_example(command: str, snapshot: SnapshotAssertion) -> None:
    done = _names(command, "--help")
    assert done.exit_code == 0
    assert f"workbench names {command}" in done.stdout
    assert done.stdout == snapshot


def test_find_counts_what_waits_and_prints_no_name(study: Path) -> None:
    done = _names("find", str(study))
    assert done.exit_code == 0
    assert "person 4, phone 1, place 1 waiting" in done.stdout.replace("place 1, phone 1", "phone 1, place 1")
    assert not [name for name in (*NAMES, "07700") if name in done.output]


def test_the_key_is_its_owners_only_and_outside_the_study(found: Path) -> None:
    key = found.parent / "mine-keys" / "names.csv"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert not [path for path in found.rglob("*") if path.is_file() and path.name == "names.csv"]


def test_find_again_adds_nothing_and_proposes_no_scheme(found: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, "Durham", "place")
    talk = found / "transcripts" / "du-01.txt"
    talk.write_text(TALK["du-01"] + "INT: In Durham?\nP01: In Durham.\n", encoding="utf-8")
    before = _decisions(found)
    assert _names("find", str(found)).exit_code == 0
    assert _decisions(found) == before


def test_list_shows_forms_in_context_and_ends_with_one_while_something_waits(found: Path) -> None:
    done = _names("list", str(found))
    assert done.exit_code == 1
    assert "⟦David Orme⟧" in done.stdout
    rows = json.loads(_names("list", str(found), "--json", "--document", "du-02").stdout)
    assert {row["form"] for row in rows} == {"Zoë Quill", "Zoë", "David"}
    assert [row["kind"] for row in json.loads(_names("list", str(found), "--json", "--kind", "phone").stdout)] == [
        "phone"
    ]


def test_accept_and_reject_take_ids_forms_kinds_and_transcripts(found: Path) -> None:
    phone = next(entry.id for entry in _register(found).entries if entry.kind == "phone")
    assert _names("accept", str(phone), "David Orme", "--by", "Ada", "--study", str(found)).exit_code == 0
    assert _names("reject", "--kind", "place", "--by", "Ada", "--study", str(found)).exit_code == 0
    assert _names("accept", "--document", "du-02", "--by", "Ada", "--study", str(found)).exit_code == 0
    decided = _decisions(found)
    assert decided[("Kelverton", "")] == "rejected"
    assert "waiting" not in decided.values()
    assert {entry.by for entry in _register(found).entries} == {"Ada"}
    assert _names("list", str(found)).exit_code == 0
    assert "Nothing waits" in _names("list", str(found)).stdout
    assert "Kelverton" in _names("list", str(found), "--all").stdout


def test_add_join_split_and_reveal_settle_who_is_meant(found: Path) -> None:
    added = _names("add", "rent", "--kind", "organisation", "--by", "Ada", "--study", str(found))
    assert added.exit_code == 0
    assert "1 × in 1 transcript" in added.stdout
    david = _register(found).entry("David Orme")
    assert david is not None
    assert _names("join", "Zoë", david.pseudonym, "--by", "Ada", "--study", str(found)).exit_code == 0
    revealed = _names("reveal", david.pseudonym, "--study", str(found))
    assert "Zoë" in revealed.stdout.splitlines()
    assert "identifies somebody" in revealed.stderr
    assert _names("split", "David", "--document", "du-02", "--by", "Ada", "--study", str(found)).exit_code == 0
    apart = _register(found).entry("David", "du-02")
    assert apart is not None
    assert apart.pseudonym != david.pseudonym


def test_ask_keeps_each_answer_and_asks_again_after_a_slip(found: Path) -> None:
    many = len(_register(found))
    done = _names("ask", str(found), "--by", "Ada", types="x\na\nr\nl\ns\nq\n")
    assert done.exit_code == 0
    assert f"Decided: 3; waiting: {many - 3}." in done.stdout
    decisions = [entry.decision for entry in _register(found).entries]
    assert (decisions.count("rejected"), decisions.count("waiting")) == (1, many - 3)


def test_ask_says_what_the_choices_are_and_that_what_was_decided_is_kept(found: Path) -> None:
    many = len(_register(found))
    done = _names("ask", str(found), "--by", "Ada", types="x\na\n\n\n")
    assert "'x' is none of the answers" in done.output
    assert done.output.count("a accept, r reject") >= 2
    assert "The input ended: what was decided is saved." in done.output
    assert f"Decided: 1; waiting: {many - 1}." in done.output
    assert "Aborted" not in done.output
    assert done.exit_code == 1
    assert [entry.decision for entry in _register(found).entries].count("waiting") == many - 1


@pytest.mark.parametrize("command", ["find", "list", "ask"])
def test_the_folder_may_stand_as_argument_or_option(found: Path, command: str) -> None:
    one, two = (_names(command, *given, types="q\n") for given in ([str(found)], ["--study", str(found)]))
    assert (one.exit_code, one.stdout) == (two.exit_code, two.stdout)
    twice = _names(command, str(found.parent), "--study", str(found))
    assert "the folder is given twice" in str(twice.exception)


def test_a_decision_without_a_name_is_signed_by_the_login_and_never_by_root(
    found: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    for arguments in (["accept", "--all"], ["add", "INT", "--kind", "person"], ["ask"]):
        refused = _names(*arguments, "--study", str(found))
        assert "say who decides: --by NAME" in str(refused.exception)
    assert set(_decisions(found).values()) == {"waiting"}
    monkeypatch.setattr("getpass.getuser", lambda: "ada1")
    signed = _names("accept", "--all", "--study", str(found))
    assert "Signed 'ada1', the name of your login on this computer" in signed.output


def test_done_is_refused_while_a_form_waits_and_noted_after(found: Path) -> None:
    done = _names("done", "du-02", "--by", "Ada", "--study", str(found))
    assert done.exit_code == 1
    assert "forms wait" in done.stdout
    assert open_study(found).store.reviewed() == set()
    _names("accept", "--document", "du-02", "--by", "Ada", "--study", str(found))
    from workbench.cli.program import app as program

    assert CliRunner().invoke(program, ["import", str(found)]).exit_code in (0, 1)
    done = _names("done", "du-02", "--by", "Ada", "--study", str(found))
    assert done.exit_code == 0, done.output
    assert open_study(found).store.reviewed() == {"du-02"}
    assert "Zoë" not in done.output


def test_a_transcript_that_was_never_searched_or_was_corrected_is_not_signed_off(study: Path) -> None:
    done = _names("done", "du-02", "--by", "Ada", "--study", str(study))
    assert isinstance(done.exception, InputError)
    assert "was not searched for names" in str(done.exception)
    _names("find", str(study))
    _names("accept", "--all", "--by", "Ada", "--study", str(study))
    path = study / "transcripts" / "du-02.txt"
    path.write_text(path.read_text(encoding="utf-8") + "P02: Colin Marchbanks came too.\n", encoding="utf-8")
    done = _names("done", "du-02", "--by", "Ada", "--study", str(study))
    assert "was not searched for names" in str(done.exception)
    assert open_study(study).store.reviewed() == set()
    _names("find", str(study))
    assert _names("done", "du-02", "--by", "Ada", "--study", str(study)).exit_code == 0


def test_a_transcript_is_read_with_its_pseudonyms(found: Path) -> None:
    shown = _names("read", "du-02", "--study", str(found)).stdout
    assert "lent me rent" in shown
    assert "Zoë" not in shown


def test_a_form_that_stands_nowhere_is_added_only_on_purpose(found: Path) -> None:
    refused = _names("add", "Zoe Quil", "--kind", "person", "--by", "Ada", "--study", str(found))
    assert "--anyway" in str(refused.exception)
    assert ("Zoe Quil", "") not in _decisions(found)
    _names("add", "Zoe Quil", "--kind", "person", "--by", "Ada", "--anyway", "--study", str(found))
    assert _decisions(found)["Zoe Quil", ""] == "accepted"


WRONG = {
    "unknown id": (["accept", "99"], "there is no entry 99"),
    "unknown form": (["reject", "Davod Orme"], "David Orme"),
    "nothing named": (["accept"], "names nothing to decide on"),
    "both named": (["accept", "1", "--all"], "names forms and a choice of many"),
    "unknown kind": (["accept", "--kind", "persn"], "person"),
    "unknown transcript": (["add", "Amy", "--kind", "person", "--document", "du-99"], "du-99"),
    "bad pseudonym": (["add", "Amy", "--kind", "person", "--as", "Anna"], "[Person 12]"),
    "nobody's pseudonym": (["join", "David", "[Person 99999]"], "nobody has the pseudonym"),
    "pseudonym to reveal": (["reveal", "[Person 99999]"], "nobody has the pseudonym"),
    "split of nothing": (["split", "Nobody", "--document", "du-01"], "there is no form"),
    "transcript that was read": (["done", "du-99"], "du-99"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_mistake_is_told_with_a_remedy_and_changes_nothing(found: Path, wrong: str) -> None:
    arguments, told = WRONG[wrong]
    key = found.parent / "mine-keys" / "names.csv"
    before = key.read_bytes()
    who = [] if arguments[0] == "reveal" else ["--by", "Ada"]
    done = _names(*arguments, *who, "--study", str(found))
    assert isinstance(done.exception, InputError)
    assert done.exception.exit_code == 2
    assert told in str(done.exception)
    assert key.read_bytes() == before


def test_a_mistake_ends_with_two_and_no_traceback(found: Path) -> None:
    done = _workbench("accept", "99", "--by", "Ada", "--study", str(found))
    assert done.returncode == 2
    assert "there is no entry 99" in done.stderr
    assert "Traceback" not in done.stderr
