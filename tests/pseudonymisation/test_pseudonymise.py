"""Names out of the words, of the labels, and of all that lies beside them; everything else stays."""

from dataclasses import replace

import pytest
from fictional_talk import corpus_of, document
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.corpus import Consent, Corpus, Withdrawal
from workbench.errors import Problem
from workbench.pseudonymisation import Register, pseudonymise, waiting

TALK = document(
    "one",
    ("Nicole (P15)", "Me and Zoë 😀 went to Durham."),
    ("INT", "Nicole, was Durham’s custody full?"),
    title="Nicole’s first interview",
    scheme="durham",
    speakers="Nicole (P15)=service_user",
)


@pytest.fixture
def filled(register: Register) -> Register:
    for form, kind, pseudonym in (
        ("Nicole", "person", "[Person 48]"), ("Zoë", "person", "[Person 7]"), ("Durham", "place", "[Place 12]"),
    ):  # fmt: skip
        register.add(form, kind, by="Ruth", pseudonym=pseudonym)
    return register


def test_text_turns_labels_and_attributes_change_and_ids_stay(filled: Register) -> None:
    roles, consent = {"Nicole (P15)": "service_user"}, {"Nicole (P15)": Consent(quotation=False, note="Nicole rang")}
    before = replace(TALK, roles=roles, consent=consent, doubts=["speaker 'Nicole (P15)' has no role"])
    done = pseudonymise(corpus_of(before), filled).corpus.document("one")
    assert [(turn.speaker, done.text[turn.start : turn.end]) for turn in done.turns] == [
        ("[Person 48] (P15)", "Me and [Person 7] 😀 went to [Place 12]."),
        ("INT", "[Person 48], was [Place 12]’s custody full?"),
    ]
    assert done.attributes == {
        "title": "[Person 48]’s first interview",
        "scheme": "durham",
        "speakers": "[Person 48] (P15)=service_user",
    }
    assert done.roles == {"[Person 48] (P15)": "service_user"}
    assert done.consent == {"[Person 48] (P15)": Consent(quotation=False, note="[Person 48] rang")}
    assert done.doubts == ["speaker '[Person 48] (P15)' has no role"]
    assert (done.id, done.source, done.sha256) == (before.id, before.source, before.sha256)


def test_who_withdrew_and_what_could_not_be_read_are_told_without_names(filled: Register) -> None:
    problem = Problem(place="consent.csv, row 2", what="'Nicole' does not speak", choices=["Zoë"], remedy="")
    before = Corpus([TALK], problems=[problem], withdrawn=[Withdrawal(document="two", speaker="Zoë")])
    done = pseudonymise(before, filled).corpus
    assert str(done.problems[0]) == "consent.csv, row 2: '[Person 48]' does not speak. Known: [Person 7]."
    assert done.withdrawn == [Withdrawal(document="two", speaker="[Person 7]")]


def test_two_labels_of_one_person_keep_the_stricter_consent(filled: Register) -> None:
    filled.add("Nic", "person", by="Ruth", pseudonym="[Person 48]")
    both = document("one", ("Nicole", "Yes."), ("Nic", "No."))
    both = replace(both, consent={"Nicole": Consent(quotation=True), "Nic": Consent(quotation=False, archive=True)})
    done = pseudonymise(corpus_of(both), filled).corpus.document("one")
    assert done.consent == {"[Person 48]": Consent(quotation=False)}


def test_a_file_name_that_holds_a_name_is_told(filled: Register) -> None:
    done = pseudonymise(corpus_of(replace(TALK, id="interview_nicole_2")), filled)
    assert "holds 'nicole'" in str(done.named[0])
    assert done.corpus.documents["document"].tolist() == ["interview_nicole_2"]


def test_an_empty_register_changes_nothing(register: Register) -> None:
    assert pseudonymise(corpus_of(TALK), register).corpus.document("one") == TALK


def test_the_map_leads_back(filled: Register) -> None:
    done = pseudonymise(corpus_of(TALK), filled)
    there = done.map("one")
    assert there.restore(done.corpus.text("one")) == TALK.text
    start = done.corpus.text("one").index("[Place 12]")
    begin, end = there.to_original(start, start + 3)
    assert TALK.text[begin:end] == "Durham"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I told Will.", "I told [Person 5]."),
        ("We will see. Will you come?", "We will see. Will you come?"),
        ("Will came.", "Will came."),
        ("I told Will. Will came. Will he stay?", "I told [Person 5]. [Person 5] came. Will he stay?"),
        ("In May we met May.", "In May we met [Person 6]."),
        ("we will see will", "we will see will"),
        ("i met will bates", "i met [Person 8]"),
        ("He was reading in Reading.", "He was reading in [Place 7]."),
    ],
)
def test_an_ordinary_word_is_replaced_with_evidence_only(register: Register, text: str, expected: str) -> None:
    for form, kind, pseudonym in (
        ("Will", "person", "[Person 5]"), ("May", "person", "[Person 6]"), ("Reading", "place", "[Place 7]"),
        ("Will Bates", "person", "[Person 8]"),
    ):  # fmt: skip
        register.add(form, kind, by="Ruth", pseudonym=pseudonym)
    assert register.replaced(text) == expected


