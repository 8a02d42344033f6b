"""Text of whatever encoding is read as it was typed; what was uncertain is told with its lines."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.sources import read_transcript
from workbench.sources.decoding import decode

TALK = "INT: It’s “fine” – yeah…\nP01: £5, café, 👍🏽\n"
WESTERN = "INT: It’s “fine” – yeah…\nP01: the café’s £5\n"


def _read(folder: Path, raw: bytes, name: str = "a.txt") -> tuple[list[str], str, list[str]]:
    path = folder / name
    path.write_bytes(raw)
    reading = read_transcript(path)
    return [line.text for line in reading.lines], reading.encoding, list(reading.doubts)


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TALK.encode(), "utf-8"),
        (TALK.encode("utf-8-sig"), "utf-8-sig"),
        (TALK.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TALK.encode("utf-16-be"), "utf-16"),
        (TALK.encode("utf-16-le"), "utf-16-le"),
        (TALK.encode("utf-16-be"), "utf-16-be"),
        (TALK.encode("utf-32"), "utf-32"),
    ],
)
def test_unicode_of_every_width_is_read_with_and_without_a_mark(tmp_path: Path, raw: bytes, encoding: str) -> None:
    assert _read(tmp_path, raw) == (TALK.splitlines(), encoding, [])


def test_windows_and_apple_quotes_are_told_apart(tmp_path: Path) -> None:
    assert _read(tmp_path, WESTERN.encode("cp1252")) == (WESTERN.splitlines(), "cp1252", [])
    lines, encoding, doubts = _read(tmp_path, WESTERN.encode("mac_roman"))
    assert (lines, encoding) == (WESTERN.splitlines(), "mac_roman")
    assert doubts == ["read as Mac Roman; check quotes, dashes and accents"]


def test_a_lone_accent_of_windows_is_not_taken_for_apples(tmp_path: Path) -> None:
    for word in ("café", "Zoë", "Õnnela", "naïve £5", "Ünal"):
        assert _read(tmp_path, f"P01: {word} said".encode("cp1252"))[0] == [f"P01: {word} said"]


def test_the_five_undefined_bytes_of_windows_do_not_stop_the_reading(tmp_path: Path) -> None:
    lines, encoding, doubts = _read(tmp_path, b"INT: a\x81b \x93quoted\x94\nP01: fine\n")
    assert lines == ["INT: ab “quoted”", "P01: fine"]
    assert encoding == "cp1252"
    assert doubts == ["line 1: control signs are left out"]


def test_foreign_stretches_in_utf8_are_read_and_their_lines_named(tmp_path: Path) -> None:
    raw = "INT: café – so\n".encode() + "P01: it’s café\n".encode("cp1252") + "INT: “well”\n".encode()
    lines, encoding, doubts = _read(tmp_path, raw)
    assert lines == ["INT: café – so", "P01: it’s café", "INT: “well”"]
    assert encoding == "utf-8 and cp1252"
    assert doubts == ["line 2: not UTF-8 as the rest is; read as Windows-1252"]


def test_text_decoded_twice_is_told_and_not_repaired(tmp_path: Path) -> None:
    twice = "INT: it’s fine\nP01: ok\nINT: café\n".encode().decode("cp1252")
    lines, _, doubts = _read(tmp_path, twice.encode())
    assert lines[0] == "INT: itâ€™s fine"
    assert doubts == ["lines 1 and 3: 'â€™' looks like text that was decoded twice; correct it in the file"]


def test_real_accents_are_not_taken_for_text_decoded_twice() -> None:
    assert decode("Ânes, São Paulo, “Ãã”, côté… Châtelet — â “so”".encode(), "a.txt").doubts == []


def test_lost_signs_are_told(tmp_path: Path) -> None:
    assert _read(tmp_path, "INT: it\ufffds".encode())[2] == ["line 1: '\ufffd' stands where a sign was lost"]


def test_every_kind_of_line_end_parts_lines_and_numbers_are_those_of_an_editor(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("a\r\nb\rc\nd\u2028e\x85f\x0cg\r\r\nh".encode())
    lines = read_transcript(path).lines
    assert [line.text for line in lines] == list("abcdefgh")
    assert [line.number for line in lines] == [1, 2, 3, 4, 4, 4, 4, 5]


def test_invisible_signs_go_and_visible_ones_stay(tmp_path: Path) -> None:
    raw = "\ufeffP01: every\u00adone\u200b said\u00a0\ufeffso 👩\u200d🚒 \u200eok\x07".encode()
    lines, _, doubts = _read(tmp_path, raw)
    assert lines == ["P01: everyone said so 👩\u200d🚒 ok"]
    assert doubts == ["line 1: control signs are left out"]


@pytest.mark.parametrize("raw", [b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe", "\ufeff\u200b\n".encode()])
def test_a_file_without_words_is_told(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.txt: holds white space and no words"):
        _read(tmp_path, raw)


def test_whispers_text_with_times_becomes_cues(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("[00:43.810 --> 00:47.850]  Hello there.\n[00:48.000 --> 00:49.000]  Hi.\n", encoding="utf-8")
    reading = read_transcript(path)
    assert reading.unit == "cue"
    assert [(line.text, line.seconds) for line in reading.lines] == [("Hello there.", 43.81), ("Hi.", 48.0)]


def test_lyrics_and_tables_of_whisper_become_cues_with_times(tmp_path: Path) -> None:
    (tmp_path / "a.lrc").write_text("[ar:Nobody]\n[00:43.81]Hello there.\n[00:47.85]\n\n[01:02]Hi.\n")
    (tmp_path / "a.tsv").write_text("start\tend\ttext\n43810\t47850\tHello there.\n62000\t63000\tHi.\n")
    for name in ("a.lrc", "a.tsv"):
        lines = [line for line in read_transcript(tmp_path / name).lines if not line.aside]
        assert [(line.text, line.seconds) for line in lines] == [("Hello there.", 43.81), ("Hi.", 62.0)]
    (tmp_path / "b.tsv").write_text("document\tcode\na\tb\n")
    with pytest.raises(InputError, match=r"its first row is document \| code"):
        read_transcript(tmp_path / "b.tsv")


def test_markdown_loses_its_marks_and_none_of_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Interview 4\n---\n\n# Part one\n**INT:** So *you* went \\[pause\\] to the __park__?\n\n"
        "_Sam_: 3 * 4 * 5 and snake_case_name\n> a banner\n***\n#hashtag is talk\n",
        encoding="utf-8",
    )
    lines = read_transcript(path).lines
    assert [(line.text, line.lead, line.aside) for line in lines] == [
        ("title: Interview 4", None, "heading"),
        ("Part one", None, "heading"),
        ("INT: So you went [pause] to the park?", "INT:", ""),
        ("Sam: 3 * 4 * 5 and snake_case_name", None, ""),
        ("a banner", None, "heading"),
        ("#hashtag is talk", None, ""),
    ]


WORD = st.text(st.sampled_from("abcdefgé’“”–…£XYZ01:.,?"), min_size=1, max_size=6).filter(
    lambda word: word.isprintable()
)
ROWS = st.lists(st.lists(WORD, min_size=0, max_size=6).map(" ".join), min_size=1, max_size=12)


@settings(deadline=None, max_examples=150)
@given(
    rows=ROWS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    end=st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\x0c"]),
)
def test_every_word_of_a_text_is_in_its_lines_once_and_in_order(rows: list[str], encoding: str, end: str) -> None:
    decoded = decode(end.join(["P01: so", *rows]).encode(encoding), "a.txt")
    assert decoded.text.split() == ["P01:", "so", *" ".join(rows).split()]


@settings(deadline=None, max_examples=200)
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_read_or_told(raw: bytes) -> None:
    try:
        decoded = decode(raw, "a.txt")
    except InputError as told:
        assert "a.txt" in str(told)
    else:
        assert isinstance(decoded.text, str)
