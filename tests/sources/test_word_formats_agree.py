"""The same interview, written as docx, odt and rtf by a program that is not ours, is read as the same lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.sources.line import Reading
from workbench.sources.open_document import read_open_document
from workbench.sources.rich_text import read_rich_text
from workbench.sources.word import read_word

pypandoc = pytest.importorskip("pypandoc")
TEXT = """# Interview three

**INT:** Go on – “please”, it’s 😊 [a link](http://x.org).^[A note here.]

**P1:** Well, I said.\\
**INT:** And then?

| Speaker | Words |
|---|---|
| INT | How was it for you in the end? |
| P1 | It was fine, mostly fine. |
| INT | And would you say so? |

**P1:** ~~Struck~~ H~2~O.
"""


@pytest.mark.parametrize(
    ("ending", "read"), [("docx", read_word), ("odt", read_open_document), ("rtf", read_rich_text)]
)
def test_docx_odt_and_rtf_of_one_interview_are_read_alike(
    tmp_path: Path, ending: str, read: Callable[[Path], Reading]
) -> None:
    path = tmp_path / f"a.{ending}"
    pypandoc.convert_text(TEXT, ending, format="markdown", outputfile=str(path), extra_args=["-s"])
    lines = [line for line in read(path).lines if line.aside != "footer"]
    assert [(line.text, line.speaker, line.lead, line.aside) for line in lines] == [
        ("Interview three", None, None, "heading"),
        ("INT: Go on – “please”, it’s 😊 a link.", None, "INT:", ""),
        ("A note here.", None, None, "footnote"),
        ("P1: Well, I said.", None, "P1:", ""),
        ("INT: And then?", None, "INT:", ""),
        ("Speaker | Words", None, None, "table"),
        ("How was it for you in the end?", "INT", None, ""),
        ("It was fine, mostly fine.", "P1", None, ""),
        ("And would you say so?", "INT", None, ""),
        ("P1: Struck H2O.", None, "P1:", ""),
    ]
