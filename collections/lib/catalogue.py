"""What the collections have in common: the people, organizations, series and licences that they refer to, and
the writing of NDJSON."""

import hashlib
import json
import os
import unicodedata

# SPDX identifier -> (name, where its text is)
LICENSES = {
    "CC0-1.0": (
        "Creative Commons Zero v1.0 Universal",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "CC-BY-3.0": (
        "Creative Commons Attribution 3.0 Unported",
        "https://creativecommons.org/licenses/by/3.0/",
    ),
    "CC-BY-4.0": (
        "Creative Commons Attribution 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC-BY-SA-3.0": (
        "Creative Commons Attribution Share Alike 3.0 Unported",
        "https://creativecommons.org/licenses/by-sa/3.0/",
    ),
}

# Which properties refer to another collection.
REFERENCES = {
    "author": "people",
    "editor": "people",
    "byArtist": "people",
    "director": "people",
    "publisher": "organizations",
    "isPartOf": "series",
    "license": "licenses",
    "sdLicense": "licenses",
}


class ConversionError(Exception):
    """A package does not hold what its converter expects."""


def slug(text):
    """A short stable form of a name: lower case, words joined by '-', letters of any script kept."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(character for character in text if not unicodedata.combining(character))
    text = "".join(character if character.isalnum() else "-" for character in text)
    return "-".join(part for part in unicodedata.normalize("NFC", text).split("-") if part)


class Catalogue:
    """Collects what entries refer to. Each method gives back the identifier to refer by.

    Identifiers begin with the name of their source, since the same name in two sources is not known to be the
    same person.
    """

    def __init__(self):
        self.entries = {"licenses": {}, "organizations": {}, "people": {}, "series": {}}

    def _add(self, kind, identifier, record):
        self.entries[kind].setdefault(identifier, {"identifier": identifier, **record})
        return identifier

    def person(self, source, name, **more):
        return self._add("people", f"{source}:{slug(name)}", {"name": name, **more})

    def organization(self, source, name, **more):
        return self._add("organizations", f"{source}:{slug(name)}", {"name": name, **more})

    def series(self, identifier, name, **more):
        return self._add("series", identifier, {"name": name, **more})

    def license(self, spdx):
        if spdx not in LICENSES:
            raise ConversionError(f"licence {spdx!r} is not in LICENSES (lib/catalogue.py): add it if it is free")
        name, url = LICENSES[spdx]
        return self._add("licenses", spdx, {"name": name, "url": url})


def file_facts(path):
    """contentSize and sha256 of a file."""
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            size += len(block)
    return {"contentSize": size, "sha256": digest.hexdigest()}


def whole_seconds(duration):
    """A duration as the schemas want it: whole seconds, and a short sound still lasts one."""
    return None if duration is None else max(1, round(duration))


def tidy(record):
    """The record without what is missing or empty."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}


def by_identifier(records):
    """The records in order of identifier, each identifier once."""
    unique = {}
    for record in records:
        unique.setdefault(record["identifier"], record)
    return [unique[identifier] for identifier in sorted(unique)]


def write_ndjson(path, records):
    """One JSON object a line; the file appears only when it is complete."""
    temporary = f"{path}.part"
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    os.replace(temporary, path)
