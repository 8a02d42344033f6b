"""The matrix's screen and its kernel: what is shown, what is stored, and what is told when something is in the way."""

import inspect
from pathlib import Path
from typing import Any

import pytest

from workbench.corpus.span import Span
from workbench.errors import InputError
from workbench.notebook.matrix import Matrix
from workbench.notebook.matrix_screen import PARTS, script, style
from workbench.study import Study, new_study, open_study

TALK = """FICTIONAL TRANSCRIPT
INT: What happened then?
P01: She was lovely 😀, and she rang me the next morning. It made me think twice 😀 about it.
INT: And after that?
P01: Well, nobody called back for weeks. My mate went too.
"""
ONE, TWO = "du-user-01", "du-user-02"
LEE, KIM = f"{ONE}:P01", f"{TWO}:P01"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    folder = new_study(tmp_path / "study", as_of="2023-03-31", fictional=True)
    for name in (ONE, TWO):
        (folder / "transcripts" / f"{name}.txt").write_text(TALK, encoding="utf-8")
    (folder / "transcripts" / "metadata.csv").write_text(
        f"document,scheme,role\n{ONE},durham,service_user\n{TWO},durham,service_user\n", encoding="utf-8"
    )
    made = open_study(folder)
    made.take_in()
    mark(made, "It made me think twice 😀 about it", "M09", "supports")
    mark(made, "made me think twice", "M09", "contradicts", coder="ben")
    mark(made, "nobody called back", "A11→M09", "contradicts", at=TWO)
    return made


def mark(study: Study, words: str, code: str, stance: str, *, coder: str = "ana", at: str = ONE) -> None:
    start = study.store.text(at).index(words)
    study.store.code(Span(at, start, start + len(words)), code, coder=coder, stance=stance)


def cell(matrix: Matrix, case: str) -> dict[str, Any]:
    return next(each for each in matrix.cells if each["case"] == case)


def save(matrix: Matrix, case: str, text: str, **what: Any) -> None:
    row = cell(matrix, case)
    message = {"act": "save", "element": row["element"], "case": case, "text": text, "version": row["version"]}
    matrix.decide({**message, **what})


def summaries(study: Study) -> dict[tuple[str, str], tuple[str, str]]:
    table = open_study(study.path).store.summaries()
    return {(row.element, row.case): (row.text, row.by) for row in table.itertuples()}


# What is shown


def test_it_opens_on_the_first_element_that_somebody_spoke_to(study: Study) -> None:
    matrix = Matrix(study, coder="ana")
    assert (matrix.across, matrix.focus) == ("element", "M09")
    assert matrix.told == "M09: 0 of 1 cells with passages have a summary."
    assert [each["case"] for each in matrix.cells] == [LEE, KIM]
    assert cell(matrix, LEE)["passages"] == [
        {
            "document": ONE, "stance": "supports, contradicts", "coder": "ana, ben", "turn": 2,
            "quote": "It made me think twice 😀 about it",
        }
    ]  # fmt: skip
    assert cell(matrix, KIM)["passages"] == []


def test_one_element_at_a_time_goes_to_the_screen(study: Study) -> None:
    matrix = Matrix(study, coder="ana")
    assert {each["element"] for each in matrix.cells} == {"M09"}
    matrix.decide({"act": "open", "across": "element", "focus": "A11→M09"})
    assert {each["element"] for each in matrix.cells} == {"A11→M09"}
    matrix.decide({"act": "open", "across": "case", "focus": KIM})
    assert {each["case"] for each in matrix.cells} == {KIM}
    assert len(matrix.cells) == len(study.theory.nodes) + len(study.theory.links)
    assert next(each for each in matrix.choices if each["id"] == KIM)["spoken"] == 1


def test_cases_may_be_schemes(study: Study) -> None:
    matrix = Matrix(study, "scheme", coder="ana")
    assert [each["case"] for each in matrix.cells] == ["scheme:durham"]


# Saving


def test_a_summary_is_in_the_store_before_the_screen_is_told(study: Study) -> None:
    matrix = Matrix(study, coder="ana")
    seen: list[Any] = []
    matrix.observe(lambda change: seen.append((change["new"], summaries(study))), "told")
    save(matrix, LEE, "  Thinks twice,\r\nhe says 😀 ")
    assert seen == [
        (f"Saved: M09 × {LEE}.", {("M09", LEE): ("Thinks twice,\nhe says 😀", "ana")}),
    ]
    assert cell(matrix, LEE)["summary"] == "Thinks twice,\nhe says 😀"
    assert matrix.saved == {"key": f"M09\n{LEE}", "sent": "  Thinks twice,\r\nhe says 😀 ", "drawn": matrix.drawn}


def test_the_same_words_again_are_no_act(study: Study) -> None:
    matrix = Matrix(study, coder="ana")
    save(matrix, LEE, "Thinks twice.")
    before = len(study.store.acts())
    save(matrix, LEE, "Thinks twice. ")
    assert len(study.store.acts()) == before
    assert matrix.told.startswith("Saved")


