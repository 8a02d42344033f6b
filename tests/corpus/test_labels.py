"""A speaker's label is told from a sentence that merely has a colon, and whoever cannot be told is not guessed."""

import gzip
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from workbench.corpus.labels import asks, find_label, voice
from workbench.corpus.segmentation import Segmented, segment
from workbench.corpus.speakers import alike
from workbench.sources import Line, Reading


def _segment(*texts: str, declared: tuple[str, ...] = (), unit: str = "line") -> Segmented:
    lines = [Line(text=text, number=number) for number, text in enumerate(texts, 1)]
    return segment(Reading(lines=lines, unit=unit, encoding="utf-8"), declared)


def _said(*texts: str, declared: tuple[str, ...] = (), unit: str = "line") -> list[tuple[str, str]]:
    found = _segment(*texts, declared=declared, unit=unit)
    return [(turn.speaker, found.text[turn.start : turn.end]) for turn in found.turns]


SENTENCES = [
    "I said to him: no.",
    "Three things: one, two, and the third.",
    "So: then I left.",
    "To be fair: he tried.",
    "Note: it was late.",
    "Time: 10.30",
    "https://example.org/a: there.",
    "Re: the letter.",
    "at 10:30 we left",
    "Bible verse John 3:16",
    "And I: I was late.",
    "Honestly - no idea.",
    "[Laughs] Never.",
    "I mean; well.",
    "A. the form, B. the van",
    "Durham",
]


def test_sentences_with_a_colon_a_dash_or_a_bracket_are_talk_however_often_they_are_said() -> None:
    talk = "\n".join(SENTENCES)
    turns = _said("INT: What?", "P01: Well.", *SENTENCES, "INT: Go on.", "P01: Yes.", *SENTENCES)
    assert turns == [("INT", "What?"), ("P01", f"Well.\n{talk}"), ("INT", "Go on."), ("P01", f"Yes.\n{talk}")]


def test_the_head_of_a_file_is_set_aside_with_the_names_of_who_took_part() -> None:
    head = ["Project: Fair Start", "Date: 3 May", "Interviewer: Hana Brill", "Participant: P01"]
    talk = ["Interviewer: So how was it?", "Participant: Fine.", "Interviewer: And?", "Participant: Date: I forget."]
    found = _segment(*head, *talk)
    assert [turn.speaker for turn in found.turns] == ["Interviewer", "Participant"] * 2
    assert found.reasons[:4] == ["head"] * 4
    assert [turn.line for turn in found.turns] == [5, 6, 7, 8]


def test_a_field_in_the_talk_does_not_make_what_was_said_before_a_head() -> None:
    said = _said("INT: Hello there, all well?", "P01: Yes, thanks.", "Date: I forget.", "INT: Go on.", "P01: No.")
    assert said[1] == ("P01", "Yes, thanks.\nDate: I forget.")


@pytest.mark.parametrize("label", ["Unidentified", "Unknown speaker", "?", "Speaker ?", "Unidentified male 2", "P01?"])
def test_nobody_in_particular_is_unknown(label: str) -> None:
    turns = _said("INT: Who?", "P01: Me.", f"{label}: No, me.", "INT: Well.", "P01: So.")
    assert turns[2] == ("unknown", "No, me.")


@pytest.mark.parametrize(
    "label", ["All", "Several voices", "Multiple speakers", "Group", "P1 & P2", "P1 and P2", "P1/P2", "P1, P2", "Both"]
)
def test_voices_together_are_several_and_crosstalk(label: str) -> None:
    found = _segment("INT: Who?", "P1: Me.", "P2: Me.", f"{label}: Us.", "INT: Well.", "P1: So.", "P2: So.")
    assert [(turn.speaker, turn.mark) for turn in found.turns][3] == ("several", "crosstalk")


def test_a_name_with_and_in_it_is_one_speaker_where_its_halves_are_none() -> None:
    assert voice("Marks and Spencer", {"int", "p01"}) == "Marks and Spencer"


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("Yes [crosstalk] no.", "crosstalk"),
        ("Yes (overlapping talk) no.", "crosstalk"),
        ("[both talking] Right.", "crosstalk"),
        ("[all speaking at once]", "crosstalk"),
        ("[talking over each other] Right.", "crosstalk"),
        ("He was [inaudible 00:12:01] then.", "inaudible"),
        ("(unclear) the van.", "inaudible"),
        ("The [??] van.", "inaudible"),
        ("The ((indistinct)) van.", "inaudible"),
        ("It was unclear to me [laughs], we overlap a lot.", ""),
        ("Why? (I did ask.)", ""),
    ],
)
def test_crosstalk_and_missing_words_are_marked_on_the_turn(words: str, mark: str) -> None:
    assert [turn.mark for turn in _segment("INT: So?", f"P01: {words}", "INT: Right.").turns] == ["", mark, ""]


def test_crosstalk_alone_on_a_line_is_set_aside_and_marks_the_turn_before_it() -> None:
    found = _segment("INT: So?", "P01: Well, I", "[crosstalk]", "was late.", "INT: Right.")
    assert [(turn.speaker, turn.mark) for turn in found.turns] == [
        ("INT", ""),
        ("P01", "crosstalk"),
        ("P01", ""),
        ("INT", ""),
    ]
    assert "note" in found.reasons


