"""A real JupyterLab server with one notebook, and a Chromium that is installed to look at it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
START_SECONDS = 90


def browser_path() -> str:
    """Return the installed browser; skip the test, and say so, where there is none."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium is installed, so nothing is looked at")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def lab(folder: Path, cells: list[str], *, name: str = "notebook.ipynb") -> Iterator[str]:
    """Serve a folder that holds one notebook of these cells; yield the notebook's address."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / name)
    settings = folder / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    # Lab asks at its first start whether to fetch news from outside.
    (settings / "notification.jupyterlab-settings").write_text(
        json.dumps({"fetchNews": "false", "checkForUpdates": False})
    )
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    options = (
        "--no-browser",
        "--allow-root",
        "--IdentityProvider.token=",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.user_settings_dir={folder / 'lab' / 'user-settings'}",
        f"--LabApp.workspaces_dir={folder / 'lab' / 'workspaces'}",
    )
    private = {"JUPYTER_CONFIG_DIR": str(folder / "lab"), "JUPYTER_RUNTIME_DIR": str(folder / "lab" / "runtime"),
               "IPYTHONDIR": str(folder / "lab" / "ipython")}  # fmt: skip
    with (folder / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=folder,
            env={**os.environ, **private},
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"{base}/api/status", server)
            yield f"{base}/lab/tree/{name}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        assert server.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"no answer from {address}")


@contextmanager
def page(address: str, **context: Any) -> Iterator[Any]:
    """Open an address in a headless browser; yield the page. Requests that leave this machine are refused."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path(), args=[*QUIET, "--no-sandbox"])
        opened = browser.new_context(viewport={"width": 1280, "height": 900}, **context).new_page()
        opened.set_default_timeout(60_000)
        opened.goto(address)
        opened.wait_for_selector(".jp-Notebook .jp-CodeCell")
        # Run is dropped when it comes before the kernel has answered.
        opened.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", state="attached")
        try:
            yield opened
        finally:
            browser.close()


def run_all(opened: Any) -> None:
    """Run every cell in order, each until its number shows; a run before the kernel has answered is dropped by Lab."""
    for cell in opened.locator(".jp-Notebook .jp-CodeCell").all():
        limit = time.monotonic() + START_SECONDS
        prompt = cell.locator(".jp-InputArea-prompt")
        while not prompt.inner_text().strip(" []:").isdigit():
            assert time.monotonic() < limit, f"the cell did not run: {prompt.inner_text()}"
            if "*" not in prompt.inner_text():
                # The keyboard alone: what a widget draws above may move the cell away from under the mouse.
                cell.locator(".cm-content").focus()
                opened.keyboard.press("Control+Enter")
            time.sleep(1)
