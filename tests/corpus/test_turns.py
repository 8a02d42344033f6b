"""Lines become turns: cues and rows of one speaker together, talk of nobody in passages, doubts with their line."""

from workbench.corpus.doubts import find_doubts
from workbench.corpus.segmentation import segment
from workbench.sources import Line, Reading


def _reading(*texts: str, unit: str = "line") -> Reading:
    lines = [Line(text=text, number=number) for number, text in enumerate(texts, 1)]
    return Reading(lines=lines, unit=unit, encoding="utf-8")


def _turns(*texts: str, unit: str = "line", declared: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    found = segment(_reading(*texts, unit=unit), declared)
    return [(turn.speaker, found.text[turn.start : turn.end]) for turn in found.turns]


def _doubts(*texts: str, unit: str = "line", roles: dict[str, str] | None = None, **attributes: str) -> list[str]:
    reading = _reading(*texts, unit=unit)
    pairs = (pair.partition("=") for pair in attributes.get("speakers", "").split("; ") if pair)
    declared = [label for label, _, _ in pairs]
    return find_doubts(reading, segment(reading, declared), attributes, roles or {})


def test_declared_speakers_decide_where_the_head_of_a_file_looks_like_labels() -> None:
    turns = _turns("Study: police", "Wave: 1", "Ann: Hi.", "Bo: Hello.", "Study: no", declared=("Ann", "Bo"))
    assert turns == [("Ann", "Hi."), ("Bo", "Hello.\nStudy: no")]


def test_cues_of_one_speaker_are_one_turn_and_keep_the_first_time() -> None:
    lines = [
        Line(text="Hello", number=1, speaker="Ann", seconds=1.0),
        Line(text="there.", number=2, speaker="Ann", seconds=2.0),
        Line(text="Hi.", number=3, speaker="Bo", seconds=3.0),
    ]
    found = segment(Reading(lines=lines, unit="cue", encoding="utf-8"))
    assert [(turn.speaker, found.text[turn.start : turn.end], turn.seconds, turn.line) for turn in found.turns] == [
        ("Ann", "Hello there.", 1.0, 1),
        ("Bo", "Hi.", 3.0, 3),
    ]


def test_cues_with_a_label_in_their_words_are_turns_too() -> None:
    assert _turns(
        "Ann Lee: Hello", "Ann Lee: there.", "Bo: Hi.", "and bye.", "Ann Lee: So.", "Bo: No.", unit="cue"
    ) == [
        ("Ann Lee", "Hello there."),
        ("Bo", "Hi. and bye."),
        ("Ann Lee", "So."),
        ("Bo", "No."),
    ]


def test_the_end_of_the_recording_is_set_aside_and_after_a_pause_the_speaker_goes_on() -> None:
    turns = _turns(
        "INT: And?", "P01: Well.", "[pause in recording]", "So anyway.", "INT: Yes.", "P01: Bye.", "[End of recording]"
    )
    assert turns == [("INT", "And?"), ("P01", "Well."), ("P01", "So anyway."), ("INT", "Yes."), ("P01", "Bye.")]


def test_talk_without_any_speaker_is_cut_at_full_stops_and_said_to_be_unknown() -> None:
    sentences = [f"This is the {number} thing that somebody said to somebody else today." for number in range(30)]
    found = segment(_reading(*sentences, unit="cue"))
    assert {turn.speaker for turn in found.turns} == {"unknown"}
    assert len(found.turns) > 3
    assert all(found.text[turn.start : turn.end].endswith("today.") for turn in found.turns)
    assert _doubts(*sentences, unit="cue")[0].startswith("no speaker is named anywhere")


def test_where_every_line_has_a_label_somebody_who_speaks_once_is_a_speaker() -> None:
    assert _turns("Ann: A?", "Bo: B.", "Ann: C?", "Bo: D.", "Tariq: E.")[-1] == ("Tariq", "E.")


def test_a_possible_speaker_that_was_read_as_talk_is_a_doubt_with_its_line() -> None:
    lines = ["INT: A?", "P01: B.", "And more.", "INT: C?", "P01: D.", "Tariq: E.", "Much more.", "Note: this."]
    assert _doubts(*lines) == [
        "line 6: 'Tariq' could be a speaker; read as talk. Declare it in metadata.csv, column speakers, if it is one"
    ]


def test_a_mistyped_label_and_one_that_stands_once_are_doubts() -> None:
    talk = ["Interviewer: And?", "Wes: Well.", "Tom: No."] * 8
    doubts = _doubts(*talk, "Intervewer: So?", "Wes: Right.", "WES: Yes.", "PC Ambrose: Aye.")
    assert doubts == [
        "line 25: the label 'Intervewer' may be 'Interviewer'; kept apart. Write it the same way if it is",
        "line 27: the label 'WES' may be 'Wes'; kept apart. Write it the same way if it is",
        "line 28: the label 'PC Ambrose' stands only once. Check that somebody speaks there",
    ]


def test_speakers_and_metadata_that_do_not_fit_are_doubts() -> None:
    doubts = _doubts(
        "INT: A?", "P01: B.", "P02: C.", "INT: D?", "P02: E.",
        speakers="INT=interviewer; P01=officer; P09=officer; P01=provider",
        roles={"INT": "interviewer", "P01": "officer", "P02": "unknown"},
    )  # fmt: skip
    assert doubts == [
        "the metadata declare the speaker 'P09', who says nothing. Check the label in metadata.csv",
        "the metadata declare 'P01' twice; two people under one label cannot be told apart. Give each a label",
        "line 3: speaker 'P02' has no role. Declare it in metadata.csv, column speakers",
    ]


def test_a_focus_group_with_one_voice_is_a_doubt() -> None:
    roles = {"INT": "interviewer", "R": "officer"}
    doubts = _doubts("INT: A?", "R: B.", "INT: C?", "R: D.", kind="focus_group", role="officer", roles=roles)
    assert doubts == ["a focus group in which only 'R' answers. Are several people under one label?"]


def test_voices_together_many_words_missing_and_a_very_long_turn_are_doubts() -> None:
    talk = ["INT: A?", "P1: B [inaudible].", "INT: C?", "P2: (unclear)", "INT: D?", "P1: E [inaudible]", "All: F."]
    doubts = _doubts(*talk, "P2: " + "so " * 2_600)
    assert doubts == [
        "line 7: several voices at once in one turn; counted for nobody. Split by voice where they can be told",
        "line 2: words are inaudible in 3 of 8 turns. Listen again where it matters",
        "line 8: 'P2' says 2,600 words in one turn. Check that no label is missing",
    ]


def test_a_readers_doubts_are_passed_on_the_first_for_all_that_are_alike() -> None:
    lines = [Line(text="INT: A", number=1), Line(text="P01: B", number=2), Line(text="INT: C", number=3)]
    told = [f"cue {number}: begins 0.5 s before cue {number - 1} ends" for number in range(2, 9)]
    reading = Reading(lines=lines, unit="cue", encoding="utf-8", doubts=[*told, "page 2 has no text"])
    assert find_doubts(reading, segment(reading), {}, {}) == [
        "cue 2: begins 0.5 s before cue 1 ends (6 more like it)",
        "page 2 has no text",
    ]


def test_a_voice_that_nobody_named_is_a_doubt_unless_the_metadata_know_of_it() -> None:
    talk = ["INT: A?", "P1: B.", "Unidentified: C.", "INT: D?", "P1: E."]
    assert _doubts(*talk) == [
        "line 3: nobody is named in one turn; counted for nobody. Name the voice where it can be told"
    ]
    roles = {"INT": "interviewer", "P1": "officer"}
    assert _doubts(*talk, speakers="INT=interviewer; P1=officer; Unidentified=unknown", roles=roles) == []
