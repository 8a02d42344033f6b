"""Who withdrew is gone with every word; the others are used as they allowed."""

from pathlib import Path

import pytest

from workbench.corpus import Consent, Corpus, Withdrawal, read_corpus
from workbench.corpus.astray import find_astray, written_otherwise
from workbench.corpus.consent import Row
from workbench.errors import InputError

HEADER = "document,speaker,analysis,quotation,archive,withdrawn,note\n"
GROUP = """Present: Aaron Pell, Dom, and P3
Hana: Who goes first?
Aaron Pell: My van was taken in Wendle Street.
Hana: And you, Dom?
Dom: Same, more or less.
Aaron Pell & Dom: It was us both.
P3: I was not there.
[end of recording]
"""
METADATA = """document,role,kind,speakers
one,officer,interview,INT=interviewer; P01=officer
group,service_user,focus_group,Hana=interviewer; Aaron Pell=service_user; Dom=service_user; P3=service_user
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text("INT: So?\nP01: I signed it.\nINT: And?\nP01: That was it.\n", encoding="utf-8")
    (tmp_path / "group.txt").write_text(GROUP, encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(METADATA, encoding="utf-8")
    return tmp_path


def _read(folder: Path, *rows: str) -> Corpus:
    (folder / "consent.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return read_corpus(folder)


def _mistakes(folder: Path, *rows: str) -> str:
    with pytest.raises(InputError) as caught:
        _read(folder, *rows)
    return str(caught.value)


def test_without_a_record_of_consent_nothing_is_said_about_anybody(folder: Path) -> None:
    corpus = read_corpus(folder)
    assert corpus.document("one").consent == {}
    assert corpus.turns["quotation"].isna().all()


def test_a_record_with_no_row_yet_says_nothing_about_anybody(folder: Path) -> None:
    corpus = _read(folder)
    assert corpus.document("one").consent == {}
    assert corpus.document("one").doubts == []


def test_each_participant_allows_what_the_record_says_and_interviewers_are_never_asked(folder: Path) -> None:
    corpus = _read(folder, "one,P01,yes,no,yes,,", "group,,yes,yes,,,", "group,Dom,YES,No,,,rang us")
    assert corpus.document("one").consent["INT"] == Consent(analysis=True, quotation=True, archive=True)
    assert corpus.document("one").consent["P01"] == Consent(analysis=True, quotation=False, archive=True)
    group = corpus.document("group").consent
    assert group["Aaron Pell"] == group["P3"] == Consent(analysis=True, quotation=True)
    assert group["Dom"] == Consent(analysis=True, quotation=False, note="rang us")
    assert group["several"].quotation is False  # Dom is among them
    turns = corpus.turns.set_index(["document", "speaker"])
    assert not turns.loc[("one", "P01"), "quotation"].any()


def test_a_participant_who_is_not_in_the_record_has_no_answer_and_is_a_doubt(folder: Path) -> None:
    corpus = _read(folder, "group,,yes,yes,yes,,")
    assert corpus.document("one").consent["P01"] == Consent()
    assert "no consent is recorded for 'P01'. Add a row to consent.csv" in corpus.document("one").doubts
    assert not [doubt for doubt in corpus.document("group").doubts if "consent" in doubt]


@pytest.mark.parametrize("row", ["one,,,,,2024-03-31,by phone", "one,P01,,,,2024-03-31,by phone"])
def test_a_withdrawn_interview_is_not_in_the_corpus(folder: Path, row: str) -> None:
    corpus = _read(folder, row, "group,,yes,yes,yes,,")
    assert list(corpus.documents["document"]) == ["group"]
    assert corpus.withdrawn == [Withdrawal(document="one", withdrawn="2024-03-31", note="by phone")]


def test_no_consent_to_analysis_leaves_the_words_out_and_says_why(folder: Path) -> None:
    corpus = _read(folder, "one,,no,,,,", "group,,yes,yes,yes,,")
    assert corpus.withdrawn == [Withdrawal(document="one", note="no consent to analysis")]
    assert list(corpus.documents["document"]) == ["group"]


def test_one_voice_of_a_group_that_withdrew_is_gone_with_its_name_and_the_others_stay(folder: Path) -> None:
    before = read_corpus(folder).document("group")
    corpus = _read(folder, "group,,yes,yes,yes,,", "group,Aaron Pell,,,,2024-03-31,", "one,,yes,yes,yes,,")
    document = corpus.document("group")
    assert "Aaron" not in document.text
    assert "Wendle" not in document.text
    assert "us both" not in document.text
    assert document.text.split("\n")[:4] == [
        "Present: [withdrawn], Dom, and P3",
        "Hana: Who goes first?",
        "[withdrawn]: [withdrawn]",
        "Hana: And you, Dom?",
    ]
    assert [turn.speaker for turn in document.turns] == ["Hana", "Hana", "Dom", "P3"]
    assert [turn.number for turn in document.turns] == [1, 2, 3, 4]
    kept = [before.text[turn.start : turn.end] for turn in before.turns if turn.speaker in ("Hana", "Dom", "P3")]
    assert [document.text[turn.start : turn.end] for turn in document.turns] == kept
    assert "Aaron Pell" not in document.roles
    assert corpus.withdrawn == [Withdrawal(document="group", speaker="Aaron Pell", withdrawn="2024-03-31")]
    assert [why for _, _, why in document.set_aside].count("withdrawn") == 2


def test_a_code_stays_as_the_label_of_the_words_that_are_gone(folder: Path) -> None:
    document = _read(folder, "group,P3,,,,2024-03-31,", "group,,yes,yes,yes,,").document("group")
    assert "P3: [withdrawn]" in document.text


def test_unknown_voices_beside_somebody_who_withdrew_are_not_quotable_and_a_doubt(folder: Path) -> None:
    (folder / "group.txt").write_text(GROUP + "Unidentified: Me too.\n", encoding="utf-8")
    document = _read(folder, "group,,yes,yes,yes,,", "group,P3,,,,2024-03-31,").document("group")
    assert document.consent["unknown"].quotation is False
    assert any("somebody withdrew who may be heard in 2 turns" in doubt for doubt in document.doubts)


def test_words_that_a_tracked_change_took_from_somebody_who_withdrew_are_gone_too() -> None:
    from workbench.corpus.consent import apply_consent
    from workbench.corpus.document import Document
    from workbench.corpus.segmentation import segment
    from workbench.errors import Problems
    from workbench.sources import Line, Reading

    lines = [
        Line(text="INT: So?", number=1),
        Line(text="P1: I left.", number=2),
        Line(text="with my brother Kit", number=2, aside="deleted"),
        Line(text="Page 2", number=3, aside="footer"),
        Line(text="P2: I stayed.", number=4),
        Line(text="all night", number=4, aside="deleted"),
    ]
    found = segment(Reading(lines=lines, unit="paragraph", encoding="docx"))
    roles = {"INT": "interviewer", "P1": "officer", "P2": "officer"}
    document = Document(
        id="a", text=found.text, turns=found.turns, source="a.docx", sha256="", roles=roles, reasons=found.reasons
    )
    row = Row(place="", document="a", speaker="P1", consent=Consent(withdrawn="2024-03-31"))
    left, _ = apply_consent(document, [row], Problems())
    assert left is not None
    assert left.text == "INT: So?\nP1: [withdrawn]\n[withdrawn]\nPage 2\nP2: I stayed.\nall night"


def test_a_mistyped_label_does_not_leave_the_words_of_whoever_withdrew(folder: Path) -> None:
    told = _mistakes(folder, "group,Aron Pell,,,,2024-03-31,", "group,,yes,yes,yes,,")
    assert "nobody is called 'Aron Pell' in document 'group'" in told
    corpus = _read(folder, "group,Maureen,,,,2024-03-31,", "group,,yes,yes,yes,,")  # taken out of the file by hand
    assert [gone.speaker for gone in corpus.withdrawn] == ["Maureen"]


def test_a_transcript_that_was_deleted_after_withdrawal_is_still_listed(folder: Path) -> None:
    (folder / "one.txt").unlink()
    corpus = _read(folder, "one,,,,,2024-03-31,", "group,,yes,yes,yes,,")
    assert [gone.document for gone in corpus.withdrawn] == ["one"]
    assert corpus.problems == []


def test_a_withdrawn_file_is_not_even_opened(folder: Path) -> None:
    (folder / "one.txt").write_bytes(b"")
    corpus = _read(folder, "one,,,,,2024-03-31,", "group,,yes,yes,yes,,")
    assert corpus.problems == []


def test_all_mistakes_of_the_record_are_told_at_once_with_row_and_column(folder: Path) -> None:
    told = _mistakes(
        folder,
        "on,P01,yes,yes,yes,,",
        "one,P02,yes,yes,yes,,",
        "group,Dom,maybe,yes,,31/03/2024,",
        "group,Dom,yes,yes,,,",
        ",P01,yes,yes,,,",
    )
    assert "consent.csv, row 2, column document: there is no transcript 'on'. Did you mean 'one'?" in told
    assert "consent.csv, row 3, column speaker: nobody is called 'P02' in document 'one'" in told
    assert "Did you mean 'P01'?" in told
    assert "consent.csv, row 4, column analysis: 'maybe' is neither yes, no nor blank" in told
    assert "consent.csv, row 4, column withdrawn: '31/03/2024' is not a day. Write it as 2024-03-31." in told
    assert "consent.csv, row 5: 'Dom' of document 'group' stands twice" in told
    assert "consent.csv, row 6, column document: is blank" in told


def test_a_record_without_its_columns_and_mistakes_of_the_metadata_are_told_together(folder: Path) -> None:
    (folder / "metadata.csv").write_text(METADATA.replace("officer,interview", "oficer,interview"), encoding="utf-8")
    (folder / "consent.csv").write_text("document,speaker,analysis,quotation,archive\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_corpus(folder)
    assert "consent.csv: column 'withdrawn' is missing" in str(caught.value)
    assert "metadata.csv, row 2, column role: 'oficer' is not known" in str(caught.value)


def test_a_folder_in_which_everybody_withdrew_holds_nothing(folder: Path) -> None:
    assert "every transcript in it is withdrawn" in _mistakes(folder, "one,,,,,2024-03-31,", "group,,no,,,,")


@pytest.mark.parametrize("name", ["ONE", "one.txt", "One.DOCX", " one "])
def test_a_withdrawal_under_another_spelling_of_a_transcript_is_a_mistake_and_takes_nothing_out(
    folder: Path, name: str
) -> None:
    told = _mistakes(folder, f"{name.replace(' ', '-')},,,,,2024-03-31,", "group,,yes,yes,yes,,")
    assert "so nobody was taken out. Did you mean 'one'?" in told


def test_names_that_differ_in_a_number_are_other_transcripts_and_leading_zeros_do_not_count() -> None:
    here = ["wm-01", "wm-02"]
    assert [written_otherwise(name, here) for name in ("wm-1", "WM_01", "wm 2", "wm-03", "wm-10", "01-wm")] == [
        "wm-01", "wm-01", "wm-02", "", "", "",
    ]  # fmt: skip


def test_a_withdrawal_that_names_no_transcript_is_a_mistake_where_one_is_near_and_else_for_a_person() -> None:
    gone = Consent(withdrawn="2024-03-31")
    rows = [
        Row(place=f"row {n}", document=name, speaker="", consent=gone)
        for n, name in enumerate(["vm-01", "wm-10", "wm-02", "bw-03"])
    ]
    kept = Row(place="row 9", document="wm-03", speaker="", consent=Consent(analysis=True))
    mistakes, unknown = find_astray([*rows, kept], ["wm-01", "wm-02", "wm-03"])
    assert [(one.place, one.remedy) for one in mistakes] == [("row 0, column document", "Did you mean 'wm-01'?")]
    assert [one.place for one in unknown] == ["row 1, column document", "row 3, column document"]
    assert all("no transcript called" in one.what and "is or was here" in one.what for one in unknown)


def test_a_label_is_the_same_whatever_its_case(folder: Path) -> None:
    document = _read(folder, "group,AARON pell,,,,2024-03-31,", "group,,yes,yes,yes,,").document("group")
    assert "Wendle" not in document.text
    assert "'Dom' of document 'group' stands twice" not in _mistakes(folder, "group,Dom,,,,,", "group,DOM,,x,,,")
    assert "'DOM' of document 'group' stands twice" in _mistakes(folder, "group,Dom,,,,,", "group,DOM,,x,,,")


def test_a_voice_that_is_not_in_the_file_is_for_a_person_unless_its_words_are_marked_as_withdrawn(folder: Path) -> None:
    rows = ("group,Participant,,,,2024-03-31,", "group,,yes,yes,yes,,")
    told = "\n".join(_read(folder, *rows).document("group").doubts)
    assert "nobody is called 'Participant' in it, and no words of theirs are marked as withdrawn" in told
    (folder / "group.txt").write_text(GROUP + "Participant: [withdrawn]\n", encoding="utf-8")
    assert "nobody is called" not in "\n".join(_read(folder, *rows).document("group").doubts)


def test_the_record_is_read_with_semicolons_and_in_windows_1252(folder: Path) -> None:
    rows = HEADER + "one,P01,,,,2024-03-31,by phone – Zoë\ngroup,,yes,yes,yes,,\n"
    (folder / "consent.csv").write_text(rows.replace(",", ";"), encoding="cp1252")
    (folder / "metadata.csv").write_text(METADATA.replace("; ", "|").replace(",", "\t").replace("|", "; "))
    corpus = read_corpus(folder)
    assert corpus.withdrawn == [Withdrawal(document="one", withdrawn="2024-03-31", note="by phone – Zoë")]
    assert corpus.document("group").roles["Hana"] == "interviewer"


@pytest.mark.parametrize("yes, no", [("y", "n"), ("Yes", "NO"), ("TRUE", "FALSE"), ("True", "N")])
def test_answers_are_read_as_people_write_them(folder: Path, yes: str, no: str) -> None:
    consent = _read(folder, f"one,P01,{yes},{no},{yes},,").document("one").consent["P01"]
    assert consent == Consent(analysis=True, quotation=False, archive=True)
