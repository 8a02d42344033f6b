"""What check tells of a theory beside its codes: a link whose end nobody codes any more."""

from pathlib import Path

import yaml

from workbench.study import check_study, new_study, open_study


def test_a_link_to_a_retired_code_is_told_with_its_line(tmp_path: Path) -> None:
    folder = new_study(tmp_path / "mine", title="Mine", as_of="2023-03-31")
    path = folder / "codebooks" / "codebook.yaml"
    book = yaml.safe_load(path.read_text(encoding="utf-8"))
    code = next(code for code in book["codes"] if code["id"] == "M09")
    code["retired"] = "2026-02-01"
    path.write_text(yaml.safe_dump(book, allow_unicode=True), encoding="utf-8")
    study = open_study(folder)
    told = [problem for problem in check_study(study).doubtful["theory"] if "retired" in problem.what]
    ends = [name for name, link in study.theory.links.items() if "M09" in (link.from_, link.to)]
    assert [problem.what.split()[0] for problem in told] == ends
    assert told[0].place == study.theory.places[ends[0]]
    assert "M09 (Teachable moment), whose code is retired since 2026-02-01" in told[0].what
