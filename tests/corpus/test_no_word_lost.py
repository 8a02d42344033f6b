"""Whatever the file: turns and what was set aside are its text, every word once, in order."""

import tempfile
import unicodedata
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.corpus import Document, read_document
from workbench.corpus.segmentation import segment
from workbench.errors import InputError
from workbench.sources import Line, Reading
from workbench.sources.line import ASIDES

LABELS = [
    "INT:", "INT", "P01:", "P01 –", "P02;", "Q.", "A.", "Hana Brill", "HANA", "Hana (00:12)", "[00:01] Wes:", "<Wes>",
    "[Wes]", "1. INT:", "R1>", "All:", "P01 & P02:", "?:", "Unidentified:", "Note:", "Date:", "00:01:02", "[crosstalk]",
    "[pause]", "INT\t", "**Wes**", "- ", "#", ">",
]  # fmt: skip
words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
said = st.lists(words, max_size=5).map(" ".join)
texts = st.one_of(
    said, st.sampled_from(LABELS), st.tuples(st.sampled_from(LABELS), said).map(" ".join)
).map(str.strip).filter(bool)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> Line:
    text = draw(texts)
    aside = draw(st.sampled_from(["", "", "", "", *ASIDES]))
    lead = draw(st.sampled_from([None, None, text.split()[0], text]))
    speaker = draw(st.sampled_from([None, None, None, "Ann", "Lee, Bo", "Unidentified"]))
    seconds = draw(st.one_of(st.none(), st.floats(0, 9_999)))
    return Line(
        text=text,
        number=draw(st.integers(1, 99)),
        speaker=speaker,
        lead=None if speaker else lead,
        seconds=seconds,
        aside=aside,
    )


def _signs(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _tiles(document: Document) -> None:
    """Turns and stretches set aside follow each other and leave out nothing but white space."""
    stretches = [(turn.start, turn.end) for turn in document.turns] + [
        (start, end) for start, end, _ in document.set_aside
    ]
    at = 0
    for start, end in sorted(stretches):
        assert at <= start < end
        assert not document.text[at:start].strip()
        at = end
    assert not document.text[at:].strip()
    assert all(why for _, _, why in document.set_aside)
    for turn in document.turns:
        assert document.text[turn.start : turn.end].strip() == document.text[turn.start : turn.end]
    assert [turn.number for turn in document.turns] == list(range(1, len(document.turns) + 1))


def _document(read: list[Line], unit: str, declared: tuple[str, ...]) -> Document:
    found = segment(Reading(lines=read, unit=unit, encoding="utf-8"), declared)
    assert len(found.reasons) == len(
        Document(id="x", text=found.text, turns=found.turns, source="x", sha256="").set_aside
    )
    return Document(id="x", text=found.text, turns=found.turns, source="x", sha256="", reasons=found.reasons)


@given(
    st.lists(lines(), min_size=1, max_size=14),
    st.sampled_from(["line", "paragraph"]),
    st.sampled_from([(), ("INT", "Wes")]),
)
@settings(deadline=None)
def test_every_word_of_the_lines_is_in_the_text_once_and_in_order(
    read: list[Line], unit: str, declared: tuple[str, ...]
) -> None:
    document = _document(read, unit, declared)
    _tiles(document)
    rest = _signs(document.text)
    for line in read:  # a speaker whom the format names stands before the words, once for all rows in a run
        for name in (f"{line.speaker}:", ""):
            expected = _signs((name if line.speaker else "") + line.text)
            if rest.startswith(expected):
                break
        assert rest.startswith(expected)
        rest = rest.removeprefix(expected)
    assert rest == ""


@given(st.lists(lines(), min_size=1, max_size=14))
@settings(deadline=None)
def test_every_word_of_cues_is_in_the_text_but_for_a_label_that_the_next_cue_says_again(read: list[Line]) -> None:
    document = _document(read, "cue", ())
    _tiles(document)
    assert set(_signs(document.text)) >= set(_signs("".join(line.text for line in read)))
    unlabelled = [line for line in read if not line.speaker and line.text not in LABELS]
    assert all(_signs(line.text.split()[-1]) in _signs(document.text) for line in unlabelled)


@given(st.lists(texts, min_size=1, max_size=14), st.sampled_from(["\n", "\r\n", "\n\n"]))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_of_a_text_file_is_in_the_document_once_and_in_order(written: list[str], end: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talk.txt"
        path.write_bytes(("INT: So?" + end + end.join(written)).encode())
        try:
            document = read_document(path, {"speakers": "INT=interviewer"})
        except InputError:
            return  # told, with its reason; nothing is read of it
    _tiles(document)
    if not any("read as" in doubt or "line numbers" in doubt for doubt in document.doubts):
        assert _signs(document.text) == _signs("INT: So? " + " ".join(written))


def test_a_document_whose_text_was_changed_still_says_what_is_no_talk() -> None:
    found = segment(
        Reading(
            lines=[Line(text="INT: So?", number=1), Line(text="P01: Yes.", number=2)], unit="line", encoding="utf-8"
        )
    )
    document = Document(id="x", text=found.text, turns=found.turns, source="x", sha256="")
    assert [why for _, _, why in document.set_aside] == ["label", "label"]
