"""Phrases and token patterns are found where they stand."""

from workbench.language import find_patterns


def test_phrases_match_in_any_case_and_with_curly_quotes_at_their_offsets() -> None:
    passages = ["I didn’t KNOW what it was, 👍 it made me THINK.", "Nothing here."]
    hits = find_patterns({"M09": ["made me think"], "S2": ["didn't know"]}, passages)
    assert [(hit.passage, hit.name, hit.words) for hit in hits] == [
        (0, "S2", "didn’t KNOW"),
        (0, "M09", "made me THINK"),
    ]
    assert [passages[0][hit.start : hit.end] for hit in hits] == ["didn’t KNOW", "made me THINK"]


def test_token_patterns_match_and_nested_hits_of_one_name_count_once() -> None:
    patterns = {"M09": ["wake up", [{"LOWER": "wake"}, {"LOWER": "up"}, {"LOWER": "call"}]]}
    hits = find_patterns(patterns, ["It was a wake up call, really."])
    assert [hit.words for hit in hits] == ["wake up call"]


def test_no_pattern_finds_nothing() -> None:
    assert find_patterns({}, ["Some talk."]) == []