def test_what_a_person_types_in_small_letters_is_found_in_any_case(register: Register) -> None:
    register.add("the old forge", "place", by="Ruth", pseudonym="[Place 4]")
    register.add("mark", "person", by="Ruth", pseudonym="[Person 5]")
    text = "At the old forge, The Old Forge: mark my words, I told Mark."
    assert register.replaced(text) == "At [Place 4], [Place 4]: mark my words, I told [Person 5]."


def test_an_entry_of_one_transcript_is_evidence_there(register: Register) -> None:
    register.add("Will", "person", by="Ruth", pseudonym="[Person 5]", document="one")
    assert register.replaced("Will came.", "one") == "[Person 5] came."
    assert register.replaced("I told Will.", "two") == "I told Will."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask Ann Lee.", "Ask [Person 1]."),
        ("Ask ANN LEE, Ann's aunt", "Ask [Person 1], [Person 2]'s aunt"),
        ("Ask Ann\nLee", "Ask [Person 1]"),
        ("Annual, Anna, MAnn, Ann-Marie", "Annual, Anna, MAnn, [Person 2]-Marie"),
        ("the ann arbor ann lee team met Bob", "the [Person 2] arbor [Person 1] team met Bob"),
        ("i saw ann today with anns mum", "i saw [Person 2] today with anns mum"),
        ("O'Brien, O’BRIEN and Obrien", "[Person 3], [Person 3] and Obrien"),
        ("@ann_x and ann_x", "[Handle 4] and ann_x"),
        ("[Person 12] and [Person Ann]", "[Person 12] and [Person [Person 2]]"),
    ],
)
def test_forms_are_whole_words_longest_first(register: Register, text: str, expected: str) -> None:
    for form, kind, pseudonym in (
        ("Ann Lee", "person", "[Person 1]"), ("Ann", "person", "[Person 2]"), ("O'Brien", "person", "[Person 3]"),
        ("@ann_x", "social handle", "[Handle 4]"), ("12", "collar number", "[Collar entry 5]"),
    ):  # fmt: skip
        register.add(form, kind, by="Ruth", pseudonym=pseudonym)
    assert register.replaced(text) == expected


def test_a_form_does_not_reach_from_one_turn_into_the_next_label(register: Register) -> None:
    register.add("David Miller", "person", by="Ruth")
    talk = document("one", ("Int", "Was it David"), ("Miller", "Yes."))
    assert pseudonymise(corpus_of(talk), register).corpus.document("one") == talk


_TALK = (
    "Ann Lee ann ANN Will will May the The Anns Millers Miller Durham [Person 3] [Person Ann] 😀 . ? 's ’s Lee's "
    "O'Brien in 07700 900123 I you said"
)
_WORDS = st.sampled_from(_TALK.split())
_FORMS = st.lists(
    st.sampled_from(
        ["Ann", "Lee", "Ann Lee", "Lee Ann", "Will", "May", "Miller", "O'Brien", "Person", "3", "Will Lee"]
    ),
    unique=True,
    max_size=6,
)


@settings(deadline=None)
@given(turns=st.lists(st.lists(_WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4), forms=_FORMS)
def test_twice_is_once_and_every_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, turns: list[str], forms: list[str]
) -> None:
    register = Register(tmp_path_factory.getbasetemp() / "unused.csv")
    for form in forms:
        register.add(form, "person", by="Ruth")
    before = document("one", *((("Ann", "Int")[number % 2], words) for number, words in enumerate(turns)))
    once = pseudonymise(corpus_of(before), register)
    twice = pseudonymise(once.corpus, register).corpus
    assert twice.document("one") == once.corpus.document("one")
    assert once.map("one").restore(once.corpus.text("one")) == before.text


def test_the_queue_shows_what_waits_with_an_example(filled: Register) -> None:
    filled.propose("Custody", "organisation", why="names model")
    filled.propose("Zoë 😀", "person", why="names model")
    filled.propose("07700 900123", "phone", why="pattern")
    queue = waiting(corpus_of(TALK, document("two", ("Int", "Custody, custody."))), filled)
    assert queue["form"].tolist() == ["07700 900123", "Zoë 😀", "Custody"]
    row = queue[queue["form"] == "Custody"].iloc[0]
    assert (row["n"], row["documents"], row["document"]) == (1, 1, "two")
    assert (row["left"], row["match"], row["right"]) == ("Int: ", "Custody", ", custody.")
    everything = waiting(corpus_of(TALK), filled, decided=True)
    assert set(everything["decision"]) == {"waiting", "accepted"}
    assert waiting(corpus_of(TALK), filled, document="one").query("form == 'Custody'").empty
