"""Records of any size and depth, in every provider's format: refused by name, in bounded memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SOUND = {
    "sendgrid": (SAMPLES / "sendgrid" / "bodies.ndjson").read_text("utf-8").splitlines()[2][1:-1],
    "ses": (SAMPLES / "ses" / "firehose-examples.ndjson").read_text("utf-8").splitlines()[2],
    "whatsapp": (SAMPLES / "whatsapp" / "bodies.ndjson").read_text("utf-8").splitlines()[1],
    "twilio": json.dumps({"MessageSid": "SM1", "MessageStatus": "delivered", "To": "+6281234567890"}),
}  # fmt: skip
MEBIBYTE = 1 << 20
BOUND = 900 * MEBIBYTE


def check(path: Path, form: str) -> tuple[int, str, int]:
    """Exit code, output and peak memory of ``reach check``."""
    done = subprocess.run(
        [sys.executable, "-m", "reach", "check", "--as", form, "--quiet", str(path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={"PYTHONPATH": str(SAMPLES.parents[2]), "PATH": "", "COLUMNS": "120"},
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr, _peak()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


@pytest.mark.parametrize("form", SOUND)
def test_lines(tmp_path: Path, form: str) -> None:
    sound = SOUND[form].encode()
    huge = sound[:-1] + b', "more": "' + b"x" * (34 * MEBIBYTE) + b'"}'
    path = tmp_path / "log"
    deep = [b'{"a":' * 50_000, b"[" * 50_000, sound[:-1] + b', "a":' + b"[" * 50_000]
    path.write_bytes(b"\n".join([sound, huge, *deep, sound]))
    code, said, peak = check(path, form)
    assert code == 1, said
    assert "6 records = 2 accepted + 4 refused + 0 without an event" in said
    assert "got more than 32 MiB" in said
    assert peak < BOUND


@pytest.mark.parametrize("form", SOUND)
def test_documents(tmp_path: Path, form: str) -> None:
    sound = json.dumps(json.loads(SOUND[form]), indent=1).encode()
    path = tmp_path / "log"
    path.write_bytes(
        b"[" + sound + b",\n" + sound[:-1] + b', "a":' + b"[" * 50_000 + b"]" * 50_000 + b"},\n"
        + sound[:-1] + b', "more": "' + b"x" * (34 * MEBIBYTE) + b'"}]'
    )  # fmt: skip
    code, said, peak = check(path, form)
    assert code == 1, said
    assert "3 records = 2 accepted + 1 refused + 0 without an event" in said
    assert "got more than 32 MiB" in said
    assert peak < BOUND