def test_a_label_nearly_like_another_is_a_speaker_of_its_own() -> None:
    assert alike("Intervewer", "Interviewer")
    assert alike("int", "INT")
    assert not alike("P01", "P02")
    assert not alike("Officer A", "Officer B")
    assert not alike("Male", "Female")
    said = _said(
        "Interviewer: So?", "Wes Odum: Yes.", "Intervewer: And?", "Wes Odum: No.", declared=("Wes Odum", "Interviewer")
    )
    assert said[2] == ("Intervewer", "And?")


def test_where_the_metadata_name_the_speakers_a_single_other_name_is_talk() -> None:
    said = _said("Ann: Hi.", "Bo: Hello.", "Durham: never.", "Ann: Right.", declared=("Ann", "Bo"))
    assert said[1] == ("Bo", "Hello.\nDurham: never.")


def test_asides_of_the_file_do_not_hand_the_talk_to_somebody_else() -> None:
    lines = [
        Line(text="INT: So?", number=1),
        Line(text="P01: It was late", number=2),
        Line(text="Page 1 of 2", number=3, aside="footer"),
        Line(text="Fair Start study", number=4, aside="header"),
        Line(text="and cold.", number=5),
        Line(text="INT: And?", number=6, printed=41),
    ]
    found = segment(Reading(lines=lines, unit="paragraph", encoding="docx"))
    said = [(turn.speaker, found.text[turn.start : turn.end], turn.line) for turn in found.turns]
    assert said == [("INT", "So?", 1), ("P01", "It was late", 2), ("P01", "and cold.", 5), ("INT", "And?", 41)]
    assert found.reasons == ["label", "label", "footer", "header", "label"]


def test_a_time_alone_on_a_line_is_set_aside_and_times_the_next_turn() -> None:
    found = _segment("INT: So?", "00:01:05", "P01: Well.", "INT: Right.")
    assert [turn.seconds for turn in found.turns] == [None, 65.0, None]


def test_labels_that_interviewers_usually_have() -> None:
    assert all(asks(name) for name in ("INT", "Interviewer 2", "Facilitator", "Q", "int", "INT-1", "Moderator (Hana)"))
    assert not any(asks(name) for name in ("P01", "Participant", "A", "Internal affairs", "Intervention lead"))


def test_a_line_set_aside_or_with_a_speaker_of_its_own_has_no_label() -> None:
    assert find_label(Line(text="INT: x", number=1, aside="heading")) is None
    assert find_label(Line(text="INT: x", number=1, speaker="Ann")) is None


def _measured(talks: list[list[tuple[str, str]]], *, time: bool) -> tuple[float, float]:
    """Write talks as text, one sentence a line, read them back, and return precision and recall of labels."""
    right = told = there = 0
    for talk in talks:
        lines: list[tuple[str, str | None]] = []
        for speaker, words in talk:
            first, *rest = [said for said in re.sub(r"(?<=[.?!]) ", "\n", words).split("\n") if said.strip()] or [""]
            label = f"{speaker}  0:{len(lines) % 60:02d}" if time else f"{speaker}: {first}"
            lines += [(label, speaker), *([(first, None)] if time else []), *((said, None) for said in rest)]
        found = _segment(*(line for line, _ in lines))
        pairs = [(label.name if label else None, gold) for label, (_, gold) in zip(found.labels, lines, strict=True)]
        right += sum(name is not None and name == gold for name, gold in pairs)
        told += sum(name is not None for name, _ in pairs)
        there += sum(gold is not None for _, gold in pairs)
    return right / told, right / there


@pytest.mark.parametrize("time", [False, True])
def test_real_meetings_written_out_line_by_line_give_their_labels_back(real_data: Path, time: bool) -> None:
    paths = sorted((real_data / "transcripts" / "qmsum_committee").glob("*.json"))[:8]
    talks = [
        [
            (" ".join(row["speaker"].split()), row["content"])
            for row in json.loads(path.read_text())["meeting_transcripts"]
        ]
        for path in paths
    ]
    precision, recall = _measured(talks, time=time)
    assert precision >= 0.99
    assert recall >= 0.99


def test_real_lessons_written_out_line_by_line_give_their_labels_back(real_data: Path) -> None:
    with gzip.open(real_data / "transcripts" / "talkmoves" / "talkmoves_150.csv.gz", "rt", encoding="utf-8") as stream:
        table = pd.read_csv(stream, usecols=["transcript", "Speaker", "Sentence"]).dropna()
    names = sorted(table["transcript"].unique())[:40]
    talks = []
    for name in names:
        rows = table[table["transcript"] == name]
        speakers = rows["Speaker"].str.split().str.join(" ").str.strip(" .:")
        run = (speakers != speakers.shift()).cumsum()
        spoken = rows.groupby(run)["Sentence"].agg(" ".join)
        talks.append(list(zip(speakers.groupby(run).first(), spoken, strict=True)))
    precision, recall = _measured(talks, time=False)
    assert precision >= 0.99
    assert recall >= 0.95


def test_first_words_below_a_name_on_its_own_line_are_no_speaker() -> None:
    lines = []
    for number in range(0, 12, 4):
        lines += [Line(text="Hana", number=number + 1, lead="Hana"), Line(text="So?", number=number + 2)]
        lines += [Line(text="Wes", number=number + 3, lead="Wes"), Line(text="Fine: I think.", number=number + 4)]
    found = segment(Reading(lines=lines, unit="paragraph", encoding="docx"))
    assert {turn.speaker for turn in found.turns} == {"Hana", "Wes"}
