"""Whose words may be quoted, why not those of others, and what people decided on single quotes."""

from pathlib import Path

import pytest

from workbench.corpus import Span
from workbench.errors import InputError
from workbench.study import Study, new_study, open_study
from workbench.study.consent_state import not_archivable, told_of_quotes
from workbench.study.quote_decisions import keep_decisions

TALK = "INT: How was it?\nANNA: It made me think.\nBEN: Me mum drove me.\nINT: Thanks.\n"
HEAD = "document,speaker,analysis,quotation,archive,withdrawn,note\n"
UNREVIEWED = "nobody has reviewed this transcript for names"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = new_study(tmp_path / "mine", as_of="2023-03-31")
    (made / "transcripts" / "du-01.txt").write_text(TALK, encoding="utf-8")
    rows = "document,scheme,role,kind,speakers\n"
    rows += "du-01,durham,service_user,focus_group,INT=interviewer; ANNA=service_user; BEN=service_user\n"
    (made / "transcripts" / "metadata.csv").write_text(rows, encoding="utf-8")
    return made


def _study(folder: Path, consent: str = "", *, reviewed: bool = True) -> Study:
    (folder / "transcripts" / "consent.csv").write_text(HEAD + consent, encoding="utf-8")
    study = open_study(folder)
    study.take_in()
    if reviewed:
        study.store.review("du-01", coder="ann")
    return study


def _coded(study: Study) -> None:
    for turn in study.store.turns().itertuples():
        study.store.code(Span("du-01", int(str(turn.start)), int(str(turn.end))), "M09", coder="ann")


def test_no_word_leaves_a_transcript_that_nobody_reviewed_for_names(folder: Path) -> None:
    assert _study(folder, reviewed=False).not_quotable() == {"du-01": UNREVIEWED}


def test_a_study_that_keeps_no_consents_is_held_to_the_review_alone(folder: Path) -> None:
    assert _study(folder).not_quotable() == {}


def test_who_said_no_and_who_was_not_asked_are_not_quoted_and_interviewers_follow_the_document(folder: Path) -> None:
    assert _study(folder, "du-01,ANNA,yes,no,no,,\n").not_quotable() == {
        "du-01:ANNA": "no consent to quotation",
        "du-01:BEN": "consent to quotation is not recorded",
    }


def test_an_archive_needs_a_consent_that_is_recorded(folder: Path) -> None:
    assert not_archivable(_study(folder)) == {
        "du-01:ANNA": "consent to archiving is not recorded",
        "du-01:BEN": "consent to archiving is not recorded",
    }
    assert not_archivable(_study(folder, "du-01,,yes,no,yes,,\n")) == {}


def test_sentences_count_passages_by_reason_and_say_what_can_be_done(folder: Path) -> None:
    study = _study(folder, "du-01,ANNA,yes,yes,no,,\n")
    _coded(study)
    counts = study.quote_permissions().counts(study.store.codings())
    assert told_of_quotes(counts) == [
        "3 of 4 coded passages may be quoted, where their words allow it. The others may not: "
        "consent to quotation is not recorded (1).",
        "What each participant allows belongs in transcripts/consent.csv.",
    ]
    assert told_of_quotes({}) == []


def test_a_decision_holds_for_the_words_that_were_looked_at_and_no_others(folder: Path) -> None:
    study = _study(folder)
    _coded(study)
    row = study.store.codings().iloc[2].to_dict()
    keep_decisions(study, [(row["id"], row["quote"], "release")], by="Ann", why="no harm")
    assert study.quote_permissions()(row) == ("", "Ann")
    assert study.quote_permissions()({**row, "quote": "Me mum Jo drove me."}) == ("", "")
    keep_decisions(study, [(row["id"], row["quote"], "withhold")], by="Ben")
    assert study.quote_permissions()(row) == ("a person has withheld it", "")


def test_a_release_does_not_stand_in_for_consent(folder: Path) -> None:
    study = _study(folder, "du-01,,yes,no,no,,\n")
    _coded(study)
    row = study.store.codings().iloc[1].to_dict()
    keep_decisions(study, [(row["id"], row["quote"], "release")], by="Ann")
    assert study.quote_permissions()(row)[0] == "no consent to quotation"


def test_a_decision_needs_a_name_and_a_broken_file_is_told(folder: Path) -> None:
    study = _study(folder)
    with pytest.raises(InputError, match="needs the name"):
        keep_decisions(study, [("c1", "words", "release")], by=" ")
    (study.path / "store" / "quote_decisions.csv").write_text("coding,decision\nc1,perhaps\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"quote_decisions\.csv, row 2: decision is 'perhaps'"):
        study.quote_permissions()
