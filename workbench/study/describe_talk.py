"""What state the talk is in: what could not be read, who withdrew, names, reviews, consent. Only counts."""

from collections import Counter

from workbench.corpus.document import SEVERAL, UNKNOWN
from workbench.language.counted import counted
from workbench.study.consent_state import records_consent
from workbench.study.study import Study

NOBODY = (UNKNOWN, SEVERAL)
"""Labels of speakers that are nobody in particular, and no people to count."""

_KINDS = {"person": ("person", "people"), "place": ("place", ""), "organisation": ("organisation", "")}
_NUMBERS = ("identifying number or address", "identifying numbers and addresses")
"""All other kinds together: “collar number 1” would itself read like an identifier."""


def told_of_state(study: Study) -> list[str]:
    """Return sentences that say what the transcripts of a study rest on, without naming any."""
    return [*_unread(study), *_withdrawn(study), *_pseudonyms(study), *_reviews(study), *_consent(study)]


def _unread(study: Study) -> list[str]:
    files = len({getattr(problem, "place", str(problem)) for problem in study.corpus.problems})
    what = f"{counted(files, 'file')} could not be read, and nothing here rests on {'it' if files == 1 else 'them'}."
    return [what] if files else []


def _withdrawn(study: Study) -> list[str]:
    """Count whole transcripts and single voices that are gone; those that never reached the store too."""
    known = set(study.store.withdrawn()["document"])
    whole = known | {each.document for each in study.corpus.withdrawn if not each.speaker}
    voices = {(each.document, each.speaker) for each in study.corpus.withdrawn if each.speaker}
    said = []
    if whole:
        said.append(f"Transcripts withdrawn by those who took part: {len(whole):,}; nothing here rests on them.")
    if voices:
        said.append(f"Single people who withdrew from a conversation of several: {len(voices):,}; their words are out.")
    return said


def _pseudonyms(study: Study) -> list[str]:
    if not study.has_transcripts:
        return ["The texts are those of the coding store; whether names were replaced was settled where it was made."]
    from workbench.language.names import names_model
    from workbench.pseudonymisation import BY_HAND

    in_force = [entry for entry in study.register.entries if entry.decision != "rejected"]
    if not in_force:
        return ["No names were replaced: this study has no register of names."]
    kinds = Counter(_KINDS.get(entry.kind, _NUMBERS) for entry in in_force)
    each = ", ".join(counted(number, *words) for words, number in kinds.most_common())
    waiting = sum(entry.decision == "waiting" for entry in in_force)
    wait = "waits for a person's decision and is" if waiting == 1 else "wait for a person's decision and are"
    to_do = f", of which {waiting:,} {wait} replaced meanwhile" if waiting else ""
    by_hand = sum(entry.why == BY_HAND for entry in in_force)
    found = f"{len(in_force) - by_hand:,} found by {names_model()}" if by_hand < len(in_force) else "none by search"
    stand = "Pseudonyms stand for" if len(in_force) > 1 else "A pseudonym stands for"
    names = counted(len(in_force), "name or number", "names and numbers")
    return [f"{stand} {names} ({each}){to_do}; {found}, {by_hand:,} added by people."]


def _reviews(study: Study) -> list[str]:
    documents = set(study.store.documents()["document"])
    done = len(documents & study.store.reviewed())
    were = "was" if done == 1 else "were"
    return [f"{done:,} of {counted(len(documents), 'transcript')} {were} reviewed for names by a person."]


def _consent(study: Study) -> list[str]:
    turns = study.store.turns()
    talk = turns[(turns["role"] != "interviewer") & ~turns["speaker"].isin(NOBODY)]
    people = talk.drop_duplicates("person")
    if not records_consent(study, turns):
        return ["No consents are recorded: this study has no consent.csv with entries."]
    allowed = int((people["quotation"] == True).sum()) if "quotation" in people.columns else 0  # noqa: E712
    consent = "consents" if allowed == 1 else "consent"
    return [f"{allowed:,} of {counted(len(people), 'person', 'people')} {consent} to being quoted."]
