"""The tag reader, on small files made here: whole, cut off and hostile ones."""

import io
import random
import struct
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))

import tags


def comments(entries, count=None):
    data = struct.pack("<I", 4) + b"test" + struct.pack("<I", len(entries) if count is None else count)
    for entry in entries:
        data += struct.pack("<I", len(entry)) + entry
    return data


def ogg_page(packets, granule=0, serial=b"abcd"):
    """A page with whole packets only."""
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    header = b"OggS\0\0" + struct.pack("<q", granule) + serial + bytes(8) + bytes([len(lacing)])
    return header + lacing + b"".join(packets)


def vorbis(entries, samples=88200, rate=44100):
    head = b"\x01vorbis" + bytes(4) + b"\x02" + struct.pack("<I", rate) + bytes(14)
    return ogg_page([head]) + ogg_page([b"\x03vorbis" + comments(entries) + b"\x01"]) + ogg_page([b"x"], samples)


def opus(entries, samples=96312, skip=312):
    head = b"OpusHead\x01\x01" + struct.pack("<H", skip) + bytes(9)
    return ogg_page([head]) + ogg_page([b"OpusTags" + comments(entries)]) + ogg_page([b"x"], samples)


def flac(entries, samples=96000, rate=48000):
    bits = rate << 44 | 1 << 41 | 15 << 36 | samples
    info = bytes(10) + bits.to_bytes(8, "big") + bytes(16)
    picture = b"\x06" + (5).to_bytes(3, "big") + b"image"
    body = comments(entries)
    return b"fLaC\0" + len(info).to_bytes(3, "big") + info + picture + b"\x84" + len(body).to_bytes(3, "big") + body


def syncsafe(number):
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def id3(frames, version=4, flags=0):
    body = b""
    for name, text in frames:
        length = syncsafe(len(text)) if version == 4 else len(text).to_bytes(4, "big")
        body += name + length + b"\0\0" + text
    return b"ID3" + bytes([version, 0, flags]) + syncsafe(len(body)) + body


def box(kind, body):
    return struct.pack(">I", 8 + len(body)) + kind + body


def mp4(duration=90000, scale=30000):
    mvhd = box(b"mvhd", bytes(12) + struct.pack(">II", scale, duration) + bytes(80))
    return box(b"ftyp", b"isom" + bytes(4)) + box(b"free", b"") + box(b"moov", mvhd)


def read(data):
    return tags.read_from(io.BytesIO(data))


WHOLE = {
    "vorbis": vorbis([b"TITLE=One", "ARTIST=Zoë".encode()]),
    "opus": opus([b"title=One"]),
    "flac": flac([b"TITLE=One"]),
    "id3": id3([(b"TIT2", b"\x03One"), (b"TPE1", b"\0Somebody")]),
    "mp4": mp4(),
}


class WholeFiles(unittest.TestCase):
    def test_vorbis(self):
        media = read(vorbis([b"TITLE=One", "ARTIST=Zoë".encode(), b"artist=Second", b"EMPTY="]))
        self.assertEqual(media.tags, {"title": ["One"], "artist": ["Zoë", "Second"]})
        self.assertEqual((media.duration, media.channels, media.encoding_format), (2.0, 2, "audio/ogg"))

    def test_a_comment_packet_longer_than_a_lacing_value(self):
        self.assertEqual(read(vorbis([b"TITLE=" + b"a" * 1000])).first("title"), "a" * 1000)

    def test_another_stream_in_between_is_passed_over(self):
        pages = vorbis([b"TITLE=One"])
        second = pages.index(b"OggS", 4)
        other = ogg_page([b"\x03vorbis" + comments([b"TITLE=Other"])], serial=b"wxyz")
        self.assertEqual(read(pages[:second] + other + pages[second:]).first("title"), "One")

    def test_opus_does_not_count_what_is_skipped_at_the_start(self):
        media = read(opus([b"title=One"]))
        self.assertEqual((media.first("title"), media.duration), ("One", 2.0))

    def test_flac(self):
        media = read(flac([b"TITLE=One"]))
        self.assertEqual((media.first("title"), media.duration), ("One", 2.0))
        self.assertEqual((media.sample_rate, media.channels), (48000, 2))

    def test_flac_behind_an_id3_tag(self):
        self.assertEqual(read(id3([(b"TIT2", b"\0Wrong")]) + flac([b"TITLE=One"])).first("title"), "One")

    def test_id3_versions_and_encodings(self):
        self.assertEqual(read(id3([(b"TIT2", b"\x03Zo\xc3\xab")])).first("title"), "Zoë")
        self.assertEqual(read(id3([(b"TIT2", b"\x01" + "Zoë".encode("utf-16"))], 3)).first("title"), "Zoë")
        self.assertEqual(read(id3([(b"TIT2", b"\0Zo\xeb"), (b"TLEN", b"\x002500")], 3)).duration, 2.5)
        body = b"TT2" + (4).to_bytes(3, "big") + b"\0One"
        self.assertEqual(read(b"ID3\x02\0\0" + syncsafe(len(body)) + body).first("title"), "One")

    def test_id3v1_fills_in_what_is_missing(self):
        old = b"TAG" + b"Old".ljust(30, b"\0") + b"Artist".ljust(30, b"\0") + bytes(65)
        media = read(id3([(b"TIT2", b"\0New")]) + bytes(100) + old)
        self.assertEqual((media.first("title"), media.first("artist")), ("New", "Artist"))
        self.assertEqual(read(b"\xff\xfb" + bytes(100) + old).first("title"), "Old")

    def test_mp4(self):
        self.assertEqual(read(mp4()).duration, 3.0)


