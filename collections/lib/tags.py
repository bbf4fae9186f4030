"""Reads titles, artists, durations and the like from audio and video files.

Knows Ogg Vorbis, Ogg Opus, FLAC, MP3 with ID3 (v2.2 to v2.4, v1) and the duration of MP4. Files come from
packages that others made, so nothing here trusts a length it reads: each is held against what is left of the
data and against a fixed limit. A file that is damaged gives the part that could be read; a file that is of
none of these kinds gives a TagError.
"""

import os
import struct

MAX_HEADER = 4 * 1024 * 1024  # a comment header may carry a cover picture; more than this is not read
MAX_COMMENTS = 1000
MAX_VALUE = 64 * 1024
MAX_BLOCKS = 128  # FLAC metadata blocks, MP4 boxes and ID3 frames looked at
TAIL = 64 * 1024  # an Ogg page is at most 65,307 bytes, so the last page begins in here or just before


class TagError(ValueError):
    """The file is of no kind that this module reads."""


class Media:
    """What a file says of itself. `tags` maps lower-case names to lists of texts."""

    def __init__(self, encoding_format):
        self.encoding_format = encoding_format
        self.tags = {}
        self.duration = None  # seconds, or None where the file does not say
        self.sample_rate = None
        self.channels = None

    def add(self, name, value):
        value = value.replace("\0", " ").strip()
        if value:
            self.tags.setdefault(name.lower(), []).append(value)

    def first(self, name):
        return self.tags.get(name, [None])[0]


def read(path):
    """The Media that the file at `path` holds; TagError if it is of no known kind."""
    with open(path, "rb") as file:
        return read_from(file)


def read_from(file):
    start = file.read(12)
    file.seek(0)
    if start[:4] == b"OggS":
        return _read_ogg(file)
    if start[:4] == b"fLaC":
        return _read_flac(file, 0)
    if start[:3] == b"ID3":
        return _read_id3_or_flac(file)
    if start[4:8] == b"ftyp":
        return _read_mp4(file)
    if len(start) > 1 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0:
        media = Media("audio/mpeg")
        _read_id3v1(file, media)
        return media
    raise TagError("neither Ogg, FLAC, MP3 nor MP4")


# --- Ogg -----------------------------------------------------------------------------------------------------


def _ogg_packets(data, wanted):
    """The first `wanted` packets of the first stream; the last may be cut where the data ends."""
    packets, packet, serial, at = [], b"", None, 0
    while len(packets) < wanted and data[at : at + 4] == b"OggS" and at + 27 <= len(data):
        page_serial, segment_count = data[at + 14 : at + 18], data[at + 26]
        lacing = data[at + 27 : at + 27 + segment_count]
        body = at + 27 + segment_count
        if serial is None:
            serial = page_serial
        if page_serial == serial:
            position = body
            for length in lacing:
                packet += data[position : position + length]
                position += length
                if length < 255:
                    packets.append(packet)
                    packet = b""
        at = body + sum(lacing)
    if packet and len(packets) < wanted:
        packets.append(packet)
    return packets[:wanted], serial


def _read_ogg(file):
    packets, serial = _ogg_packets(file.read(MAX_HEADER), 2)
    head = packets[0] if packets else b""
    comments = packets[1] if len(packets) > 1 else b""
    skip = 0
    if head[:7] == b"\x01vorbis" and len(head) >= 16:
        media = Media("audio/ogg")
        media.channels = head[11]
        media.sample_rate = struct.unpack_from("<I", head, 12)[0] or None
        if comments[:7] == b"\x03vorbis":
            _read_comments(comments[7:], media)
    elif head[:8] == b"OpusHead" and len(head) >= 12:
        media = Media("audio/ogg; codecs=opus")
        media.channels = head[9]
        skip = struct.unpack_from("<H", head, 10)[0]
        media.sample_rate = 48000  # Opus counts its positions in 48 kHz whatever went in
        if comments[:8] == b"OpusTags":
            _read_comments(comments[8:], media)
    else:
        raise TagError("an Ogg file without a Vorbis or Opus stream at its beginning")
    last = _last_granule(file, serial)
    if media.sample_rate and last is not None and last > skip:
        media.duration = (last - skip) / media.sample_rate
    return media


def _last_granule(file, serial):
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 2 * TAIL))
    data = file.read(2 * TAIL)
    at = len(data)
    while (at := data.rfind(b"OggS", 0, at)) >= 0:
        if at + 18 <= len(data) and data[at + 14 : at + 18] == serial:
            granule = struct.unpack_from("<q", data, at + 6)[0]
            if granule >= 0:  # -1: no packet ends on this page
                return granule
    return None


def _read_comments(data, media):
    """A Vorbis comment list: as many of its entries as are whole and within the limits."""
    if len(data) < 4:
        return
    at = 4 + struct.unpack_from("<I", data, 0)[0]
    if at + 4 > len(data):
        return
    count = struct.unpack_from("<I", data, at)[0]
    at += 4
    for _ in range(min(count, MAX_COMMENTS)):
        if at + 4 > len(data):
            return
        length = struct.unpack_from("<I", data, at)[0]
        at += 4
        if at + length > len(data):
            return
        if length <= MAX_VALUE:  # a longer one is a picture
            name, equals, value = data[at : at + length].partition(b"=")
            if equals and name and all(0x20 <= byte <= 0x7D for byte in name):
                media.add(name.decode("ascii"), value.decode("utf-8", "replace"))
        at += length


