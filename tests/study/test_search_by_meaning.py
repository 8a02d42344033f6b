"""A study is searched by meaning and by words, and what is found is coded in one call."""

from pathlib import Path

import pytest
import yaml

from workbench.errors import InputError
from workbench.study import Study, new_study, open_study
from workbench.study.search import search

TALK = """INT: Did you have trouble with the rent and the housing people?
P01: I could not pay the rent, so the council wrote about arrears.
INT: And the police?
P01: The constable was polite and explained everything to me slowly.
INT: Anything else that you remember?
P01: My dog likes to swim in the river on Sundays.
P01: Fine.
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    rows = "document,scheme,role,kind,speakers\n"
    for name, role in (("du-01", "service_user"), ("du-02", "officer")):
        (folder / "transcripts" / f"{name}.txt").write_text(TALK, encoding="utf-8")
        rows += f"{name},durham,{role},interview,INT=interviewer; P01={role}\n"
    (folder / "transcripts" / "metadata.csv").write_text(rows, encoding="utf-8")
    settings = yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8"))
    (folder / "study.yaml").write_text(yaml.safe_dump(settings | {"embedding": "static"}), encoding="utf-8")
    opened = open_study(folder)
    opened.store.add_corpus(opened.corpus)
    return opened


def test_what_is_near_in_meaning_comes_first_and_is_a_span_of_the_text(study: Study) -> None:
    hits = search(study, "owing money to the landlord", how="meaning")
    assert hits["quote"].str.contains("arrears").tolist()[:2] == [True, True]
    assert hits["score"].is_monotonic_decreasing
    assert hits["score"].between(-1, 1).all()
    for hit in hits.itertuples():
        assert study.corpus.text(str(hit.document))[hit.start : hit.end] == hit.quote
    assert study.vectors.is_file()


def test_hits_hold_the_documents_own_words_with_their_pseudonyms(study: Study) -> None:
    said = TALK.replace("constable", "man called Hollis")
    (study.path / "transcripts" / "du-01.txt").write_text(said, encoding="utf-8")
    study.register.add("Hollis", "person", by="ana", pseudonym="[Person 68]")
    study.register.save()
    opened = open_study(study.path)
    hits = search(opened, "the police were polite", how="meaning")
    assert hits["quote"].str.contains("The man called [Person 68] was polite", regex=False).any()
    for hit in hits.itertuples():
        assert opened.corpus.text(str(hit.document))[hit.start : hit.end] == hit.quote


def test_interviewers_and_very_short_turns_are_left_out(study: Study) -> None:
    hits = search(study, "trouble with rent", how="meaning")
    assert set(hits["role"]) == {"service_user", "officer"}
    assert "Fine." not in hits["quote"].tolist()


def test_the_same_filters_hold_for_every_way_to_search(study: Study) -> None:
    assert search(study, "rent", role="officer")["document"].tolist() == ["du-02"]
    assert set(search(study, "rent", how="meaning", role="officer")["document"]) == {"du-02"}
    assert len(search(study, "rent", how="meaning", most=1)) == 1
    for how in ("words", "meaning"):
        with pytest.raises(InputError, match="no turn has the wave '9'"):
            search(study, "rent", how=how, wave="9")
    with pytest.raises(InputError, match="it holds no word"):
        search(study, " ", how="meaning")
    with pytest.raises(TypeError, match="no argument 'sheme'"):
        search(study, "rent", sheme="durham")


def test_what_was_found_is_coded_and_then_found_by_its_code(study: Study) -> None:
    hits = search(study, "rent OR arrears", role="service_user")
    assert len(study.store.code_many(hits, code="M09", coder="ana")) == len(hits) == 2
    assert search(study, "arrears", code="M09")["document"].tolist() == ["du-01"]
    assert search(study, "arrears", uncoded=True)["document"].tolist() == ["du-02"]
    near = search(study, "debts", how="meaning", code="M09")
    assert near[["document", "turn"]].values.tolist() == [["du-01", 2]]
    assert ["du-01", 2] not in search(study, "debts", how="meaning", uncoded=True)[["document", "turn"]].values.tolist()
    with pytest.raises(InputError, match=r"nothing is coded 'M9'.*Did you mean 'M09'"):
        search(study, "arrears", code="M9")
