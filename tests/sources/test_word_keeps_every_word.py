"""Whatever a Word file is made of, each of its words comes out once, in order, as talk or aside."""

import re
import tempfile
from collections import Counter
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from word_files import cell, deleted, inserted, para, part, run, table, write_word

from workbench.sources.word import read_word

ASIDES = {"d": "deleted", "h": "note", "b": "note", "f": "footnote", "c": "comment"}
"""What a word's first letter says that it is; `t` is in the text, `n` in a table within a table."""


class _Maker:
    """Makes pieces of a file from words that are all different and count up."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self._next = draw, count(1)
        self.words: list[str] = []
        self.notes: dict[str, list[str]] = {"footnote": [], "comment": []}

    def word(self, letter: str) -> str:
        self.words.append(f"{letter}{next(self._next)}")
        return f"{self.words[-1]} "

    def inline(self) -> str:
        kinds = [
            "plain",
            "bold",
            "ins",
            "del",
            "link",
            "control",
            "hidden",
            "field",
            "footnote",
            "comment",
            "box",
            "moved",
        ]
        kind = self.draw(st.sampled_from([*kinds, "break", "tab", "smart", "simple"]))
        if kind in self.notes:
            self.notes[kind].append(para(run(self.word(kind[0])), run(self.word(kind[0]))))
            return f'<w:r><w:{kind}Reference w:id="{len(self.notes[kind])}"/></w:r>'
        if kind in ("break", "tab"):
            return f"<w:r><w:{kind[:2] if kind == 'break' else kind}/></w:r>"
        if kind == "box":
            held = f"<w:txbxContent>{para(run(self.word('b')))}</w:txbxContent>"
            twice = f"<mc:Choice>{held}</mc:Choice><mc:Fallback>{held}</mc:Fallback>"
            return f"<w:r><mc:AlternateContent>{twice}</mc:AlternateContent></w:r>"
        marks = [f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "separate", "end")]
        text = self.word({"del": "d", "hidden": "h"}.get(kind, "t"))
        return {
            "plain": run(text), "bold": run(text, "<w:b/>"), "ins": inserted(text), "del": deleted(text),
            "link": f"<w:hyperlink>{run(text)}</w:hyperlink>", "hidden": run(text, "<w:vanish/>"),
            "control": f"<w:sdt><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>",
            "field": f"{marks[0]}<w:r><w:instrText>CODE</w:instrText></w:r>{marks[1]}{run(text)}{marks[2]}",
            "moved": f"<w:moveFrom>{run(text)}</w:moveFrom><w:moveTo>{run(text)}</w:moveTo>",
            "smart": f"<w:smartTag>{run(text)}</w:smartTag>", "simple": f"<w:fldSimple>{run(text)}</w:fldSimple>",
        }[kind]  # fmt: skip

    def paragraph(self) -> str:
        ended = self.draw(st.sampled_from(["", "", "", '<w:rPr><w:del w:id="1"/></w:rPr>']))
        return para(*(self.inline() for _ in range(self.draw(st.integers(0, 6)))), properties=ended)

    def grid(self) -> str:
        width = self.draw(st.integers(1, 3))
        return table(*(tuple(self.cell() for _ in range(width)) for _ in range(self.draw(st.integers(1, 3)))))

    def cell(self) -> str:
        blocks = [self.paragraph()]
        if self.draw(st.integers(0, 5)) == 0:
            blocks.append(table((self.word("n"), self.word("n")), (self.word("n"), "")))
        return cell(*blocks, span=self.draw(st.sampled_from([1, 1, 2])))

    def transcript(self) -> str:
        rows = [(who, cell(para(run("said at some length ")), self.paragraph())) for who in ("INT", "P1", "INT", "P1")]
        return table(*rows)

    def block(self) -> str:
        kind = self.draw(st.sampled_from(["paragraph", "paragraph", "grid", "transcript", "control"]))
        if kind == "control":
            return f"<w:sdt><w:sdtContent>{self.paragraph()}</w:sdtContent></w:sdt>"
        return {"paragraph": self.paragraph, "grid": self.grid, "transcript": self.transcript}[kind]()


@st.composite
def _files(draw: st.DrawFn) -> tuple[str, dict[str, str], list[str]]:
    maker = _Maker(draw)
    body = para(run("words of the talk itself " * 40)) + "".join(maker.block() for _ in range(draw(st.integers(1, 5))))
    parts = {
        f"{kind}s": part(
            f"{kind}s", "".join(f'<w:{kind} w:id="{at}">{note}</w:{kind}>' for at, note in enumerate(notes, 1))
        )
        for kind, notes in maker.notes.items()
    }
    return body, parts, maker.words


@seed(3)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_files())
def test_every_word_of_a_word_file_comes_out_once_in_order_and_aside_for_its_own_reason(
    made: tuple[str, dict[str, str], list[str]],
) -> None:
    body, parts, words = made
    with tempfile.TemporaryDirectory() as folder:
        lines = read_word(write_word(Path(folder) / "a.docx", body, **parts)).lines
    found = [(word, line.aside) for line in lines for word in re.findall(r"\b[a-z]\d+\b", line.text)]
    assert Counter(word for word, _ in found) == Counter(words)
    for letter in {word[0] for word in words}:
        places = [int(word[1:]) for word, _ in found if word[0] == letter]
        assert places == sorted(places)
    for word, aside in found:
        assert aside == ASIDES[word[0]] if word[0] in ASIDES else aside in ("", "table")
    assert sum(line.speaker == "P1" for line in lines) >= body.count(">P1</w:t>")
    numbers = [line.number for line in lines]
    assert numbers == sorted(numbers)
