"""The soundtrack of a game, from the tags of the Ogg files in Debian's singularity-music."""

import tags
from catalogue import ConversionError, by_identifier, file_facts, slug, tidy, whole_seconds

PACKAGES = ["singularity-music"]

# What the LICENSE tag may say; a file without the tag has the licence that the package's copyright file names.
LICENSES = {"http://creativecommons.org/licenses/by-sa/3.0/": "CC-BY-SA-3.0", None: "CC-BY-SA-3.0"}


def convert(packages, catalogue):
    folder = packages["singularity-music"] / "usr/share/games/singularity/music"
    return by_identifier(_record(path, catalogue) for path in sorted(folder.rglob("*.ogg")))


def _record(path, catalogue):
    media = tags.read(path)
    artist = media.first("artist")
    if media.first("license") not in LICENSES:
        found = media.first("license")
        raise ConversionError(f"game-music: {path.name} has a licence that is not in LICENSES: {found!r}")
    facts = file_facts(path)
    series = catalogue.series(
        "singularity:soundtrack",
        "Endgame: Singularity",
        description="Music of the strategy game Endgame: Singularity.",
    )
    return tidy(
        {
            "identifier": f"singularity:{slug(path.stem)}",
            "name": media.first("title") or path.stem,
            "byArtist": catalogue.person("singularity", artist) if artist else None,
            "duration": whole_seconds(media.duration),
            "datePublished": media.first("date"),
            "inAlbum": media.first("album"),
            "isPartOf": series,
            "genre": media.tags.get("genre", []) or ["soundtrack"],
            "encodingFormat": media.encoding_format,
            "bitrate": round(facts["contentSize"] * 8 / media.duration) if media.duration else None,
            "url": media.first("contact"),
            "license": catalogue.license(LICENSES[media.first("license")]),
            "creditText": artist,
            **facts,
        }
    )
