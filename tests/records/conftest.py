"""Folders of records, written the way a test describes them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from workbench.records import Records, read_records

# Ibis 12 calls what DuckDB 2 and pandas 3 have renamed; nothing of ours does.
IBIS_WARNINGS = ("ignore:fetch_arrow_table", "ignore:The 'future.infer_string'")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            for warning in IBIS_WARNINGS:
                item.add_marker(pytest.mark.filterwarnings(warning))


Rows = list[list[Any]]


def write_book(path: Path, sheets: Mapping[str, Rows]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Records]:
    """Write files into a folder and read it: text for CSV, sheets for Excel."""
    folder = tmp_path / "records"

    def read_them(files: Mapping[str, str | Mapping[str, Rows] | pd.DataFrame], **options: Any) -> Records:
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            if isinstance(content, pd.DataFrame):
                content.to_parquet(folder / name)
            elif isinstance(content, str):
                (folder / name).write_text(content, encoding="utf-8")
            else:
                write_book(folder / name, content)
        return read_records(folder, **options)

    return read_them
