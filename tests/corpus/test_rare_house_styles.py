"""House styles of few files count where a file shows them throughout; the same signs in sentences stay sentences."""

import pytest

from workbench.corpus.segmentation import segment
from workbench.sources import Line, Reading

SAID = ["so what happened then?", "nothing", "ok", "yes it did"]


def _said(*texts: str) -> list[tuple[str, str]]:
    lines = [Line(text=text, number=number) for number, text in enumerate(texts, 1)]
    found = segment(Reading(lines=lines, unit="line", encoding="utf-8"))
    return [(turn.speaker, found.text[turn.start : turn.end]) for turn in found.turns]


@pytest.mark.parametrize(
    ("style", "asks", "answers"),
    [
        ("#00:00:01-2# {}: {}", "INT", "P01"),
        (">> {}: {}", "INT", "P01"),
        ("*{}:\t{}", "INT", "PAR"),
        ("{}:{}", "INT", "P01"),
        ("{}:{}", "Hana", "Wes"),
        ("({}) {}", "Interviewer", "Participant"),
        ("{}/ {}", "I", "R"),
        ("{}. {}", "I", "R"),
        ("{}. {}", "Q", "A"),
        ("{} | {}", "INT", "P01"),
    ],
)
def test_a_style_that_heads_most_lines_labels_them(style: str, asks: str, answers: str) -> None:
    voices = [asks, answers] * 2
    texts = [style.format(voice, text) for voice, text in zip(voices, SAID, strict=True)]
    assert _said(*texts) == list(zip(voices, SAID, strict=True))


@pytest.mark.parametrize(
    "sentence",
    [
        "(Interviewer) leaves the room",
        "(Smiling) yes",
        "A/ or B, whichever",
        "fine | good | bad",
        "I. R. Smith said so",
        "R. Smith",
        "* a star: a thing",
        "note:it was late",
    ],
)
def test_the_same_signs_in_a_file_of_another_style_are_words(sentence: str) -> None:
    assert _said("INT: So?", "P1: Well", sentence, "INT: And?", "P1: No.", "INT: Oh?", "P1: No.") == [
        ("INT", "So?"),
        ("P1", f"Well\n{sentence}"),
        ("INT", "And?"),
        ("P1", "No."),
        ("INT", "Oh?"),
        ("P1", "No."),
    ]


def test_the_letters_of_a_list_label_nobody() -> None:
    words = ["right", "A. one", "B. two", "I. three", "R. four"]
    assert _said("INT: Name them.", f"P1: {words[0]}", *words[1:], "INT: Ok?", "P1: Yes.")[1] == (
        "P1",
        "\n".join(words),
    )


@pytest.mark.parametrize(
    "direction", ["(over P2)", "(laughs)", "(to Bo)", "(interrupting)", "[quietly]", "(whispers)", "(cont'd)"]
)
def test_a_stage_direction_after_a_name_is_no_other_person(direction: str) -> None:
    texts = ["INT: So?", "P3: Well.", f"P3 {direction}: no", "INT: And?", "P3: Yes."]
    assert [voice for voice, _ in _said(*texts)] == ["INT", "P3", "P3", "INT", "P3"]


def test_a_code_in_brackets_stays_part_of_the_label() -> None:
    assert {voice for voice, _ in _said("Ann: hello", "Nicole (P15): hi", "Ann: so", "Nicole (P15): bye")} == {
        "Ann",
        "Nicole (P15)",
    }


def test_a_label_that_the_format_names_elsewhere_counts_even_once() -> None:
    lines = [Line(text="So?", number=1, speaker="Hana"), Line(text="Well.", number=2, speaker="Wes")]
    lines += [Line(text="INT: Thanks.", number=3), Line(text="Hana: Bye.", number=4)]
    found = segment(Reading(lines=lines, unit="paragraph", encoding="docx"))
    assert [turn.speaker for turn in found.turns] == ["Hana", "Wes", "INT", "Hana"]
