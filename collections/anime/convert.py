"""Animated films and series, from the npm package bangumi-data."""

import json
import re

from catalogue import ConversionError, by_identifier, tidy

PACKAGES = ["bangumi-data"]

# The catalogues whose number of a title serves as its identifier, the most complete first.
SOURCES = ["bangumi", "mal", "anidb", "aniList", "tmdb"]


def convert(packages, catalogue):
    data = json.loads((packages["bangumi-data"] / "package/dist/data.json").read_text(encoding="utf-8"))
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise ConversionError("bangumi-data: dist/data.json has no list 'items'")
    sites = data.get("siteMeta", {})
    return by_identifier(filter(None, (_record(item, sites, catalogue) for item in data["items"])))


def _record(item, sites, catalogue):
    numbers = {site["site"]: site["id"] for site in item.get("sites", []) if site.get("site") and site.get("id")}
    source = next((name for name in SOURCES if name in numbers), None)
    if source is None or not item.get("title"):
        return None
    url = item.get("officialSite") or sites.get(source, {}).get("urlTemplate", "").replace("{{id}}", numbers[source])
    translations = item.get("titleTranslate", {})
    return tidy(
        {
            "identifier": f"{source}:{numbers[source]}",
            "name": item["title"],
            # A dict keeps their order and drops doubles.
            "alternateName": list(dict.fromkeys(name for key in sorted(translations) for name in translations[key])),
            "description": item.get("comment"),
            "datePublished": _date(item.get("begin")),
            "inLanguage": item.get("lang"),
            "genre": ["animation"],
            "keywords": [item["type"]] if item.get("type") else [],
            "url": url,
            # The licence is the record's; the film itself is under its makers' copyright.
            "sdLicense": catalogue.license("CC-BY-4.0"),
        }
    )


def _date(text):
    return text if text and re.match(r"\d{4}-\d\d-\d\dT", text) else None
