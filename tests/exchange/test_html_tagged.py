"""Pages and tables as Taguette exports them."""

import csv
import uuid
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refi_files import told

from workbench.errors import InputError
from workbench.exchange.refi import Project, normalised, read_tagged, read_tagged_html

SPACE = uuid.UUID("51B2B2B7-27EB-4ECB-9D56-E75B0A0496C2")


def page(body: str, title: str = "Taguette highlights") -> str:
    return f"""<!DOCTYPE html>
<html>
  <head>
    <meta charset="UTF-8">
    <style>h1 {{ margin-bottom: 1em; }}</style>
    <title>{title}</title>
  </head>
  <body>
    <h1>{title}</h1>
{body}
  </body>
</html>"""


def highlight(snippet: str, document: str, *tags: str, labels: tuple[str, str] = ("Document:", "Tags:")) -> str:
    named = ",\n".join(f"        {tag}" for tag in tags)
    return f"""    {snippet}
    <p>
      <strong>{labels[0]}</strong> {document}
      <strong>{labels[1]}</strong>
{named}
    </p>"""


def read(tmp_path: Path, content: str, name: str = "export.html") -> Project:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return read_tagged(path)


def tags_of(found: Project, codes: tuple[str, ...]) -> list[str]:
    names = {code.guid: code.name for code in found.codes}
    return [names[code] for code in codes]


def test_highlights_are_quotes_with_document_and_tags(tmp_path: Path) -> None:
    body = "\n    <hr>\n".join(
        [
            highlight(
                "<p>We were   <b>told</b> nothing.</p><p>Not a\nword &amp; no date.</p>",
                "interview 1.txt",
                "trust",
                "police.named, by name",
            ),
            highlight(
                "<p>Before</p><hr><p>after 😀</p>",
                "interview 2",
            ),
            highlight("said so", "interview 2", "trust"),
        ]
    )
    found = read(tmp_path, page(body))
    assert [(quoted.document, quoted.quote) for quoted in found.quoted] == [
        ("interview 1.txt", "We were told nothing.\nNot a word & no date."),
        ("interview 2", "Before\nafter 😀"),
        ("interview 2", "said so"),
    ]
    assert [tags_of(found, quoted.codes) for quoted in found.quoted] == [
        ["trust", "police.named, by name"],
        [],
        ["trust"],
    ]
    assert found.codes[0].guid == str(uuid.uuid5(SPACE, "trust")).upper(), "as in the codebook that Taguette exports"
    assert len({quoted.guid for quoted in found.quoted}) == 3
    assert found.quoted[0].place.startswith("export.html, line ")


def test_labels_may_be_in_another_language(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        page(highlight("<p>dit</p>", "entretien", "confiance", labels=("Document :", "Étiquettes :")), "Extraits"),
    )
    assert [(quoted.document, quoted.quote) for quoted in found.quoted] == [("entretien", "dit")]


def test_a_highlight_without_words_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, page(highlight("<p> </p>", "one", "trust")))
    assert found.quoted == ()
    assert "has no words" in told(found)


def test_a_codebook_has_tags_with_parents_and_descriptions(tmp_path: Path) -> None:
    def tag(path: str, description: str, parent: str = "") -> str:
        above = f"<p>Parent: {parent}</p>" if parent else ""
        return f'<h2>{path}</h2>\n\n{above}\n\n<p class="number">3 highlights</p>\n<p>{description}</p>\n'

    found = read(
        tmp_path,
        page(
            tag("police.named", "An officer &lt;by name&gt;.", "police") + tag("police", "") + tag("trust", "In it."),
            "Taguette Codebook",
        ),
    )
    assert [(code.name, code.description) for code in found.codes] == [
        ("police", ""),
        ("police.named", "An officer <by name>."),
        ("trust", "In it."),
    ]
    assert found.codes[1].parent == found.codes[0].guid


def marked(words: str) -> str:
    return f'<span class="highlight">{words}</span>'


def tagged(*tags: str) -> str:
    return f'<span class="taglist"> [{", ".join(tags)}]</span>'


def test_a_document_has_its_text_and_its_passages(tmp_path: Path) -> None:
    body = f"""<p>Ann: {marked("We were told")}{tagged("trust", "risk")} nothing 😀.</p>
<p>Bob: {marked("Not")}{marked(" <b>a word</b>")}{tagged()}, no.</p>
<p>Bob: {marked("All")}</p>{marked(chr(10))}<p>{marked("of it")}{tagged("risk")}.</p>"""
    found = read(tmp_path, page(body, "interview 1"))
    (source,) = found.sources
    assert source.name == "interview 1"
    assert source.text == "Ann: We were told nothing 😀.\nBob: Not a word, no.\nBob: All\nof it."
    assert [
        (source.text[s.start : s.end], tags_of(found, tuple(c.code for c in s.codings))) for s in source.selections
    ] == [
        ("We were told", ["trust", "risk"]),
        ("Not a word", []),
        ("All\nof it", ["risk"]),
    ]
    assert found.problems == ()


