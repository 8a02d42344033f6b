"""Words that say what people are: “Young Black lads” names nobody, though each word is a surname as well."""

from workbench.language.name_lists import describing_words, nation_words, people_words
from workbench.language.names_in_passage import Candidate, tokens

FAR = 40
"""Signs after a form in which the next word is looked for."""


def names_nobody(text: str, candidate: Candidate) -> bool:
    """Return whether all words of a form describe people, and it stands as such words do.

    Several of them do, unless the first may be a given name ("Gay Black"); one alone, or such a first one, only with
    another or a word for people right after it: "White lads", but not "White said".

    Parameters
    ----------
    text : str
        The passage.
    candidate : Candidate
        What may be a name in it.
    """
    words = [word.lower() for word, _, _ in tokens(text[candidate.start : candidate.end])]
    describing = describing_words() | nation_words()
    if candidate.kind != "person" or not words or not describing.issuperset(words):
        return False
    if len(words) > 1 and words[0] not in _GIVEN:
        return True
    rest = text[candidate.end : candidate.end + FAR]
    following = next(tokens(rest), None)
    if following is None or rest[: following[1]] != " ":
        return False
    return following[0].lower() in describing | people_words()


_GIVEN = frozenset(["brown", "gay", "male"])
"""Describing words that some people have as a given name."""
