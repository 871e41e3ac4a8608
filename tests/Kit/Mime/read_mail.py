"""Reads the mails of a folder as Python's email package does: one line of JSON per mail."""

import email
import email.policy
import json
import pathlib
import sys


def defects(message):
    for part in message.walk():
        if not part.is_multipart():
            part.get_payload(decode=True)
        yield from part.defects
        for name in part.keys():
            for value in part.get_all(name):
                yield from ((name, d) for d in getattr(value, "defects", ()))


def text(message, kind):
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part is not None else None


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.eml")):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    found = [repr(defect) for defect in defects(message)]
    print(
        json.dumps(
            {
                "name": path.stem,
                "defects": found,
                "text": text(message, "plain"),
                "html": text(message, "html"),
                "subject": str(message["subject"] or ""),
                "messageId": str(message["message-id"] or ""),
                "inReplyTo": str(message["in-reply-to"] or ""),
                "references": " ".join(str(message["references"] or "").split()),
            }
        )
    )
