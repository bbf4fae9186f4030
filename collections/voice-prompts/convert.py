"""Spoken prompts in five languages, from Debian's asterisk-core-sounds packages."""

from catalogue import ConversionError, by_identifier, file_facts, tidy, whole_seconds

# folder -> (language, its name, speaker or None where the package names none, credit, licence), as the
# packages' own copyright file has them.
VOICES = {
    "en_US_f_Allison": ("en-US", "English", "Allison Smith", "Recorded by Allison Smith", "CC-BY-SA-3.0"),
    "es_MX_f_Allison": ("es-MX", "Spanish", "Allison Smith", "Recorded by Allison Smith", "CC-BY-SA-3.0"),
    "fr_CA_f_June": ("fr-CA", "French", "June Wallack", "Recorded by June Wallack", "CC-BY-SA-3.0"),
    "it_IT_m_Carlo": ("it-IT", "Italian", "Carlo Flora", "Recorded by Carlo Flora", "CC-BY-3.0"),
    "ru_RU_f_IvrvoiceRU": ("ru-RU", "Russian", None, "Provided by Maxim Topal, www.ivrvoice.ru", "CC-BY-3.0"),
}
PACKAGES = [f"asterisk-core-sounds-{language}-gsm" for language in ("en", "es", "fr", "it", "ru")]

# GSM 06.10: a frame is 33 bytes and holds 20 ms.
FRAME_BYTES, FRAMES_PER_SECOND, BITS_PER_SECOND = 33, 50, 13200


def convert(packages, catalogue):
    records = []
    for package in packages.values():
        sounds = package / "usr/share/asterisk/sounds"
        for folder in sorted(sounds.iterdir()):
            if folder.name not in VOICES:
                raise ConversionError(f"voice-prompts: voice {folder.name!r} is new: add it to VOICES with its licence")
            prompts = [path for path in sorted(folder.rglob("*.gsm")) if path.stat().st_size]  # silence/0 is empty
            records += [_record(path, folder, catalogue) for path in prompts]
    return by_identifier(records)


def _record(path, folder, catalogue):
    language, language_name, speaker, credit, spdx = VOICES[folder.name]
    prompt = path.relative_to(folder).with_suffix("").as_posix()
    facts = file_facts(path)
    return tidy(
        {
            "identifier": f"asterisk:{folder.name}/{prompt}",
            "name": prompt.replace("/", ": ").replace("-", " ").replace("_", " "),
            "description": f"Voice prompt '{prompt}' for telephone systems, spoken in {language_name}.",
            "byArtist": catalogue.person("asterisk", speaker) if speaker else None,
            "duration": whole_seconds(facts["contentSize"] / FRAME_BYTES / FRAMES_PER_SECOND),
            "inLanguage": language,
            "isPartOf": catalogue.series(
                f"asterisk:{folder.name}",
                f"Asterisk core sounds, {language_name}",
                description="Voice prompts of the Asterisk telephone system.",
            ),
            "genre": ["speech"],
            "keywords": ["voice prompt"] + ([prompt.split("/")[0]] if "/" in prompt else []),
            "encodingFormat": "audio/gsm",
            "bitrate": BITS_PER_SECOND,
            "license": catalogue.license(spdx),
            "creditText": credit,
            **facts,
        }
    )
