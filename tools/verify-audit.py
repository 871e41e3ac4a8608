#!/usr/bin/env python3
"""Verifies an audit trail without the service: docs/audit.md says what the MACs cover.

usage: verify-audit.py KEY_FILE < trail     KEY_FILE holds Events:ChainKey (base64)
The trail is the answer of GET /api/messages/{id}/events, or an export as JSON Lines, whose chains may begin and end anywhere.
Prints one defect a line: chain, number or range, what is wrong. Ends with 1 where there is one.
"""
import base64, hashlib, hmac, json, sys


def mac(key, texts):
    parts = (text.encode() for text in texts)
    return hmac.new(key, b"".join(b"%d:%s," % (len(part), part) for part in parts), hashlib.sha256).hexdigest()


def mac_of(key, e):
    facts = [text for name in sorted(e["data"]) for text in (name, e["data"][name])]
    fixed = [e["messageId"], e["chain"], str(e["number"]), e["previous"], e["at"], e["kind"], e["actor"]]
    return mac(key, ["tlsorlink-event-1", *fixed, *facts])


def check(key, message, chain, head, events, partial):
    seal = head and mac(key, ["tlsorlink-head-1", message, chain, str(head["count"]), head["mac"]])
    sealed = bool(head) and seal == head["seal"]
    if not partial and not sealed:
        yield 0, 0, "head-altered" if head else "owner-missing"
    number, previous = 0, ""
    for e in sorted(events, key=lambda e: e["number"]):
        if partial and number == 0:
            number, previous = e["number"] - 1, e["previous"]
        if e["number"] > number + 1:
            yield number + 1, e["number"] - 1, "missing"
        if e["number"] <= number or (sealed and e["number"] > head["count"]):
            yield e["number"], e["number"], "surplus"
        if e["mac"] != mac_of(key, e):
            yield e["number"], e["number"], "altered"
        if e["number"] == number + 1 and e["previous"] != previous:
            yield e["number"], e["number"], "unlinked"
        number, previous = max(number, e["number"]), e["mac"]
    if sealed and head["count"] > number:
        yield number + 1, head["count"], "missing"
    elif sealed and head["count"] == number and head["mac"] != previous:
        yield number, number, "head-mismatch"


def verify(key, message, heads, events, partial):
    chains = {}
    for e in events:
        chains.setdefault(e["chain"], []).append(e)
    first = next((e for e in chains.get("m", []) if e["number"] == 1), None)
    count = first["data"].get("recipients", "0") if first and not partial else "0"
    count = int(count) if count.isascii() and count.isdigit() else 0
    count = min(count, 100_000) if count < 2**31 else 0
    names = set(chains) | set(heads) | (set() if partial else {"m", *(f"r{n}" for n in range(count))})
    for chain in sorted(names):
        for first, last, kind in check(key, message, chain, heads.get(chain), chains.get(chain, []), partial):
            yield f"{chain} {first}{'' if last == first else f'-{last}'} {kind}"


def main():
    key = base64.b64decode(open(sys.argv[1]).read())
    text = sys.stdin.buffer.read().decode("utf-8-sig")
    documents = [json.loads(line) for line in text.split("\n") if line.strip()] if "\n" in text.strip() else [json.loads(text)]
    if len(documents) == 1 and "heads" in documents[0]:
        trail = documents[0]
        heads = {head["chain"]: head for head in trail["heads"]}
        defects = list(verify(key, trail["id"], heads, trail["events"], partial=False))
    else:
        messages = sorted({e["messageId"] for e in documents})
        of = lambda message: [e for e in documents if e["messageId"] == message]
        defects = [f"{message} {line}" for message in messages for line in verify(key, message, {}, of(message), partial=True)]
    print("\n".join(defects) if defects else "intact")
    sys.exit(1 if defects else 0)


main()
