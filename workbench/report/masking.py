"""What a text must not say: names of those who spoke, and which transcript it is about."""

import re
from collections.abc import Collection, Iterable

from workbench.pseudonymisation.entry import PSEUDONYM

NAME = "[name]"
TRANSCRIPT = "a transcript of this study"

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ROLES = """
adviser advisor all and assessor at by case caseworker chair client commissioner constable coordinator counsellor
custody dc detective di dr drug ds fac facilitator female first focus for from group inspector int inter
interviewee interviewer investigator lead leader male man manager member men mentor miss mod moderator mr mrs ms
navigator neighbourhood new observer of office officer on operator panel participant partner pc peer person police
practitioner professional provider ps recovery researcher resp respondent response second senior sergeant service
sgt speaker staff stakeholder student supervisor support team the third transcriber translator unidentified
university unknown user victim voice with woman women worker youth
"""
"""Words of speakers' labels that say what somebody does, or nothing."""


def names_in(labels: Iterable[str], *, places: Collection[str] = ()) -> re.Pattern[str] | None:
    """Return a pattern of the names that speakers' labels hold, as whole words; None where they hold none.

    Parameters
    ----------
    labels : iterable of str
        As in the transcripts: `Craig`, `Officer A`, `Nicole (P15)`.
    places : Collection of str
        Names of schemes, whose words are no names of people.

    Notes
    -----
    Letters by themselves, numbers, words for roles and pseudonyms are passed over. Case counts: `Grace` is masked,
    `grace` is not. A name that the labels do not hold is not found; that is for a person to judge.
    """
    known = {*_ROLES.split()} | {word.casefold() for place in places for word in _WORD.findall(place)}
    found = set()
    for label in labels:
        for whole in _WORD.findall(PSEUDONYM.sub(" ", str(label))):
            for word in {whole, *re.split(r"['’-]", whole)}:
                plain = word.casefold().removesuffix("s")
                if len(word) > 1 and not {word.casefold(), plain} & known:
                    # A label may be written in capitals or small letters; talk writes a name with one capital.
                    found |= {word, word.capitalize()} if word.isupper() else {word[:1].upper() + word[1:]}
    if not found:
        return None
    words = "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def without_names(text: str, names: re.Pattern[str] | None) -> str:
    """Return a text with `[name]` for every name."""
    return names.sub(NAME, text) if names else text


def without_documents(text: str, documents: Collection[str]) -> str:
    """Return a text in which no reference leads to one transcript.

    Only what is a reference is masked: an id with “, turn 3” behind it, and a file name with its hash. An id may be
    a plain word or a number, which must stay where it is one.
    """
    for document in documents:
        if document in text:
            form = rf"(?<![\w-]){re.escape(document)}"
            text = re.sub(rf"{form}(?:\.\w{{1,5}})?, turn \d+", TRANSCRIPT, text)
            text = re.sub(rf"{form}\.\w{{1,5}}(?= [0-9a-f]{{12}})", TRANSCRIPT, text)
    return text
