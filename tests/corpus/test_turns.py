"""Lines become turns: who speaks is told from a sentence that merely has a colon, and no word is lost."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.corpus.segmentation import segment
from workbench.sources import Line, Reading


def _reading(*texts: str, unit: str = "line") -> Reading:
    lines = [Line(text=text, number=number) for number, text in enumerate(texts, 1)]
    return Reading(lines=lines, unit=unit, encoding="utf-8")


def _turns(*texts: str, unit: str = "line", declared: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    text, turns, _ = segment(_reading(*texts, unit=unit), declared)
    return [(turn.speaker, text[turn.start : turn.end]) for turn in turns]


def test_house_styles_of_speaker_labels() -> None:
    assert _turns("INT: Go on.", "P01: Right.", "INT: Yes?") == [("INT", "Go on."), ("P01", "Right."), ("INT", "Yes?")]
    assert _turns(
        "Interviewer 1 [00:01:02]: Go on.", "Participant [00:01:09] Right.", "Interviewer 1 [00:02:00]: And?"
    ) == [
        ("Interviewer 1", "Go on."),
        ("Participant", "Right."),
        ("Interviewer 1", "And?"),
    ]
    assert _turns("P03 – Right.", "P04 – No.", "P03 – Yes.") == [("P03", "Right."), ("P04", "No."), ("P03", "Yes.")]
    assert _turns("Q. When?", "A. Then.", "Q. Why?", "A. Because.")[:2] == [("Q", "When?"), ("A", "Then.")]
    assert _turns("Aaron (P11): Nah.", "Dom (P12): Yeah.", "Aaron (P11): Nah.", "Dom (P12): Well.")[0] == (
        "Aaron (P11)",
        "Nah.",
    )
    assert _turns(
        "Jonas Berg  0:21", "Hello.", "Ann Lee  0:33", "Hi.", "Jonas Berg  1:00", "So.", "Ann Lee  1:01", "Hm."
    ) == [
        ("Jonas Berg", "Hello."),
        ("Ann Lee", "Hi."),
        ("Jonas Berg", "So."),
        ("Ann Lee", "Hm."),
    ]


def test_a_sentence_with_a_colon_is_talk() -> None:
    turns = _turns(
        "INT: What did he say?", "P01: He said this:", "The point is: I was late.", "INT: And then?", "P01: I left."
    )
    assert turns[1] == ("P01", "He said this:\nThe point is: I was late.")


def test_declared_speakers_decide_where_the_head_of_a_file_looks_like_labels() -> None:
    turns = _turns("Study: police", "Wave: 1", "Ann: Hi.", "Bo: Hello.", "Study: no", declared=("Ann", "Bo"))
    assert turns == [("Ann", "Hi."), ("Bo", "Hello.\nStudy: no")]


def test_cues_of_one_speaker_are_one_turn_and_keep_the_first_time() -> None:
    lines = [
        Line(text="Hello", number=1, speaker="Ann", seconds=1.0),
        Line(text="there.", number=2, speaker="Ann", seconds=2.0),
        Line(text="Hi.", number=3, speaker="Bo", seconds=3.0),
    ]
    text, turns, _ = segment(Reading(lines=lines, unit="cue", encoding="utf-8"))
    assert [(turn.speaker, text[turn.start : turn.end], turn.seconds, turn.line) for turn in turns] == [
        ("Ann", "Hello there.", 1.0, 1),
        ("Bo", "Hi.", 3.0, 3),
    ]


def test_a_pause_or_the_end_of_the_recording_is_set_aside_and_the_speaker_goes_on() -> None:
    turns = _turns(
        "INT: And?", "P01: Well.", "[pause in recording]", "So anyway.", "INT: Yes.", "P01: Bye.", "[End of recording]"
    )
    assert turns == [("INT", "And?"), ("P01", "Well."), ("P01", "So anyway."), ("INT", "Yes."), ("P01", "Bye.")]


def test_talk_without_any_speaker_is_cut_at_full_stops_and_said_to_be_unknown() -> None:
    sentences = [f"This is the {number} thing that somebody said to somebody else today." for number in range(30)]
    text, turns, doubts = segment(_reading(*sentences, unit="cue"))
    assert {turn.speaker for turn in turns} == {"unknown"}
    assert len(turns) > 3
    assert all(text[turn.start : turn.end].endswith("today.") for turn in turns)
    assert doubts[0].startswith("no speaker is named anywhere")


def test_a_possible_speaker_that_was_read_as_talk_is_a_doubt() -> None:
    lines = ["INT: A?", "P01: B.", "And more.", "INT: C?", "P01: D.", "Tariq: E.", "Much more."]
    assert segment(_reading(*lines))[2] == ["line 6: 'Tariq' could be a speaker; read as talk"]


def test_where_every_line_has_a_label_somebody_who_speaks_once_is_a_speaker() -> None:
    assert _turns("Ann: A?", "Bo: B.", "Ann: C?", "Bo: D.", "Tariq: E.")[-1] == ("Tariq", "E.")


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
lines = st.lists(st.lists(words, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=12)


@given(lines, st.sampled_from(["line", "cue", "paragraph"]))
def test_no_word_is_ever_lost(texts: list[str], unit: str) -> None:
    text, turns, _ = segment(_reading(*texts, unit=unit))
    assert sorted("".join(text.split())) == sorted("".join(" ".join(texts).split())) or unit == "cue"
    if unit == "cue":  # a label repeated in the next cue of the same speaker is written once
        assert set("".join(text.split())) == set("".join(" ".join(texts).split()))
    ends = [0, *(turn.end for turn in turns)]
    assert all(end <= turn.start < turn.end <= len(text) for end, turn in zip(ends, turns, strict=False))
    assert all(text[turn.start : turn.end].strip() == text[turn.start : turn.end] for turn in turns)
