"""Suggestions are ranked, say why, and are never codings."""

from pathlib import Path

import pandas as pd
import pytest

from workbench.codebook import read_codebook
from workbench.coding import open_store
from workbench.corpus import Span, read_corpus
from workbench.suggestion import find_themes, suggest
from workbench.suggestion.by_model import FEWEST
from workbench.suggestion.passages import labels, talk
from workbench.suggestion.themes import _common_words

CODEBOOK = """\
title: Tiny
version: "1"
date: 2026-01-01
codes:
  - id: I01
    name: The app
    kind: inductive
    definition: Trouble with the phone app used for referrals.
    include: Crashes and signal.
    exclude: Paper forms.
    example: The app crashed on me again, no signal at all.
    near_miss: I like the app. – not this, no trouble.
    patterns: ["the app"]
  - id: I02
    name: Fear of a record
    kind: inductive
    definition: Worry about a criminal record and losing work.
    include: Jobs, visas.
    exclude: Shame.
    example: I would lose my job if I got a criminal record.
    near_miss: I keep a record of my hours. – not this, another record.
    patterns: []
"""
APP = "Honestly the app crashed with no signal for the {} time this week."
JOB = "I was scared I would lose my job over a criminal record in week {}."
OTHER = "We went to see my nan in number {} and had chips by the sea."


@pytest.fixture
def parts(tmp_path: Path):
    folder = tmp_path / "transcripts"
    folder.mkdir()
    for document in ("read", "unread"):
        lines = [
            f"INT: Tell me about day {day}.\nP01: {text.format(day)}" for day in range(12) for text in (APP, JOB, OTHER)
        ]
        (folder / f"{document}.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    store = open_store(tmp_path / "codings.sqlite")
    corpus = read_corpus(folder)
    store.add_corpus(corpus)
    yield store, corpus, read_codebook(tmp_path / "codebook.yaml")
    store.close()


def _code_all(store, corpus, words: str, code: str) -> None:
    for row in corpus.search(words).query("document == 'read'").itertuples():
        store.code(Span(row.document, row.start, row.end), code, coder="ann")
    store.read("read", coder="ann")


def test_patterns_and_similarity_speak_from_the_first_day_and_say_why(parts) -> None:
    store, corpus, codebook = parts
    finding = suggest(store, corpus, codebook, embedding="static")
    table = finding.table
    assert set(table["method"]) == {"pattern", "similarity"}
    by_pattern = table[table["method"] == "pattern"]
    assert set(by_pattern["code"]) == {"I01"}
    assert len(by_pattern) == 24
    assert by_pattern["note"].iloc[0] == "pattern: “the app”"
    assert (
        "By model: no suggestion. No code has enough coded turns yet, or every turn has been read."
        in finding.statements
    )


def test_the_model_learns_from_codings_and_suggests_only_where_nobody_has_read(parts) -> None:
    store, corpus, codebook = parts
    _code_all(store, corpus, "scared I would lose my job", "I02")
    table = suggest(store, corpus, codebook, embedding="static").table.query("method == 'model'")
    assert set(table["document"]) == {"unread"}
    turns = corpus.turns.set_index(["document", "turn"])
    said = [turns.loc[(row.document, row.turn), "text"] for row in table.itertuples()]
    assert len(said) == 12
    assert all("criminal record" in text for text in said)
    assert table["note"].str.contains(r"like 12 coded turns \(probability 0\.\d\d; words: ").all()


def test_suggestions_are_kept_apart_from_codings(parts) -> None:
    store, corpus, codebook = parts
    before = store.codings()
    suggest(store, corpus, codebook, embedding="static")
    assert store.codings().equals(before)
    kept = store.suggestions()
    assert len(kept) > 0
    again = suggest(store, corpus, codebook, embedding="static")
    assert len(store.suggestions()) == len(kept) == len(again.table)


def test_unseen_turns_are_not_uncoded_turns(parts) -> None:
    store, corpus, _ = parts
    _code_all(store, corpus, "the app crashed", "I01")
    turns = talk(corpus)
    marked = labels(turns, store)
    assert set(turns.loc[marked.index, "document"]) == {"read"}
    assert marked["I01"].sum() == 12 >= FEWEST
    assert len(marked) == 36


def test_too_few_uncoded_turns_make_no_themes_and_say_so(parts) -> None:
    store, corpus, _ = parts
    for words, code in (("the app crashed", "I01"), ("scared I would lose", "I02"), ("went to see my nan", "I02")):
        _code_all(store, corpus, words, code)
    finding = find_themes(store, corpus, embedding="static")
    assert finding.table.empty
    assert finding.statements == ["No themes: 36 turns are uncoded, and fewer than 40 would give noise."]


def test_themes_group_what_no_code_covers_and_are_the_same_for_the_same_seed(parts) -> None:
    store, corpus, _ = parts
    first, second = (find_themes(store, corpus, embedding="static", seed=3) for _ in range(2))
    assert first.table.equals(second.table)
    assert len(first.table) >= 3
    texts = {f"{row.document}:{row.turn}": row.text for row in corpus.turns.itertuples()}
    for row in range(len(first.table)):
        kinds = {
            next(word for word in ("app", "job", "nan") if word in texts[place].split()) for place in first.trace(row)
        }
        assert len(kinds) == 1


def test_words_that_only_one_or_two_people_use_never_name_a_theme() -> None:
    said = [("a", "Tash had the app"), ("b", "the app again"), ("c", "The App"), ("a", "Tash, Tash"), ("b", "Tash")]
    turns = pd.DataFrame(said, columns=["person", "text"])
    assert _common_words(turns) == {"the", "app"}
