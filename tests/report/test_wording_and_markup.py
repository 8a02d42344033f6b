import subprocess

import pypandoc
import pytest

from workbench.report.markup import Column, block, escape, figure, table
from workbench.report.wording import decimal, interval, points, share, whole


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (whole(1240.0), "1,240"),
        (whole(None), "–"),
        (share(0.615), "61.5%"),
        (share(0), "0.0%"),
        (points(-0.061), "−6.1 points"),
        (points(0.0001), "0.0 points"),
        (decimal(-0.001), "0.00"),
        (decimal(float("inf")), "no upper limit"),
        (interval(-0.084, -0.038, "gap"), "−8.4 to −3.8 points"),
        (interval(0.5, 0.625, "share"), "50.0% to 62.5%"),
    ],
)
def test_numbers_are_written_one_way(written: str, expected: str) -> None:
    assert written == expected


def _to(form: str, markdown: str) -> str:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=markdown", f"--to={form}", "--wrap=none"],
        input=markdown,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "said",
    [
        "He said *nothing*, and _she_ | he left <b>early</b>",
        "a `code` and [a link](x) and ![a picture](x.png) and $5 to $6",
        "# not a heading -- nor a dash... @nobody ~ ^up^",
        "\"quoted\" and 'quoted' and \\backslash",
        "{{< include secret.md >}} ::: {.finding}",
    ],
)
def test_what_people_said_comes_out_as_they_said_it(said: str) -> None:
    assert _to("plain", escape(said)) == said


def test_a_table_keeps_cells_that_look_like_markup() -> None:
    columns = [
        Column(heading="Who", cells=["A|B", "*C*"]),
        Column(heading="How many", cells=["1,240", "–"], align="right"),
    ]

    written = _to("html", table(columns, "Who said it"))

    assert "<caption>Who said it</caption>" in written
    assert ">A|B</td>" in written
    assert ">*C*</td>" in written
    assert '<td style="text-align: right;">1,240</td>' in written


def test_a_figure_says_what_it_shows() -> None:
    assert figure("grid", caption="A caption", alt='Says "much"') == (
        '![A caption](figures/grid.svg){fig-alt="Says ”much”"}\n'
    )


def test_a_block_leaves_empty_parts_out() -> None:
    assert block("notes", "One", "", "Two") == "::: {.notes}\nOne\n\nTwo\n:::\n"
