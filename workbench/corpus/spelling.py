"""One spelling for the British and American forms of a word, so that they can be compared."""

import csv
import re
from functools import cache
from pathlib import Path

_ISE = re.compile(r"(?<=[a-z]{3})is(?=(?:e[srd]?|ers|ing|able|ation|ations|ational|ationally)$)")
_DOUBLED = re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|ings|er|ers|or|ors|s)?$)")
_SYLLABLES = re.compile(r"[aeiou]+[^aeiou]+[aeiou]")


def one_spelling(word: str) -> str:
    """Return the spelling that stands for all of a word's spellings.

    British becomes American (organise, colour, centre, programme, licence,
    judgement, paediatric), and a doubled l is written once (travelled,
    fulfill). `spelling.csv` holds the words that follow no rule.

    Parameters
    ----------
    word : str
        In lower case, without accents.

    Examples
    --------
    >>> one_spelling("organisations"), one_spelling("travelling"), one_spelling("behaviour")
    ('organizations', 'traveling', 'behavior')
    """
    fragments, pattern = _fragments()
    word = pattern.sub(lambda found: fragments[found[0]], word)
    word = _ISE.sub("iz", word)
    doubled = _DOUBLED.search(word)
    if doubled and _SYLLABLES.search(word, 0, doubled.start()):  # travelled, fulfill; called and sell have one syllable
        return word[: doubled.start()] + word[doubled.start() + 1 :]
    return word


@cache
def _fragments() -> tuple[dict[str, str], re.Pattern[str]]:
    with (Path(__file__).parent / "spelling.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["british"], row["american"]) for row in csv.DictReader(file)]
    longest = sorted((british for british, _ in rows), key=len, reverse=True)
    # From the beginning of the word, or after a prefix that leaves the rest a word: mis|behaviour, kilo|metre.
    prefix = r"(?<![a-z])|(?<=^mis)|(?<=^un)|(?<=^dis)|(?<=^re)|(?<=^kilo)|(?<=^milli)|(?<=^centi)|(?<=^ortho)"
    return dict(rows), re.compile(f"(?:{prefix})(?:{'|'.join(longest)})")
