"""The bench's page starts: one that does not measures nothing, and nobody would know."""

import importlib
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

BENCH = Path(__file__).parents[2] / "bench"
CHANGED = 1


def test_the_page_of_the_bench_fetches_and_sends_what_it_should(
    browser: Browser, demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    pages = importlib.import_module("pages")
    data_dir = tmp_path / "server"
    shutil.copytree(demo_data, data_dir)
    server = pages.lifted_server(data_dir, pages.built(tmp_path / "pages"))
    server.start()
    try:
        with pages.our_phone(browser, server.url) as phone:
            phone.does("sync")
            held, waiting = phone.does("holds")
            assert held > 0
            assert waiting == 0
            phone.does("change", CHANGED)
            assert phone.does("holds") == [held, CHANGED]
            phone.does("sync")
            assert phone.does("holds") == [held, 0]
    finally:
        server.stop()
