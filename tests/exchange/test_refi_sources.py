"""Sources of every kind, and passages that have lost their place."""

from pathlib import Path

from refi_files import (
    ANN,
    BOB,
    BOOK,
    INTERVIEW,
    RISK,
    TRUST,
    USERS,
    guid,
    passage,
    project,
    qdpx,
    text_source,
    told,
)

from workbench.exchange.refi import Project, read_project, write_project

TALK = b"Ann said so. Bob did not."


def read(tmp_path: Path, xml: str, **files: bytes) -> Project:
    return read_project(
        qdpx(tmp_path / "a.qdpx", xml, {"sources/one.txt": TALK} | {f"sources/{n}": c for n, c in files.items()})
    )


def words(found: Project) -> list[str]:
    return [source.text[s.start : s.end] for source in found.sources for s in source.selections]


def test_names_that_are_positions_say_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, project(text_source(passage(1, 0, 3, name="0,3") + passage(2, 4, 8, name="Quotation 6:1"))))
    assert [selection.name for selection in found.sources[0].selections] == ["", ""]
    assert found.problems == ()


def test_words_that_stand_elsewhere_are_told_and_the_position_stands(tmp_path: Path) -> None:
    inner = "".join(passage(n, 0, 3, name="Ann") for n in range(3)) + passage(4, 4, 8, name="Bob did not")
    found = read(tmp_path, project(text_source(inner)))
    assert words(found) == ["Ann", "Ann", "Ann", "said"]
    assert found.sources[0].selections[3].name == "Bob did not"
    assert "stand elsewhere in its text" in told(found)


def test_a_transcript_that_is_the_text_of_another_source_is_read_once(tmp_path: Path) -> None:
    video = f"""<VideoSource guid="{guid(7)}" name="talk.mp4">
    <Transcript guid="{guid(8)}" plainTextPath="internal://one.txt"/></VideoSource>"""
    found = read(tmp_path, project(text_source() + video))
    assert [(source.kind, bool(source.text)) for source in found.sources] == [("text", True), ("video", False)]
    assert "read once" in told(found)


def test_passages_without_length_or_outside_the_text_are_told_and_left_out(tmp_path: Path) -> None:
    inner = "".join(
        passage(n, start, end) for n, (start, end) in enumerate([(3, 3), (8, 4), (0, 900), (-4, 3), (20, 26), (0, 3)])
    )
    bad = f'<PlainTextSelection guid="{guid(9)}" startPosition="x" endPosition="3"/>'
    found = read(tmp_path, project(text_source(inner + bad)))
    assert words(found) == [" not.", "Ann"]
    for part in (
        "no length",
        "end before they begin",
        "after the end of its text",
        "1 after its text; cut there",
        "no position",
        "4 passages with codings",
    ):
        assert part in told(found)


def test_a_passage_that_is_lost_is_kept_by_its_words_when_the_file_has_them(tmp_path: Path) -> None:
    inner = (
        passage(1, 600, 900, name="Ann said so…")
        + passage(2, 700, 900, name="Quotation 6:1")
        + passage(3, 0, 3, name="Ann")
    )
    found = read(tmp_path, project(text_source(inner)))
    (lost,) = found.quoted
    assert (lost.document, lost.quote, lost.codes, lost.user) == ("Interview 1", "Ann said so", (TRUST,), ANN)
    assert words(found) == ["Ann"]
    assert "kept by its words" in told(found)


def test_passages_of_a_text_that_is_not_there_are_kept_by_their_words_for_each_user(tmp_path: Path) -> None:
    inner = f"""<PlainTextSelection guid="{guid(1)}" startPosition="5" endPosition="9" name="We were told nothing">
    <Coding guid="{guid(2)}" creatingUser="{ANN}"><CodeRef targetGUID="{TRUST}"/></Coding>
    <Coding guid="{guid(3)}" creatingUser="{BOB}">
    <CodeRef targetGUID="{RISK}"/></Coding></PlainTextSelection>"""
    found = read(tmp_path, project(text_source(inner, path="internal://gone.txt")))
    assert [(q.quote, q.codes, q.user) for q in found.quoted] == [
        ("We were told nothing", (TRUST,), ANN),
        ("We were told nothing", (RISK,), BOB),
    ]
    assert "the text of 'Interview 1' is not in the file" in told(found)


def test_pictures_and_recordings_are_told_with_counts_and_stay_as_names(tmp_path: Path) -> None:
    sources = f"""<PictureSource guid="{guid(1)}" name="p1.jpg" path="internal://p1.jpg">
    <PictureSelection guid="{guid(2)}" firstX="1" firstY="1" secondX="2" secondY="2">
    <Coding guid="{guid(3)}"><CodeRef targetGUID="{TRUST}"/></Coding></PictureSelection></PictureSource>
    <PictureSource guid="{guid(4)}" name="p2.jpg"/>
    <AudioSource guid="{guid(5)}" name="a.mp3">
    <AudioSelection guid="{guid(6)}" begin="1" end="2"/></AudioSource>"""
    after = f"""<Graphs><Graph guid="{guid(91)}" name="map"><Vertex guid="{guid(92)}" firstX="1" firstY="1"/></Graph>
    </Graphs><Cloud/><Cloud/>"""
    found = read(tmp_path, project(sources, after=after))
    assert [(source.kind, source.name, source.text) for source in found.sources] == [
        ("picture", "p1.jpg", ""),
        ("picture", "p2.jpg", ""),
        ("audio", "a.mp3", ""),
    ]
    for part in (
        "2 pictures are not carried",
        "PictureSelection with 1 coding",
        "AudioSelection is not carried",
        "graph 'map'",
        "2 elements Cloud",
    ):
        assert part in told(found)