def test_passages_that_may_overlap_are_told(tmp_path: Path) -> None:
    first = f"{marked('We were told')}{tagged('trust')}"
    body = f"<p>{first}{marked(' nothing')}{tagged('risk')}{marked('')}{tagged('police')} more.</p>"
    found = read(tmp_path, page(body, "one"))
    text = found.sources[0].text
    assert [text[s.start : s.end] for s in found.sources[0].selections] == ["We were told", "nothing", "nothing"]
    assert "2 passages follow another without a gap" in told(found)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("ab é😀&<"), min_size=1), st.booleans(), st.sampled_from(["b", "i", "p", "br"])
        ),
        min_size=1,
        max_size=8,
    )
)
def test_a_marked_passage_covers_its_own_words(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[tuple[str, bool, str]]
) -> None:
    from html import escape

    body, quotes = "", []
    for number, (words, marked, tag) in enumerate(pieces):
        shown = f"<{tag}>{escape(words)}</{tag}>" if tag != "br" else escape(words)
        body += (
            f'<span class="highlight">{shown}</span><span class="taglist"> [t{number}]</span><p>.</p>'
            if marked
            else f"<{tag}>{escape(words)}"
        )
        quotes += [" ".join(words.split())] if marked and words.strip() else []
    path = tmp_path_factory.mktemp("page") / "a.html"
    path.write_text(
        page(body + '<span class="highlight">end</span><span class="taglist"> [e]</span>', "one"), encoding="utf-8"
    )
    found = read_tagged_html(path)
    (source,) = found.sources
    assert source.text == normalised(source.text).text
    assert "  " not in source.text
    assert list(dict.fromkeys(source.text[s.start : s.end] for s in source.selections)) == list(
        dict.fromkeys([*quotes, "end"])
    )


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_table_of_highlights_has_one_row_a_tag(tmp_path: Path, separator: str, mark: str) -> None:
    path = tmp_path / "all_tags.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(mark)
        writer = csv.writer(stream, delimiter=separator)
        writer.writerows(
            [
                ["id", "document", "tag", "content"],
                ["1", "one", "trust", 'We were told\r\nnothing, "so"'],
                ["1", "one", "risk", 'We were told\r\nnothing, "so"'],
                ["2", "one", "", "said"],
                ["3", "two", "risk", " "],
                [],
            ]
        )
    found = read_tagged(path)
    assert [(quoted.quote, tags_of(found, quoted.codes), quoted.place) for quoted in found.quoted] == [
        ('We were told\nnothing, "so"', ["trust", "risk"], "all_tags.csv, line 2"),
        ("said", [], "all_tags.csv, line 6"),
    ]
    assert "has no words" in told(found)


def test_a_table_without_ids_and_a_workbook_are_read_alike(tmp_path: Path) -> None:
    import xlsxwriter

    rows = [
        ["document", "tag", "content"],
        ["one", "trust", "said so"],
        ["one", "risk", "said so"],
        ["two", "risk", "12"],
    ]
    (tmp_path / "a.csv").write_text("\n".join(",".join(row) for row in rows))
    workbook = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = workbook.add_worksheet("highlights")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    workbook.close()
    found, sheet_found = read_tagged(tmp_path / "a.csv"), read_tagged(tmp_path / "a.xlsx")
    assert [(q.document, q.quote, q.codes) for q in found.quoted] == [
        (q.document, q.quote, q.codes) for q in sheet_found.quoted
    ]
    assert [tags_of(found, quoted.codes) for quoted in found.quoted] == [["trust", "risk"], ["risk"]]


def test_a_table_of_tags_is_a_codebook_and_a_circle_of_parents_is_cut(tmp_path: Path) -> None:
    content = "tag,parent,description,number of highlights\na,b,first,1\nb,a,,2\nc,a,third,0\nd,,,0\n"
    found = read(tmp_path, content, "codebook.csv")
    assert {code.name: code.description for code in found.codes} == {"a": "first", "b": "", "c": "third", "d": ""}
    seen: set[str | None] = {None}
    for code in found.codes:
        assert code.parent in seen
        seen.add(code.guid)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("<html><body><p>Some page</p></body></html>", "a.html", "no highlights and no codebook"),
        ("<project>x</project>", "a.html", "is not a web page"),
        ("a,b\n1,2\n", "a.csv", "neither the columns of highlights"),
        ("", "a.csv", "the file is empty"),
        ("PK\x03\x04", "a.xlsx", "cannot be read as an Excel file"),
    ],
)
def test_what_is_something_else_is_refused(tmp_path: Path, content: str, name: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, content, name)
    assert said in str(error.value)
