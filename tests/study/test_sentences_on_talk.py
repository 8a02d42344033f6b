"""What the page on the corpus says of its talk passes the gate, counts people alone, and has its grammar."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.language.counted import counted
from workbench.language.identifiers import identifiers
from workbench.pseudonymisation import LABELS, Register
from workbench.study import Study, new_study, open_study
from workbench.study.describe import describe_coding, describe_corpus

TALK = """\
INT: What happened?
ANNA: It made me think.
BEN: I just sat there.
Several: Yes, yes.
Unknown: Somebody coughed.
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = new_study(tmp_path_factory.mktemp("talk") / "mine", as_of="2023-03-31")
    (folder / "transcripts" / "du-01.txt").write_text(TALK, encoding="utf-8")
    rows = "document,scheme,role,kind,speakers\n"
    rows += "du-01,durham,service_user,focus_group,INT=interviewer; ANNA=service_user; BEN=officer\n"
    (folder / "transcripts" / "metadata.csv").write_text(rows, encoding="utf-8")
    rows = "document,speaker,analysis,quotation,archive,withdrawn,note\ndu-01,ANNA,yes,yes,yes,,\n"
    (folder / "transcripts" / "consent.csv").write_text(rows, encoding="utf-8")
    opened = open_study(folder)
    opened.take_in()
    return opened


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=st.dictionaries(st.sampled_from(list(LABELS)), st.integers(1, 1_200), min_size=1, max_size=4),
    waits=st.booleans(),
)
def test_no_sentence_on_pseudonyms_reads_like_an_identifier(study: Study, kinds: dict[str, int], waits: bool) -> None:
    from workbench.pseudonymisation import Entry

    entries = [
        Entry(id=number, form=f"{kind} {number}", kind=kind, pseudonym=f"[{LABELS[kind]} {number + 1}]",
              decision="waiting" if waits else "accepted")
        for kind, many in kinds.items()
        for number in range(many)
    ]  # fmt: skip
    opened = open_study(study.path)
    _ = opened.corpus
    opened.register = Register(opened.names_key, entries)
    told = describe_corpus(opened).statements
    assert any("stand" in text and "pseudonym" in text.lower() for text in told)
    assert [text for text in told if identifiers(text)] == []


def test_speakers_who_are_nobody_in_particular_are_no_people(study: Study) -> None:
    speakers = set(study.store.turns()["speaker"])
    assert {"unknown", "several"} & speakers
    found = describe_corpus(study)
    assert found.table["people"].sum() == 2
    assert found.statements[0].endswith("by 2 people beside the interviewers.")
    assert "1 of 2 people consents to being quoted." in found.statements


def test_transcripts_that_stand_in_more_than_one_row_are_told(study: Study) -> None:
    found = describe_corpus(study)
    assert found.table["n"].sum() > 1
    (note,) = [note for note in found.notes if "every row" in note]
    assert note.endswith(f"the rows give {found.table['n'].sum()} for 1 transcript.")


def test_one_of_anything_is_told_in_the_singular(study: Study) -> None:
    from workbench.corpus import Span

    study.store.code(Span("du-01", 5, 9), "M09", coder="ann")
    assert describe_corpus(study).statements[0].startswith("1 transcript, 1 of them of focus groups, holds ")
    told = describe_coding(study).statements[0]
    assert told == "1 coding of 1 code by 1 coder; 0 of 1 transcript were finished by more than one of them."
    assert [counted(0, "coder"), counted(1, "person", "people")] == ["0 coders", "1 person"]
