"""The real search, from lists and patterns alone: what it proposes is replaced everywhere, and nothing is lost."""

import json
from pathlib import Path

import pytest
from fictional_talk import corpus_of, document

from workbench.corpus import Corpus
from workbench.pseudonymisation import Register, find, pseudonymise, waiting

pytest.importorskip("faker")


def test_the_real_search_proposes_names_and_numbers(register: Register) -> None:
    talk = corpus_of(
        document("one", ("Sarah (P3)", "My officer, DC David Hughes, rang me. David was kind, so was Sarah.")),
        document("two", ("Int", "my number is 07700 900123 and david hughes's is not")),
    )
    assert find(talk, register, model=None) >= 4
    done = pseudonymise(talk, register).corpus
    everything = done.text("one") + done.text("two")
    for name in ("David", "Hughes", "Sarah", "david", "hughes", "07700"):
        assert name not in everything
    who = register.entry("David Hughes")
    assert who is not None
    assert everything.count(who.pseudonym) == 3
    assert done.text("one").startswith("[Person ")
    assert find(talk, register, model=None) == 0


def _spoken(folder: Path) -> Corpus:
    """Read real talk: one turn a sentence."""
    documents = []
    for path in sorted(folder.glob("GUM_interview_*.conllu"))[:4]:
        lines = path.read_text(encoding="utf-8").splitlines()
        said = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
        documents.append(document(path.stem, *(("Int", words) for words in said)))
    return Corpus(documents)


def test_real_talk_comes_back_as_it_was(real_data: Path, register: Register) -> None:
    talk = _spoken(real_data / "transcripts" / "gum_spoken")
    assert find(talk, register, model=None) > 20
    once = pseudonymise(talk, register)
    queue = waiting(talk, register)
    assert queue["n"].sum() == sum(len(once.map(name).replaced) for name in talk.documents["document"])
    assert json.dumps(queue.to_dict("records"))
    twice = pseudonymise(once.corpus, register)
    for name in talk.documents["document"]:
        assert once.map(name).restore(once.corpus.text(name)) == talk.text(name)
        assert twice.corpus.document(name) == once.corpus.document(name)
