"""The names of one passage, from the model's spans, lists and surroundings, and which of them stand."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from workbench.language.letter_case import WORD, is_start
from workbench.language.name_patterns import TITLE, by_context, by_introduction
from workbench.language.name_vocabulary import Vocabulary
from workbench.language.names_model import Found

_KINDS = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation"}
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_EDGE = ' \t\n.,;:!?…"“”‘()[]-–—'
_ABBREVIATION = re.compile(
    r"(?:[UN]\.\s?[SKN]\b|N\.H\.S|[SD]\.\s?A\b|[ABDP]\.\s?C\b|[BM]\.\s?(?:A|Sc|D)\b|[AP]\.M\b|[EI]\.[GE]\b)",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|from|to|near|around|of|through|outside|across)\s+$", re.IGNORECASE)


_ARTICLE = re.compile(r"\b(?:the|an?|this|these|those|every|each|its|another)\s+$", re.IGNORECASE)
_CODED = re.compile(r"(?:\s?-\s?|\s)(?:\d|[A-Z]\b(?!\.))")
_VOCATIVE = re.compile(r"(?:^|[,.?!…]\s+|\b(?:and|or|thanks|okay|ok|hi|hello|yes|no|right|so)\s+)$", re.IGNORECASE)
_VOCATIVE_END = re.compile(r"\s*(?:[,.?!…]|$)")
_THING = frozenset(
    ["group", "groups", "council", "university", "college", "school", "academy", "hospital", "police", "trust", "party", "mountain", "mountains", "valley", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "centre", "center", "station", "street", "road", "avenue", "lane", "studio", "studios", "game", "games", "company", "club", "award", "awards", "act", "bill", "code", "report", "review", "plan", "programme", "program", "project", "fund", "association", "society", "institute", "foundation", "committee", "commission", "board", "court", "department", "ministry", "office", "service", "services", "agency", "airport", "stadium", "theatre", "museum", "library", "river", "lake", "island", "islands", "beach", "bay", "coast", "county", "city", "town", "village", "region", "district", "province", "state", "republic", "kingdom", "union", "league", "cup", "day", "week", "month", "year", "test", "model", "theory", "theorem", "engine", "brothers", "cathedral", "church", "mosque", "temple", "prison", "convention", "treaty", "protocol", "criminal", "civil", "supreme"]  # noqa: E501
)  # fmt: skip
"""Words that a longer name ends in when it is no person's; the few that are surnames, too, count so after a rare first word."""  # noqa: E501
PATTERN = 4
"""Ranks below this stand for good reasons: a title, an introduction, a number."""


class Candidate(NamedTuple):
    """A span that may be a name; of two that meet, the lower rank stands, then the longer."""

    start: int
    end: int
    kind: str
    why: str
    rank: int


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield words with their places, possessives apart."""
    for match in WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        yield word, match.start(), match.start() + len(word)


def candidates(
    text: str, read: Found, vocabulary: Vocabulary, *, small: Counter[str], restored: bool
) -> list[Candidate]:
    """Return what may be a name in a passage, in no order; spans may meet."""
    found = list(_from_model(text, read, vocabulary, small, restored))
    found += _from_lists(text, vocabulary, small)
    for start, end, kind, why in by_context(text):
        start, end = _trim(text, start, end, vocabulary)
        if kind != "person" or _has_name(text[start:end], vocabulary, why):
            rank = 3 if kind == "person" else 6 if why == "perhaps a street" else 2
            found.append(Candidate(start, end, kind, why, rank))
    for start, end in by_introduction(text):
        if not vocabulary.is_ordinary(text[start:end]):
            found.append(Candidate(start, end, "person", "introduction", 2))
    return found


def _has_name(name: str, vocabulary: Vocabulary, why: str) -> bool:
    """Return whether what a title or an introduction stands before may be a name: not so in "this is Spain"."""
    words = [word for word, _, _ in tokens(name)]
    if why == "initials":
        spelled = [word for word in words if len(word) > 1]
        return not _ABBREVIATION.match(name) and not any(vocabulary.is_common(word) for word in spelled)
    if why == "title":
        return not all(vocabulary.is_common(word) or TITLE.fullmatch(word) for word in words)
    if why == "introduction":
        return bool(words) and not vocabulary.is_common(words[0]) and not vocabulary.is_place(name)
    return bool(words) and vocabulary.is_listed_given(words[0]) and not vocabulary.is_common(words[0])


def _from_model(
    text: str, read: Found, vocabulary: Vocabulary, small: Counter[str], restored: bool
) -> Iterator[Candidate]:
    for start, end, label in read:
        if label not in ("GPE", "LOC", "FAC", "ORG"):  # "New York" keeps its first word
            start, end = _trim(text, start, end, vocabulary)
        else:
            end -= len(found.group()) if (found := _POSSESSIVE.search(text[start:end])) else 0
        if bracket := re.search(r"\s*[(\[][^)\]]*$", text[start:end]):  # "Imogen (University", of a label
            end = start + bracket.start()
        if start >= end or TITLE.fullmatch(text[start:end]):
            continue
        words = [word for word, _, _ in tokens(text[start:end])]
        kind = _kind(text, start, end, words, label, vocabulary, small) if words else ""
        if not kind or not _is_kept(text, start, words, vocabulary, small, restored):
            continue
        if kind == "person" and len(words) == 1:
            if not _is_alone(text, start, end, vocabulary, restored):
                continue
            if not vocabulary.is_listed(words[0]) and _is_word(words[0], vocabulary, small):
                continue
        yield Candidate(start, end, kind, "names model", PATTERN if kind == "person" else 6)


def _kind(
    text: str, start: int, end: int, words: list[str], label: str, vocabulary: Vocabulary, small: Counter[str]
) -> str:
    """Return what a span of the model's is, by its label, the lists, and how it is addressed; "" for none."""
    kind, name = _KINDS.get(label, ""), text[start:end]
    if kind == "person" and (vocabulary.is_land(name) or (vocabulary.is_place(name) and not vocabulary.is_given(name))):
        return "person" if len(words) == 1 and vocabulary.is_surname(name) and not vocabulary.is_land(name) else "place"
    if len(words) > 1:
        likely = is_likely_name(words, vocabulary)
        if kind == "person":
            if len(words[-1]) == 1 and text[end : end + 1] == "-":  # Bill C-4
                return ""
            thing = words[-1].lower() in _THING or (vocabulary.is_land(words[-1]) and not vocabulary.is_given(words[0]))
            return kind if likely or not thing else "organisation"
        given = vocabulary.is_given(words[0]) and not vocabulary.is_place(name) and len(words) < 4
        return "person" if given and likely else kind
    if kind in ("place", "organisation"):
        if vocabulary.is_land(name):
            return kind
        if _is_surname(name, vocabulary, small) or _is_addressed(text, start, end, vocabulary):
            return "person"
        return "person" if vocabulary.is_given(name) and not vocabulary.is_place(name) else kind
    return kind or ("person" if vocabulary.is_given(name) else "")


