"""The media files of scripts/run: what collections/media.json says about them, for `rome publish`.

    media.py prepare MEDIA PACKAGES LICENSES OUT   writes OUT/NAME.json for each file and prints one line for each:
                                                   name, schema, description, file, separated by tabs

    media.py hash PUBLISHED                        the address in what `rome publish --json` printed

LICENSES is what `rome content list license --json` prints. A licence that is not on the chain is left out.
"""

import json
import sys
from pathlib import Path


def prepare(media, packages, licenses, out):
    entries = json.loads(Path(licenses).read_text())["entries"]
    known = {entry["values"]["identifier"]: entry["id"] for entry in entries}
    Path(out).mkdir(parents=True, exist_ok=True)
    for item in json.loads(Path(media).read_text(encoding="utf-8")):
        file = Path(packages) / item["file"]
        if not file.is_file():
            sys.exit(f"media.py: {file} is not there: fetch the collections anew")
        values = dict(item["meta"], contentSize=file.stat().st_size)
        if item["license"] in known:
            values["license"] = known[item["license"]]
        name = values["identifier"].split(":", 1)[1]
        description = Path(out) / f"{name}.json"
        description.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        print(name, item["schema"], description, file, sep="\t")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", media, packages, licenses, out]:
            prepare(media, packages, licenses, out)
        case ["hash", published]:
            print(json.loads(Path(published).read_text())["hash"])
        case _:
            sys.exit(__doc__)