class BadFiles(unittest.TestCase):
    def test_what_is_no_media_file_is_refused(self):
        for data in (b"", b"O", b"OggS", b"hello, world, this is text", ogg_page([b"\x01theora" + bytes(40)])):
            with self.assertRaises(tags.TagError):
                read(data)

    def test_cut_off_anywhere(self):
        for name, data in WHOLE.items():
            for end in range(len(data)):
                with self.subTest(name=name, end=end):
                    try:
                        media = read(data[:end])
                    except tags.TagError:
                        continue
                    self.assertIn(media.first("title"), ("One", None))

    def test_damaged_bytes_never_break_the_reader(self):
        generator = random.Random(1)  # the same damage in every run
        for name, data in WHOLE.items():
            for _ in range(500):
                damaged = bytearray(data)
                for _ in range(generator.randint(1, 8)):
                    damaged[generator.randrange(len(damaged))] = generator.randrange(256)
                with self.subTest(name=name, data=bytes(damaged)):
                    try:
                        read(bytes(damaged))
                    except tags.TagError:
                        pass

    def test_lengths_that_lie(self):
        huge = struct.pack("<I", 0xFFFFFFFF)
        for body in (huge, struct.pack("<I", 0) + huge, struct.pack("<I", 0) + huge + huge + b"TITLE=x"):
            head = b"\x01vorbis" + bytes(4) + b"\x02" + struct.pack("<I", 44100) + bytes(14)
            media = read(ogg_page([head]) + ogg_page([b"\x03vorbis" + body]))
            self.assertEqual(media.tags, {})
        self.assertEqual(read(b"fLaC\x04\xff\xff\xff" + comments([b"TITLE=x"])).tags, {})
        self.assertEqual(read(b"ID3\x04\0\0\x7f\x7f\x7f\x7fTIT2\x7f\x7f\x7f\x7f\0\0\0x").tags, {})

    def test_number_and_size_of_comments_are_bounded(self):
        many = read(flac([b"A=x"] * (tags.MAX_COMMENTS + 50)))
        self.assertEqual(len(many.tags["a"]), tags.MAX_COMMENTS)
        picture = read(flac([b"P=" + b"x" * tags.MAX_VALUE, b"TITLE=One"]))
        self.assertEqual(picture.tags, {"title": ["One"]})

    def test_text_that_is_not_utf8(self):
        self.assertEqual(read(flac([b"TITLE=a\xffb", b"na\xefme=x", b"no equals sign"])).tags, {"title": ["a\ufffdb"]})

    def test_mp4_boxes_that_go_in_circles_or_lie(self):
        start = box(b"ftyp", b"isom" + bytes(4))
        far = b"\0\0\0\x01moov" + b"\xff" * 8
        for bad in (bytes(8), struct.pack(">I", 4) + b"moov", far, box(b"free", b"") * 1000):
            self.assertIsNone(read(start + bad).duration)
        self.assertIsNone(read(mp4(scale=0)).duration)


if __name__ == "__main__":
    unittest.main()
