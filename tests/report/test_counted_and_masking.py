"""Counts and references to transcripts, found inside sentences."""

import pytest

from workbench.disclosure import Rules
from workbench.report.counted import rounded_counts
from workbench.report.masking import without_documents


@pytest.mark.parametrize(
    ("exact", "said"),
    [
        ("1 person came late.", "Fewer than 10 persons came late."),
        ("We left out 5 incident rows.", "We left out fewer than 10 incident rows."),
        ("1 incident row; 4 young people.", "Fewer than 10 incident rows; fewer than 10 young people."),
        ("It was kept in 7 of 12 incidents.", "It was kept in fewer than 10 of 10 incidents."),
        ("It was kept in 397 of the 401 cases.", "It was kept in all but fewer than 10 of 400 cases."),
        ("2,473 incidents of 2,451 persons.", "2,475 incidents of 2,450 persons."),
        ("2 files hold 12,343 incidents of 3,002 people.", "2 files hold 12,345 incidents of 3,000 people."),
        ("0 cases were left out.", "0 cases were left out."),
        ("In 5 groups, over 13 months, at 95%.", "In 5 groups, over 13 months, at 95%."),
        ("Rows by month: 13 of 2021-22 records", "Rows by month: 13 of 2021-22 records"),
    ],
)
def test_what_counts_people_or_records_is_rounded_and_nothing_else(exact: str, said: str) -> None:
    assert rounded_counts(exact, Rules()) == said


@pytest.mark.parametrize("document", ["a", "1", "officer", "wm-officer-01"])
class TestTranscript:
    def test_is_masked_where_it_is_referred_to(self, document: str) -> None:
        said = f"{document}, turn 12 and {document}.docx, turn 3; {document}.docx 0123456789ab"

        masked = "a transcript of this study"
        assert without_documents(said, [document]) == f"{masked} and {masked}; {masked} 0123456789ab"

    def test_leaves_the_same_word_or_number_alone_elsewhere(self, document: str) -> None:
        said = "A police officer said a thing in 1 of 12 talks, at 0.51; officer A11→M09, agreed in 1,200."

        assert without_documents(said, [document]) == said
