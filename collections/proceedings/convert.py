"""Books: volumes of conference proceedings, from dblp's records."""

import bibtex
import dblp
from catalogue import by_identifier, tidy

PACKAGES = [dblp.PACKAGE]


def convert(packages, catalogue):
    return by_identifier(_records(packages[dblp.PACKAGE], catalogue))


def _records(package, catalogue):
    for conference, kind, key, fields in dblp.records(package):
        title = bibtex.to_text(fields.get("title", ""))
        if kind != "proceedings" or not title:
            continue
        year = dblp.year(fields)
        publisher = bibtex.to_text(fields.get("publisher", ""))
        yield tidy(
            {
                "identifier": f"dblp:{key}",
                "name": title,
                "editor": [catalogue.person("dblp", name) for name in bibtex.names(fields.get("editor", ""))],
                "publisher": catalogue.organization("dblp", publisher) if publisher else None,
                "datePublished": year,
                "copyrightYear": int(year) if year else None,
                "isbn": bibtex.to_text(fields.get("isbn", "")),
                "isPartOf": dblp.series(catalogue, conference),
                "genre": ["proceedings"],
                "url": dblp.url(fields),
                # The licence is the record's; the book itself has its own.
                "sdLicense": catalogue.license("CC0-1.0"),
            }
        )