def is_likely_name(words: list[str], vocabulary: Vocabulary) -> bool:
    """Return whether words may be a given name and a surname: "Prince Edward" perhaps, "Russell Group" not."""
    first, last = words[0], words[-1]
    if last.lower() in _THING and not (len(words) == 2 and vocabulary.is_surname(last) and vocabulary.is_given(first)):
        return False
    if (
        vocabulary.is_land(last)
        or last[0].islower()
        or any(word.isupper() and len(word) > 2 for word in words if not first.isupper())
    ):
        return False
    return vocabulary.is_surname(last) or vocabulary.is_listed_given(last) or not vocabulary.is_in_dictionary(last)


def _is_addressed(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Return whether a single unknown word stands by itself, as a name does: “Okay, Derrik.”"""
    word = text[start:end]
    if word.isupper() or not word[0].isupper() or vocabulary.is_in_dictionary(word) or vocabulary.is_place(word):
        return False
    return bool(_VOCATIVE.search(text[max(0, start - 12) : start]) and _VOCATIVE_END.match(text, end))


def _is_surname(word: str, vocabulary: Vocabulary, small: Counter[str]) -> bool:
    """Return whether a single word that the model takes for a place or an organisation is more likely a surname."""
    known = vocabulary.is_surname(word) and not vocabulary.is_place(word) and not vocabulary.is_common(word)
    return known and word[0].isupper() and not word.isupper() and not small[word.lower()]


def _is_alone(text: str, start: int, end: int, vocabulary: Vocabulary, restored: bool) -> bool:
    """Return whether a single word that the model takes for a person may be one, by its letters and neighbours."""
    word = text[start:end]
    if vocabulary.is_nation(word):
        return False
    if not vocabulary.is_listed(word):
        if vocabulary.is_compound(word) or vocabulary.is_unsayable(word):
            return False
        if word.isupper() and not restored and len(word) > 2:
            return False
    if vocabulary.is_given(word):
        return True
    return not (_ARTICLE.search(text[max(0, start - 10) : start]) or _CODED.match(text, end))


def _is_word(word: str, vocabulary: Vocabulary, small: Counter[str]) -> bool:
    """Return whether a word of no list is an ordinary one: in the dictionary, and nothing but its capital speaks for a name."""  # noqa: E501
    if not vocabulary.is_in_dictionary(word) or re.fullmatch(r"[A-Z]\w+-[A-Z]\w+", word):
        return False
    return bool(small[word.lower()]) or word.endswith("s") or vocabulary.is_ordinary(word)


def _is_kept(
    text: str, start: int, words: list[str], vocabulary: Vocabulary, small: Counter[str], restored: bool
) -> bool:
    """Return whether a span of the model's is more than ordinary words, or a single one with a capital of its own."""
    if any(not vocabulary.is_ordinary(word) and not small[word.lower()] for word in words):
        return True
    if restored or vocabulary.is_common(words[0]) or words[0].islower():
        return False
    return len(words) > 1 or (vocabulary.is_listed_given(words[0]) and not is_start(text, start))


def _trim(text: str, start: int, end: int, vocabulary: Vocabulary) -> tuple[int, int]:
    """Leave what is no part of a name: a title, a sentence's first small word, signs, a possessive."""
    while start < end and text[start] in _EDGE:
        start += 1
    if title := TITLE.match(text[start:end]):
        start += title.end() if title.end() < end - start else 0
    words = list(tokens(text[start:end]))
    while len(words) > 1 and vocabulary.is_common(words[0][0]):
        words.pop(0)
    while len(words) > 1 and words[-1][0].islower() and vocabulary.is_ordinary(words[-1][0]):
        words.pop()
    if words:
        start, end = (
            start + words[0][1],
            start + words[-1][2] if words[-1][0].islower() or end - start > words[-1][2] else end,
        )
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    return start, end - (len(found.group()) if (found := _POSSESSIVE.search(text[start:end])) else 0)


def _from_lists(text: str, vocabulary: Vocabulary, small: Counter[str]) -> Iterator[Candidate]:
    words = list(tokens(text))
    number = 0
    while number < len(words):
        word, start, _ = words[number]
        last = number
        if word[0].isupper() and (
            not vocabulary.is_common(word)
            or vocabulary.is_place(text[start : words[min(number + 1, len(words) - 1)][2]])
        ):
            while (
                last + 1 < len(words) and last - number < 3 and _goes_on(text, words[last], words[last + 1], vocabulary)
            ):
                last += 1
            full = text[start : words[last][2]]
            cuts = range(min(number + 3, len(words) - 1), number - 1, -1)
            places = [cut for cut in cuts if vocabulary.is_place(text[start : words[cut][2]])]
            is_given = vocabulary.is_given(word) and not small[word.lower()]
            is_body = last == number and _is_body(text, words, number)
            is_given = is_given and not is_body and (last > number or not vocabulary.is_land(word))
            if places and (places[0] > number or not is_given or _PLACE_BEFORE.search(text[:start])):
                last = places[0]
                yield Candidate(start, words[last][2], "place", "name lists", 7)
            elif is_given or (not is_body and _is_whole_name(text, words[number : last + 1], vocabulary, small)):
                yield Candidate(start, start + len(full), "person", "name lists", 5)
            else:
                last = number
        number = last + 1


def _is_body(text: str, words: list[tuple[str, int, int]], number: int) -> bool:
    """Return whether a thing's word with a capital follows: "Russell Group"."""
    following = words[number + 1] if number + 1 < len(words) else None
    if following is None or not following[0][0].isupper() or following[0].lower() not in _THING:
        return False
    return text[words[number][2] : following[1]] == " "


def _goes_on(text: str, word: tuple[str, int, int], following: tuple[str, int, int], vocabulary: Vocabulary) -> bool:
    return (
        following[0][0].isupper()
        and text[word[2] : following[1]] in (" ", " - ", "  ")
        and not vocabulary.is_common(following[0])
        and not following[0].startswith(("I'", "I’"))
    )


def _is_whole_name(text: str, words: list[tuple[str, int, int]], vocabulary: Vocabulary, small: Counter[str]) -> bool:
    """Return whether a word is an ordinary given name with a surname, or a surname on its own inside a sentence."""
    first, start, _ = words[0]
    if len(words) > 1 and vocabulary.is_listed_given(first):
        return vocabulary.is_surname(words[1][0])
    if vocabulary.is_in_dictionary(first) or small[first.lower()] or first.isupper() or len(first) < 3:
        return False
    return vocabulary.is_surname(first) and not (is_start(text, start) and vocabulary.is_known_word(first))


def occurrences(text: str, forms: Mapping[str, str], why: str, *, any_case: bool = False) -> Iterator[Candidate]:
    """Yield where forms occur as whole words; in any case if asked, else as they are written or in capitals."""
    if not forms:
        return
    key = str.lower if any_case else str
    wanted = {key(form): kind for form, kind in forms.items()}
    longest = max(form.count(" ") for form in wanted) + 1
    words = list(tokens(text))
    for number, (_, start, _) in enumerate(words):
        for cut in range(min(number + longest, len(words)), number, -1):
            if kind := wanted.get(key(text[start : words[cut - 1][2]])):
                yield Candidate(
                    start, words[cut - 1][2], kind, why, 1 if why == "known" else 5 if kind == "person" else 8
                )
                break


def settle(found: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that stand, apart and in order; people's names that meet become one."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda it: (it.rank, it.start - it.end)):
        meeting = [other for other in kept if other.start < candidate.end and candidate.start < other.end]
        if not meeting:
            kept.append(candidate)
        elif candidate.kind == "person" and all(other.kind == "person" for other in meeting):
            kept = [other for other in kept if other not in meeting]
            start, end = min(it.start for it in (candidate, *meeting)), max(it.end for it in (candidate, *meeting))
            kept.append(meeting[0]._replace(start=start, end=end))
    return sorted(kept)
