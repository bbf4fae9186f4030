"""Scientific papers of a few conferences whose papers are free to read, from dblp's records."""

import bibtex
import dblp
from catalogue import by_identifier, tidy

PACKAGES = [dblp.PACKAGE]

CONFERENCES = {"alenex", "cidr", "colt", "mlsys", "uai"}


def convert(packages, catalogue):
    return by_identifier(_records(packages[dblp.PACKAGE], catalogue))


def _records(package, catalogue):
    for conference, kind, key, fields in dblp.records(package, CONFERENCES):
        title = bibtex.to_text(fields.get("title", ""))
        if kind != "inproceedings" or not title:
            continue
        yield tidy(
            {
                "identifier": f"dblp:{key}",
                "headline": title,
                "author": [catalogue.person("dblp", name) for name in bibtex.names(fields.get("author", ""))],
                "datePublished": dblp.year(fields),
                "isPartOf": dblp.series(catalogue, conference),
                "pagination": bibtex.to_text(fields.get("pages", "")),
                "url": dblp.url(fields),
                # The licence is the record's; the paper itself has its own.
                "sdLicense": catalogue.license("CC0-1.0"),
            }
        )
