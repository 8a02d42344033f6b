"""`workbench corrections`: what corrected transcripts did, and settling what waits."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import typer
from tiny_corpus import TALK, TinyCorpus
from typer.testing import CliRunner

from workbench.cli.corrections import corrections
from workbench.coding import Store
from workbench.corpus.span import Span
from workbench.errors import InputError

NOW = "Nothing there had any effect, nothing at all."


@pytest.fixture
def waiting(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    ids = [store.code(Span("wm-user-01", 23, end), "M09", coder="anna").id for end in (36, 42)]
    talk = {**TALK, "wm-user-01": [TALK["wm-user-01"][0], ("Lee", "service_user", NOW)]}
    store.add_corpus(TinyCorpus(talk), by="kim")
    monkeypatch.setattr("workbench.study.open_study", lambda _folder: type("Study", (), {"store": store})())
    return ids


def run(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(corrections)
    done = CliRunner().invoke(app, list(arguments), catch_exceptions=True)
    if isinstance(done.exception, InputError):
        raise done.exception
    return done.exit_code, done.stdout


def test_it_lists_corrections_and_what_waits_and_ends_with_one(waiting: list[str], tmp_path: Path) -> None:
    code, shown = run()
    assert code == 1
    assert "wm-user-01, revision 2: 2" in shown
    assert ", kim\n" in shown
    assert f"  {waiting[0]}: wm-user-01, M09, anna: its words are gone\n    was: made me think\n" in shown
    assert f": {NOW[:-1]}" in shown
    shown_as_json: Any = json.loads(run("--json")[1])
    assert [row["id"] for row in shown_as_json["waiting"]] == waiting
    assert [row["by"] for row in shown_as_json["corrected"]] == ["kim"]


def test_a_person_settles_each_by_quoting_by_offsets_or_by_dropping(waiting: list[str], store: Store) -> None:
    assert run("--place", waiting[0], "--quote", "had any effect", "--by", "Lead")[0] == 1
    code, shown = run("--drop", waiting[1][-8:], "--why", "not said", "--by", "Lead")
    assert (code, "No coding waits for a person." in shown) == (0, True)
    assert store.codings()[["coder", "quote"]].values.tolist() == [["anna", "had any effect"]]
    store.undo("Lead")
    start = store.text("wm-user-01").index("Nothing")
    assert run("--place", waiting[1], "--from", str(start), "--to", str(start + 7), "--by", "Lead")[0] == 0
    assert store.codings()["quote"].tolist() == ["had any effect", "Nothing"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--place", "{id}", "--quote", "nobody", "--by", "Lead"], "“nobody” does not stand there"),
        (["--place", "{id}", "--quote", "othing", "--by", "Lead"], "“othing” stands there 2 times"),
        (["--place", "{id}", "--by", "Lead"], "say where it belongs"),
        (["--place", "{id}", "--from", "0", "--to", "9999", "--by", "Lead"], "outside its text"),
        (["--place", "{id}", "--quote", "had any"], "say who decides"),
        (["--place", "ffff", "--quote", "had any", "--by", "Lead"], "no coding with this id waits"),
        (["--drop", "{id}", "--by", "Lead"], "say why it is dropped"),
        (["--drop", "{id}", "--place", "{id}"], "not both"),
    ],
)
def test_mistakes_are_told_and_change_nothing(
    waiting: list[str], store: Store, arguments: list[str], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        run(*(argument.format(id=waiting[0]) for argument in arguments))
    assert store.unplaced()["id"].tolist() == waiting


def test_what_was_settled_is_said_before_what_still_waits(waiting: list[str]) -> None:
    placed = run("--place", waiting[0], "--quote", "had any effect", "--by", "Lead")[1]
    assert placed.startswith(f"Placed, by Lead: {waiting[0]}.\nStill waiting (1):\n  {waiting[1]}: ")
    dropped = run("--drop", waiting[1], "--why", "not said", "--by", "Lead")[1]
    assert dropped == f"Dropped, by Lead: {waiting[1]}.\nNo coding waits for a person.\n"


def test_a_passage_that_was_cut_out_is_said_to_be_gone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    text = store.text("wm-user-01")
    monkeypatch.setattr("workbench.study.open_study", lambda _folder: type("Study", (), {"store": store})())
    row = {"id": "c1", "document": "wm-user-01", "code": "M09", "coder": "anna", "why": "its words are gone"}
    gone = pd.DataFrame([row | {"quote": text[23:36], "start": 23, "end": 23}])
    monkeypatch.setattr(type(store), "unplaced", lambda _self: gone)
    assert "    now: the passage is gone; nothing stands in its place, at 23\n" in run()[1]
