"""A whole transcript leaves only when it was reviewed, holds no identifier and, for an archive, with consent."""

from pathlib import Path

import pytest

from workbench.coding import Store, open_store
from workbench.coding.exchanged import erase_carried, join_exchanged
from workbench.corpus import Span
from workbench.errors import Refused
from workbench.study import Study, new_study, open_study
from workbench.study.projects import codebook_of, project_of

TALK = {
    "du-01": "INT: How was it?\nP01: It made me think twice.\n",
    "du-02": "INT: And?\nP02: Ring me on 07700 900123.\n",
    "du-03": "INT: And?\nP03: Nothing came of it.\n",
}
CONSENT = "document,speaker,analysis,quotation,archive,withdrawn,note\n"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    rows = ["document,scheme,role,kind,speakers"]
    for name, text in TALK.items():
        (folder / "transcripts" / f"{name}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{name},durham,service_user,interview,INT=interviewer; P{name[-2:]}=service_user")
    (folder / "transcripts" / "metadata.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "transcripts" / "consent.csv").write_text(
        CONSENT + "du-01,,yes,yes,yes,,\ndu-02,,yes,yes,yes,,\ndu-03,,yes,yes,no,,\n", encoding="utf-8"
    )
    opened = open_study(folder)
    opened.take_in()
    start = TALK["du-01"].index("made")
    opened.store.code(Span("du-01", start, start + 4), "M09", coder="ann", stance="supports", memo="Clear.")
    opened.store.code(Span("du-03", 15, 22), "A11→M09", coder="ben")
    return opened


def test_nothing_leaves_before_somebody_has_reviewed_it(study: Study) -> None:
    with pytest.raises(Refused, match="nobody has reviewed this transcript for names"):
        project_of(study)


def test_a_transcript_with_a_phone_number_stays_and_its_words_are_not_told(study: Study) -> None:
    for name in TALK:
        study.store.review(name, coder="kim")
    found = project_of(study)
    assert found.documents == ("du-01", "du-03")
    assert list(found.left_out) == ["du-02"]
    assert "line 4: phone" in found.left_out["du-02"] or "phone" in found.left_out["du-02"]
    assert "07700" not in str(found)


def test_an_archive_gets_no_one_who_did_not_consent_no_notes_and_no_names_of_files(study: Study) -> None:
    for name in TALK:
        study.store.review(name, coder="kim")
    found = project_of(study, archive=True)
    assert found.documents == ("du-01",)
    assert found.codings_left == 1
    (source,) = found.project.sources
    assert source.name.startswith("T-")
    assert [note.text for note in found.project.notes] == ["stance: supports"]
    assert "du-01" not in str(found.project)
    assert source.guid != project_of(study, archive=True).project.sources[0].guid


def test_scheme_and_role_leave_as_variables_of_a_case_a_transcript(study: Study) -> None:
    study.store.review("du-01", coder="kim")
    project = project_of(study).project
    names = {variable.guid: variable.name for variable in project.variables}
    case, person = project.cases
    assert {names[value.variable]: value.value for value in case.values} == {
        "scheme": "durham", "role": "service_user", "kind": "interview",
        "speakers": "INT=interviewer; P01=service_user",
    }  # fmt: skip
    assert {names[value.variable].removeprefix("consent: "): value.value for value in person.values} == {
        "speaker": "P01", "analysis": "yes", "quotation": "yes", "archive": "yes",
    }  # fmt: skip


def test_a_note_with_an_identifier_stays_behind_and_is_told(study: Study) -> None:
    study.store.review("du-01", coder="kim")
    (identity,) = study.store.codings().query("document == 'du-01'")["id"]
    study.store.set_memo(identity, "Ask jo@example.org about it.", coder="ann")
    found = project_of(study)
    assert found.project.notes == ()
    assert any("e-mail" in str(one) and "stays behind" in str(one) for one in found.told)
    assert "example.org" not in str(found)


def test_the_same_study_gives_the_same_guids_again_and_a_renamed_code_keeps_its_own(study: Study) -> None:
    study.store.review("du-01", coder="kim")
    first = project_of(study).project
    assert project_of(open_study(study.path)).project == first
    before = study.store.guid("code", "M09")
    study.store.rename_code("M09", "M90", by="kim", known=["M09"])
    path = study.path / "codebooks" / "codebook.yaml"
    head, _, rest = path.read_text(encoding="utf-8").partition("  - id: M09\n")
    rest = rest.replace("kind: deductive", "kind: inductive", 1).replace("    node: M09\n", "", 1)
    path.write_text(f"{head}  - id: M90\n{rest}", encoding="utf-8")
    codes = {code.guid: code.description for code in codebook_of(open_study(study.path)).codes}
    assert "Id: M90" in codes[before]


def test_random_guids_say_nothing_of_a_name(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.sqlite") as one, open_store(tmp_path / "b.sqlite") as other:
        assert one.guid("user", "ann") == one.guid("user", "ann")
        assert one.guid("user", "ann") != other.guid("user", "ann")
        assert one.guid("user", "ann")[14] == "4"  # a random one, not one made of the name


def row(guid: str, text: str, *documents: str, at: str = "2024-03-01T00:00:00.000Z") -> dict[str, object]:
    content = {"documents": list(documents), "data": {"guid": guid, "text": text}}
    return {"guid": guid, "kind": "note", "source": "in.qdpx", "at": at, "content": content}


def held(store: Store) -> tuple[dict[str, str], list[dict[str, object]]]:
    return store.names_of("user"), store.carried().to_dict(orient="records")


def test_joining_two_stores_gives_the_same_whichever_is_first_and_again(tmp_path: Path) -> None:
    ends = []
    for turn in (0, 1):
        stores = [open_store(tmp_path / f"{turn}-{name}.sqlite") for name in "ab"]
        stores[0].keep_guids([("user", "ann", "A" * 8), ("user", "kim", "C" * 8)])
        stores[1].keep_guids([("user", "ann", "B" * 8), ("code", "M09", "D" * 8)])
        stores[0].carry([row("1", "older", "du-01"), row("2", "gone", "du-02")])
        stores[1].carry([row("1", "newer", "du-01", at="2025-01-01T00:00:00.000Z"), row("3", "new")])
        into, other = stores if turn == 0 else stores[::-1]
        for _ in range(1 + turn):
            with into._database.writing() as mine, other._database.reading() as theirs:
                join_exchanged(mine, theirs, {"du-02"})
        ends.append(held(into))
        for store in stores:
            store.close()
    assert ends[0] == ends[1]
    assert [one["content"]["data"]["text"] for one in ends[0][1]] == ["newer", "new"]


def test_what_is_about_a_withdrawn_document_is_erased_and_the_rest_stays(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.sqlite") as store:
        store.carry([row("1", "marmalade", "du-01"), row("2", "both", "du-01", "du-02"), row("3", "stays", "du-02")])
        with store._database.writing() as connection:
            assert erase_carried(connection, "du-01") == 2
        assert store.carried()["guid"].tolist() == ["3"]
