"""Sampled sounds, from Debian's sonic-pi-samples: who recorded each is in the package's copyright file."""

import re

import tags
from catalogue import by_identifier, file_facts, tidy, whole_seconds
from debian_copyright import stanzas

PACKAGES = ["sonic-pi-samples"]

# The first part of a file's name says what kind of sound it is.
KINDS = {
    "ambi": "ambient", "bass": "bass", "bd": "bass drum", "drum": "drum", "elec": "electronic",
    "glitch": "glitch", "guit": "guitar", "loop": "loop", "mehackit": "effect", "misc": "effect",
    "perc": "percussion", "sn": "snare drum", "tabla": "tabla", "vinyl": "vinyl",
}  # fmt: skip

_COPYRIGHT = re.compile(r"(\d{4})\s+([^<\n]+)")


def convert(packages, catalogue):
    package = packages["sonic-pi-samples"]
    origins = _origins((package / "usr/share/doc/sonic-pi-samples/copyright").read_text(encoding="utf-8"))
    folder = package / "usr/share/sonic-pi/samples"
    return by_identifier(_record(path, origins, catalogue) for path in sorted(folder.glob("*.flac")))


def _origins(text):
    origins = {}
    for stanza in stanzas(text):
        if stanza.get("license", "").startswith("CC0"):
            for name in stanza.get("files", "").split():
                origins[name.rpartition("/")[2]] = stanza
    return origins


def _record(path, origins, catalogue):
    media = tags.read(path)
    origin = origins.get(path.name, {})
    author = _COPYRIGHT.match(origin.get("copyright", ""))
    kind, _, rest = path.stem.partition("_")
    facts = file_facts(path)
    series = catalogue.series(
        "sonic-pi:samples", "Sonic Pi samples", description="Samples that come with the music program Sonic Pi."
    )
    return tidy(
        {
            "identifier": f"sonic-pi:{path.stem}",
            "name": f"{KINDS.get(kind, kind)}: {rest.replace('_', ' ')}",
            "byArtist": catalogue.person("freesound", author.group(2).strip()) if author else None,
            "datePublished": author.group(1) if author else None,
            "duration": whole_seconds(media.duration),
            "isPartOf": series,
            "genre": ["sample"],
            "keywords": [KINDS.get(kind, kind)],
            "encodingFormat": media.encoding_format,
            "bitrate": round(facts["contentSize"] * 8 / media.duration) if media.duration else None,
            "url": origin.get("source"),
            # The README in the folder puts every file there under CC0.
            "license": catalogue.license("CC0-1.0"),
            **facts,
        }
    )
