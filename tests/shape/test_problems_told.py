"""A problem tells what would have been accepted."""

from workbench.errors import MOST_CHOICES, Problem


def test_all_choices_are_told_unless_there_are_very_many() -> None:
    some = [f"c{n}" for n in range(MOST_CHOICES)]
    assert str(Problem(place="here", what="no", choices=some)) == f"here: no. Known: {', '.join(some)}."
    told = str(Problem(place="here", what="no", choices=[*some, "x", "y"]))
    assert told.endswith(f"{some[-1]} and 2 more.")