def test_an_emptied_summary_is_cleared_and_its_versions_stay(study: Study) -> None:
    matrix = Matrix(study, coder="ana")
    save(matrix, LEE, "Thinks twice.")
    save(matrix, LEE, " ")
    assert matrix.told == f"Saved: M09 × {LEE}, cleared."
    assert summaries(study) == {}
    assert (study.store.acts()["memo"] == "Thinks twice.").any()


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(study: Study) -> None:
    matrix = Matrix(study, coder="ana")
    open_study(study.path).store.summarise("M09", LEE, "theirs", by="ben")
    save(matrix, LEE, "mine")
    assert matrix.told == f"ben changed it meanwhile: M09 × {LEE}. Nothing of yours was saved; both are shown there."
    assert matrix.about == f"M09\n{LEE}"
    assert cell(matrix, LEE)["summary"] == "theirs"
    assert summaries(study) == {("M09", LEE): ("theirs", "ben")}
    save(matrix, LEE, "mine, having read theirs")  # the cell's version is theirs now
    assert summaries(study) == {("M09", LEE): ("mine, having read theirs", "ana")}


def test_what_others_write_is_told_at_the_next_look(study: Study) -> None:
    matrix = Matrix(study, coder="ana")
    drawn = matrix.drawn
    matrix.decide({"act": "look"})
    assert matrix.drawn == drawn
    open_study(study.path).store.summarise("M09", LEE, "theirs", by="ben")
    matrix.decide({"act": "look"})
    assert matrix.told == f"ben wrote M09 × {LEE}. M09: 1 of 1 cells with passages have a summary."
    assert cell(matrix, LEE)["summary"] == "theirs"
    mark(study, "My mate went too", "M09", "supports")
    matrix.decide({"act": "look"})
    assert len(cell(matrix, LEE)["passages"]) == 2


def test_a_look_after_ones_own_save_tells_nothing_new(study: Study) -> None:
    matrix = Matrix(study, coder="ana")
    save(matrix, LEE, "Thinks twice.")
    drawn = matrix.drawn
    matrix.decide({"act": "look"})
    assert (matrix.drawn, matrix.told) == (drawn, f"Saved: M09 × {LEE}.")


# What is in the way


def test_a_store_that_cannot_be_written_is_told_and_the_screen_lives_on(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    matrix = Matrix(study, coder="ana")
    with monkeypatch.context() as patched:
        patched.setattr(type(study.store), "summarise", _full)
        save(matrix, LEE, "Thinks twice.")
        assert matrix.told.startswith("Not saved: the store could not be written or read (no space left on device).")
        assert matrix.about == f"M09\n{LEE}"
        assert matrix.saved == {}
    save(matrix, LEE, "Thinks twice.")
    assert matrix.told == f"The store answers again. Saved: M09 × {LEE}."
    assert summaries(study) == {("M09", LEE): ("Thinks twice.", "ana")}


def _full(*_: Any, **__: Any) -> None:
    raise OSError("no space left on device")


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ({"act": "paint"}, "'paint'"),
        ("nonsense", "None"),
        ({"act": "open", "across": "element", "focus": "M0"}, "there is no element 'M0'"),
        ({"act": "open", "across": "row", "focus": "M09"}, "there are elements and cases"),
        ({"act": "save", "element": "M09", "case": "nobody", "text": "x", "version": ""}, "not in the study any more"),
        ({"act": "save", "element": "M09", "case": LEE, "text": None}, "did not say which summary"),
    ],
)
def test_a_wish_that_makes_no_sense_is_told_and_nothing_is_written(study: Study, message: object, told: str) -> None:
    matrix = Matrix(study, coder="ana")
    answered = matrix.answered
    matrix.decide(message)
    assert told in matrix.told
    assert matrix.answered == answered + 1
    assert summaries(study) == {}


def test_a_person_who_withdrew_meanwhile_is_gone_and_nothing_is_written_of_them(study: Study) -> None:
    matrix = Matrix(study, coder="ana")
    save(matrix, LEE, "Thinks twice.")
    study.store.withdraw(ONE, coder="kim")
    matrix.decide({"act": "look"})
    assert [each["case"] for each in matrix.cells] == [KIM]
    matrix.decide({"act": "save", "element": "M09", "case": LEE, "text": "again", "version": ""})
    assert "not in the study any more" in matrix.told
    assert summaries(study) == {}


def test_nobody_writes_without_a_name_and_an_empty_study_is_told(tmp_path: Path, study: Study) -> None:
    with pytest.raises(InputError, match="name of who writes them"):
        Matrix(study, coder=" ")
    empty = open_study(new_study(tmp_path / "empty", as_of="2023-03-31", fictional=True))
    with pytest.raises(InputError, match="nobody's talk is in the store yet"):
        Matrix(empty, coder="ana")


def test_the_screen_is_one_module_without_imports_and_without_addresses() -> None:
    assert len(PARTS) == len(set(PARTS))
    assert "import " not in "".join(line for line in script().splitlines() if line.startswith("import"))
    assert "http" not in script() + style()
    assert inspect.getdoc(Matrix)
