"""Every house style of transcription gives the same talk: the same words by the same voices, in order."""

import pytest

from workbench.corpus.segmentation import segment
from workbench.sources import Line, Reading

Said = list[tuple[str, str]]
BOLD = "**"
"""Stands in these examples for bold type around a leading name."""


def _said(example: str, declared: tuple[str, ...] = ()) -> Said:
    found = segment(Reading(lines=_lines(example), unit="line", encoding="utf-8"), declared)
    return [(turn.speaker, found.text[turn.start : turn.end]) for turn in found.turns]


def _lines(example: str) -> list[Line]:
    lines = []
    for number, text in enumerate(example.strip("\n").split("\n"), 1):
        if not text.strip():
            continue
        lead = text.split(BOLD)[1] if text.startswith(BOLD) else None
        lines.append(Line(text=text.replace(BOLD, "").strip(), number=number, lead=lead))
    return lines


def _talk(asks: str, answers: str) -> Said:
    return [
        (asks, "So how did you hear of it?"),
        (answers, "I said to him: no.\nThree things: the van, the form, the wait."),
        (asks, "And then?"),
        (answers, "At 10:30 we left."),
    ]


STYLES = {
    "a short label and a colon": (
        _talk("INT", "P01"),
        """
INT: So how did you hear of it?
P01: I said to him: no.
Three things: the van, the form, the wait.
INT: And then?
P01: At 10:30 we left.
""",
    ),
    "numbered interviewers": (
        _talk("Int 1", "Resp 2"),
        """
Int 1: So how did you hear of it?
Resp 2: I said to him: no.
Three things: the van, the form, the wait.
Int 1: And then?
Resp 2: At 10:30 we left.
""",
    ),
    "a time in brackets, with and without colon, words beside or below": (
        _talk("Interviewer 1", "Participant"),
        """
Interviewer 1 [00:01:02]: So how did you hear of it?
Participant [00:01:09] I said to him: no.
Three things: the van, the form, the wait.
Interviewer 1 [00:02:00]
And then?
Participant [00:02:03]:
   At 10:30 we left.
""",
    ),
    "the time first": (
        _talk("Interviewer", "Respondent"),
        """
[00:01:02] Interviewer: So how did you hear of it?
[00:01:09] Respondent: I said to him: no.
Three things: the van, the form, the wait.
00:02:00 Interviewer: And then?
(00:02:03) Respondent: At 10:30 we left.
""",
    ),
    "dashes of every length": (
        _talk("INT", "P03"),
        """
INT – So how did you hear of it?
P03 - I said to him: no.
Three things: the van, the form, the wait.
INT — And then?
P03 – At 10:30 we left.
""",
    ),
    "a bold name alone on a line": (
        _talk("Hana Brill", "Wes"),
        """
**Hana Brill**
So how did you hear of it?
**Wes**
I said to him: no.
Three things: the van, the form, the wait.
**Hana Brill**
And then?
**Wes**
At 10:30 we left.
""",
    ),
    "a bold name before the words": (
        _talk("Hana", "Wes"),
        """
**Hana** So how did you hear of it?
**Wes** I said to him: no.
Three things: the van, the form, the wait.
**Hana** And then?
**Wes** At 10:30 we left.
""",
    ),
    "a name in capitals alone on a line": (
        _talk("HANA BRILL", "WES"),
        """
HANA BRILL
So how did you hear of it?
WES
I said to him: no.
Three things: the van, the form, the wait.
HANA BRILL
And then?
WES
At 10:30 we left.
""",
    ),
    "question and answer": (
        _talk("Q", "A"),
        """
Q. So how did you hear of it?
A. I said to him: no.
Three things: the van, the form, the wait.
Q: And then?
A: At 10:30 we left.
""",
    ),
    "numbered speakers": (
        _talk("Speaker 1", "Speaker 2"),
        """
Speaker 1: So how did you hear of it?
Speaker 2: I said to him: no.
Three things: the van, the form, the wait.
Speaker 1: And then?
Speaker 2: At 10:30 we left.
""",
    ),
    "Otter: name, two blanks, time": (
        _talk("Hana Brill", "Wes Odum"),
        """
Hana Brill  0:12
So how did you hear of it?
Wes Odum  0:21
I said to him: no.
Three things: the van, the form, the wait.
Hana Brill  1:02
And then?
Wes Odum  1:04
At 10:30 we left.
""",
    ),
    "a name and its time in round brackets": (
        _talk("Hana", "Wes"),
        """
Hana (00:12)
So how did you hear of it?
Wes (00:21)
I said to him: no.
Three things: the van, the form, the wait.
Hana (01:02): And then?
Wes (01:04) At 10:30 we left.
""",
    ),
    "a name with its role": (
        _talk("Hana, researcher", "Wes, navigator"),
        """
Hana, researcher: So how did you hear of it?
Wes, navigator: I said to him: no.
Three things: the van, the form, the wait.
Hana, researcher: And then?
Wes, navigator: At 10:30 we left.
""",
    ),
    "ranks, titles, hyphens, apostrophes, codes in brackets": (
        [
            *_talk("Dr O'Neill-Jones", "DC Smith"),
            ("Mary-Ann (P11)", "Aye."),
            ("DC Smith", "Well."),
            ("Mary-Ann (P11)", "So."),
        ],
        """
Dr O'Neill-Jones: So how did you hear of it?
DC Smith: I said to him: no.
Three things: the van, the form, the wait.
Dr O'Neill-Jones: And then?
DC Smith: At 10:30 we left.
Mary-Ann (P11): Aye.
DC Smith: Well.
Mary-Ann (P11): So.
""",
    ),
    "names in pointed brackets": (
        _talk("Hana", "Wes"),
        """
<Hana> So how did you hear of it?
<Wes> I said to him: no.
Three things: the van, the form, the wait.
<Hana> And then?
<Wes> At 10:30 we left.
""",
    ),
    "names in square brackets": (
        _talk("Hana", "Wes"),
        """
[Hana] So how did you hear of it?
[Wes] I said to him: no.
Three things: the van, the form, the wait.
[Hana] And then?
[Wes] At 10:30 we left.
""",
    ),
    "numbered turns": (
        _talk("INT", "P01"),
        """
1. INT: So how did you hear of it?
2. P01: I said to him: no.
Three things: the van, the form, the wait.
3. INT: And then?
4. P01: At 10:30 we left.
""",
    ),
    "a hyphen in the label": (
        _talk("INT-1", "SU-12"),
        """
INT-1: So how did you hear of it?
SU-12: I said to him: no.
Three things: the van, the form, the wait.
INT-1: And then?
SU-12: At 10:30 we left.
""",
    ),
    "a tab and no colon": (
        _talk("INT", "P01"),
        """
INT\tSo how did you hear of it?
P01\tI said to him: no.
Three things: the van, the form, the wait.
INT\tAnd then?
P01\tAt 10:30 we left.
""",
    ),
    "time, name and words in columns": (
        [("Hana", "So how did you hear of it?"), ("Wes", "I said to him: no."), ("unknown", "Aye."), ("Wes", "Bye.")],
        """
00:00:04\tHana\tSo how did you hear of it?
00:00:09\tWes\tI said to him: no.
00:00:11\t\tAye.
00:00:12\tWes\tBye.
""",
    ),
    "an arrow": (
        _talk("I1", "R1"),
        """
I1> So how did you hear of it?
R1> I said to him: no.
Three things: the van, the form, the wait.
I1> And then?
R1> At 10:30 we left.
""",
    ),
    "voices told apart by sex": (
        [*_talk("M", "F1"), ("Female voice", "Aye."), ("F1", "Bye.")],
        """
M: So how did you hear of it?
F1: I said to him: no.
Three things: the van, the form, the wait.
M: And then?
F1: At 10:30 we left.
Female voice: Aye.
F1: Bye.
""",
    ),
    "Zoom: a blank before the colon": (
        _talk("Hana Brill", "Wes"),
        """
Hana Brill : So how did you hear of it?
Wes : I said to him: no.
Three things: the van, the form, the wait.
Hana Brill : And then?
Wes : At 10:30 we left.
""",
    ),
    "all in lower case": (
        _talk("interviewer", "wes"),
        """
interviewer: So how did you hear of it?
wes: I said to him: no.
Three things: the van, the form, the wait.
interviewer: And then?
wes: At 10:30 we left.
""",
    ),
    "names beyond English": (
        [*_talk("Siân", "José"), ("Zoë Łukasz", "Aye."), ("José", "Well."), ("Zoë Łukasz", "Bye.")],
        """
Siân: So how did you hear of it?
José: I said to him: no.
Three things: the van, the form, the wait.
Siân: And then?
José: At 10:30 we left.
Zoë Łukasz: Aye.
José: Well.
Zoë Łukasz: Bye.
""",
    ),
    "no blank after the colon, or a semicolon for it, here and there": (
        _talk("INT", "P01"),
        """
INT:So how did you hear of it?
P01: I said to him: no.
Three things: the van, the form, the wait.
INT: And then?
P01; At 10:30 we left.
""",
    ),
    "one person who speaks once, with a title": (
        [("INT", "Hello all."), ("P01", "Hi."), ("INT", "Who is that?"), ("PC Ambrose", "Me.")],
        """
INT: Hello all.
P01: Hi.
INT: Who is that?
PC Ambrose: Me.
""",
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_house_style_gives_its_talk(style: str) -> None:
    said, example = STYLES[style]
    declared = ("interviewer", "wes") if style == "all in lower case" else ()
    assert _said(example, declared) == said


def test_times_beside_labels_are_those_of_their_turns() -> None:
    example = STYLES["a time in brackets, with and without colon, words beside or below"][1]
    found = segment(Reading(lines=_lines(example), unit="line", encoding="utf-8"))
    assert [turn.seconds for turn in found.turns] == [62, 69, 120, 123]
    assert [turn.line for turn in found.turns] == [1, 2, 5, 7]
