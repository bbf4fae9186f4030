"""The list of media files fits the packages and the published schemas."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEDIA = ROOT / "collections/media.json"


def load(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


class Media(unittest.TestCase):
    def setUp(self):
        self.media = load(MEDIA)

    def test_files_are_in_pinned_packages(self):
        packages = {package["name"] for package in load(ROOT / "collections/packages.json")}
        for item in self.media:
            self.assertIn(item["file"].split("/")[0], packages)
            self.assertNotIn("..", item["file"])

    def test_descriptions_fit_the_schemas(self):
        for item in self.media:
            name, version = item["schema"].split("@")
            schema = load(ROOT / f"schemas/{name}.v{version}.json")
            properties = schema["properties"]
            self.assertIn("associatedMedia", properties)
            self.assertLessEqual(set(item["meta"]), set(properties))
            self.assertLessEqual(set(schema["required"]), set(item["meta"]))
            for field, value in item["meta"].items():
                kind = {"string": str, "integer": int, "array": list}[properties[field]["type"]]
                self.assertIsInstance(value, kind, f"{item['file']}: {field}")

    def test_identifiers_are_new_and_distinct(self):
        identifiers = [item["meta"]["identifier"] for item in self.media]
        self.assertEqual(len(identifiers), len(set(identifiers)))
        for identifier in identifiers:
            self.assertTrue(identifier.startswith("media:"))

    def test_prepare_names_licences_that_are_there(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            for item in self.media:
                file = folder / "packages" / item["file"]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(b"12345")
            entry = {"id": "4-1", "values": {"identifier": "CC0-1.0"}}
            (folder / "licenses.json").write_text(json.dumps({"entries": [entry], "next": None}))
            command = [sys.executable, ROOT / "scripts/lib/media.py", "prepare", MEDIA, folder / "packages"]
            printed = subprocess.check_output([*command, folder / "licenses.json", folder / "out"], text=True)
            lines = [line.split("\t") for line in printed.splitlines()]
            self.assertEqual(len(lines), len(self.media))
            for item, (name, schema, description, file) in zip(self.media, lines):
                values = load(description)
                self.assertEqual(values["contentSize"], 5)
                self.assertEqual(values.get("license"), "4-1" if item["license"] == "CC0-1.0" else None)
                self.assertEqual((schema, Path(file).name), (item["schema"], Path(item["file"]).name))


if __name__ == "__main__":
    unittest.main()
