"""The sentence model's runtime tells nobody that it runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOAD = "from knowledge.model import load_model; assert load_model() is not None"


def test_loading_the_model_leaves_no_device_id_behind(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("CI", "ORT_DISABLE_TELEMETRY")}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, env=environment, check=True, timeout=60)
    assert [] == list(tmp_path.rglob("*"))


def test_only_one_module_of_the_bot_imports_the_runtime() -> None:
    importing = re.compile(r"^\s*(import|from) onnxruntime\b", re.MULTILINE)
    rooms = (p for room in ("bot", "cards", "knowledge") for p in (ROOT / room).rglob("*.py"))
    shipped = [p for p in rooms if "training" not in p.parts]
    found = [p.name for p in shipped if importing.search(p.read_text(encoding="utf-8"))]
    assert ["runtime.py"] == found
