"""OPS-01: every dependency pinned, its licence one we allow, and a bill of materials made from the pins."""

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = re.compile(
    r"MIT|BSD|Apache|Python Software Foundation|PSF|MPL|Mozilla|LGPL|Lesser General|ISC|Zlib|HPND|Unlicense|CC0|0BSD|OFL",
    re.IGNORECASE,
)
KEPT_OUT = re.compile(r"\bA?GPL|Affero|(?<!Lesser )General Public License", re.IGNORECASE)


def run_requirements() -> list[str]:
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    return re.findall(r"^([A-Za-z0-9._-]+)==[^\s;]+(?: ; .*)? \\$", text, flags=re.MULTILINE)


def licence_of(name: str) -> str:
    found = metadata.metadata(name)
    classified = [line for line in found.get_all("Classifier") or [] if line.startswith("License ::")]
    expression = found.get("License-Expression") or ""
    # The old free-text field sometimes holds the whole licence; its first line names it.
    return " / ".join(
        [expression, *classified, (found.get("License") or "").strip().splitlines()[0:1].__str__()]
    )


def installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False  # for another platform or Python
    return True


def test_every_dependency_s_licence_is_allowed():
    licences = {name: licence_of(name) for name in run_requirements() if installed(name)}

    assert len(licences) > 40
    assert {name: text for name, text in licences.items() if not ALLOWED.search(text)} == {}
    lesser = re.compile(r"LGPL|Lesser", re.IGNORECASE)
    assert {
        name: text
        for name, text in licences.items()
        if KEPT_OUT.search(text) and not lesser.search(text) and not re.search(r"MIT|BSD|Apache|MPL", text)
    } == {}


def test_the_bill_of_materials_lists_every_pin(tmp_path):
    target = tmp_path / "sbom.json"
    subprocess.run(
        [
            str(Path(sys.executable).with_name("cyclonedx-py")),
            "requirements",
            str(ROOT / "requirements" / "run.txt"),
            "--of",
            "JSON",
            "-o",
            str(target),
        ],
        check=True,
        capture_output=True,
    )

    listed = {component["name"].lower() for component in json.loads(target.read_text())["components"]}
    assert {name.lower() for name in run_requirements()} <= listed
