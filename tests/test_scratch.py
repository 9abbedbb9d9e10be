"""Temporary folders of killed runs go; those of others stay."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

import pytest

from reach.scratch import scratch_folder


def test_only_what_nobody_holds_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("reach-run-killed", "reach-run-young", "reach-run-held", "reach-other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "spilled").write_text("rows")
        if name != "reach-run-young":
            os.utime(tmp_path / name, (1, 1))
    (tmp_path / "reach-run-link").symlink_to(tmp_path / "reach-other")
    held = os.open(tmp_path / "reach-run-held", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with scratch_folder() as mine:
        os.utime(mine, (1, 1))
        with scratch_folder():
            assert mine.is_dir()
        left = {path.name for path in tmp_path.iterdir()} - {mine.name}
    os.close(held)
    assert left == {"reach-run-young", "reach-run-held", "reach-other", "reach-run-link"}
    assert not mine.exists()
