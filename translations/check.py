#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails on what lrelease lets pass: unfinished, vanished or empty translations, placeholders or line breaks that
differ, a wrong number of plural forms, and .ts files that no longer match the sources. `--selftest` plants each fault
and sees it found."""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent
PLURAL_FORMS = {"en": 2, "tr": 1}
PLACEHOLDER = re.compile(r"%n|%L?\d+|\n|`[^`]*`")


def faults_of(name, text):
    """What is wrong with one .ts file, as sentences."""
    root = ElementTree.fromstring(text)
    forms_wanted = PLURAL_FORMS[root.get("language")]
    found = []
    for context in root.iter("context"):
        for message in context.iter("message"):
            source = message.findtext("source")
            translation = message.find("translation")
            where = f"{name}: {context.findtext('name')}: {source!r}"
            if translation.get("type"):
                found.append(f"{where} is {translation.get('type')}")
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")]
            if message.get("numerus") == "yes":
                if len(forms) != forms_wanted:
                    found.append(f"{where} has {len(forms)} plural forms, not {forms_wanted}")
            else:
                forms = [translation.text or ""]
            for form in forms:
                if not form.strip():
                    found.append(f"{where} is empty")
                elif sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(source)):
                    found.append(f"{where} has other placeholders than {form!r}")
                elif form.endswith(".") != source.endswith(".") or form.strip() != form:
                    found.append(f"{where} ends or begins otherwise than {form!r}")
    return found


def out_of_date():
    """The .ts files that `update` would change."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([HERE / "update", folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return [f"{name} does not match the sources: run translations/update" for name in sorted(TS_FILES)
                if (HERE / name).read_text() != (pathlib.Path(folder) / name).read_text()]


TS_FILES = ("visgate_en.ts", "visgate_tr.ts")
PLANTED = {
    "unfinished": '<message><source>A</source><translation type="unfinished">B</translation></message>',
    "vanished": '<message><source>A</source><translation type="vanished">B</translation></message>',
    "empty": "<message><source>A</source><translation></translation></message>",
    "a lost placeholder": "<message><source>A %1</source><translation>B</translation></message>",
    "two plural forms in Turkish": '<message numerus="yes"><source>%n a</source><translation><numerusform>%n b'
                                   "</numerusform><numerusform>%n b</numerusform></translation></message>",
    "a lost full stop": "<message><source>A.</source><translation>B</translation></message>",
}


def selftest():
    frame = '<TS version="2.1" language="tr"><context><name>C</name>{}</context></TS>'
    missed = [fault for fault, message in PLANTED.items() if not faults_of("planted", frame.format(message))]
    sound = frame.format("<message><source>A %1.</source><translation>B %1.</translation></message>")
    missed += faults_of("sound", sound)
    return [f"not found: {fault}" for fault in missed]


def main():
    if "--selftest" in sys.argv[1:]:
        faults = selftest()
    else:
        faults = [fault for name in TS_FILES for fault in faults_of(name, (HERE / name).read_text())] + out_of_date()
    print("\n".join(faults) if faults else "translations are complete")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