# --- FLAC ----------------------------------------------------------------------------------------------------


def _read_flac(file, start):
    media = Media("audio/flac")
    file.seek(start + 4)
    for _ in range(MAX_BLOCKS):
        header = file.read(4)
        if len(header) < 4:
            break
        kind, length = header[0] & 0x7F, int.from_bytes(header[1:], "big")
        if kind in (0, 4) and length <= MAX_HEADER:
            block = file.read(length)
            if kind == 4:
                _read_comments(block, media)
            elif len(block) >= 18:
                bits = int.from_bytes(block[10:18], "big")  # rate 20, channels 3, depth 5, samples 36
                media.sample_rate = bits >> 44 or None
                media.channels = (bits >> 41 & 7) + 1
                samples = bits & (1 << 36) - 1
                if media.sample_rate and samples:
                    media.duration = samples / media.sample_rate
        else:
            file.seek(length, os.SEEK_CUR)
        if header[0] & 0x80:  # the last block
            break
    return media


# --- MP3 with ID3 --------------------------------------------------------------------------------------------

_ID3_NAMES = {
    "TIT2": "title", "TT2": "title", "TPE1": "artist", "TP1": "artist", "TALB": "album", "TAL": "album",
    "TDRC": "date", "TYER": "date", "TYE": "date", "TRCK": "tracknumber", "TRK": "tracknumber",
    "TCON": "genre", "TCO": "genre", "TCOP": "copyright", "TCR": "copyright", "TLEN": "length",
    "TLE": "length",
}  # fmt: skip
_ID3_ENCODINGS = ["latin-1", "utf-16", "utf-16-be", "utf-8"]


def _syncsafe(data):
    value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
    return value


def _read_id3_or_flac(file):
    header = file.read(10)
    if len(header) < 10:
        raise TagError("an ID3 header that is cut off")
    version, flags, size = header[3], header[5], _syncsafe(header[6:10])
    file.seek(10 + size)
    if file.read(4) == b"fLaC":  # some programs put an ID3 tag before a FLAC file
        return _read_flac(file, 10 + size)
    media = Media("audio/mpeg")
    file.seek(10)
    data = file.read(min(size, MAX_HEADER))
    if flags & 0x80 and version < 4:
        data = data.replace(b"\xff\x00", b"\xff")
    _read_id3_frames(data, version, flags, media)
    _read_id3v1(file, media)
    length = media.first("length")
    if length and length.isascii() and length.isdigit() and len(length) < 12:
        media.duration = int(length) / 1000
    return media


def _read_id3_frames(data, version, flags, media):
    at = 0
    if flags & 0x40 and version in (3, 4) and len(data) >= 4:  # an extended header comes first
        at = _syncsafe(data[:4]) if version == 4 else 4 + int.from_bytes(data[:4], "big")
    name_length, header_length = (3, 6) if version == 2 else (4, 10)
    for _ in range(MAX_BLOCKS):
        header = data[at : at + header_length]
        if len(header) < header_length or not header[0]:
            return
        name = header[:name_length].decode("latin-1")
        if version == 2:
            size = int.from_bytes(header[3:6], "big")
        elif version == 4:
            size = _syncsafe(header[4:8])
        else:
            size = int.from_bytes(header[4:8], "big")
        at += header_length
        body = data[at : at + min(size, MAX_VALUE)]
        if at + size > len(data):
            return
        at += size
        if name in _ID3_NAMES and body and body[0] < len(_ID3_ENCODINGS):
            text = body[1:].decode(_ID3_ENCODINGS[body[0]], "replace")
            for value in text.split("\0"):
                media.add(_ID3_NAMES[name], value)


def _read_id3v1(file, media):
    """Fills in what no ID3v2 tag said."""
    size = file.seek(0, os.SEEK_END)
    if size < 128:
        return
    file.seek(size - 128)
    data = file.read(128)
    if data[:3] != b"TAG":
        return
    for name, start, end in (("title", 3, 33), ("artist", 33, 63), ("album", 63, 93), ("date", 93, 97)):
        if name not in media.tags:
            media.add(name, data[start:end].split(b"\0")[0].decode("latin-1"))


# --- MP4 -----------------------------------------------------------------------------------------------------


def _read_mp4(file):
    """Only the duration, from moov/mvhd."""
    media = Media("video/mp4")
    end = file.seek(0, os.SEEK_END)
    at = 0
    for _ in range(MAX_BLOCKS):
        file.seek(at)
        header = file.read(16)
        if len(header) < 8:
            break
        size, kind, length = int.from_bytes(header[:4], "big"), header[4:8], 8
        if size == 1 and len(header) == 16:
            size, length = int.from_bytes(header[8:16], "big"), 16
        elif size == 0:
            size = end - at
        if size < length or at + size > end:
            break
        if kind == b"moov":
            at, end = at + length, at + size  # go into it
            continue
        if kind == b"mvhd":
            file.seek(at + length)
            body = file.read(32)
            if len(body) == 32:
                scale, duration = struct.unpack_from(">IQ" if body[0] == 1 else ">II", body, 20 if body[0] else 12)
                if scale and duration:
                    media.duration = duration / scale
            break
        at += size
    return media
