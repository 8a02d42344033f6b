"""What a whole document shows of a name: which forms stand for it wherever they occur, and which were taken for one by mistake."""  # noqa: E501

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.language.name_vocabulary import Vocabulary
from workbench.language.names_in_passage import PATTERN, Candidate, is_likely_name, tokens

SHARE = 0.2
"""A form in no list is a name throughout a document if it was taken for one in this share of its places."""
DOUBT = 0.1
"""Below this share of at least `OFTEN` places, the model's few readings of a form as a name are slips."""
OFTEN = 10


@dataclass
class Shown:
    """What was found of names in one document."""

    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)
    """Parts of whole names, and what stood after a title: “Savage” is a name where “Dan Savage” was met."""


def forms_of(
    texts: Sequence[str], found: Sequence[Sequence[Candidate]], vocabulary: Vocabulary, *, restored: bool
) -> tuple[dict[str, str], set[str]]:
    """Return the forms that are names wherever else a document has them, with their kinds, and those that are slips.

    Parameters
    ----------
    texts : Sequence[str]
        The document's passages, capitals restored.
    found : Sequence of Sequence of Candidate
        What may be a name, by passage.
    vocabulary : Vocabulary
        Lists and dictionary.
    restored : bool
        Whether the document was written without capitals: every place of a form then counts, whatever its case.
    """
    shown = _shown(texts, found, vocabulary)
    seen = Counter(word.lower() for text in texts for word, _, _ in tokens(text))
    small = Counter(word for text in texts for word, _, _ in tokens(text) if word.islower())
    whole = "\n".join(texts).lower()
    forms, slips = {}, set()
    for form, counts in shown.kinds.items():
        kind = "person" if form in shown.sure and not vocabulary.is_land(form) else counts.most_common(1)[0][0]
        key = form.lower()
        places = whole.count(key) if " " in form else seen[key] - (0 if restored else small[key])
        share = counts[kind] / max(places, 1)
        if _is_throughout(form, form in shown.sure, share, vocabulary, small, restored):
            forms[form] = kind
        elif share < DOUBT and places >= OFTEN and not vocabulary.is_given(form):
            slips.add(form)
    return forms, slips


def _shown(texts: Sequence[str], found: Sequence[Sequence[Candidate]], vocabulary: Vocabulary) -> Shown:
    shown = Shown()
    for text, each in zip(texts, found, strict=True):
        for candidate in each:
            form = text[candidate.start : candidate.end]
            shown.kinds.setdefault(form, Counter())[candidate.kind] += 1
            if candidate.kind != "person":
                continue
            parts = [part for part, _, _ in tokens(form) if len(part) > 2]
            if candidate.rank < PATTERN or (len(parts) > 1 and is_likely_name(parts, vocabulary)):
                shown.sure.update(parts)
                for part in parts if len(parts) > 1 else ():
                    shown.kinds.setdefault(part, Counter())["person"] += 1
    return shown


def _is_throughout(
    form: str, sure: bool, share: float, vocabulary: Vocabulary, small: Counter[str], restored: bool
) -> bool:
    if " " in form:
        return share >= SHARE
    if len(form) < 3 or (small[form.lower()] and not (sure and not vocabulary.is_in_dictionary(form))):
        return False
    if vocabulary.is_in_dictionary(form):  # the dictionary has every ordinary word
        return sure and vocabulary.is_part(form) and share >= SHARE
    if vocabulary.is_unsayable(form) or (restored and vocabulary.is_compound(form)):
        return False
    return sure or vocabulary.is_listed(form) or share >= SHARE
