"""What the theory, audit and team commands say on a screen of 80 columns."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from workbench.cli.program import app
from workbench.corpus.span import Span
from workbench.errors import InputError
from workbench.study import Study, new_study, open_study
from workbench.study.describe import describe_coding, describe_methods

TALK = "INT: What happened?\nP01: It made me think, that course did. Honestly.\nINT: And?\nP01: I packed it in.\n"
THINKS, PACKED = (25, 41), (77, 92)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("COLUMNS", "80")
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    rows = ["document,scheme,role,kind,speakers"]
    for name in ("du-01", "du-02"):
        (folder / "transcripts" / f"{name}.txt").write_text(TALK, encoding="utf-8")
        rows.append(f"{name},durham,service_user,interview,INT=interviewer; P01=service_user")
    (folder / "transcripts" / "metadata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    opened = open_study(folder)
    opened.take_in()
    return opened


def _code(study: Study, code: str, stance: str | None = None, *, document: str = "du-01", coder: str = "anna") -> str:
    study.store.read(document, coder=coder)
    return study.store.code(Span(document, *THINKS), code, coder=coder, stance=stance).id


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_theory_shows_links_with_evidence_first_with_their_verdicts_and_counts_the_others(study: Study) -> None:
    links = list(study.theory.links)
    _code(study, links[-1], "supports")
    _code(study, links[-1], "contradicts", document="du-02")
    _code(study, links[2], "supports")
    _code(study, links[1])
    output = _run("theory", str(study.path)).output
    assert max(map(len, output.splitlines())) <= 80
    heading = next(line for line in output.splitlines() if "verdict" in line)
    assert heading.split() == ["link", "verdict", "for", "against"]  # columns of noughts are left out
    shown = [line.split() for line in output.splitlines() if line.strip().startswith(tuple(links))]
    assert shown == [
        [links[-1], "untested", "1", "1"], [links[2], "untested", "1", "0"], [links[1], "untested", "0", "0"],
    ]  # fmt: skip
    assert "1 for, 1 against, 0 both ways; 3 people with a side are needed" in output
    left = len(links) - 3
    assert f"{left} of {len(links)} links have no coding" in " ".join(output.split())
    assert len(json.loads(_run("theory", str(study.path), "--json").output)[0]["rows"]) == len(links)


def test_audit_says_first_what_it_is_for_also_when_something_waits(study: Study) -> None:
    _code(study, "I02")
    result = _run("audit", str(study.path))
    acts, seal = len(study.store.acts()), study.store.fingerprint()
    assert result.exit_code == 1
    assert result.output.splitlines()[0] == f"{acts:,} acts, none touched. Fingerprint to keep elsewhere: {seal}"
    assert "not reviewed for names" in result.output


def test_audit_does_not_call_a_touched_store_untouched(study: Study) -> None:
    import sqlite3

    _code(study, "I02")
    study.store.close()
    [path] = study.path.glob("store/*.sqlite")
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE acts SET code = 'I03' WHERE kind = 'code'")
    connection.close()
    first = _run("audit", str(study.path)).output.splitlines()[0]
    assert "none touched" not in first
    assert "not as it was written: 1 problem, told first below." in first


def test_the_team_list_takes_the_folder_either_way(study: Study) -> None:
    said = "This store is a SQLite file: it has no members, and coders' names are on trust in it.\n"
    assert _run("team", "list", "--study", str(study.path)).output == said
    assert _run("team", "list", str(study.path)).output == said
    twice = _run("team", "list", str(study.path.parent), "--study", str(study.path)).exception
    assert isinstance(twice, InputError)


@pytest.fixture
def said(study: Study) -> Callable[[], str]:
    return lambda: "\n".join(describe_coding(study).statements)


def test_the_page_on_coding_says_what_became_of_suggestions_codes_and_differences(
    study: Study, said: Callable[[], str]
) -> None:
    import pandas as pd

    store = study.store
    _code(study, "I02", "supports")
    _code(study, "I02", "contradicts", coder="ben")
    assert "No suggestions stood in the store when codings were counted." in said()
    assert "changes of codes" not in said()
    assert "settled" not in said()
    rows = [{"document": "du-01", "start": at, "end": at + 4, "code": "I02", "score": 1.0} for at in (25, 28, 31)]
    store.replace_suggestions(pd.DataFrame(rows), source="pattern")
    accepted, rejected, _ = store.suggestions()["id"]
    counted = "3 suggestions stood in the store when codings were counted: "
    assert f"{counted}0 accepted by somebody, 0 rejected by somebody, 3 decided on by nobody." in said()
    store.accept(accepted, coder="anna")
    store.reject(rejected, coder="ben")
    assert f"{counted}1 accepted by somebody, 1 rejected by somebody, 1 decided on by nobody." in said()
    store.rename_code("I02", "I90", by="Kim")
    store.merge_codes(["I03", "I04"], "I05", by="Kim", known=["I03", "I04", "I05"])
    store.split_code("I90", ["I91", "I92"], by="Kim")
    today = datetime.now(UTC)
    version = study.codebook.version
    told = f"Beside codebook {version} stand 3 changes of codes (1 rename, 1 merge, 1 split), on {today:%d %B %Y}."
    assert told in said()
    assert "3 codings under split codes wait to be given a narrower one." in said()
    coding = describe_coding(study)
    listed = describe_methods(study, {"coding": coding}).table["definitions"][0]
    assert listed == f"codebook {version} with 3 changes of codes, last on {today:%Y-%m-%d}"
    store.settle("du-01", *THINKS, "I91", by="Kim", decision="coded", stance="supports", why="talked")
    assert "1 difference between coders was settled, by 1 person." in said()
