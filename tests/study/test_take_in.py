"""The store follows transcripts, names and consents; what must not come back does not."""

from pathlib import Path

import pytest

from workbench.corpus import Span
from workbench.errors import InputError
from workbench.study import Study, new_study, open_study, run_stages

TALK = {
    "du-01": "INT: What happened?\nP01: Joanne made me think, that course did.\nINT: And?\nP01: I packed it in.\n",
    "du-02": "INT: What happened?\nP02: Nothing came of the marmalade letter.\n",
}
CONSENT = "document,speaker,analysis,quotation,archive,withdrawn,note\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    rows = ["document,scheme,role,kind,speakers"]
    for name, text in TALK.items():
        (folder / "transcripts" / f"{name}.txt").write_text(text, encoding="utf-8")
        person = "P01" if name == "du-01" else "P02"
        rows.append(f"{name},durham,service_user,interview,INT=interviewer; {person}=service_user")
    (folder / "transcripts" / "metadata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def _code(study: Study, document: str, words: str) -> None:
    start = study.store.text(document).index(words)
    study.store.code(Span(document, start, start + len(words)), "M09", coder="ann")


def _with_names(folder: Path) -> Study:
    opened = open_study(folder)
    opened.register.add("Joanne", "person", by="ann")
    opened.register.save()
    return open_study(folder)


def test_a_new_study_has_tables_to_fill_in_and_no_talk_yet(tmp_path: Path) -> None:
    opened = open_study(new_study(tmp_path / "new", as_of="2023-03-31"))
    assert sorted(path.name for path in (opened.path / "transcripts").iterdir()) == ["consent.csv", "metadata.csv"]
    assert not opened.has_talk
    assert not (opened.path / "store" / "codings.sqlite").exists()


def test_names_in_the_register_never_reach_the_store(study: Path) -> None:
    opened = _with_names(study)
    assert opened.take_in().changed == 2
    assert "Joanne" in opened.raw_corpus.text("du-01")
    assert "Joanne" not in opened.store.text("du-01")
    assert "made me think" in opened.store.text("du-01")


def test_a_store_with_pseudonyms_is_not_overwritten_with_names_where_the_register_is_missing(study: Path) -> None:
    _with_names(study).take_in()
    (study.parent / "mine-keys" / "names.csv").rename(study.parent / "elsewhere.csv")
    opened = open_study(study)
    before = opened.store.text("du-01")
    with pytest.raises(InputError, match="the store holds pseudonyms, and their register is not there") as caught:
        opened.take_in()
    assert "keys in study.yaml" in str(caught.value)
    assert opened.store.text("du-01") == before


def test_the_same_is_refused_of_a_store_that_somebody_else_made(study: Path) -> None:
    from workbench.pseudonymisation import pseudonymise

    opened = _with_names(study)
    opened.store.add_corpus(pseudonymise(opened.raw_corpus, opened.register).corpus)
    (study.parent / "mine-keys" / "names.csv").unlink()
    with pytest.raises(InputError, match="real names would come back"):
        _ = open_study(study).corpus


def test_a_coder_who_was_given_the_store_alone_works_on_its_texts(study: Path) -> None:
    whole = _with_names(study)
    whole.take_in()
    for path in (study / "transcripts").iterdir():
        path.unlink()
    (study.parent / "mine-keys" / "names.csv").unlink()
    alone = open_study(study)
    assert alone.has_talk
    assert alone.take_in().changed == 0
    assert alone.corpus.text("du-01") == whole.corpus.text("du-01")
    shared = ["document", "turn", "speaker", "person", "role", "scheme", "start", "end", "text", "words"]
    assert alone.corpus.turns[shared].equals(whole.corpus.turns[shared])
    assert alone.corpus.documents["source"].tolist() == ["du-01.txt", "du-02.txt"]


def test_a_withdrawal_in_consent_csv_is_carried_out_once(study: Path) -> None:
    opened = open_study(study)
    opened.take_in()
    _code(opened, "du-02", "marmalade")
    (study / "transcripts" / "consent.csv").write_text(
        CONSENT + "du-02,,yes,yes,yes,2026-01-03,by letter\n", encoding="utf-8"
    )
    again = open_study(study)
    assert again.take_in().withdrawn == ("du-02",)
    assert again.store.codings().empty
    assert again.store.documents()["document"].tolist() == ["du-01"]
    (row,) = again.store.withdrawn().itertuples()
    assert (row.document, row.by, row.codings) == ("du-02", "consent.csv", 1)
    assert "2026-01-03" in str(row.why)
    assert "by letter" in str(row.why)
    assert open_study(study).take_in().withdrawn == ()
    assert len(open_study(study).store.withdrawn()) == 1


def test_a_study_whose_every_transcript_is_withdrawn_has_no_talk_and_still_runs(study: Path) -> None:
    open_study(study).take_in()
    rows = "du-01,,,,,2026-01-03,\ndu-02,,,,,2026-01-03,\n"
    (study / "transcripts" / "consent.csv").write_text(CONSENT + rows, encoding="utf-8")
    assert "corpus" not in run_stages(open_study(study))
    opened = open_study(study)
    assert not opened.has_talk
    assert opened.store.withdrawn()["document"].tolist() == ["du-01", "du-02"]


def test_a_mistake_in_consent_csv_takes_nothing_out(study: Path) -> None:
    open_study(study).take_in()
    (study / "transcripts" / "consent.csv").write_text(CONSENT + "du-02,,,,,no,\n", encoding="utf-8")
    with pytest.raises(InputError, match="is not a day"):
        open_study(study).take_in()
    assert open_study(study).store.withdrawn().empty


def test_what_is_up_to_date_is_not_read_again_and_a_new_consent_is(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_study(study).take_in()
    read: list[int] = []
    monkeypatch.setattr(Study, "take_in", lambda _self, _progress=None: read.append(1))
    open_study(study).up_to_date()
    assert read == []
    (study / "transcripts" / "consent.csv").write_text(CONSENT + "du-02,,,no,,,\n", encoding="utf-8")
    open_study(study).up_to_date()
    assert read == [1]


def test_quotes_made_on_the_text_with_names_find_their_place_in_the_text_without(study: Path) -> None:
    from workbench.study import import_codings

    opened = _with_names(study)
    opened.take_in()
    path = study / "codings.csv"
    path.write_text("document,quote,code,coder\ndu-01,Joanne made me think,M09,ann\n", encoding="utf-8")
    assert import_codings(opened, path) == 1
    (quote,) = opened.store.codings()["quote"]
    assert quote.endswith("made me think")
    assert "Joanne" not in quote


def test_what_was_withdrawn_in_the_store_stays_out_while_its_file_is_still_there(study: Path) -> None:
    opened = open_study(study)
    opened.take_in()
    opened.store.withdraw("du-02", coder="ann", why="by telephone")
    again = open_study(study)
    assert again.take_in().documents == 1
    assert again.corpus.documents["document"].tolist() == ["du-01"]
    assert [(each.document, each.note) for each in again.corpus.withdrawn] == [("du-02", "by telephone")]