def test_the_text_of_a_recording_or_a_pdf_is_its_source(tmp_path: Path) -> None:
    sources = f"""<PDFSource guid="{guid(1)}" name="report.pdf">
    <PDFSelection guid="{guid(2)}" page="1" firstX="1" firstY="1" secondX="2" secondY="2">
    <Representation guid="{guid(3)}"><PlainTextContent>Bob did not</PlainTextContent></Representation>
    <Coding guid="{guid(4)}"><CodeRef targetGUID="{RISK}"/></Coding></PDFSelection>
    <Representation guid="{guid(5)}" plainTextPath="internal://one.txt">{
        passage(1, 0, 3, name="Ann")
    }</Representation><Coding guid="{guid(6)}"><CodeRef targetGUID="{TRUST}"/></Coding></PDFSource>
    <AudioSource guid="{guid(7)}" name="talk.mp3">
    <Transcript guid="{guid(8)}" plainTextPath="internal://one.txt">
    <SyncPoint guid="{guid(9)}" position="4" timeStamp="100"/>
    <SyncPoint guid="{guid(10)}" position="8" timeStamp="200"/>
    <TranscriptSelection guid="{guid(13)}" fromSyncPoint="{guid(9)}" toSyncPoint="{guid(10)}">
    <Coding guid="{guid(14)}"><CodeRef
    targetGUID="{TRUST}"/></Coding></TranscriptSelection></Transcript></AudioSource>"""
    found = read(tmp_path, project(sources))
    assert [(source.guid, source.kind, source.name) for source in found.sources] == [
        (guid(1), "text", "report.pdf"),
        (guid(7), "text", "talk.mp3"),
    ]
    assert words(found) == ["Ann", "said"]
    assert found.sources[0].codings[0].code == TRUST
    assert [(lost.quote, lost.codes) for lost in found.quoted] == [("Bob did not", (RISK,))]


def test_a_recording_with_two_transcripts_becomes_two_texts(tmp_path: Path) -> None:
    parts = "".join(f'<Transcript guid="{guid(n)}" name="t{n}" plainTextPath="internal://one.txt"/>' for n in (8, 9))
    found = read(tmp_path, project(f'<VideoSource guid="{guid(7)}" name="talk.mp4">{parts}</VideoSource>'))
    assert [(source.kind, source.name) for source in found.sources] == [
        ("video", "talk.mp4"),
        ("text", "t8"),
        ("text", "t9"),
    ]


def test_a_word_file_alone_gives_its_text_and_the_passages_that_prove_their_place(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for line in ("Ann: We were told nothing.", "Bob: Nothing at all."):
        document.add_paragraph(line)
    document.save(str(tmp_path / "one.docx"))
    inner = passage(1, 8, 12, name="were") + passage(2, 0, 4) + passage(3, 30, 37, name="Nothing at all")
    xml = project(f'<TextSource guid="{INTERVIEW}" name="one" richTextPath="internal://one.docx">{inner}</TextSource>')
    found = read(tmp_path, xml, **{"one.docx": (tmp_path / "one.docx").read_bytes()})
    assert found.sources[0].text == "Ann: We were told nothing.\nBob: Nothing at all."
    assert words(found) == ["were"]
    assert [lost.quote for lost in found.quoted] == ["Nothing at all"]
    assert "Word only" in told(found) and "no sure place" in told(found)


def test_a_broken_word_file_is_told(tmp_path: Path) -> None:
    xml = project(f'<TextSource guid="{INTERVIEW}" name="one" richTextPath="internal://one.docx"/>')
    assert "cannot be read" in told(read(tmp_path, xml, **{"one.docx": b"PK\x03\x04"}))


def test_notes_about_lost_passages_are_kept_and_the_whole_can_be_written(tmp_path: Path) -> None:
    def lost(number: int, name: str) -> str:
        inner = f"""<Coding guid="{guid(number + 10)}"><CodeRef targetGUID="{TRUST}"/>
        <NoteRef targetGUID="{guid(51)}"/></Coding><NoteRef targetGUID="{guid(52)}"/>"""
        return f"""<PlainTextSelection guid="{guid(number)}" name="{name}" startPosition="500" endPosition="600">
        {inner}</PlainTextSelection>"""

    notes = ((51, "on a coding"), (52, "on a passage"))
    after = "".join(f'<Note guid="{guid(number)}" name="{name}"/>' for number, name in notes)
    after = f"<Notes>{after}</Notes>"
    before = USERS + BOOK + f'<Cases><Case guid="{guid(41)}"><SelectionRef targetGUID="{guid(1)}"/></Case></Cases>'
    found = read(tmp_path, project(text_source(lost(1, "said so") + lost(2, "gone")), before=before, after=after))
    assert [quoted.guid for quoted in found.quoted] == [guid(1)]
    assert [note.about for note in found.notes] == [{guid(1)}, {guid(1)}]
    assert found.cases[0].selections == ()
    assert "about something that is left out" in told(found)
    assert "refers to the selection" in told(found)
    write_project(found, tmp_path / "again.qdpx")
    assert [note.name for note in read_project(tmp_path / "again.qdpx").notes] == ["on a coding", "on a passage"]
