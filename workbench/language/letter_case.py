"""Capital letters given back to talk that was written without them, or with nothing else, place by place."""

import re
from collections.abc import Callable, Sequence

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_START = re.compile(r"(?:^|[.?!…:]\s+|\n\s*)[\"'“‘(\[]*$")
FEWEST = 0.01
"""A transcript in which fewer words than this share begin with a capital, "I" apart, was written in small letters."""


def case_of(passages: Sequence[str]) -> str:
    """Return "lower", "upper" or "mixed": how a document writes its letters."""
    words = capital = upper = 0
    for passage in passages:
        for match in WORD.finditer(passage):
            word = match.group()
            if len(word) > 1 and not word.startswith(("I'", "I’")):
                words += 1
                capital += word[0].isupper()
                upper += word.isupper()
    if not words or capital < FEWEST * words:
        return "lower"
    return "upper" if upper > 0.7 * words else "mixed"


def to_lower(text: str) -> str:
    """Return the text in small letters, letter for letter, so that places stay."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def to_capital(word: str) -> str:
    """Return a name as it is written: "o'neill" with two capitals, "anne-marie" too."""
    return re.sub(r"(?:^|(?<=[-])|(?<=\b[od]['’]))[^\W\d_]", _upper, word)


def _upper(match: re.Match[str]) -> str:
    letter = match.group()
    return capital if (capital := letter.upper()).lower() == letter else letter  # not so for the dotless i


def is_start(text: str, at: int) -> bool:
    """Return whether a sentence begins at a place of a text."""
    return bool(_START.search(text[max(0, at - 8) : at]))


def restore(text: str, is_capital: Callable[[str, str], bool]) -> str:
    """Return a small-letter text with capitals where sentences begin and where `is_capital(word, word before)` says so.

    Every character stays in its place, so that what is found there is found in the original.
    """
    before = ""

    def write(match: re.Match[str]) -> str:
        nonlocal before
        word, last = match.group(), before
        stem = re.sub(r"['’]s?$", "", word)
        capital = word
        if word == "i" or word.startswith(("i'", "i’")):
            capital = "I" + word[1:]
        elif is_capital(stem, last) or is_start(text, match.start()):
            capital = to_capital(word)
        before = capital
        return capital if len(capital) == len(word) else word

    return WORD.sub(write, text)
