"""What `workbench agree` and `workbench disagreements` print."""

import json
from pathlib import Path

import pytest
from held_store import HeldStore, everybody
from typer.testing import CliRunner

import workbench.study
from workbench.agreement import agreement, disagreements
from workbench.cli import analyse
from workbench.cli.differences import of_code, show_agreement, show_disagreements
from workbench.errors import InputError

CODINGS = [
    ("a", "x", "M01", 0, 20), ("b", "x", "M01", 0, 20), ("a", "y", "M01", 0, 20), ("c", "y", "M09", 0, 20),
    ("a", "z", "M09", 0, 20), ("b", "z", "M09", 5, 20), ("c", "z", "M09", 40, 60),
]  # fmt: skip


def held() -> HeldStore:
    return HeldStore(CODINGS, everybody("abc", "wxyz"), stances={4: "supports", 5: "contradicts"})


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")


@pytest.mark.parametrize(("unit", "by"), [("turn", None), ("turn", "role"), ("passage", None), ("character", "month")])
def test_agreement_fits_eighty_columns_with_a_row_a_code(
    unit: str, by: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    show_agreement(agreement(held(), unit=unit, by=by), pairs=False)
    shown = capsys.readouterr().out.splitlines()
    assert max(map(len, shown)) <= 80
    tables = 1 if by is None else 2
    assert [line.split()[0] for line in shown if line.startswith(("M01 ", "M09 "))] == ["M01", "M09"] * tables
    assert not any("…" in line for line in shown)


def test_the_table_comes_first_and_then_only_all_codes_and_the_lowest(capsys: pytest.CaptureFixture[str]) -> None:
    both = [(coder, where, f"N{number}", 0, 5) for number in range(9) for where in "xyz"[: number % 3 + 1]
            for coder in "abc"]  # fmt: skip
    one = [("a", "w", f"N{number}", 0, 5) for number in range(2)]
    found = agreement(HeldStore([*both, *one, ("a", "w", "LOW", 0, 5)], everybody("abc", "vwxyz")))
    show_agreement(found, pairs=False)
    shown = capsys.readouterr().out.splitlines()
    bullets = [number for number, line in enumerate(shown) if line.startswith("•")]
    assert min(bullets) > max(number for number, line in enumerate(shown) if line.startswith("N8 "))
    assert [shown[number].split()[1] for number in bullets[:3]] == ["All", "LOW:", "N0:"]
    assert len(bullets) == 7  # all codes, five codes, and sets
    assert f"and {len(found.statements) - 6} more sentences" in " ".join(shown)


def test_the_worklist_comes_first_then_a_few_counts_and_what_gain_means(capsys: pytest.CaptureFixture[str]) -> None:
    store = HeldStore([("a", "x", f"N{number}", 0, 5) for number in range(9)], everybody("ab", "xy"))
    show_disagreements(disagreements(store), 3)
    shown = capsys.readouterr().out
    assert shown.index("passage") < shown.index("• N0") and shown.count("•") == 5
    assert "--json counts 4 more codes." in shown
    assert "Note: Gain is how much" in shown


def test_every_two_coders_are_shown_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    show_agreement(agreement(held()), pairs=True)
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line in ("a + b", "a + c", "b + c", "all")] == ["a + b", "a + c", "b + c", "all"]


def test_the_worklist_shows_gain_place_coders_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    found = disagreements(held())
    show_disagreements(found, 2)
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80
    assert f"{found.table['gain'][0]:+.3f}" in shown
    assert f"2 of {len(found.table)} shown" in shown


def test_words_in_square_brackets_are_shown_as_they_were_said(capsys: pytest.CaptureFixture[str]) -> None:
    store = HeldStore(
        [("a", "x", "M01", 0, 5), ("a", "y", "M01", 0, 5), ("b", "y", "M01", 0, 5)], everybody("ab", "xyz")
    )
    store.codings()["quote"] = "[bold]he said[/nothing]"
    show_disagreements(disagreements(store), 5)
    assert "[bold]he" in capsys.readouterr().out


def test_one_code_can_be_looked_at_and_leads_to_its_codings() -> None:
    found = disagreements(held())
    one = of_code(found, "M09", ["M01", "M09"])
    assert set(one.table["code"]) == {"M09"}
    assert one.trace(0) == found.trace(int(found.table.index[found.table["code"] == "M09"][0]))
    with pytest.raises(InputError, match=r"no coding has the code 'M7'\. Known: M01, M09"):
        of_code(found, "M7", ["M01", "M09"])


def test_json_holds_every_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Study:
        store = held()

        def up_to_date(self) -> None:
            """Nothing to read."""

    monkeypatch.setattr(workbench.study, "open_study", lambda _folder: Study())
    import typer

    app = typer.Typer()
    app.command("agree")(analyse.agree)
    app.command("disagreements")(analyse.disagreements)
    done = CliRunner().invoke(app, ["disagreements", str(tmp_path), "--json", "--code", "M09"])
    rows = json.loads(done.stdout)[0]["rows"]
    assert {row["code"] for row in rows} == {"M09"}
    assert {row["kind"] for row in rows} == {"marked", "stance"}
    done = CliRunner().invoke(app, ["agree", str(tmp_path), "--json", "--by", "role", "--unit", "passage"])
    assert json.loads(done.stdout)[0]["name"] == "agreement-passage-role"
